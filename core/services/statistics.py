"""A counselor's work in numbers."""

from dataclasses import dataclass

from core.db.statistics_view import Counts, counts
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.review import Rating
from core.ports.clock import Clock
from core.services.schedule import acting_counselor

__all__ = ["Counts", "Figures", "Statistics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A counselor's numbers, and what the reviews that count come to; None while there is none."""

    counts: Counts
    rating: Rating | None


class Statistics:
    """Questions of a counselor about their own numbers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, actor: Actor) -> Figures:
        """Everything at once, always by the same few queries; Forbidden `not_yours`."""
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            ratings = await uow.reviews.ratings([counselor.id])
            return Figures(
                counts=await counts(uow.conn, counselor.id, self._clock.now()),
                rating=ratings.get(counselor.id),
            )
