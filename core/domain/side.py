"""The two sides of a booking."""

from enum import StrEnum


class Side(StrEnum):
    """Who is meant: the one who books or the one who offers."""

    CLIENT = "client"
    COUNSELOR = "counselor"

    @property
    def other(self) -> "Side":
        """The other side."""
        return Side.COUNSELOR if self is Side.CLIENT else Side.CLIENT
