"""What the mail service tells of mails that came back, or that somebody called spam."""

from dataclasses import dataclass
from enum import StrEnum

from core.db.uow import Store
from core.domain.channel import Channel
from core.domain.delivery import Delivery, Result
from core.jobs.job import Job
from core.jobs.queue import NewJob
from core.ports.clock import Clock
from core.services.inbox import Inbox
from core.services.people import People

LEARN_OF_MAIL = "learn_of_mail"
RETURNED = "returned"
"""The kind under which the delivery log has it: the service does not say which mail it was."""


class Trouble(StrEnum):
    """Why no more mails go to an address."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What was told: `id` is the service's own for this delivery of the fact."""

    id: str
    trouble: Trouble
    addresses: tuple[str, ...]


class Bounces:
    """Takes in what the mail service tells."""

    def __init__(self, store: Store, clock: Clock, inbox: Inbox, people: People) -> None:
        self._store = store
        self._clock = clock
        self._inbox = inbox
        self._people = people

    async def take_in(self, told: Returned) -> bool:
        """Keep what was told; False when it was told before. Returns after the commit."""
        job = NewJob(
            kind=LEARN_OF_MAIL,
            key=f"{LEARN_OF_MAIL}:{told.id}",
            payload={"trouble": told.trouble, "addresses": list(told.addresses)},
            due=self._clock.now(),
        )
        return await self._inbox.keep("mail", told.id, [job])

    async def carry_out(self, job: Job) -> None:
        """Mark the addresses that are somebody's; their people are told in the chat."""
        result = Result(Trouble(job.payload["trouble"]))
        for address in job.payload["addresses"]:
            async with self._store.write() as uow:
                person = await uow.people.by_email(address) or await uow.people.by_email(_folded(address))
                if person is None or person.mail_refused:
                    continue
                now = self._clock.now()
                entry = Delivery(
                    person_id=person.id, channel=Channel.MAIL, kind=RETURNED, result=result, at=now
                )
                await uow.deliveries.add([entry])
            await self._people.mail_refused(person.id)


def _folded(address: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    return f"{local}@{domain.lower()}"
