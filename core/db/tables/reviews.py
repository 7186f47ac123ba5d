"""Reviews, one for each completed session, and the counselors' private notes."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.bookings import bookings
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.db.typed_text import TypedText
from core.db.types import UtcDateTime

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("booking_id", sa.ForeignKey(bookings.c.id), primary_key=True),
    sa.Column("counselor_id", sa.ForeignKey(counselors.c.id), nullable=False),
    sa.Column("client_id", sa.ForeignKey(people.c.id), nullable=False),
    sa.Column("stars", sa.Integer, nullable=False),
    sa.Column("comment", TypedText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("answer", TypedText, nullable=False),
    sa.Column("hidden_reason", TypedText, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
)
sa.Index("ix_reviews_counselor_id", reviews.c.counselor_id, reviews.c.created_at)
sa.Index("ix_reviews_created_at", reviews.c.created_at, reviews.c.booking_id)

private_notes = sa.Table(
    "private_notes",
    metadata,
    sa.Column("booking_id", sa.ForeignKey(bookings.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("text", TypedText, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
