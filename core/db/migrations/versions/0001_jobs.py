"""Jobs."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId, Json, UtcDateTime

revision = "0001_jobs"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of jobs."""
    op.create_table(
        "jobs",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("run_at", UtcDateTime(), nullable=False),
        sa.Column("group_name", sa.Text()),
        sa.Column("lane", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("keep_seconds", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Text()),
        sa.Column("leased_until", UtcDateTime()),
        sa.Column("last_error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
        sa.CheckConstraint("state IN ('ready', 'cancelled', 'done', 'dead')", name=op.f("ck_jobs_state")),
    )
    for name, columns, where in (
        ("ix_jobs_run_at", ["priority", "run_at"], "state <> 'dead'"),
        ("ix_jobs_lane", ["lane", "due", "id"], "lane IS NOT NULL AND state <> 'dead'"),
        ("ix_jobs_group_name", ["group_name"], "group_name IS NOT NULL"),
        ("ix_jobs_dead", ["id"], "state = 'dead'"),
    ):
        op.create_index(name, "jobs", columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
