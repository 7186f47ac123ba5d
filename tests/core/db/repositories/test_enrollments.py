"""Enrollments, and how many sessions of a program they have used."""

from dataclasses import replace
from datetime import timedelta

from core.db.engine import Database
from core.domain.booking import Status
from core.domain.program import Enrollment
from core.domain.side import Side
from tests.core.db.samples import HOUR, MADE, NOON, a_booking, a_program, a_session_type, fill, store_on

DAY = timedelta(days=1)


async def test_an_enrollment_is_made_once_and_can_be_changed(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    client = sample.clients[0]
    async with store.write() as uow:
        program = await uow.programs.save(a_program("python-101", sample.counselors))
        assert await uow.enrollments.get(program.id, client) is None
        first = Enrollment(program_id=program.id, client_id=client, enrolled_at=MADE)
        await uow.enrollments.add(first)
        await uow.enrollments.add(replace(first, enrolled_at=MADE + DAY))
        assert await uow.enrollments.get(program.id, client) == first
        later = replace(first, later_since=MADE + HOUR, nudges=False)
        await uow.enrollments.save(later)
    async with store.read() as uow:
        assert await uow.enrollments.get(program.id, client) == later
        assert await uow.enrollments.get(program.id, sample.clients[1]) is None


async def test_active_and_completed_sessions_of_the_program_are_used_but_a_hold_is_not(
    database: Database,
) -> None:
    store = store_on(database)
    sample = await fill(store)
    client = sample.clients[0]
    async with store.write() as uow:
        program = await uow.programs.save(a_program("python-101", sample.counselors))
        lesson = await uow.session_types.save(a_session_type("lesson", sample.counselors, program.id))
        lessons = replace(sample, session_type=lesson.id)
        for number, status in enumerate(Status):
            await uow.bookings.add(a_booking(lessons, NOON + number * DAY, status=status))
        await uow.bookings.add(a_booking(sample, NOON - DAY))
        await uow.bookings.add(a_booking(lessons, NOON - DAY, client=1, counselor=1))
    async with store.read() as uow:
        used = [await uow.enrollments.used(program.id, each) for each in (client, *sample.clients[1:3])]
    assert used == [4, 1, 0]  # pending, confirmed, in progress, completed


async def test_a_session_that_the_client_missed_is_used_and_one_that_the_counselor_missed_is_not(
    database: Database,
) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        program = await uow.programs.save(a_program("python-101", sample.counselors))
        lesson = await uow.session_types.save(a_session_type("lesson", sample.counselors, program.id))
        lessons = replace(sample, session_type=lesson.id)
        for number, absent in enumerate([Side.CLIENT, Side.CLIENT, Side.COUNSELOR]):
            missed = a_booking(lessons, NOON + number * DAY, status=Status.NO_SHOW)
            await uow.bookings.add(replace(missed, absent=absent))
    async with store.read() as uow:
        assert await uow.enrollments.used(program.id, sample.clients[0]) == 2
