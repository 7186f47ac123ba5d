"""Reviews: public words about a completed session."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.errors import Invalid

COMMENT_LENGTH = 1000
REASON_LENGTH = 200
EDITABLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Stars, 1 to 5, and a comment by the client; `answer` is the counselor's one reply.

    A review with `hidden_reason` is shown to nobody but the admin and the client who wrote it, and does not
    count; neither does one of a session that turned out to be a no-show. `version` rises with every change.
    """

    booking_id: int
    counselor_id: int
    client_id: int
    stars: int
    comment: str
    created_at: datetime
    answer: str = ""
    hidden_reason: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= 5:
            raise Invalid("bad_stars")
        _check_length(COMMENT_LENGTH, self.comment, self.answer)
        _check_length(REASON_LENGTH, self.hidden_reason)

    @property
    def hidden(self) -> bool:
        """The admin has taken it from sight."""
        return bool(self.hidden_reason)

    def editable(self, now: datetime) -> bool:
        """The client may still change it."""
        return now < self.created_at + EDITABLE and not self.answer

    def with_(self, **changes: object) -> "Review":
        """The review after a change; itself where nothing is different."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        return self if changed == self else replace(changed, version=self.version + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a counselor's reviews come to: their number and the average of their stars."""

    count: int = 0
    average: float = 0.0


def _check_length(most: int, *texts: str) -> None:
    longest = max(map(len, texts))
    if longest > most:
        raise Invalid("too_long", most=most, got=longest)
