"""Meetings at their provider, and what it told of them."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId, UtcDateTime

revision = "0005_meetings"
down_revision = "0004_after_booking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "meetings",
        sa.Column("booking_id", BigId, nullable=False, autoincrement=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("provider", sa.String(16), nullable=False),
        sa.Column("ref", sa.String(255)),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime()),
        sa.Column("ends_at", UtcDateTime()),
        sa.Column("client_generation", sa.Integer(), nullable=False),
        sa.Column("counselor_generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("name", name=op.f("uq_meetings_name")),
    )
    op.create_index("ix_meetings_ref", "meetings", ["ref"])
    op.create_table(
        "meeting_facts",
        sa.Column("booking_id", BigId, nullable=False),
        sa.Column("happening", sa.String(8), nullable=False),
        sa.Column("visit", sa.String(255), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("side", sa.String(16)),
        sa.CheckConstraint(
            "happening IN ('joined', 'left', 'closed')", name=op.f("ck_meeting_facts_happening")
        ),
        sa.CheckConstraint("side IN ('client', 'counselor')", name=op.f("ck_meeting_facts_side")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["meetings.booking_id"],
            name=op.f("fk_meeting_facts_booking_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("booking_id", "happening", "visit", "at", name=op.f("pk_meeting_facts")),
    )
