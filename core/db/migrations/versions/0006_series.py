"""Proposals of one negotiation about several sessions of a series."""

import sqlalchemy as sa
from alembic import op

from core.db.types import BigId

revision = "0006_series"
down_revision = "0005_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say which proposals are answered together."""
    op.add_column("proposals", sa.Column("together", BigId, nullable=True))
    is_open = sa.text("status = 'open'")
    op.create_index(
        "ix_proposals_together", "proposals", ["together"], sqlite_where=is_open, postgresql_where=is_open
    )
