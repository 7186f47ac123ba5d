"""Proposals to reschedule; of one booking at most one is open."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.bookings import bookings, one_of
from core.db.types import BigId, UtcDateTime
from core.domain.reschedule import ProposalStatus
from core.domain.side import Side

IS_OPEN = sa.text("status = 'open'")

proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("booking_id", sa.ForeignKey(bookings.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("opened_by", sa.String(16), nullable=False),
    sa.Column("asked_by", sa.String(16), nullable=False),
    sa.Column("starts_at", UtcDateTime, nullable=False),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    sa.Column("original_starts_at", UtcDateTime, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("counters", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("together", BigId),  # the first of the bookings that one negotiation is about
    sa.CheckConstraint(one_of("opened_by", Side), name="opened_by"),
    sa.CheckConstraint(one_of("asked_by", Side), name="asked_by"),
    sa.CheckConstraint(one_of("status", ProposalStatus), name="status"),
    sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    sqlite_autoincrement=True,  # buttons name proposals by id: an id is never given twice
)
sa.Index("ix_proposals_booking_id", proposals.c.booking_id, proposals.c.id)
sa.Index("ix_proposals_together", proposals.c.together, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
sa.Index(
    "uq_proposals_one_open",
    proposals.c.booking_id,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
