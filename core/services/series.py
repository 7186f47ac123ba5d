"""Series: looking at the dates, booking all of them or none, answering and calling off several at once."""

from collections.abc import Sequence
from datetime import datetime

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, party_of, require, require_awaited
from core.domain.actions import Action, refusal
from core.domain.actions import require as require_action
from core.domain.analytics import FunnelEvent
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason, refund
from core.domain.errors import Conflict, NotFound
from core.domain.events import Event, EventName
from core.domain.person import Person, Role
from core.domain.practice import Practice
from core.domain.series import Plan, PlannedDate, Rhythm, asked_for, edition
from core.jobs.queue import cancel_group
from core.ports.clock import Clock
from core.services.booking import ASKED, Details, asked, check_lasting, checked, find_own
from core.services.cancellation import call_off, check_words
from core.services.case import case_of, keep, together
from core.services.hold import check_admitted, hold_group
from core.services.series_booking import as_one, bookable, slot_at, store_all
from core.services.series_cases import following_cases
from core.services.series_plan import plan_dates, room, sessions_left
from core.services.series_quote import Quote, quote_of
from core.services.waitlist_offers import end_offers, end_waiting


class Series:
    """Use cases about several bookings at once: each remains a booking of its own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def room(self, actor: Actor, hold_id: int) -> dict[Rhythm, int]:
        """How many sessions may be booked in a row from the held one on. Conflict `hold_expired`."""
        client, now = require(actor, Role.CLIENT), self._clock.now()
        async with self._store.read() as uow:
            hold = await _held(uow, hold_id, client, now)
            practice = await uow.practice()
            kind = practice.session_type(hold.session_type_id)
            left = await sessions_left(uow, practice, kind, client.id)
            return room(hold, practice.counselor(hold.counselor_id), left, now)

    async def preview(self, actor: Actor, hold_id: int, plan: Plan) -> list[PlannedDate]:
        """Each date of the series that would begin with the held time. Conflict `hold_expired`."""
        client, now = require(actor, Role.CLIENT), self._clock.now()
        async with self._store.read() as uow:
            return await _plan(uow, await _held(uow, hold_id, client, now), plan, now)

    async def book(self, actor: Actor, hold_id: int, plan: Plan, details: Details) -> list[Booking]:
        """Book every date that is not left out, or none: confirmed in instant mode, else one request.

        Asking twice gives the same bookings. Conflict `series_clash` where a date cannot be had,
        `hold_expired`; Invalid `bad_repeat`; Forbidden as for a hold, NotFound `counselor_not_found`.
        """
        client, now = require(actor, Role.CLIENT), self._clock.now()
        async with self._store.write() as uow:
            hold = await find_own(uow, hold_id, client.id)
            if hold.status is not Status.HELD:
                return [hold] if hold.series_id is None else await uow.series.bookings(hold.series_id)
            check_lasting(hold, now)
            practice = await uow.practice()
            kind = practice.session_type(hold.session_type_id)
            await check_admitted(uow, practice, kind, client)
            starts = bookable(await _plan(uow, hold, plan, now))
            slots = [hold, *(slot_at(practice, hold, each, now) for each in starts[1:])]
            made = [asked(each, practice, kind, checked(details, kind), now) for each in slots]
            made = await store_all(uow, as_one(made, await uow.series.add(plan.repeat.rhythm, now)))
            await _keep_all(uow, actor, ASKED[made[0].status], now, made)
            await cancel_group(uow.conn, hold_group(client.id))
            await end_offers(uow, client.id, now, but=hold.id)
            for each in made:
                await end_waiting(uow, each, client)
            await uow.funnel.add(
                FunnelEvent.BOOKING_SUCCESS,
                person_id=client.id,
                at=now,
                data={"booking": made[0].id, "series": made[0].series_id, "sessions": len(made)},
            )
            return made

    async def look(self, actor: Actor, series_id: int) -> list[Booking]:
        """All sessions of a series, also those that came to nothing, in order of time.

        NotFound `series_not_found` also for those whom it does not concern.
        """
        async with self._store.read() as uow:
            found = await uow.series.bookings(series_id)
            counselor = (await uow.practice()).counselor(found[0].counselor_id)
            try:
                party_of(actor, found[0], counselor)
            except NotFound:
                raise NotFound("series_not_found") from None
            return found

    async def approve(self, actor: Actor, series_id: int, version: int) -> list[Booking]:
        """The counselor says yes to every request of a series; `version` is the edition they have seen.

        Conflict `stale`, or as `actions.require` says of any of them: then nothing changes.
        """
        return await self._answer(actor, series_id, version, Action.APPROVE, "")

    async def decline(self, actor: Actor, series_id: int, version: int, reason: str) -> list[Booking]:
        """The counselor says no to every request of a series. Conflict as for `approve`."""
        return await self._answer(actor, series_id, version, Action.DECLINE, reason)

    async def may(self, actor: Actor, booking_id: int, action: Action) -> list[tuple[Booking, str | None]]:
        """A session and those after it, each with why the action is refused, None where it is not."""
        async with self._store.read() as uow:
            booking = await uow.bookings.get(booking_id)
            cases, _ = await following_cases(uow, actor, booking, self._clock.now())
        return [(each.booking, refusal(action, each)) for each in cases]

    async def quote(self, actor: Actor, booking_id: int) -> Quote:
        """What calling off this session and those after it would mean. NotFound `booking_not_found`."""
        async with self._store.read() as uow:
            booking = await uow.bookings.get(booking_id)
            cases, seen = await following_cases(uow, actor, booking, self._clock.now())
        return quote_of(cases, seen)

    async def cancel(
        self,
        actor: Actor,
        booking_id: int,
        version: int,
        reason: Reason | None,
        details: str = "",
        quoted: int | None = None,
    ) -> list[Booking]:
        """Call off a session and those after it in its series, all or none; an admin for the counselor.

        `version` is the edition of the series that the person has seen, `quoted` what they were told comes
        back in all, in minor units: Conflict `quote_changed` when it is another by now. Conflict `stale`, or
        as `actions.require` says of any of them; Invalid `reason_required`, `too_long`.
        """
        async with self._store.write() as uow:
            booking = await uow.bookings.get(booking_id)
            cases, seen = await following_cases(uow, actor, booking, self._clock.now(), lock=True)
            for case in cases:
                require_action(Action.CANCEL, case)
            if seen != version:
                raise Conflict("stale", booking_id=booking_id, status=cases[0].booking.status)
            check_words(cases[0], reason, details)
            quote = quote_of(cases, seen)
            if quoted not in {None, quote.back.minor}:
                raise Conflict("quote_changed", booking_id=booking_id)
            ids = together([each.booking for each in cases])
            return [
                await call_off(uow, actor, case, reason, details, each.back, ids)
                for case, each in zip(cases, quote.sessions, strict=True)
            ]

    async def _answer(
        self, actor: Actor, series_id: int, version: int, action: Action, reason: str
    ) -> list[Booking]:
        now = self._clock.now()
        async with self._store.write() as uow:
            every = await uow.series.lock(series_id)
            practice = await uow.practice()
            require_awaited(actor, every[0], practice.counselor(every[0].counselor_id))
            waiting = asked_for(every)
            for each in waiting:
                require_action(action, await case_of(uow, actor, each, now))
            if not waiting:
                raise Conflict("moved_on", booking_id=every[0].id, status=every[0].status)
            if edition(every) != version:
                raise Conflict("stale", booking_id=waiting[0].id, status=waiting[0].status)
            answered = [_answered(each, action, reason, now, practice) for each in waiting]
            for each in answered:
                await uow.bookings.save(each)
            await _keep_all(uow, actor, _ANSWERS[action], now, answered)
            return answered


_ANSWERS = {Action.APPROVE: EventName.CONFIRMED, Action.DECLINE: EventName.DECLINED}


async def _held(uow: UnitOfWork, hold_id: int, client: Person, now: datetime) -> Booking:
    hold = await uow.bookings.hold_of(client.id)
    if hold is None or hold.id != hold_id:
        raise Conflict("hold_expired")
    check_lasting(hold, now)
    return hold


async def _plan(uow: UnitOfWork, hold: Booking, plan: Plan, now: datetime) -> list[PlannedDate]:
    practice = await uow.practice()
    kind = practice.session_type(hold.session_type_id)
    left = await sessions_left(uow, practice, kind, hold.client_id)
    return await plan_dates(uow, hold, plan, left, now)


async def _keep_all(
    uow: UnitOfWork, actor: Actor, name: EventName, now: datetime, bookings: Sequence[Booking]
) -> None:
    practice, ids = await uow.practice(), together(bookings)
    for booking in bookings:
        event = Event(
            name=name,
            booking=booking,
            counselor_person_id=practice.counselor(booking.counselor_id).person_id,
            actor_id=actor.person_id,
            at=now,
            policy=practice.policy,
            together=ids,
        )
        await keep(uow, event, {"series": booking.series_id, "reason": booking.reason})


def _answered(booking: Booking, action: Action, reason: str, now: datetime, practice: Practice) -> Booking:
    sequence = booking.sequence + 1
    if action is Action.APPROVE:
        return booking.move(Status.CONFIRMED, sequence=sequence, expires_at=None)
    back = refund(booking, None, now, practice.policy)
    return booking.move(Status.DECLINED, sequence=sequence, expires_at=None, reason=reason, refund=back)
