"""What comes after a booking: proposals, reviews, private notes, no-show reports, the waitlist."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId, Json, UtcDateTime

revision = "0004_after_booking"
down_revision = "0003_bookings"
branch_labels = None
depends_on = None

SIDES = "{} IN ('client', 'counselor')"


def upgrade() -> None:
    """Create the tables."""
    _create_proposals()
    _create_words()
    _create_reports()
    _create_waitlist()


def _create_proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", BigId, nullable=False),
        sa.Column("booking_id", BigId, nullable=False),
        sa.Column("opened_by", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("original_starts_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(SIDES.format("opened_by"), name=op.f("ck_proposals_opened_by")),
        sa.CheckConstraint(SIDES.format("asked_by"), name=op.f("ck_proposals_asked_by")),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'rejected', 'withdrawn', 'expired', 'cancelled')",
            name=op.f("ck_proposals_status"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_proposals_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_proposals_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposals_booking_id", "proposals", ["booking_id", "id"])
    is_open = sa.text("status = 'open'")
    op.create_index(
        "uq_proposals_one_open",
        "proposals",
        ["booking_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _create_words() -> None:
    op.create_table(
        "reviews",
        sa.Column("booking_id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_reviews_stars")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_reviews_booking_id")),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselors.id"], name=op.f("fk_reviews_counselor_id")),
        sa.ForeignKeyConstraint(["client_id"], ["people.id"], name=op.f("fk_reviews_client_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_reviews")),
    )
    op.create_index("ix_reviews_counselor_id", "reviews", ["counselor_id", "created_at"])
    op.create_index("ix_reviews_created_at", "reviews", ["created_at", "booking_id"])
    op.create_table(
        "private_notes",
        sa.Column("booking_id", BigId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_private_notes_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_private_notes")),
    )


def _create_reports() -> None:
    outcomes = "{} IN ('took_place', 'client_absent', 'counselor_absent')"
    op.create_table(
        "no_show_reports",
        sa.Column("booking_id", BigId, nullable=False),
        sa.Column("claim", sa.String(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("answer", sa.String(16)),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(16)),
        sa.Column("decided_by", BigId),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('asked', 'disputed', 'agreed', 'decided')", name=op.f("ck_no_show_reports_status")
        ),
        *(
            sa.CheckConstraint(outcomes.format(each), name=op.f(f"ck_no_show_reports_{each}"))
            for each in ("claim", "answer", "decision")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_no_show_reports_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_no_show_reports_decided_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_no_show_reports")),
    )
    disputed = sa.text("status = 'disputed'")
    op.create_index(
        "ix_no_show_reports_disputed",
        "no_show_reports",
        ["created_at", "booking_id"],
        sqlite_where=disputed,
        postgresql_where=disputed,
    )


def _create_waitlist() -> None:
    op.create_table(
        "waitlist",
        sa.Column("id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("session_type_id", BigId, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("hold_id", BigId),
        sa.Column("offered_until", UtcDateTime()),
        sa.Column("asked", Json(), nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'offered', 'done', 'left')", name=op.f("ck_waitlist_status")
        ),
        sa.CheckConstraint('"last" >= "first"', name=op.f("ck_waitlist_last_after_first")),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselors.id"], name=op.f("fk_waitlist_counselor_id")),
        sa.ForeignKeyConstraint(
            ["session_type_id"], ["session_types.id"], name=op.f("fk_waitlist_session_type_id")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["people.id"], name=op.f("fk_waitlist_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist")),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("status IN ('waiting', 'offered')")
    op.create_index(
        "ix_waitlist_counselor_id",
        "waitlist",
        ["counselor_id", "created_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_waitlist_client_id", "waitlist", ["client_id"])
