"""What providers tell of meetings: the session begins and its times are known, and nothing else happens."""

from collections.abc import Sequence
from datetime import datetime
from itertools import permutations

from core.db.tables.meetings import meeting_facts
from core.domain.booking import Booking, Status
from core.domain.events import EventName
from core.domain.meeting import Attendance, Happening, MeetingFact
from core.domain.notification import Kind, Notification
from core.domain.outcome import Outcome
from core.domain.side import Side
from core.services.meeting_facts import LEARN_OF_MEETING, Told
from tests.core.services.sessions import DURATION, at
from tests.core.services.small_practice import HOUR, MINUTE, NOON, SmallPractice, on_sqlite
from tests.core.services.test_meeting import erase, shift

JOINED, LEFT, CLOSED = Happening
CLIENT, COUNSELOR = "c", "k"
SIDES = {CLIENT: Side.CLIENT, COUNSELOR: Side.COUNSELOR}
Line = tuple[Happening, str, int]
"""What happened, to which connection, how many minutes after the start."""
TOGETHER: Sequence[Line] = ((JOINED, COUNSELOR, -3), (JOINED, CLIENT, 1))
WHOLE: Sequence[Line] = (*TOGETHER, (LEFT, CLIENT, 50), (LEFT, COUNSELOR, 52), (CLOSED, "", 53))


async def ready(practice: SmallPractice) -> Booking:
    """A session with Ben whose meeting has been made."""
    booked = await practice.book(counselor="ben")
    await practice.run_due()
    return booked


def told(practice: SmallPractice, booked: Booking, line: Line, **changes: str) -> Told:
    happening, visit, minute = line
    fact = MeetingFact(happening=happening, at=NOON + minute * MINUTE, visit=visit, side=SIDES.get(visit))
    values = {"provider": "recording", "meeting": practice.place.name(booked), "id": f"{line}"}
    return Told(facts=(fact,), **(values | changes))


async def learn(practice: SmallPractice, booked: Booking, *lines: Line, **changes: str) -> None:
    for line in lines:
        await practice.core.meeting_facts.take_in(told(practice, booked, line, **changes))
    await practice.run_due()


def clock(instant: datetime | None) -> str | None:
    return f"{instant:%H:%M}" if instant else None


async def times(practice: SmallPractice, booked: Booking) -> tuple[Status, str | None, str | None]:
    now = await practice.booking(booked.id)
    return now.status, clock(now.started_at), clock(now.ended_at)


async def test_the_session_begins_when_both_are_there_and_ends_when_both_have_left(
    practice: SmallPractice,
) -> None:
    booked = await ready(practice)
    await at(practice, MINUTE)
    await learn(practice, booked, TOGETHER[0])
    assert await times(practice, booked) == (Status.CONFIRMED, None, None)
    await learn(practice, booked, TOGETHER[1])
    assert await times(practice, booked) == (Status.IN_PROGRESS, "12:01", None)
    assert [each["action"] for each in await practice.audit()][-1] == EventName.STARTED
    assert (await practice.audit())[-1]["actor_id"] is None
    await at(practice, 55 * MINUTE)
    await learn(practice, booked, *WHOLE)
    assert await times(practice, booked) == (Status.IN_PROGRESS, "12:01", "12:52")


@on_sqlite
async def test_every_order_comes_to_the_same(practice: SmallPractice) -> None:
    orders = list(permutations(WHOLE))[::17]
    booked = await ready(practice)
    await at(practice, 55 * MINUTE)
    for number, order in enumerate(orders):
        async with practice.database.write() as conn:
            await conn.execute(meeting_facts.delete())
        for line in (*order, *order[:2]):
            await learn(practice, booked, line, id=f"{number}:{line}")
        assert await times(practice, booked) == (Status.IN_PROGRESS, "12:01", "12:52")


async def test_what_is_told_twice_is_one_fact_and_one_job(practice: SmallPractice) -> None:
    booked = await ready(practice)
    one = told(practice, booked, TOGETHER[0])
    assert [await practice.core.meeting_facts.take_in(one) for _ in range(3)] == [True, False, False]
    assert len(await practice.jobs(LEARN_OF_MEETING)) == 1
    await practice.run_due()
    assert await practice.core.meeting_facts.take_in(one) is False
    await learn(practice, booked, TOGETHER[0], id="another delivery of the same")
    assert len(await practice.rows_of(meeting_facts)) == 1


@on_sqlite
async def test_meetings_that_are_not_ours_leave_no_trace(practice: SmallPractice) -> None:
    booked = await ready(practice)
    await learn(practice, booked, *WHOLE, meeting="confer-somewhere-else")
    await learn(practice, booked, *WHOLE, provider="former", id="x")
    assert await practice.rows_of(meeting_facts) == []
    assert await times(practice, booked) == (Status.CONFIRMED, None, None)


@on_sqlite
async def test_a_counselor_s_tap_is_not_made_stale_by_what_is_told_after_the_end(
    practice: SmallPractice,
) -> None:
    booked = await ready(practice)
    await at(practice, DURATION)
    await learn(practice, booked, *WHOLE)
    assert await times(practice, booked) == (Status.CONFIRMED, "12:01", "12:52")
    settled = await practice.core.running.settle(
        practice.actor("ben"), booked.id, booked.version, Outcome.TOOK_PLACE
    )
    assert (clock(settled.started_at), clock(settled.ended_at)) == ("12:01", "12:52")
    await learn(practice, booked, (JOINED, CLIENT, 58), (LEFT, CLIENT, 70))
    assert await times(practice, booked) == (Status.COMPLETED, "12:01", "12:52")


@on_sqlite
async def test_the_counselor_s_own_start_is_kept(practice: SmallPractice) -> None:
    booked = await ready(practice)
    await at(practice, -2 * MINUTE)
    begun = await practice.core.running.start(practice.actor("ben"), booked.id, booked.version)
    await at(practice, 55 * MINUTE)
    await learn(practice, booked, *WHOLE)
    assert await times(practice, booked) == (Status.IN_PROGRESS, "11:58", "12:52")
    assert (await practice.booking(booked.id)).version == begun.version


async def asked(practice: SmallPractice, *lines: Line) -> Attendance:
    """What the counselor's question after the end knows of the meeting."""
    booked = await ready(practice)
    await at(practice, 55 * MINUTE)
    await learn(practice, booked, *lines)
    await at(practice, DURATION)
    await practice.run_due()
    (question,) = [
        each
        for each in practice.messenger.sent
        if isinstance(each, Notification) and each.kind is Kind.OUTCOME_ASKED
    ]
    assert (await practice.booking(booked.id)).status in {Status.CONFIRMED, Status.IN_PROGRESS}
    return question.seen


@on_sqlite
async def test_a_client_who_was_not_seen_is_asked_about_and_nothing_is_decided(
    practice: SmallPractice,
) -> None:
    assert (await asked(practice, (JOINED, COUNSELOR, 0), (LEFT, COUNSELOR, 20))).missing is Side.CLIENT


@on_sqlite
async def test_the_question_knows_when_both_were_there(practice: SmallPractice) -> None:
    seen = await asked(practice, *WHOLE)
    assert (clock(seen.started_at), clock(seen.ended_at), seen.missing) == ("12:01", "12:52", None)


@on_sqlite
async def test_no_events_are_no_no_show(practice: SmallPractice) -> None:
    assert await asked(practice) == Attendance()


@on_sqlite
async def test_of_a_booking_that_is_gone_nothing_is_learnt(practice: SmallPractice) -> None:
    booked = await ready(practice)
    await erase(practice, booked)
    await learn(practice, booked, *TOGETHER)
    assert await practice.rows_of(meeting_facts) == []


@on_sqlite
async def test_what_happened_before_the_session_was_moved_does_not_start_it(practice: SmallPractice) -> None:
    booked = await ready(practice)
    await shift(practice, booked)
    await at(practice, HOUR)
    await learn(practice, booked, (JOINED, COUNSELOR, 0), (JOINED, CLIENT, 1), (CLOSED, "", 10))
    assert await times(practice, booked) == (Status.CONFIRMED, None, None)
