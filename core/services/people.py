"""Getting to know people: first contact, their settings, and the links that give a role."""

from dataclasses import dataclass, replace
from datetime import timedelta

from core.db.repositories.people import People as Roster
from core.db.repositories.tokens import Tokens
from core.db.uow import Store, UnitOfWork
from core.domain.access import SYSTEM, Actor, require
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, Forbidden, Invalid
from core.domain.person import Person, Role
from core.domain.practice import Practice
from core.domain.zones import zone
from core.jobs.queue import NewJob, enqueue
from core.kit.i18n import LANGUAGES, guess
from core.kit.links import digest, new_single_use
from core.ports.clock import Clock
from core.services.both_ways import CHAT_LANE
from core.services.quiet import move_reminders

TELL_MAIL_REFUSED = "tell_mail_refused"
ADMIN_CLAIM = "admin"
COUNSELOR_INVITE = "counselor"
ADMIN_CLAIM_VALID = timedelta(days=7)
COUNSELOR_INVITE_VALID = timedelta(days=14)
NAME_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What Telegram says of whoever writes to us."""

    telegram_id: int
    name: str
    language: str | None = None


class People:
    """Use cases about a person's own record."""

    def __init__(self, store: Store, clock: Clock, admins: frozenset[int] = frozenset()) -> None:
        self._store = store
        self._clock = clock
        self._admins = admins

    async def meet(self, contact: Contact) -> tuple[Person, Practice]:
        """The person behind a contact, made at the first one; being written to also means unblocked."""
        async with self._store.read() as uow:
            known = await uow.people.by_telegram(contact.telegram_id)
            practice = await uow.practice()
        return await self._met(contact, known), practice

    async def meet_once(
        self, contact: Contact, source: str, external_id: str
    ) -> tuple[Person, Practice] | None:
        """As `meet`; None when what they did, a fact by its source and id, has been carried out already."""
        async with self._store.read() as uow:
            finished, known = await uow.people.by_fact(contact.telegram_id, source, external_id)
            if finished:
                return None
            practice = await uow.practice()
        return await self._met(contact, known), practice

    async def _met(self, contact: Contact, known: Person | None) -> Person:
        if known is None:
            return await self._first_contact(contact)
        if known.chat_blocked or not self._named(contact) <= known.roles:
            return await self._welcome_back(known.id, self._named(contact))
        return known

    def _named(self, contact: Contact) -> frozenset[Role]:
        """The roles that the settings give to whoever this is."""
        return frozenset({Role.ADMIN} if contact.telegram_id in self._admins else ())

    async def _welcome_back(self, person_id: int, named: frozenset[Role]) -> Person:
        async with self._store.write() as uow:
            known = await uow.people.lock(person_id)
            person = replace(known, chat_blocked=False, roles=known.roles | named)
            await uow.people.save(person)
            return person

    async def _first_contact(self, contact: Contact) -> Person:
        async with self._store.write() as uow:
            return await uow.people.add(
                name=contact.name.strip()[:NAME_LENGTH] or str(contact.telegram_id),
                telegram_id=contact.telegram_id,
                email=None,
                locale=guess(contact.language),
                zone=None,
                roles={Role.CLIENT} | self._named(contact),
            )

    async def get(self, person_id: int) -> Person:
        """The person with this id."""
        async with self._store.read() as uow:
            return await uow.people.get(person_id)

    async def consent(self, actor: Actor) -> Person:
        """Keep that the person agreed to how their data are used; the first time counts."""
        person = require(actor, Role.CLIENT)
        if person.consented_at is not None:
            return person
        return await self._change(person.id, consented_at=self._clock.now())

    async def set_locale(self, actor: Actor, locale: str) -> Person:
        """Speak another language from now on; Invalid `unknown_language`."""
        if locale not in LANGUAGES:
            raise Invalid("unknown_language", locale=locale)
        return await self._change(require(actor, Role.CLIENT).id, locale=locale)

    async def set_zone(self, actor: Actor, name: str) -> Person:
        """Show times in another zone; Invalid `unknown_zone`."""
        try:
            zone(name)
        except ValueError:
            raise Invalid("unknown_zone", zone=name) from None
        async with self._store.write() as uow:
            person = replace(await uow.people.lock(require(actor, Role.CLIENT).id), zone=name)
            await uow.people.save(person)
            if (await uow.choices.get(person.id)).quiet is not None:
                await move_reminders(uow, person.id, self._clock.now())
            return person

    async def set_reminders(self, actor: Actor, *, on: bool) -> Person:
        """Whether the person wants reminders at all."""
        return await self._change(require(actor, Role.CLIENT).id, reminders=on)

    async def blocked(self, person_id: int) -> None:
        """Remember that this chat refuses our messages."""
        await self._change(person_id, chat_blocked=True)

    async def mail_refused(self, person_id: int) -> None:
        """Remember that this person's mail server refuses our mails for good, and tell them in the chat."""
        async with self._store.write() as uow:
            person = await uow.people.lock(person_id)
            if person.mail_refused or person.email is None:
                return
            await uow.people.save(replace(person, mail_refused=True))
            now = self._clock.now()
            tell = NewJob(
                kind=TELL_MAIL_REFUSED,
                key=f"{TELL_MAIL_REFUSED}:{person_id}:{now.isoformat()}",
                payload={"person": person_id},
                due=now,
                lane=f"{CHAT_LANE}{person_id}",
            )
            await enqueue(uow.conn, [tell])

    async def _change(self, person_id: int, **changes: object) -> Person:
        async with self._store.write() as uow:
            person = replace(await uow.people.lock(person_id), **changes)  # type: ignore[arg-type]
            await uow.people.save(person)
            return person

    async def admin_claim(self) -> str | None:
        """A fresh single-use token that makes its bearer admin, or None when there is an admin."""
        async with self._store.write() as uow:
            if self._admins or await uow.people.with_role(Role.ADMIN):
                return None
            return await self._issue(uow.tokens, ADMIN_CLAIM, "", ADMIN_CLAIM_VALID)

    async def not_connected(self, actor: Actor) -> list[Counselor]:
        """The active counselors whose chat we do not know, by name; for the admin."""
        require(actor, Role.ADMIN)
        async with self._store.read() as uow:
            counselors = (await uow.practice()).counselors.values()
            waiting = [
                each for each in counselors if (await uow.people.get(each.person_id)).telegram_id is None
            ]
        return sorted((each for each in waiting if each.active), key=lambda each: each.name.casefold())

    async def counselor_invite(self, slug: str, actor: Actor = SYSTEM) -> str:
        """A fresh single-use token that ties a Telegram account to the counselor with this slug."""
        if actor is not SYSTEM:
            require(actor, Role.ADMIN)
        async with self._store.write() as uow:
            return await self._issue(uow.tokens, COUNSELOR_INVITE, slug, COUNSELOR_INVITE_VALID)

    async def claim_admin(self, actor: Actor, token: str) -> Person:
        """Make the bearer the first admin; Forbidden `link_used`, also once there is another."""
        now = self._clock.now()
        async with self._store.write() as uow:
            known = await uow.people.lock(require(actor, Role.CLIENT).id)
            await uow.practice_to_change()  # of two with a link each, the second finds the first
            used = await uow.tokens.redeem(ADMIN_CLAIM, digest(token), now) is None
            if used or self._admins or await uow.people.with_role(Role.ADMIN):
                raise Forbidden("link_used")
            person = replace(known, roles=known.roles | {Role.ADMIN})
            await uow.people.save(person)
            await uow.audit.add(actor_id=person.id, action="admin.claimed", at=now)
            return person

    async def accept_invite(self, actor: Actor, token: str) -> Counselor:
        """Make the bearer the invited counselor, unless somebody else has become that meanwhile.

        Forbidden `link_used`, Conflict `already_counselor`.
        """
        now = self._clock.now()
        async with self._store.write() as uow:
            person = await uow.people.lock(require(actor, Role.CLIENT).id)
            slug = await uow.tokens.redeem(COUNSELOR_INVITE, digest(token), now)
            if (await uow.practice()).counselor_of_person(person.id) is not None:
                raise Conflict("already_counselor")
            counselor, standing = await _vacant(uow, slug)
            await _hand_over(uow.people, standing, person)
            counselor = replace(counselor, person_id=person.id)
            await uow.counselors.save(counselor)
            await uow.audit.add(actor_id=person.id, action="counselor.joined", at=now)
            return counselor

    async def _issue(self, tokens: Tokens, kind: str, subject: str, valid: timedelta) -> str:
        token = new_single_use()
        await tokens.add(kind, subject, token.digest, self._clock.now() + valid)
        return token.text


async def _vacant(uow: UnitOfWork, slug: str | None) -> tuple[Counselor, Person]:
    """The invited counselor and whoever stands in for them; Forbidden `link_used` once somebody has come."""
    for counselor in (await uow.practice()).counselors.values():
        standing = await uow.people.lock(counselor.person_id) if counselor.slug == slug else None
        if standing is not None and standing.telegram_id is None and standing.has(Role.COUNSELOR):
            return counselor, standing
    raise Forbidden("link_used")


async def _hand_over(people: Roster, before: Person, after: Person) -> None:
    """The role goes from whoever stood in for the counselor to the one who came, and the address with it."""
    await people.save(replace(before, roles=before.roles - {Role.COUNSELOR}, email=None))
    email = after.email or before.email
    await people.save(replace(after, roles=after.roles | {Role.COUNSELOR}, email=email))
