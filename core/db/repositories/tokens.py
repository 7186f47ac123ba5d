"""Single-use links, known by the SHA-256 of their secret: finding one by it leaks nothing to a clock."""

from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.tokens import tokens

ADD = sa.insert(tokens)
MATCH = sa.and_(tokens.c.kind == sa.bindparam("kind_"), tokens.c.sha256 == sa.bindparam("digest"))
REDEEM = (
    sa.update(tokens)
    .where(MATCH, tokens.c.used_at.is_(None), tokens.c.expires_at > sa.bindparam("now"))
    .values(used_at=sa.bindparam("now"))
    .returning(tokens.c.subject)
)


class Tokens:
    """Single-use links by the digest of their secret."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, kind: str, subject: str, digest: bytes, expires_at: datetime) -> None:
        """A new link of this kind about `subject`."""
        row = {"kind": kind, "subject": subject, "sha256": digest, "expires_at": expires_at}
        await self._conn.execute(ADD, row)

    async def redeem(self, kind: str, digest: bytes, now: datetime) -> str | None:
        """Use the link up and give its subject; None when it is unknown, used or expired.

        Of several who redeem one link at the same moment exactly one gets the subject.
        """
        used = await self._conn.execute(REDEEM, {"kind_": kind, "digest": digest, "now": now})
        subject: str | None = used.scalar()
        return subject
