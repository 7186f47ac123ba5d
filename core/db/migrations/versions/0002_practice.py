"""Practice: people, counselors, session types, programs, settings."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId, Json, UtcDateTime

revision = "0002_practice"
down_revision = "0001_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _create_people()
    _create_programs()
    _create_counselors()
    _create_session_types()
    _create_program_members()
    _create_settings()


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger()),
        sa.Column("email", sa.Text()),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("is_client", sa.Boolean(), nullable=False),
        sa.Column("is_counselor", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("chat_blocked", sa.Boolean(), nullable=False),
        sa.Column("consented_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_people_telegram_id")),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_people_is_admin", "people", ["id"], "is_admin")
    _partial_index("ix_people_is_counselor", "people", ["id"], "is_counselor")
    op.create_table(
        "tokens",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("sha256", name=op.f("uq_tokens_sha256")),
    )


def _create_programs() -> None:
    op.create_table(
        "programs",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("enrollment_code", sa.String(64)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("file_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programs")),
        sa.UniqueConstraint("slug", name=op.f("uq_programs_slug")),
    )


def _create_counselors() -> None:
    op.create_table(
        "counselors",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("confirmation", sa.String(16), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("slot_interval_minutes", sa.Integer(), nullable=False),
        sa.Column("daily_limit", sa.Integer()),
        sa.Column("file_digest", sa.String(64)),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_counselors_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselors")),
        sa.UniqueConstraint("person_id", name=op.f("uq_counselors_person_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_counselors_slug")),
    )
    op.create_table(
        "availability_rules",
        sa.Column("id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("start_minute", sa.SmallInteger(), nullable=False),
        sa.Column("end_minute", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("end_minute > start_minute", name=op.f("ck_availability_rules_ends_after_start")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_availability_rules_weekday")),
        sa.ForeignKeyConstraint(
            ["counselor_id"],
            ["counselors.id"],
            name=op.f("fk_availability_rules_counselor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability_rules")),
    )
    op.create_index(op.f("ix_availability_rules_counselor_id"), "availability_rules", ["counselor_id"])
    op.create_table(
        "date_overrides",
        sa.Column("id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("windows", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counselor_id"],
            ["counselors.id"],
            name=op.f("fk_date_overrides_counselor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_overrides")),
    )
    op.create_index(op.f("ix_date_overrides_counselor_id"), "date_overrides", ["counselor_id"])
    op.create_table(
        "out_of_office",
        sa.Column("id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_out_of_office_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["counselor_id"],
            ["counselors.id"],
            name=op.f("fk_out_of_office_counselor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_out_of_office")),
    )
    op.create_index(op.f("ix_out_of_office_counselor_id"), "out_of_office", ["counselor_id"])


def _create_session_types() -> None:
    op.create_table(
        "session_types",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("durations", Json(), nullable=False),
        sa.Column("locations", Json(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(3), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("program_id", BigId),
        sa.Column("confirmation", sa.String(16)),
        sa.Column("buffer_minutes", sa.Integer()),
        sa.Column("notice_hours", sa.Integer()),
        sa.Column("slot_interval_minutes", sa.Integer()),
        sa.Column("file_digest", sa.String(64)),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_session_types_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_types")),
        sa.UniqueConstraint("slug", name=op.f("uq_session_types_slug")),
    )
    op.create_index(op.f("ix_session_types_program_id"), "session_types", ["program_id"])
    op.create_table(
        "session_type_counselors",
        sa.Column("session_type_id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counselor_id"],
            ["counselors.id"],
            name=op.f("fk_session_type_counselors_counselor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_type_id"],
            ["session_types.id"],
            name=op.f("fk_session_type_counselors_session_type_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_type_id", "counselor_id", name=op.f("pk_session_type_counselors")),
    )


def _create_program_members() -> None:
    op.create_table(
        "program_counselors",
        sa.Column("program_id", BigId, nullable=False),
        sa.Column("counselor_id", BigId, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counselor_id"],
            ["counselors.id"],
            name=op.f("fk_program_counselors_counselor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_program_counselors_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "counselor_id", name=op.f("pk_program_counselors")),
    )
    op.create_table(
        "enrollments",
        sa.Column("program_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("enrolled_at", UtcDateTime(), nullable=False),
        sa.Column("later_since", UtcDateTime()),
        sa.Column("nudges", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["people.id"], name=op.f("fk_enrollments_client_id")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_enrollments_program_id")),
        sa.PrimaryKeyConstraint("program_id", "client_id", name=op.f("pk_enrollments")),
    )
    op.create_index("ix_enrollments_client_id", "enrollments", ["client_id"])
    _partial_index("ix_enrollments_later_since", "enrollments", ["later_since"], "nudges")


def _create_settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", Json(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "practice_revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_practice_revision_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_revision")),
    )
    op.execute("INSERT INTO practice_revision (id, revision) VALUES (1, 0)")


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
