"""The practice's settings by name, and the one number that rises with every change of the set-up."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.types import Json

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", Json, nullable=False),
)
practice_revision = sa.Table(
    "practice_revision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="single"),
)
