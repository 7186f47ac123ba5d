"""How long to wait before the next attempt."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Waits that double from `first` up to `longest`, each made longer or shorter by `jitter`.

    Without jitter all jobs that failed together would come back together.
    """

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(hours=1)
    jitter: float = 0.2

    def delay(self, attempt: int, chance: Random) -> timedelta:
        """The wait after the attempt of this number (1 is the first)."""
        doubled: timedelta = self.first * 2 ** min(attempt - 1, 40)
        return min(doubled, self.longest) * chance.uniform(1 - self.jitter, 1 + self.jitter)
