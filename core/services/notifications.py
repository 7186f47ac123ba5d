"""The jobs that write to people's chats."""

from core.db.uow import Store
from core.domain.channel import Channel
from core.domain.delivery import Result
from core.jobs.job import Job
from core.jobs.queue import enqueue
from core.ports.clock import Clock
from core.ports.messenger import Messenger
from core.services.composing import Composed, Composer, later_nudge
from core.services.delivering import Delivering
from core.services.delivery_log import DeliveryLog
from core.services.hold import Holds
from core.services.join_links import JoinLinks
from core.services.people import People
from core.services.programs import mail_nudge_job, nudge_job

HOLD_ENDED, MAIL_REFUSED = "hold_ended", "mail_refused"


class Notifications:
    """The handlers of the jobs that write to chats."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        holds: Holds,
        messenger: Messenger,
        log: DeliveryLog,
        links: JoinLinks | None = None,
    ) -> None:
        self._store = store
        self._people = people
        self._holds = holds
        self._clock = clock
        self._messenger = messenger
        self._composer = Composer(store, clock, links)
        self._chat = Delivering(Channel.CHAT, clock, log, people.blocked, Result.UNREACHABLE)

    async def send(self, job: Job) -> None:
        """Deliver one message, or nothing where it is no longer true or cannot arrive."""
        await self._chat.deliver(await self._composer.notification(job), self._messenger.notify)

    async def nudge_later(self, job: Job) -> None:
        """Send a nudge to schedule the rest of a program and plan the next, while it is wanted."""
        program_id, client_id = job.payload["program"], job.payload["client"]
        async with self._store.write() as uow:
            if await later_nudge(uow, program_id, client_id) is None:
                return
            now = self._clock.now()
            next_one = nudge_job(program_id, client_id, now, job.due)
            await enqueue(uow.conn, [next_one, mail_nudge_job(job, now)])
        await self._chat.deliver(await self._composer.later(job), self._messenger.nudge_later)

    async def hold_ended(self, job: Job) -> None:
        """Let go of a hold that has run out, and say so."""
        ended = await self._holds.end(job)
        if ended is not None and ended.to.reachable_in_chat:
            composed = Composed(to=ended.to, kind=HOLD_ENDED, message=ended)
            await self._chat.deliver(composed, self._messenger.hold_ended)

    async def tell_admin(self, job: Job) -> None:
        """Show an admin a no-show on which the two sides disagree, while it waits for a decision."""
        await self._chat.deliver(await self._composer.dispute(job), self._messenger.dispute)

    async def tell_mail_refused(self, job: Job) -> None:
        """Say that e-mails do not arrive any more, while that is so."""
        person = await self._people.get(job.payload["person"])
        if person.mail_refused:
            composed = Composed(to=person, kind=MAIL_REFUSED, message=person)
            await self._chat.deliver(composed, self._messenger.mail_refused)

    async def offer_lapsed(self, job: Job) -> None:
        """Tell somebody who waits on that a time is no longer kept for them."""
        await self._chat.deliver(await self._composer.lapsed(job), self._messenger.offer_lapsed)
