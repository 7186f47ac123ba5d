"""E-mail addresses: a code mailed to one shows that its reader is who asked for it."""

import hmac
from dataclasses import replace
from datetime import datetime, timedelta

from core.db.repositories.address_checks import AddressCheck
from core.db.uow import Store
from core.domain.access import Actor, require
from core.domain.errors import Conflict, Invalid
from core.domain.person import Person, Role
from core.jobs.queue import NewJob, enqueue
from core.kit.links import Links
from core.kit.mail_address import is_mail_address
from core.ports.clock import Clock
from core.ports.mail import AddressCode

MAIL_CODE = "mail_code"
CODE_LANE = "code:"
"""Not the lane of the person's mails: those to an address that is in trouble must not hold up the new one."""
CODE = "address"
VALID = timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES, WITHIN = 3, timedelta(hours=1)
KEPT = timedelta(days=1)
LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3)."""


class Addresses:
    """Use cases about a person's own address; `offered` says whether mails can be sent at all."""

    def __init__(self, store: Store, clock: Clock, links: Links, *, offered: bool) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self.offered = offered

    async def ask(self, actor: Actor, typed: str) -> str:
        """Mail a code to the typed address, and give the address; the code before no longer counts.

        Invalid `bad_address`; Conflict `no_mail`, and `too_many_codes` after three in an hour by this person
        or to this address.
        """
        person, now = require(actor, Role.CLIENT), self._clock.now()
        if not self.offered:
            raise Conflict("no_mail")
        address = _address(typed)
        async with self._store.write() as uow:
            await uow.people.lock(person.id)
            if await uow.address_checks.sent_since(person.id, address, now - WITHIN) >= MOST_CODES:
                raise Conflict("too_many_codes")
            check_id = await uow.address_checks.add(person.id, address, now, now + VALID)
            await enqueue(uow.conn, [_code_job(check_id, person, now)])
            return address

    async def confirm(self, actor: Actor, typed: str) -> Person:
        """The person with the address that the typed code was sent to.

        Invalid `wrong_code`; Conflict `code_expired` where none can be right any more, `email_taken`.
        """
        person, now = require(actor, Role.CLIENT), self._clock.now()
        async with self._store.write() as uow:
            check = await uow.address_checks.last(person.id)
            if check is None or check.used_at or check.expires_at <= now or check.tries >= MOST_TRIES:
                raise Conflict("code_expired")
            if not await uow.address_checks.tried(check):
                raise Conflict("stale")
        if not hmac.compare_digest("".join(typed.split()).encode(), self._code(check).encode()):
            raise Invalid("wrong_code")
        return await self._take(check)

    async def remove(self, actor: Actor) -> Person:
        """Write no more e-mails to the person; their address is forgotten."""
        async with self._store.write() as uow:
            known = await uow.people.lock(require(actor, Role.CLIENT).id)
            person = replace(known, email=None, mail_refused=False)
            await uow.people.save(person)
            await uow.audit.add(actor_id=person.id, action="email.removed", at=self._clock.now())
            return person

    async def code(self, check_id: int) -> AddressCode | None:
        """What is to be mailed; None where it would come too late."""
        async with self._store.read() as uow:
            check = await uow.address_checks.get(check_id)
            if check is None or check.used_at or check.expires_at <= self._clock.now():
                return None
            to = await uow.people.get(check.person_id)
        minutes = VALID // timedelta(minutes=1)
        return AddressCode(to=to, address=check.address, code=self._code(check), minutes=minutes)

    async def forget_old(self) -> None:
        """Drop codes that nobody can use any more."""
        async with self._store.write() as uow:
            await uow.address_checks.purge(self._clock.now() - KEPT)

    async def _take(self, check: AddressCheck) -> Person:
        now = self._clock.now()
        async with self._store.write() as uow:
            known = await uow.people.lock(check.person_id)
            if not await uow.address_checks.use(check.id, now):
                raise Conflict("code_expired")
            holder = await uow.people.by_email(check.address)
            if holder is not None and holder.id != known.id:
                raise Conflict("email_taken")
            person = replace(known, email=check.address, mail_refused=False)
            await uow.people.save(person)
            await uow.audit.add(actor_id=person.id, action="email.verified", at=now)
            return person

    def _code(self, check: AddressCheck) -> str:
        """Six digits that follow from the secret key: nothing that could be guessed from is stored."""
        return self._links.digits(CODE, check.id)


def _address(typed: str) -> str:
    address = typed.strip().removeprefix("mailto:")
    local, _, domain = address.rpartition("@")
    if not is_mail_address(address) or len(address) > LONGEST or "." not in domain:
        raise Invalid("bad_address")
    return f"{local}@{domain.lower()}"


def _code_job(check_id: int, person: Person, now: datetime) -> NewJob:
    return NewJob(
        kind=MAIL_CODE,
        key=f"{MAIL_CODE}:{check_id}",
        payload={"check": check_id},
        due=now,
        lane=f"{CODE_LANE}{person.id}",
        urgent=True,
    )
