"""E-mail: addresses being verified, what people want to hear of, and what became of each message."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId, Json, UtcDateTime

revision = "0007_mail"
down_revision = "0006_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and create the tables."""
    op.add_column(
        "people", sa.Column("mail_refused", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "notification_choices",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("muted", Json(), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_to", sa.Integer()),
        _of_person("notification_choices"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notification_choices")),
    )
    _create_deliveries()
    _create_address_checks()


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("booking_id", BigId),
        _of_person("deliveries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_person_id", "deliveries", ["person_id", "id"])
    op.create_index("ix_deliveries_at", "deliveries", ["at"])


def _create_address_checks() -> None:
    op.create_table(
        "address_checks",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime()),
        _of_person("address_checks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_checks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_address_checks_person_id", "address_checks", ["person_id", "id"])
    op.create_index("ix_address_checks_address", "address_checks", ["address"])


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_person_id")
    return sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=name, ondelete="CASCADE")
