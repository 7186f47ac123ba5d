"""Series of sessions in the small practice, asked for or standing."""

from datetime import datetime, timedelta

from core.domain.booking import Booking
from core.domain.series import Plan, Repeat, Rhythm, edition
from core.services.booking import Details
from tests.core.services.small_practice import NOON, SmallPractice

WEEK = timedelta(weeks=1)


def weekly(times: int = 4) -> Plan:
    """So many weeks in a row."""
    return Plan(repeat=Repeat(rhythm=Rhythm.WEEKLY, times=times))


async def far_ahead(practice: SmallPractice) -> None:
    """Let both counselors be booked for half a year ahead."""
    for slug in ("ann", "ben"):
        await practice.set_counselor(slug, window_days=200)


async def repeated(
    practice: SmallPractice,
    plan: Plan | None = None,
    who: str = "dora",
    start: datetime = NOON,
    kind: str = "intro",
    **hold: object,
) -> list[Booking]:
    """Book a series; with ann it is a request, with ben it stands at once."""
    held = await practice.hold(who, start, kind, **hold)  # type: ignore[arg-type]
    return await practice.core.series.book(practice.actor(who), held.id, plan or weekly(), Details())


async def approved(practice: SmallPractice, plan: Plan | None = None) -> list[Booking]:
    """A series of dora's with ann that stands."""
    asked = await repeated(practice, plan)
    return await practice.core.series.approve(practice.actor("ann"), series_of(asked), edition(asked))


def series_of(bookings: list[Booking]) -> int:
    """The id of their series."""
    (found,) = {each.series_id for each in bookings}
    assert found is not None
    return found


async def standing(practice: SmallPractice, bookings: list[Booking]) -> list[Booking]:
    """The same bookings as they are now."""
    return [await practice.booking(each.id) for each in bookings]


async def seen(practice: SmallPractice, bookings: list[Booking]) -> int:
    """The edition of their series as it is now."""
    async with practice.store.read() as uow:
        return edition(await uow.series.bookings(series_of(bookings)))
