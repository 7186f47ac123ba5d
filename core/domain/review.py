"""Reviews: public words about a completed session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.errors import Invalid

COMMENT_LENGTH = 1000
EDITABLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Stars, 1 to 5, and a comment by the client; `answer` is the counselor's one reply.

    A review with `hidden_reason` is shown to nobody but the admin, and does not count.
    """

    booking_id: int
    counselor_id: int
    client_id: int
    stars: int
    comment: str
    created_at: datetime
    answer: str = ""
    hidden_reason: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= 5:
            raise Invalid("bad_stars")
        if max(len(self.comment), len(self.answer)) > COMMENT_LENGTH:
            raise Invalid("too_long", most=COMMENT_LENGTH, got=max(len(self.comment), len(self.answer)))

    def editable(self, now: datetime) -> bool:
        """The client may still change it."""
        return now < self.created_at + EDITABLE and not self.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a counselor's reviews come to: their number and the average of their stars."""

    count: int = 0
    average: float = 0.0
