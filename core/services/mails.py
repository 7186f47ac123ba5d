"""The jobs that write to people's mailboxes."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.db.uow import Store
from core.domain.channel import Channel
from core.domain.delivery import Result
from core.jobs.job import Job
from core.ports.clock import Clock
from core.ports.mail import Mailer
from core.ports.messenger import Unreachable
from core.services.addresses import Addresses
from core.services.composing import Composed, Composer
from core.services.delivering import Delivering
from core.services.delivery_log import DeliveryLog
from core.services.join_links import JoinLinks
from core.services.outside import trouble_outside
from core.services.people import People

M = TypeVar("M")
ADDRESS_CODE = "address_code"


class Mails:
    """The handlers of the jobs that write e-mails."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        addresses: Addresses,
        mailer: Mailer,
        log: DeliveryLog,
        links: JoinLinks | None = None,
    ) -> None:
        self._addresses = addresses
        self._mailer = mailer
        self._composer = Composer(store, clock, links)
        self._mail = Delivering(Channel.MAIL, clock, log, people.mail_refused, Result.BOUNCED)

    async def send(self, job: Job) -> None:
        """Deliver one message about a booking, or nothing where it is no longer true or cannot arrive."""
        await self._deliver(job, await self._composer.notification(job), self._mailer.notify)

    async def nudge_later(self, job: Job) -> None:
        """Send a nudge to schedule the rest of a program."""
        await self._deliver(job, await self._composer.later(job), self._mailer.nudge_later)

    async def tell_admin(self, job: Job) -> None:
        """Show an admin a no-show on which the two sides disagree, while it waits for a decision."""
        await self._deliver(job, await self._composer.dispute(job), self._mailer.dispute)

    async def address_code(self, job: Job) -> None:
        """Send a code to the address that is to be checked; it may be nobody's, so none is marked for it."""
        code = await self._addresses.code(job.payload["check"])
        if code is None:
            return
        composed = Composed(to=code.to, kind=ADDRESS_CODE, message=code)
        try:
            with trouble_outside():
                await self._mailer.address_code(code, job.key)
        except Unreachable:
            await self._mail.keep(composed, Result.BOUNCED)
        else:
            await self._mail.keep(composed, Result.SENT)

    async def offer_lapsed(self, job: Job) -> None:
        """Tell somebody who waits on that a time is no longer kept for them."""
        await self._deliver(job, await self._composer.lapsed(job), self._mailer.offer_lapsed)

    async def _deliver(
        self, job: Job, composed: Composed[M] | None, send: Callable[[M, str], Awaitable[None]]
    ) -> None:
        async def handed_over(message: M) -> None:
            await send(message, job.key)

        if composed is None:
            return
        if composed.to.reachable_by_mail and not self._mailer.ready:
            await self._mail.keep(composed, Result.NOT_SET_UP)
        else:
            await self._mail.deliver(composed, handed_over)
