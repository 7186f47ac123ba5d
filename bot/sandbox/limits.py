"""How fast a bot may write before it is told to wait."""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from bot.sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Messages a chat and the whole bot take at once, and how many a second come free again.

    The defaults follow core.telegram.org/bots/faq: about one a second in a chat, 30 over all.
    """

    chat_burst: float = 5
    chat_per_second: float = 1
    overall_burst: float = 30
    overall_per_second: float = 30


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


@dataclass(slots=True)
class Pace:
    """Counts the bot's messages against the limits; without limits it lets everything pass."""

    limits: Limits | None
    _buckets: dict[int, _Bucket] = field(default_factory=dict)

    def count(self, chat_id: int, now: datetime) -> None:
        """Count one message to `chat_id`; raises 429 with the seconds to wait, and counts nothing then."""
        if self.limits is None:
            return
        chat = self._filled(chat_id, now, self.limits.chat_burst, self.limits.chat_per_second)
        overall = self._filled(0, now, self.limits.overall_burst, self.limits.overall_per_second)
        wait = max(
            (1 - chat.tokens) / self.limits.chat_per_second,
            (1 - overall.tokens) / self.limits.overall_per_second,
        )
        if wait > 0:
            raise too_many_requests(ceil(wait))
        chat.tokens -= 1
        overall.tokens -= 1

    def _filled(self, key: int, now: datetime, burst: float, per_second: float) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket(burst, now))
        elapsed = (now - bucket.at).total_seconds()
        bucket.tokens = min(burst, bucket.tokens + max(elapsed, 0) * per_second)
        bucket.at = now
        return bucket
