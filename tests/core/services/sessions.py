"""Sessions that have begun or are over, for what comes after a booking."""

from datetime import timedelta

from core.domain.booking import Booking
from core.domain.outcome import Outcome
from tests.core.services.small_practice import HOUR, NOON, SmallPractice

DURATION = HOUR
END = NOON + DURATION


async def at(practice: SmallPractice, ahead: timedelta = timedelta()) -> None:
    """Let time pass until so long after the start of a session tomorrow at noon."""
    await practice.clock.advance(NOON + ahead - practice.clock.now())


async def begun(practice: SmallPractice, who: str = "dora") -> Booking:
    """A confirmed session with Ben whose time has come."""
    booked = await practice.book(who, counselor="ben")
    await at(practice)
    return booked


async def over(practice: SmallPractice, outcome: Outcome = Outcome.TOOK_PLACE, who: str = "dora") -> Booking:
    """A session with Ben that is over, and of which he has said what became of it."""
    booked = await begun(practice, who)
    await at(practice, DURATION)
    return await practice.core.running.settle(practice.actor("ben"), booked.id, booked.version, outcome)


async def told(practice: SmallPractice) -> list[tuple[str, str]]:
    """What is sent by now, and to whom; what was sent before is left out."""
    practice.messenger.sent.clear()
    await practice.run_due()
    return practice.messenger.messages()
