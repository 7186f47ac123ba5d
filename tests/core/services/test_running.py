"""Running a session: start, outcome, completion by the clock, and corrections in time."""

from datetime import timedelta

import pytest

from core.domain.booking import Status
from core.domain.errors import Conflict, NotFound
from core.domain.money import Money
from core.domain.outcome import Outcome
from core.domain.reschedule import ProposalStatus
from core.domain.side import Side
from core.services.subscribers import COMPLETE_SESSION
from tests.core.services.sessions import DURATION, END, at, begun, over, told
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite

WEEK = 7 * DAY


async def test_the_counselor_starts_from_a_quarter_of_an_hour_before(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    ben = practice.actor("ben")
    await at(practice, -15 * MINUTE - timedelta(seconds=1))
    with pytest.raises(Conflict, match=r"^too_early$"):
        await practice.core.running.start(ben, booked.id, booked.version)
    await at(practice, -15 * MINUTE)
    started = await practice.core.running.start(ben, booked.id, booked.version)
    assert started == await practice.booking(booked.id)
    assert (started.status, started.started_at) == (Status.IN_PROGRESS, NOON - 15 * MINUTE)


@on_sqlite
@pytest.mark.parametrize(("who", "error"), [("dora", Conflict), ("emil", NotFound), ("ada", Conflict)])
async def test_nobody_else_starts_it(practice: SmallPractice, who: str, error: type[Exception]) -> None:
    booked = await begun(practice)
    with pytest.raises(error):
        await practice.core.running.start(practice.actor(who), booked.id, booked.version)
    assert await practice.booking(booked.id) == booked


async def test_a_running_session_keeps_its_time(practice: SmallPractice) -> None:
    booked = await begun(practice)
    await practice.core.running.start(practice.actor("ben"), booked.id, booked.version)
    with pytest.raises(Conflict, match=r"^slot_taken$"):
        await practice.hold("emil", NOON + 30 * MINUTE, counselor="ben")


async def test_a_session_that_was_run_keeps_when_it_began_and_ended(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ben = practice.actor("ben")
    started = await practice.core.running.start(ben, booked.id, booked.version)
    await at(practice, 55 * MINUTE)
    done = await practice.core.running.settle(ben, booked.id, started.version, Outcome.TOOK_PLACE)
    assert (done.started_at, done.ended_at, done.status) == (NOON, NOON + 55 * MINUTE, Status.COMPLETED)
    assert [
        (row["action"], row["actor_id"], row["details"]["status"]) for row in (await practice.audit())[1:]
    ] == [
        ("booking.started", ben.person_id, "in_progress"),
        ("booking.completed", ben.person_id, "completed"),
    ]


@pytest.mark.parametrize(
    ("outcome", "absent", "percent"),
    [(Outcome.CLIENT_ABSENT, Side.CLIENT, 0), (Outcome.COUNSELOR_ABSENT, Side.COUNSELOR, 100)],
)
async def test_a_no_show_says_who_was_absent_and_what_comes_back(
    practice: SmallPractice, outcome: Outcome, absent: Side, percent: int
) -> None:
    done = await over(practice, outcome)
    assert (done.status, done.absent) == (Status.NO_SHOW, absent)
    assert done.refund is not None
    assert (done.refund.percent, done.refund.amount) == (percent, Money(minor=60 * percent, currency="EUR"))
    last = (await practice.audit())[-1]
    assert (last["action"], last["details"]["absent"], last["details"]["refund_percent"]) == (
        "booking.no_show",
        absent,
        percent,
    )


@on_sqlite
@pytest.mark.parametrize(("outcome", "used"), [*zip(Outcome, [1, 1, 0], strict=True)])
async def test_a_session_of_a_program_is_used_up_unless_the_counselor_did_not_come(
    practice: SmallPractice, outcome: Outcome, used: int
) -> None:
    program = await practice.enroll()
    booked = await practice.book(kind="lesson", counselor="ben")
    await at(practice, DURATION)
    await practice.core.running.settle(practice.actor("ben"), booked.id, booked.version, outcome)
    assert await practice.core.programs.remaining(practice.actor("dora"), program.id) == 2 - used


@on_sqlite
async def test_no_outcome_can_be_said_before_the_start(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    await at(practice, -MINUTE)
    for outcome in Outcome:
        with pytest.raises(Conflict, match=r"^too_early$"):
            await practice.core.running.settle(practice.actor("ben"), booked.id, booked.version, outcome)


async def test_a_tap_on_an_older_version_changes_nothing(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ben = practice.actor("ben")
    started = await practice.core.running.start(ben, booked.id, booked.version)
    with pytest.raises(Conflict, match=r"^stale$"):
        await practice.core.running.settle(ben, booked.id, booked.version, Outcome.CLIENT_ABSENT)
    assert await practice.booking(booked.id) == started


async def test_an_outcome_can_be_corrected_for_seven_days_and_then_by_nobody(practice: SmallPractice) -> None:
    done = await over(practice, Outcome.CLIENT_ABSENT)
    ben = practice.actor("ben")
    await at(practice, DURATION + WEEK - MINUTE)
    corrected = await practice.core.running.settle(ben, done.id, done.version, Outcome.TOOK_PLACE)
    assert (corrected.status, corrected.absent, corrected.refund) == (Status.COMPLETED, None, None)
    await at(practice, DURATION + WEEK)
    for who in ("ben", "ada"):
        with pytest.raises(Conflict, match=r"^too_late$"):
            await practice.core.running.settle(
                practice.actor(who), done.id, corrected.version, Outcome.CLIENT_ABSENT
            )
    assert await practice.booking(done.id) == corrected


async def test_the_admin_may_say_it_for_the_counselor(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ada = practice.actor("ada")
    await practice.core.running.settle(ada, booked.id, booked.version, Outcome.COUNSELOR_ABSENT)
    last = (await practice.audit())[-1]
    assert (last["actor_id"], last["details"]["party"]) == (ada.person_id, "admin")
    assert [each for each in await told(practice) if each[0] == "no_show"] == [
        ("no_show", "Dora"),
        ("no_show", "Ben"),
    ]


async def test_the_counselor_is_asked_at_the_end_and_the_client_thanked_after_the_answer(
    practice: SmallPractice,
) -> None:
    booked = await begun(practice)
    await at(practice, DURATION - MINUTE)
    assert ("outcome_asked", "Ben") not in await told(practice)
    await at(practice, DURATION)
    assert await told(practice) == [("outcome_asked", "Ben")]
    await practice.core.running.settle(practice.actor("ben"), booked.id, booked.version, Outcome.TOOK_PLACE)
    assert await told(practice) == [("completed", "Dora")]
    assert await practice.jobs() == []


@on_sqlite
async def test_who_says_it_before_the_end_is_not_asked(practice: SmallPractice) -> None:
    booked = await begun(practice)
    await practice.core.running.settle(
        practice.actor("ben"), booked.id, booked.version, Outcome.CLIENT_ABSENT
    )
    await at(practice, 3 * DAY)
    assert await told(practice) == [("no_show", "Dora")]


async def test_a_session_of_which_nobody_speaks_is_completed_after_a_day_and_both_are_told(
    practice: SmallPractice,
) -> None:
    booked = await begun(practice)
    await at(practice, DURATION + DAY - MINUTE)
    await practice.run_due()
    assert (await practice.booking(booked.id)).status is Status.CONFIRMED
    await at(practice, DURATION + DAY)
    assert await told(practice) == [("completed", "Dora"), ("completed", "Ben")]
    done = await practice.booking(booked.id)
    assert (done.status, done.closed_at, done.ended_at) == (Status.COMPLETED, END + DAY, None)
    assert [(row["action"], row["actor_id"]) for row in (await practice.audit())[-1:]] == [
        ("booking.completed", None)
    ]


async def test_a_session_that_was_started_and_never_ended_is_completed_as_well(
    practice: SmallPractice,
) -> None:
    booked = await begun(practice)
    await practice.core.running.start(practice.actor("ben"), booked.id, booked.version)
    await at(practice, DURATION + DAY)
    await practice.run_due()
    done = await practice.booking(booked.id)
    assert (done.status, done.started_at, done.ended_at) == (Status.COMPLETED, NOON, None)


async def test_the_day_counts_from_the_end_that_holds_when_it_is_over(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    ben, dora = practice.actor("ben"), practice.actor("dora")
    reschedules = practice.core.reschedules
    offer = await reschedules.propose(dora, booked.id, booked.version, NOON + DAY)
    moved = await reschedules.accept(ben, offer.id, offer.version)
    assert moved.starts_at == NOON + DAY
    due = [job["due"] for job in await practice.jobs(COMPLETE_SESSION)]
    assert due == [END + 2 * DAY]
    await at(practice, DURATION + DAY - MINUTE)
    await practice.run_due()
    assert (await practice.booking(booked.id)).status is Status.CONFIRMED
    await at(practice, DURATION + DAY)
    assert ("outcome_asked", "Ben") in await told(practice)
    await at(practice, DURATION + 2 * DAY)
    await practice.run_due()
    assert (await practice.booking(booked.id)).status is Status.COMPLETED


@on_sqlite
@pytest.mark.parametrize("hours", [0, 23])
async def test_completion_that_comes_too_soon_does_nothing(practice: SmallPractice, hours: int) -> None:
    booked = await begun(practice)
    await at(practice, DURATION + hours * HOUR)
    assert await practice.core.running.complete(booked.id) is None
    assert await practice.booking(booked.id) == booked


async def test_completion_leaves_what_is_settled_and_what_is_gone_alone(practice: SmallPractice) -> None:
    done = await over(practice, Outcome.CLIENT_ABSENT)
    await at(practice, 3 * DAY)
    assert await practice.core.running.complete(done.id) is None
    assert await practice.core.running.complete(done.id + 1000) is None
    assert await practice.booking(done.id) == done


async def test_another_time_that_was_still_talked_about_lapses_with_the_start(
    practice: SmallPractice,
) -> None:
    booked = await practice.book(counselor="ben")
    offer = await practice.core.reschedules.propose(
        practice.actor("dora"), booked.id, booked.version, NOON + DAY
    )
    await at(practice, -10 * MINUTE)
    now = await practice.booking(booked.id)
    await practice.core.running.start(practice.actor("ben"), booked.id, now.version)
    async with practice.store.read() as uow:
        assert (await uow.proposals.get(offer.id)).status is ProposalStatus.EXPIRED
