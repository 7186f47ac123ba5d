"""What protects the rows beside the tables themselves (triggers, constraints): made again and checked."""

from typing import Protocol

import sqlalchemy as sa

from core.db import overlap_guard


class Guard(Protocol):
    """A module with these two functions; both run inside a transaction."""

    def ensure(self, conn: sa.Connection) -> None:
        """Create what is missing or changed; called after each upgrade."""

    def verify(self, conn: sa.Connection) -> None:
        """Raise GuardLost when it is not all there; called at start-up."""


GUARDS: tuple[Guard, ...] = (overlap_guard,)
"""Every guard of the database; a migration cannot forget one that stands here."""
