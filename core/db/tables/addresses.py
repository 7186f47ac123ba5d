"""E-mail addresses on their way to being verified; the code itself is not stored."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.people import people
from core.db.types import BigId, UtcDateTime

address_checks = sa.Table(
    "address_checks",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("person_id", sa.ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("used_at", UtcDateTime),
    sqlite_autoincrement=True,  # the code follows from the id: an id is never given twice
)
sa.Index("ix_address_checks_person_id", address_checks.c.person_id, address_checks.c.id)
sa.Index("ix_address_checks_address", address_checks.c.address)
