"""A booking's meeting: made when needed, moved and removed as the booking is, and never its undoing."""

import sqlalchemy as sa

from core.db.repositories.meetings import KeptMeeting
from core.db.tables.bookings import bookings
from core.db.tables.trail import audit_entries
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason
from core.domain.session_type import Location
from core.domain.side import Side
from core.jobs.listing import list_dead
from core.jobs.table import jobs
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from core.services.booking import Details
from core.services.meeting import KEEP_MEETING
from tests.core.services.sessions import DURATION, at
from tests.core.services.small_practice import HOUR, MINUTE, NOON, SmallPractice, on_sqlite


async def kept(practice: SmallPractice, booking: Booking) -> KeptMeeting | None:
    async with practice.store.read() as uow:
        return await uow.meetings.get(booking.id)


async def call_off(practice: SmallPractice, booking: Booking) -> None:
    actor = practice.actor("ben")
    await practice.core.cancellations.cancel(actor, booking.id, booking.version, Reason.OTHER)


async def test_a_confirmed_session_gets_its_meeting(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    await practice.run_due()
    (plan,) = practice.provider.plans.values()
    assert (plan.name, plan.starts_at, plan.ends_at) == (practice.place.name(booked), NOON, NOON + DURATION)
    assert (plan.counselor, plan.title, plan.host_email) == ("ben", "Confer", None)
    assert await kept(practice, booked) == KeptMeeting(
        booking_id=booked.id,
        name=plan.name,
        provider="recording",
        ref=plan.name,
        starts_at=NOON,
        ends_at=NOON + DURATION,
    )


@on_sqlite
async def test_names_are_never_guessed_and_never_the_same(practice: SmallPractice) -> None:
    one, other = (
        await practice.book(counselor="ben"),
        await practice.book("emil", NOON + HOUR, counselor="ben"),
    )
    names = [practice.place.name(each) for each in (one, other)]
    assert len({*names}) == 2
    assert all(name.isascii() and name == name.lower() and len(name) == len("confer-") + 26 for name in names)


@on_sqlite
async def test_a_request_has_no_meeting_until_it_is_approved(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.run_due()
    assert practice.provider.calls == []
    await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    await practice.run_due()
    assert practice.provider.calls == ["create"]


@on_sqlite
async def test_carried_out_again_it_changes_nothing(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    await practice.run_due()
    before = await kept(practice, booked)
    assert await practice.core.meetings.keep(booked.id) == before
    assert practice.provider.calls == ["create"]


async def test_a_moved_session_moves_its_meeting_and_a_cancelled_one_removes_it(
    practice: SmallPractice,
) -> None:
    booked = await practice.book(counselor="ben")
    await practice.run_due()
    moved = await shift(practice, booked)
    await practice.core.meetings.keep(booked.id)
    assert [plan.starts_at for plan in practice.provider.plans.values()] == [NOON + HOUR]
    await call_off(practice, moved)
    await practice.run_due()
    assert (practice.provider.plans, practice.provider.calls) == ({}, ["create", "move", "cancel"])
    left = await kept(practice, booked)
    assert left is not None
    assert left.ref is None


async def shift(practice: SmallPractice, booked: Booking) -> Booking:
    """Let the session be an hour later."""
    proposal = await practice.core.reschedules.propose(
        practice.actor("ben"), booked.id, booked.version, NOON + HOUR
    )
    await practice.core.reschedules.accept(practice.actor("dora"), proposal.id, proposal.version)
    return await practice.booking(booked.id)


async def test_a_provider_that_is_down_undoes_no_booking_and_is_asked_again(practice: SmallPractice) -> None:
    practice.provider.troubles.extend(
        [Unavailable("no answer"), AuthExpired("no token"), Unavailable("slow", 90)]
    )
    booked = await practice.book(counselor="ben")
    for _ in range(4):
        await practice.run_due()
        await practice.clock.advance(2 * MINUTE)
    assert practice.provider.calls == ["create"] * 4
    assert len(practice.provider.plans) == 1
    assert (await practice.booking(booked.id)).status is Status.CONFIRMED


@on_sqlite
async def test_a_provider_that_refuses_is_not_asked_again(practice: SmallPractice) -> None:
    practice.provider.troubles.append(Rejected("no such host"))
    booked = await practice.book(counselor="ben")
    await practice.run_due()
    async with practice.database.read() as conn:
        (dead,) = await list_dead(conn, 10)
    assert (dead.kind, dead.error) == (KEEP_MEETING, "Permanent: no such host")
    assert (await practice.booking(booked.id)).status is Status.CONFIRMED


async def test_a_meeting_whose_booking_was_called_off_meanwhile_is_removed_again(
    practice: SmallPractice,
) -> None:
    booked = await practice.book(counselor="ben")
    practice.provider.meanwhile = lambda: call_off(practice, booked)
    await practice.core.meetings.keep(booked.id)
    assert practice.provider.plans == {}


async def test_a_meeting_whose_booking_vanished_is_removed_again(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    practice.provider.meanwhile = lambda: erase(practice, booked)
    await practice.core.meetings.keep(booked.id)
    assert practice.provider.plans == {}
    assert await kept(practice, booked) is None


async def test_what_was_lost_on_the_way_is_removed_by_the_hourly_look(practice: SmallPractice) -> None:
    gone = await practice.book(counselor="ben")
    off = await practice.book("emil", NOON + HOUR, counselor="ben")
    stays = await practice.book("ada", NOON + 2 * HOUR, counselor="ben")
    await practice.run_due()
    await erase(practice, gone)
    await call_off(practice, off)
    async with practice.database.write() as conn:
        await conn.execute(sa.delete(jobs).where(jobs.c.kind == KEEP_MEETING))
    await practice.core.meetings.sweep()
    await practice.run_due()
    assert list(practice.provider.plans) == [practice.place.name(stays)]


async def erase(practice: SmallPractice, booked: Booking) -> None:
    async with practice.database.write() as conn:
        await conn.execute(sa.delete(audit_entries).where(audit_entries.c.booking_id == booked.id))
        await conn.execute(sa.delete(bookings).where(bookings.c.id == booked.id))


@on_sqlite
async def test_of_two_that_make_it_at_once_one_meeting_stays(practice: SmallPractice) -> None:
    practice.provider.forgetful = True
    booked = await practice.book(counselor="ben")
    practice.provider.meanwhile = lambda: practice.core.meetings.keep(booked.id)
    mine = await practice.core.meetings.keep(booked.id)
    assert mine is not None
    assert list(practice.provider.plans) == [mine.ref]
    assert await kept(practice, booked) == mine


@on_sqlite
async def test_when_it_is_over_nothing_is_touched(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    await practice.run_due()
    await at(practice, DURATION + 31 * MINUTE)
    before = await kept(practice, booked)
    assert await practice.core.meetings.keep(booked.id) == before
    assert practice.provider.calls == ["create"]


@on_sqlite
async def test_another_provider_is_asked_for_a_meeting_of_its_own(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    name = practice.place.name(booked)
    async with practice.store.write() as uow:
        await uow.meetings.renew(KeptMeeting(booking_id=booked.id, name=name), Side.CLIENT)
        await uow.meetings.put(KeptMeeting(booking_id=booked.id, name=name, provider="former", ref="77"))
    found = await practice.core.meetings.keep(booked.id)
    assert found is not None
    assert (found.provider, found.ref) == ("recording", name)
    stored = await kept(practice, booked)
    assert stored is not None
    assert (stored.client_generation, stored.counselor_generation) == (1, 0)


@on_sqlite
async def test_a_booking_in_person_has_no_job_for_it(practice: SmallPractice) -> None:
    held = await practice.hold(counselor="ben")
    here = Details(location=Location.IN_PERSON)
    await practice.core.bookings.request(practice.actor("dora"), held.id, here)
    assert await practice.jobs(KEEP_MEETING) == []
