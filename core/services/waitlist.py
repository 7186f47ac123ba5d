"""Waiting for a time that is taken: joining, leaving, and answering an offer."""

from dataclasses import replace
from datetime import date

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, require
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, NotFound
from core.domain.person import Person, Role
from core.domain.waitlist import (
    LOOK,
    MOST_WAITS,
    Opening,
    WaitlistEntry,
    WaitStatus,
    check_dates,
)
from core.domain.zones import wall_time
from core.jobs.queue import enqueue
from core.ports.clock import Clock
from core.services.hold import check_admitted, let_go
from core.services.offers import Wanted, booking_window_end
from core.services.waitlist_offers import ask_job

__all__ = ["Waitlist", "WaitlistEntry"]


class Waitlist:
    """Use cases of a client about what they wait for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def join(self, actor: Actor, wanted: Wanted, first: date, last: date) -> WaitlistEntry:
        """Wait for such a session on one of the client's dates `first` to `last`; a week at most.

        What is waited for already, or is part of it, is not waited for twice. Conflict `too_many_waits`;
        Invalid `wait_dates`; NotFound as for an offer; Forbidden `not_enrolled`, `program_used_up`.
        """
        client = require(actor, Role.CLIENT)
        now = self._clock.now()
        async with self._store.write() as uow:
            await uow.waitlist.take_turns(client.id)
            await self._check(uow, client, wanted, first, last)
            wish = WaitlistEntry(
                id=0,
                counselor_id=wanted.counselor_id,
                session_type_id=wanted.session_type_id,
                minutes=wanted.minutes,
                client_id=client.id,
                first=first,
                last=last,
                created_at=now,
            )
            standing = await self._standing(uow, client)
            known = next((each for each in standing if each.covers(wish)), None)
            if known is not None:
                return known
            if len(standing) >= MOST_WAITS:
                raise Conflict("too_many_waits", most=MOST_WAITS)
            entry = await uow.waitlist.add(wish)
            await self._keep(uow, "waitlist.joined", entry)
            opening = Opening(
                counselor_id=entry.counselor_id,
                round=f"{LOOK}joined:{entry.id}",
                span=entry.span(await _zone(uow, client)),
            )
            await enqueue(uow.conn, [ask_job(opening, "joined", now)])  # what became free at this moment
            return entry

    async def leave(self, actor: Actor, entry_id: int) -> WaitlistEntry:
        """Wait no longer; an offer goes to the next. A second time it changes nothing.

        NotFound `wait_not_found`, also for what somebody else waits for.
        """
        client = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            entry = await uow.waitlist.get(entry_id)
            if entry.client_id != client.id:
                raise NotFound("wait_not_found")
            if not entry.open:
                return entry
            if entry.hold_id is not None:
                hold = await uow.bookings.hold_of(client.id)
                if hold is not None and hold.id == entry.hold_id:
                    await let_go(uow, hold, self._clock.now())
                entry = await uow.waitlist.get(entry_id)
            left = replace(entry.wait_on(), status=WaitStatus.LEFT)
            await uow.waitlist.save(left, entry.status)
            await self._keep(uow, "waitlist.left", left)
            return left

    async def mine(self, actor: Actor) -> list[WaitlistEntry]:
        """What the client waits for and is not over yet, in the order of their joining."""
        client = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            return await self._standing(uow, client)

    async def offered(self, actor: Actor, hold_id: int) -> Booking:
        """The hold of an offer, while it is kept for this client.

        Conflict `offer_ended`, or `already_booked` when it has led to a booking.
        """
        client = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            return (await self._offer(uow, client, hold_id))[1]

    async def refuse(self, actor: Actor, hold_id: int) -> WaitlistEntry:
        """Do not take an offer: the next is asked, the client waits on. Conflict as above."""
        client = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            entry, hold = await self._offer(uow, client, hold_id)
            await let_go(uow, hold, self._clock.now())
            await self._keep(uow, "waitlist.refused", entry)
            return entry.wait_on()

    async def _check(self, uow: UnitOfWork, client: Person, wanted: Wanted, first: date, last: date) -> None:
        practice = await uow.practice()
        counselor = practice.counselor(wanted.counselor_id)
        kind = practice.session_type(wanted.session_type_id)
        if not kind.active or counselor.id not in kind.counselor_ids or wanted.minutes not in kind.durations:
            raise NotFound("session_type_not_found")
        zone, now = client.zone or practice.zone, self._clock.now()
        final = wall_time(booking_window_end(counselor, now), zone).date()
        check_dates(first, last, wall_time(now, zone).date(), final)
        await check_admitted(uow, practice, kind, client)

    async def _standing(self, uow: UnitOfWork, client: Person) -> list[WaitlistEntry]:
        today = wall_time(self._clock.now(), await _zone(uow, client)).date()
        return [each for each in await uow.waitlist.open_of(client.id) if each.last >= today]

    async def _offer(self, uow: UnitOfWork, client: Person, hold_id: int) -> tuple[WaitlistEntry, Booking]:
        entry = await uow.waitlist.of_hold(client.id, hold_id)
        if entry is None:
            raise Conflict("offer_ended")
        try:
            hold = await uow.bookings.get(hold_id)
        except NotFound:
            raise Conflict("offer_ended") from None
        if hold.status is not Status.HELD:
            raise Conflict("already_booked", booking_id=hold.id)
        if hold.expires_at is None or hold.expires_at <= self._clock.now():
            raise Conflict("offer_ended")
        return entry, hold

    async def _keep(self, uow: UnitOfWork, action: str, entry: WaitlistEntry) -> None:
        await uow.audit.add(
            actor_id=entry.client_id, action=action, at=self._clock.now(), details={"entry": entry.id}
        )


async def _zone(uow: UnitOfWork, client: Person) -> str:
    return client.zone or (await uow.practice()).zone
