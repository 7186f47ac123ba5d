"""Carrying a message over one channel, and keeping what became of it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from core.domain.channel import Channel
from core.domain.delivery import Delivery, Result
from core.domain.person import Person
from core.ports.clock import Clock
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable
from core.services.composing import Composed
from core.services.delivery_log import DeliveryLog
from core.services.outside import trouble_outside

M = TypeVar("M")

TROUBLES: Mapping[type[Exception], Result] = {Unavailable: Result.FAILED, Rejected: Result.REFUSED}


class Delivering:
    """One channel: messages go out over it or the log says why not.

    `lost` is told of a person whose chat or address refuses messages for good, and `refused` is what the log
    calls that.
    """

    def __init__(
        self,
        channel: Channel,
        clock: Clock,
        log: DeliveryLog,
        lost: Callable[[int], Awaitable[object]],
        refused: Result,
    ) -> None:
        self._channel = channel
        self._clock = clock
        self._log = log
        self._lost = lost
        self._refused = refused
        self._failing: set[tuple[int, str, int | None]] = set()

    async def deliver(
        self, composed: Composed[M] | None, send: Callable[[M], Awaitable[bool | None]]
    ) -> None:
        """Send what is composed, unless it is not true, not wanted or cannot arrive.

        `send` gives False where nobody confirmed it. A trouble that may pass is raised for the job's next
        attempt.
        """
        if composed is None:
            return
        withheld = self._withheld(composed)
        if withheld is not None or composed.message is None:
            await self.keep(composed, withheld or Result.OUTDATED)
            return
        try:
            confirmed = await send(composed.message)
        except Unreachable:
            await self.keep(composed, self._refused)
            await self._lost(composed.to.id)
        except (Unavailable, Rejected) as error:
            result = next(TROUBLES[each] for each in TROUBLES if isinstance(error, each))
            await self.keep(composed, result)
            with trouble_outside():
                raise
        else:
            await self.keep(composed, Result.UNCONFIRMED if confirmed is False else Result.SENT)

    async def keep(self, composed: Composed[M], result: Result) -> None:
        """Note how it ended; of failures in a row only the first, or an outage would fill the log."""
        about = (composed.to.id, composed.kind, composed.booking_id)
        if result is not Result.FAILED:
            self._failing.discard(about)
        elif about in self._failing:
            return
        else:
            self._failing.add(about)
        entry = Delivery(
            person_id=composed.to.id,
            channel=self._channel,
            kind=composed.kind,
            result=result,
            at=self._clock.now(),
            booking_id=composed.booking_id,
        )
        await self._log.add(entry)

    def _withheld(self, composed: Composed[M]) -> Result | None:
        if composed.message is None:
            return Result.OUTDATED
        result = CANNOT[self._channel](composed.to)
        if result is None and not composed.wanted_on(self._channel):
            return Result.MUTED
        return result


def _no_chat(to: Person) -> Result | None:
    if to.telegram_id is None:
        return Result.NO_CHAT
    return Result.UNREACHABLE if to.chat_blocked else None


def _no_mail(to: Person) -> Result | None:
    if to.email is None:
        return Result.NO_ADDRESS
    return Result.BOUNCED if to.mail_refused else None


CANNOT: Mapping[Channel, Callable[[Person], Result | None]] = {Channel.CHAT: _no_chat, Channel.MAIL: _no_mail}
