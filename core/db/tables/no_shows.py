"""No-show reports, at most one of a booking."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.bookings import bookings, one_of
from core.db.tables.people import people
from core.db.typed_text import TypedText
from core.db.types import UtcDateTime
from core.domain.no_show import ReportStatus
from core.domain.outcome import Outcome

IS_DISPUTED = sa.text("status = 'disputed'")

no_show_reports = sa.Table(
    "no_show_reports",
    metadata,
    sa.Column("booking_id", sa.ForeignKey(bookings.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("claim", sa.String(16), nullable=False),
    sa.Column("words", TypedText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("answer", sa.String(16)),
    sa.Column("answer_words", TypedText, nullable=False),
    sa.Column("decision", sa.String(16)),
    sa.Column("decided_by", sa.ForeignKey(people.c.id, ondelete="SET NULL")),
    sa.Column("version", sa.Integer, nullable=False),
    sa.CheckConstraint(one_of("status", ReportStatus), name="status"),
    *(sa.CheckConstraint(one_of(each, Outcome), name=each) for each in ("claim", "answer", "decision")),
)
sa.Index(
    "ix_no_show_reports_disputed",
    no_show_reports.c.created_at,
    no_show_reports.c.booking_id,
    sqlite_where=IS_DISPUTED,
    postgresql_where=IS_DISPUTED,
)
