"""Programs: who is admitted, what is left, and scheduling later."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from core.domain.access import SYSTEM
from core.domain.errors import Forbidden, NotFound
from core.domain.notification import LaterNudge
from core.services.programs import NUDGE_AFTER, NUDGE_LATER, Progress
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice, on_sqlite


@pytest.mark.parametrize("code", ["PY101", "py101", "  Py101\n"])
async def test_the_code_admits_whatever_its_case(practice: SmallPractice, code: str) -> None:
    program = await practice.core.programs.enroll(practice.actor("dora"), code)
    assert program == (await practice.practice()).programs[practice.ids["python"]]
    assert await practice.core.programs.progress(practice.actor("dora")) == [
        Progress(program=program, remaining=2)
    ]
    assert await practice.core.programs.progress(practice.actor("emil")) == []


async def test_enrolling_again_changes_nothing(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    await practice.clock.advance(DAY)
    await practice.enroll()
    assert [
        (row["action"], row["actor_id"], row["details"], row["at"]) for row in await practice.audit()
    ] == [("program.enrolled", practice.people["dora"].id, {"program": program.id}, START)]
    assert len(await practice.jobs(NUDGE_LATER)) == 1


@pytest.mark.parametrize("code", ["PY102", "", "   ", "PY101 ²", "'; DROP TABLE enrollments; --"])
@on_sqlite
async def test_an_unknown_code_admits_nobody(practice: SmallPractice, code: str) -> None:
    with pytest.raises(NotFound, match=r"^unknown_code$"):
        await practice.core.programs.enroll(practice.actor("dora"), code)
    assert await practice.core.programs.progress(practice.actor("dora")) == []


async def test_programs_that_are_closed_or_have_no_code_admit_nobody(practice: SmallPractice) -> None:
    program = (await practice.practice()).programs[practice.ids["python"]]
    for changed, code in (
        (replace(program, active=False), "PY101"),
        (replace(program, enrollment_code=None), ""),
    ):
        async with practice.store.write() as uow:
            await uow.programs.save(changed)
        with pytest.raises(NotFound, match=r"^unknown_code$"):
            await practice.core.programs.enroll(practice.actor("dora"), code)


async def test_what_is_booked_is_not_left_and_what_came_to_nothing_is(practice: SmallPractice) -> None:
    program = await practice.enroll()
    remaining = practice.core.programs.remaining
    await practice.hold(kind="lesson")
    assert await remaining(practice.actor("dora"), program.id) == 2
    asked = await practice.book(kind="lesson")
    await practice.book(start=NOON + DAY, kind="lesson", counselor="ben")
    assert await remaining(practice.actor("dora"), program.id) == 0
    assert await practice.core.programs.progress(practice.actor("dora")) == []
    await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "time")
    assert await remaining(practice.actor("dora"), program.id) == 1


async def test_a_program_made_shorter_leaves_nothing_rather_than_less(practice: SmallPractice) -> None:
    program = await practice.enroll()
    for day in (0, 1):
        await practice.book(start=NOON + day * DAY, kind="lesson", counselor="ben")
    async with practice.store.write() as uow:
        await uow.programs.save(replace(program, sessions=1))
    assert await practice.core.programs.remaining(practice.actor("dora"), program.id) == 0
    later = await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    assert later.remaining == 0


async def test_scheduling_later_plans_one_nudge(practice: SmallPractice) -> None:
    program = await practice.enroll()
    later = await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    assert later == LaterNudge(to=practice.people["dora"], program=program, remaining=2)
    await practice.clock.advance(HOUR)
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    dora = practice.people["dora"].id
    (job,) = await practice.jobs()
    assert {name: job[name] for name in ("kind", "payload", "due", "group_name", "lane")} == {
        "kind": NUDGE_LATER,
        "payload": {"program": program.id, "client": dora},
        "due": START + HOUR + NUDGE_AFTER,
        "group_name": f"later:{program.id}:{dora}",
        "lane": f"chat:{dora}",
    }
    assert await practice.funnel() == [("schedule_later", dora, {"program": program.id})] * 2


async def test_saying_no_takes_the_nudge_back_until_it_is_wanted_again(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    await practice.core.programs.stop_nudges(practice.actor("dora"), program.id)
    await practice.core.programs.stop_nudges(practice.actor("emil"), program.id)
    assert await practice.jobs() == []
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    assert len(await practice.jobs()) == 1


async def test_who_is_not_enrolled_schedules_nothing_later(practice: SmallPractice) -> None:
    with pytest.raises(NotFound, match=r"^not_enrolled$") as refused:
        await practice.core.programs.schedule_later(practice.actor("dora"), practice.ids["python"])
    assert refused.value.details == {"program_id": practice.ids["python"], "program": "Python 101"}
    assert (await practice.jobs(), await practice.funnel()) == ([], [])


async def test_a_program_that_does_not_exist_is_not_found(practice: SmallPractice) -> None:
    core = practice.core.programs
    for act in (core.remaining, core.schedule_later):
        with pytest.raises(NotFound, match=r"^program_not_found$"):
            await act(practice.actor("dora"), 10**9)


@on_sqlite
async def test_the_system_is_in_no_program(practice: SmallPractice) -> None:
    core, program_id = practice.core.programs, practice.ids["python"]
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: core.enroll(SYSTEM, "PY101"),
        lambda: core.remaining(SYSTEM, program_id),
        lambda: core.progress(SYSTEM),
        lambda: core.schedule_later(SYSTEM, program_id),
        lambda: core.stop_nudges(SYSTEM, program_id),
    ]
    for act in acts:
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await act()
