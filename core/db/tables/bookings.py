"""Bookings: the fields of the domain object as columns, and the indexes that the guard and the reads use."""

from collections.abc import Iterable

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.db.tables.series import series
from core.db.tables.session_types import session_types
from core.db.typed_text import TypedText
from core.db.types import BigId, UtcDateTime
from core.domain.booking import ACTIVE, RefundStatus, Source, Status
from core.domain.session_type import Location
from core.domain.side import Side


def one_of(column: str, values: Iterable[str]) -> str:
    """`column IN (...)` with its values written out, as partial indexes need it to be recognised."""
    written = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({written})"


ACTIVE_SQL = one_of("status", [each for each in Status if each in ACTIVE])
IS_ACTIVE = sa.text(ACTIVE_SQL)
IS_HELD = sa.text("status = 'held'")
IN_SERIES = sa.text("series_id IS NOT NULL")
IS_BOOKED = sa.text("status <> 'held'")

bookings = sa.Table(
    "bookings",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("reference", sa.String(16), nullable=False, unique=True),
    sa.Column("uid", sa.String(255), nullable=False, unique=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("counselor_id", sa.ForeignKey(counselors.c.id), nullable=False),
    sa.Column("client_id", sa.ForeignKey(people.c.id), nullable=False),
    sa.Column("session_type_id", sa.ForeignKey(session_types.c.id), nullable=False),
    sa.Column("starts_at", UtcDateTime, nullable=False),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    sa.Column("busy_until", UtcDateTime, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("wall_start", sa.String(32), nullable=False),
    sa.Column("location", sa.String(16), nullable=False),
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    sa.Column("price_currency", sa.String(3), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("expires_at", UtcDateTime),
    sa.Column("address", TypedText, nullable=False),
    sa.Column("topic", TypedText, nullable=False),
    sa.Column("note", TypedText, nullable=False),
    sa.Column("reminders", sa.Boolean, nullable=False),
    sa.Column("source", sa.String(8), nullable=False),
    sa.Column("reason", TypedText, nullable=False),
    sa.Column("details", TypedText, nullable=False),
    sa.Column("awaits", sa.String(16), nullable=False),
    sa.Column("client_reschedules", sa.Integer, nullable=False),
    sa.Column("counselor_reschedules", sa.Integer, nullable=False),
    sa.Column("series_id", sa.ForeignKey(series.c.id)),
    sa.Column("started_at", UtcDateTime),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("cancelled_by", sa.String(16)),
    sa.Column("absent", sa.String(16)),
    sa.Column("refund_percent", sa.Integer),
    sa.Column("refund_minor", sa.BigInteger),
    sa.Column("refund_status", sa.String(16)),
    sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    sa.CheckConstraint("busy_until >= ends_at", name="buffer_after_end"),
    sa.CheckConstraint(one_of("status", Status), name="status"),
    sa.CheckConstraint(one_of("location", Location), name="location"),
    sa.CheckConstraint(one_of("source", Source), name="source"),
    sa.CheckConstraint(one_of("awaits", Side), name="awaits"),
    sa.CheckConstraint(one_of("cancelled_by", Side), name="cancelled_by"),
    sa.CheckConstraint(one_of("absent", Side), name="absent"),
    sa.CheckConstraint(one_of("refund_status", RefundStatus), name="refund_status"),
    sa.CheckConstraint("status <> 'held' OR expires_at IS NOT NULL", name="hold_expires"),
    sqlite_autoincrement=True,  # buttons and jobs name bookings by id: an id is never given twice
)


def _index(name: str, *columns: str, where: sa.TextClause | None = None, unique: bool = False) -> None:
    chosen = [bookings.c[each] for each in columns]
    sa.Index(name, *chosen, unique=unique, sqlite_where=where, postgresql_where=where)


_TIMES = ("starts_at", "ends_at", "busy_until", "status", "expires_at", "id")
_index("ix_bookings_counselor_active", "counselor_id", *_TIMES, where=IS_ACTIVE)
_index("ix_bookings_client_active", "client_id", *_TIMES, where=IS_ACTIVE)
_index("ix_bookings_counselor", "counselor_id", "starts_at", "ends_at", "status")
_index("ix_bookings_client", "client_id", "starts_at", "ends_at", "status")
_index("ix_bookings_series_id", "series_id", "starts_at", where=IN_SERIES)
_index("ix_bookings_hold_expiry", "expires_at", where=IS_HELD)
_index("uq_bookings_one_hold", "client_id", where=IS_HELD, unique=True)
