"""Making a booking and answering it: request, approve, decline, expire."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.db.uow import Store, UnitOfWork
from core.domain.access import SYSTEM, Actor, require, require_awaited
from core.domain.analytics import FunnelEvent
from core.domain.booking import Booking, Status, request_deadline
from core.domain.cancellation import refund
from core.domain.counselor import Confirmation, Counselor
from core.domain.errors import Conflict, Invalid, NotFound
from core.domain.events import Event, EventName
from core.domain.person import Role
from core.domain.practice import Practice
from core.domain.series import asked_for
from core.domain.session_type import Location, SessionType
from core.jobs.queue import cancel_group
from core.ports.clock import Clock
from core.services.case import together
from core.services.hold import check_admitted, hold_group
from core.services.waitlist_offers import end_offers, end_waiting

TOPIC_LENGTH = 200
NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the client adds to the slot; `location` None means the only, or the first, one."""

    topic: str = ""
    note: str = ""
    location: Location | None = None
    reminders: bool = True


class Bookings:
    """Use cases that move a booking along its table."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def request(self, actor: Actor, hold_id: int, details: Details) -> Booking:
        """Turn the client's hold into a booking: confirmed in instant mode, pending in request mode.

        Asking twice gives the same booking. Conflict `hold_expired` when the hold has run out,
        NotFound `counselor_not_found` when the counselor has become inactive; Forbidden as for a hold.
        """
        client = require(actor, Role.CLIENT)
        now = self._clock.now()
        async with self._store.write() as uow:
            booking = await find_own(uow, hold_id, client.id)
            if booking.status is not Status.HELD:
                return booking
            check_lasting(booking, now)
            practice = await uow.practice()
            kind = practice.session_type(booking.session_type_id)
            await check_admitted(uow, practice, kind, client)
            moved = asked(booking, practice, kind, checked(details, kind), now)
            await self._save(uow, practice, moved, ASKED[moved.status], actor, now)
            await cancel_group(uow.conn, hold_group(client.id))
            await end_offers(uow, client.id, now, but=moved.id)
            await end_waiting(uow, moved, client)
            await uow.funnel.add(
                FunnelEvent.BOOKING_SUCCESS, person_id=client.id, at=now, data={"booking": moved.id}
            )
            return moved

    async def approve(self, actor: Actor, booking_id: int, version: int) -> Booking:
        """Who is asked says yes. Conflict `stale`, `moved_on`, `request_expired` or `proposal_open`.

        Requests of a series are answered all together: Conflict `in_series`.
        """
        return await self._answer(actor, booking_id, version, Status.CONFIRMED, EventName.CONFIRMED, "")

    async def decline(self, actor: Actor, booking_id: int, version: int, reason: str) -> Booking:
        """Who is asked says no, with a reason category. Conflict as for `approve`."""
        return await self._answer(actor, booking_id, version, Status.DECLINED, EventName.DECLINED, reason)

    async def _answer(
        self, actor: Actor, booking_id: int, version: int, status: Status, name: EventName, reason: str
    ) -> Booking:
        now = self._clock.now()
        async with self._store.write() as uow:
            booking = await uow.bookings.lock(booking_id)
            practice = await uow.practice()
            require_awaited(actor, booking, practice.counselor(booking.counselor_id))
            if booking.status is Status.HELD:  # nobody has asked for anything yet
                raise NotFound("booking_not_found")
            if booking.status is Status.PENDING:
                await _check_waiting(uow, booking, now)
                if booking.series_id is not None:
                    raise Conflict("in_series", booking_id=booking.id)
            moved = booking.move(status, sequence=booking.sequence + 1, reason=reason, expires_at=None)
            if booking.version != version:
                raise Conflict("stale", booking_id=booking.id, status=booking.status)
            if status is Status.DECLINED:
                moved = replace(moved, refund=refund(booking, None, now, practice.policy))
            await self._save(uow, practice, moved, name, actor, now)
            return moved

    async def expire(self, booking_id: int) -> Booking | None:
        """Let a request that nobody answered lapse at its deadline; None when there is nothing to do.

        There is not while another time is on offer: the deadline pauses. Of a series all requests lapse
        together whose deadline it is.
        """
        now = self._clock.now()
        async with self._store.write() as uow:
            try:
                booking = await uow.bookings.lock(booking_id)
            except NotFound:
                return None
            if booking.status is not Status.PENDING or not booking.expires_at or booking.expires_at > now:
                return None
            if await uow.proposals.open_of(booking_id):
                return None
            practice = await uow.practice()
            lapsed = await _lapsed(uow, booking, now)
            ids = together(lapsed)
            for each in lapsed:
                back = refund(each, None, now, practice.policy)
                ended = each.move(Status.EXPIRED, sequence=each.sequence + 1, expires_at=None, refund=back)
                await self._save(uow, practice, ended, EventName.EXPIRED, SYSTEM, now, ids)
            return await uow.bookings.get(booking_id)

    async def _save(
        self,
        uow: UnitOfWork,
        practice: Practice,
        booking: Booking,
        name: EventName,
        actor: Actor,
        now: datetime,
        together: tuple[int, ...] = (),
    ) -> None:
        await uow.bookings.save(booking)
        await uow.audit.add(
            booking_id=booking.id, actor_id=actor.person_id, action=name, at=now, details=_trail(booking)
        )
        counselor: Counselor = practice.counselor(booking.counselor_id)
        uow.record(
            Event(
                name=name,
                booking=booking,
                counselor_person_id=counselor.person_id,
                actor_id=actor.person_id,
                at=now,
                policy=practice.policy,
                together=together,
            )
        )


async def _lapsed(uow: UnitOfWork, booking: Booking, now: datetime) -> list[Booking]:
    """The request whose time has come, with those of its series whose time that is too."""
    if booking.series_id is None:
        return [booking]
    waiting = asked_for(await uow.series.lock(booking.series_id))
    due = [each for each in waiting if each.expires_at and each.expires_at <= now]
    return [each for each in due if not await uow.proposals.open_of(each.id)]


ASKED = {Status.PENDING: EventName.REQUESTED, Status.CONFIRMED: EventName.CONFIRMED}


async def _check_waiting(uow: UnitOfWork, booking: Booking, now: datetime) -> None:
    """A request takes its answer until the deadline, which pauses while another time is on offer."""
    if await uow.proposals.open_of(booking.id):
        raise Conflict("proposal_open", booking_id=booking.id)
    if booking.expires_at and booking.expires_at <= now:
        raise Conflict("request_expired", booking_id=booking.id)


async def find_own(uow: UnitOfWork, hold_id: int, client_id: int) -> Booking:
    """The client's hold, or what it has become, locked: Conflict `hold_expired` where it has gone."""
    try:
        booking = await uow.bookings.lock(hold_id)
    except NotFound:
        raise Conflict("hold_expired") from None
    if booking.client_id != client_id:
        raise NotFound("booking_not_found")
    return booking


def check_lasting(hold: Booking, now: datetime) -> None:
    """Conflict `hold_expired` when a hold is no longer kept."""
    if hold.expires_at is None or hold.expires_at <= now or hold.starts_at <= now:
        raise Conflict("hold_expired")


def asked(hold: Booking, practice: Practice, kind: SessionType, details: Details, now: datetime) -> Booking:
    """What a hold becomes: confirmed in instant mode, a request otherwise; NotFound `counselor_not_found`."""
    counselor = practice.counselor(hold.counselor_id)
    if not counselor.active:
        raise NotFound("counselor_not_found")
    location = details.location or kind.locations[0]
    filled: dict[str, object] = {
        "topic": details.topic,
        "note": details.note,
        "location": location,
        "address": kind.address if location is Location.IN_PERSON else "",
        "reminders": details.reminders,
        "created_at": now,
    }
    if kind.confirmation_with(counselor) is Confirmation.INSTANT:
        return hold.move(Status.CONFIRMED, expires_at=None, **filled)
    deadline = min(request_deadline(now, hold.starts_at, practice.policy), hold.starts_at)
    return hold.move(Status.PENDING, expires_at=deadline, **filled)


def checked(details: Details, kind: SessionType) -> Details:
    """The details, where they fit the session type; Invalid `too_long`, `unknown_location`."""
    if len(details.topic) > TOPIC_LENGTH:
        raise Invalid("too_long", most=TOPIC_LENGTH, got=len(details.topic))
    if len(details.note) > NOTE_LENGTH:
        raise Invalid("too_long", most=NOTE_LENGTH, got=len(details.note))
    if details.location is not None and details.location not in kind.locations:
        raise Invalid("unknown_location")
    return details


def _trail(booking: Booking) -> dict[str, object]:
    return {
        "status": booking.status,
        "version": booking.version,
        "starts_at": booking.starts_at.isoformat(),
        "reason": booking.reason,
    }
