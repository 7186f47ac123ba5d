"""What people want to hear of where, and when they are left in peace."""

from dataclasses import dataclass, replace

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, require
from core.domain.channel import ESSENTIAL, Channel, Choices, QuietHours, Topic, reached_on
from core.domain.errors import Conflict, NotFound
from core.domain.person import Person, Role
from core.ports.clock import Clock
from core.services.quiet import move_reminders
from core.services.unsubscribe_links import UnsubscribeLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A person and a topic of their e-mails; `on` says whether they get it."""

    person: Person
    topic: Topic
    on: bool


class NotificationChoices:
    """Use cases about a person's own choices."""

    def __init__(self, store: Store, clock: Clock, links: UnsubscribeLinks | None = None) -> None:
        self._store = store
        self._clock = clock
        self._links = links

    async def get(self, actor: Actor) -> Choices:
        """What the person has chosen."""
        async with self._store.read() as uow:
            return await uow.choices.get(require(actor, Role.CLIENT).id)

    async def switch(self, actor: Actor, topic: Topic, channel: Channel, *, on: bool) -> Choices:
        """Turn a topic on or off on a channel; Conflict `last_channel` where nothing else would carry it."""
        async with self._store.write() as uow:
            person = await uow.people.lock(require(actor, Role.CLIENT).id)
            choices = (await uow.choices.get(person.id)).switched(topic, channel, on=on)
            if topic in ESSENTIAL and all((topic, each) in choices.muted for each in reached_on(person)):
                raise Conflict("last_channel")
            await uow.choices.save(person.id, choices)
            return choices

    async def set_quiet(self, actor: Actor, quiet: QuietHours | None) -> Choices:
        """Leave the person in peace between these times; the reminders that wait follow at once."""
        async with self._store.write() as uow:
            person = await uow.people.lock(require(actor, Role.CLIENT).id)
            choices = replace(await uow.choices.get(person.id), quiet=quiet)
            await uow.choices.save(person.id, choices)
            await move_reminders(uow, person.id, self._clock.now())
            return choices

    async def subscription(self, capability: str) -> Subscription:
        """What a link in an e-mail is about; NotFound `link_not_found`."""
        async with self._store.read() as uow:
            return await self._opened(uow, capability)

    async def unsubscribe(self, capability: str) -> Subscription:
        """Turn that off by e-mail; as often as one likes. NotFound `link_not_found`."""
        async with self._store.write() as uow:
            found = await self._opened(uow, capability)
            person = await uow.people.lock(found.person.id)
            choices = await uow.choices.get(person.id)
            await uow.choices.save(person.id, choices.switched(found.topic, Channel.MAIL, on=False))
            return replace(found, on=False)

    async def _opened(self, uow: UnitOfWork, capability: str) -> Subscription:
        opened = self._links.open(capability) if self._links else None
        if opened is None:
            raise NotFound("link_not_found")
        person_id, topic = opened
        choices = await uow.choices.get(person_id)
        on = (topic, Channel.MAIL) not in choices.muted
        return Subscription(person=await uow.people.get(person_id), topic=topic, on=on)
