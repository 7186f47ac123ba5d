"""Bookings and what surrounds them."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId, Json, UtcDateTime

revision = "0003_bookings"
down_revision = "0002_practice"
branch_labels = None
depends_on = None

SIDES = "{} IN ('client', 'counselor')"
ACTIVE = "status IN ('held', 'pending', 'confirmed', 'in_progress')"


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _create_bookings()
    _create_conversation()
    _create_trail()


def _create_bookings() -> None:
    op.create_table(
        "series",
        sa.Column("id", BigId, nullable=False),
        sa.Column("rhythm", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bookings",
        sa.Column("id", BigId, nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("uid", sa.String(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("session_type_id", BigId, nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("busy_until", UtcDateTime(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("wall_start", sa.String(32), nullable=False),
        sa.Column("location", sa.String(16), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(3), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("awaits", sa.String(16), nullable=False),
        sa.Column("client_reschedules", sa.Integer(), nullable=False),
        sa.Column("counselor_reschedules", sa.Integer(), nullable=False),
        sa.Column("series_id", BigId),
        sa.Column("started_at", UtcDateTime()),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("cancelled_by", sa.String(16)),
        sa.Column("absent", sa.String(16)),
        sa.Column("refund_percent", sa.Integer()),
        sa.Column("refund_minor", sa.BigInteger()),
        sa.Column("refund_status", sa.String(16)),
        sa.CheckConstraint(SIDES.format("awaits"), name=op.f("ck_bookings_awaits")),
        sa.CheckConstraint(SIDES.format("cancelled_by"), name=op.f("ck_bookings_cancelled_by")),
        sa.CheckConstraint(SIDES.format("absent"), name=op.f("ck_bookings_absent")),
        sa.CheckConstraint(
            "refund_status IN ('none', 'pending', 'processed', 'failed')",
            name=op.f("ck_bookings_refund_status"),
        ),
        sa.CheckConstraint(
            "location IN ('video', 'audio', 'chat', 'in_person')", name=op.f("ck_bookings_location")
        ),
        sa.CheckConstraint("source IN ('chat', 'web', 'api')", name=op.f("ck_bookings_source")),
        sa.CheckConstraint(
            "status <> 'held' OR expires_at IS NOT NULL", name=op.f("ck_bookings_hold_expires")
        ),
        sa.CheckConstraint(
            "status IN ('held', 'pending', 'confirmed', 'in_progress',"
            " 'completed', 'no_show', 'declined', 'cancelled', 'expired')",
            name=op.f("ck_bookings_status"),
        ),
        sa.CheckConstraint("busy_until >= ends_at", name=op.f("ck_bookings_buffer_after_end")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_bookings_ends_after_start")),
        sa.ForeignKeyConstraint(["client_id"], ["people.id"], name=op.f("fk_bookings_client_id")),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselors.id"], name=op.f("fk_bookings_counselor_id")),
        sa.ForeignKeyConstraint(
            ["session_type_id"], ["session_types.id"], name=op.f("fk_bookings_session_type_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_bookings_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("reference", name=op.f("uq_bookings_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_bookings_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bookings_client", "bookings", ["client_id", "starts_at", "ends_at", "status"])
    _partial_index(
        "ix_bookings_client_active",
        "bookings",
        ["client_id", "starts_at", "ends_at", "busy_until", "status", "expires_at", "id"],
        ACTIVE,
    )
    op.create_index("ix_bookings_counselor", "bookings", ["counselor_id", "starts_at", "ends_at", "status"])
    _partial_index(
        "ix_bookings_counselor_active",
        "bookings",
        ["counselor_id", "starts_at", "ends_at", "busy_until", "status", "expires_at", "id"],
        ACTIVE,
    )
    _partial_index("ix_bookings_series_id", "bookings", ["series_id", "starts_at"], "series_id IS NOT NULL")
    _partial_index("ix_bookings_hold_expiry", "bookings", ["expires_at"], "status = 'held'")
    _partial_index("uq_bookings_one_hold", "bookings", ["client_id"], "status = 'held'", unique=True)


def _create_conversation() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("chat_message_id", sa.BigInteger()),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_drafts_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_person_id", "drafts", ["person_id", "id"])
    op.create_table(
        "inbox",
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("external_id", sa.String(255), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("source", "external_id", name=op.f("pk_inbox")),
    )


def _create_trail() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", BigId, nullable=False),
        sa.Column("booking_id", BigId),
        sa.Column("actor_id", BigId),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("details", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_audit_entries_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_audit_entries_booking_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_booking_id", "audit_entries", ["booking_id", "id"])
    op.create_table(
        "funnel_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("person_id", BigId),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_funnel_events_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funnel_events")),
    )
    op.create_index("ix_funnel_events_at", "funnel_events", ["at", "name"])


def _partial_index(
    name: str, table: str, columns: list[str], condition: str, *, unique: bool = False
) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
