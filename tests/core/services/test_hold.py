"""Holding a slot: what is refused, how it moves, and how it ends."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.db.tables.bookings import bookings
from core.domain.access import SYSTEM, Actor
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, DomainError, Forbidden, NotFound
from core.domain.explain import Reason
from core.domain.money import Money
from core.domain.notification import HoldEnded
from core.domain.session_type import Location
from core.jobs.job import RetryLater
from core.ports.trouble import Unavailable
from core.services.booking import Details
from core.services.hold import END_HOLD
from tests.conftest import START
from tests.core.services.small_practice import (
    DAY,
    DRAFT,
    HOUR,
    MINUTE,
    NOON,
    TOMORROW,
    SmallPractice,
    on_sqlite,
)

HOLD = timedelta(minutes=10)


async def test_a_tap_on_a_time_keeps_it_for_ten_minutes(practice: SmallPractice) -> None:
    hold = await practice.hold(minutes=30)
    assert hold == Booking(
        id=hold.id,
        reference=hold.reference,
        uid=hold.uid,
        status=Status.HELD,
        counselor_id=practice.ids["ann"],
        client_id=practice.people["dora"].id,
        session_type_id=practice.ids["intro"],
        starts_at=NOON,
        ends_at=NOON + 30 * MINUTE,
        busy_until=NOON + 45 * MINUTE,
        zone="Europe/Berlin",
        wall_start="2026-11-03T13:00",
        location=Location.VIDEO,
        price=Money(minor=6000, currency="EUR"),
        created_at=START,
        expires_at=START + HOLD,
    )
    assert await practice.booking(hold.id) == hold


async def test_the_policy_says_how_long_a_hold_lasts_and_the_session_type_its_buffer(
    practice: SmallPractice,
) -> None:
    await practice.set_policy(hold_minutes=3)
    hold = await practice.hold(kind="quick")
    assert (hold.expires_at, hold.busy_until) == (START + 3 * MINUTE, hold.ends_at)


async def test_the_same_time_again_is_the_same_hold(practice: SmallPractice) -> None:
    first = await practice.hold()
    await practice.clock.advance(MINUTE)
    assert await practice.hold() == first
    assert len(await practice.jobs(END_HOLD)) == 1


async def test_another_time_moves_the_hold_and_frees_the_first(practice: SmallPractice) -> None:
    await practice.hold()
    moved = await practice.hold(start=NOON + 2 * HOUR)
    assert [row["id"] for row in await practice.rows(bookings)] == [moved.id]
    assert (await practice.hold("emil")).starts_at == NOON


@pytest.mark.parametrize(("start", "minutes"), [(NOON, 30), (NOON + 30 * MINUTE, 60)])
async def test_a_hold_moves_to_a_time_that_overlaps_its_own(
    practice: SmallPractice, start: datetime, minutes: int
) -> None:
    await practice.hold()
    moved = await practice.hold(start=start, minutes=minutes)
    assert (moved.starts_at, moved.minutes) == (start, minutes)
    assert len(await practice.rows(bookings)) == 1


async def test_a_time_that_cannot_be_had_leaves_the_earlier_hold_where_it_was(
    practice: SmallPractice,
) -> None:
    await practice.hold("emil", NOON + HOUR + 30 * MINUTE)
    hold = await practice.hold()
    with pytest.raises(Conflict, match=r"^slot_taken$"):
        await practice.hold(start=NOON + HOUR + 30 * MINUTE)
    assert await practice.booking(hold.id) == hold
    assert len(await practice.jobs(END_HOLD)) == 2


async def test_a_hold_that_has_run_out_is_nobody_s(practice: SmallPractice) -> None:
    await practice.hold()
    await practice.clock.advance(HOLD - timedelta(microseconds=1))
    with pytest.raises(Conflict, match=r"^slot_taken$"):
        await practice.hold("emil")
    await practice.clock.advance(timedelta(microseconds=1))
    assert (await practice.hold("emil")).starts_at == NOON


async def test_the_same_time_after_the_hold_has_run_out_is_a_new_hold(practice: SmallPractice) -> None:
    first = await practice.hold()
    await practice.clock.advance(HOLD)
    second = await practice.hold()
    assert (second.id == first.id, second.expires_at) == (False, START + 2 * HOLD)


async def test_of_many_who_tap_one_time_at_once_one_gets_it(practice: SmallPractice) -> None:
    clients = await _crowd(practice, 12)
    wanted = practice.wanted("intro")
    taps = (practice.core.holds.take(each, wanted, NOON, DRAFT) for each in clients)
    answers = await asyncio.gather(*taps, return_exceptions=True)
    won = [each for each in answers if isinstance(each, Booking)]
    lost = [each.code for each in answers if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["slot_taken"] * 11)
    assert [row["id"] for row in await practice.rows(bookings)] == [won[0].id]


async def test_one_client_tapping_many_times_at_once_has_one_hold(practice: SmallPractice) -> None:
    starts = [NOON + each * HOUR for each in range(-3, 4)]
    answers = await asyncio.gather(*(practice.hold(start=each) for each in starts), return_exceptions=True)
    won = [each.id for each in answers if isinstance(each, Booking)]
    lost = {each.code for each in answers if isinstance(each, DomainError)}
    (kept,) = await practice.rows(bookings)
    assert len(won) + sum(isinstance(each, DomainError) for each in answers) == len(starts)
    assert lost <= {"stale"}
    assert kept["id"] in won
    (job,) = await practice.jobs(END_HOLD)
    assert job["payload"]["hold"] == kept["id"]


async def test_letting_go_frees_the_time_and_nobody_is_told_later(practice: SmallPractice) -> None:
    hold = await practice.hold()
    for _ in range(2):
        await practice.core.holds.release(practice.actor("dora"), hold.id)
    assert await practice.jobs() == []
    assert (await practice.hold("emil")).starts_at == NOON


async def test_letting_go_never_touches_a_booking(practice: SmallPractice) -> None:
    booked = await practice.book()
    await practice.core.holds.release(practice.actor("dora"), booked.id)
    assert await practice.booking(booked.id) == booked


async def test_only_the_hold_that_is_named_is_let_go_and_only_by_its_client(practice: SmallPractice) -> None:
    first = await practice.hold()
    hold = await practice.hold(start=NOON + 2 * HOUR)
    await practice.core.holds.release(practice.actor("dora"), first.id)
    await practice.core.holds.release(practice.actor("emil"), hold.id)
    assert await practice.booking(hold.id) == hold
    assert len(await practice.jobs(END_HOLD)) == 1


async def test_the_end_of_a_hold_is_a_job_of_its_client(practice: SmallPractice) -> None:
    hold = await practice.hold()
    (job,) = await practice.jobs()
    assert {name: job[name] for name in ("kind", "key", "payload", "due", "group_name", "lane")} == {
        "kind": END_HOLD,
        "key": f"end_hold:{hold.id}:{hold.reference}",
        "payload": {"hold": hold.id, "client": hold.client_id, "draft": DRAFT},
        "due": START + HOLD,
        "group_name": f"hold:{hold.client_id}",
        "lane": None,
    }


async def test_a_client_is_told_once_that_their_hold_has_ended(practice: SmallPractice) -> None:
    hold = await practice.hold()
    await practice.clock.advance(HOLD)
    assert await practice.run_due() == 1
    assert practice.messenger.sent == [HoldEnded(to=practice.people["dora"], hold_id=hold.id, draft_id=DRAFT)]
    assert (await practice.rows(bookings), await practice.jobs()) == ([], [])


async def test_a_hold_tidied_away_before_its_job_ran_is_told_all_the_same(practice: SmallPractice) -> None:
    hold = await practice.hold()
    await practice.clock.advance(HOLD)
    await practice.core.holds.sweep()
    assert await practice.rows(bookings) == []
    await practice.run_due()
    assert [each.hold_id for each in practice.messenger.sent if isinstance(each, HoldEnded)] == [hold.id]


async def test_an_end_that_could_not_be_told_is_told_later(practice: SmallPractice) -> None:
    hold = await practice.hold()
    job = await practice.claimed(END_HOLD)
    await practice.clock.advance(HOLD)
    practice.messenger.troubles.append(Unavailable("busy", 3))
    with pytest.raises(RetryLater) as refused:
        await practice.handlers()[END_HOLD](job)
    assert refused.value.after == timedelta(seconds=3)
    await practice.handlers()[END_HOLD](job)
    assert [each.hold_id for each in practice.messenger.sent if isinstance(each, HoldEnded)] == [hold.id]


async def test_a_hold_that_became_a_booking_has_no_end(practice: SmallPractice) -> None:
    hold = await practice.hold()
    job = await practice.claimed(END_HOLD)
    booked = await practice.core.bookings.request(practice.actor("dora"), hold.id, Details())
    assert await practice.jobs(END_HOLD) == []
    await practice.clock.advance(HOLD)
    assert await practice.core.holds.end(job) is None
    assert await practice.booking(booked.id) == booked


async def test_the_wizard_that_tapped_last_is_told(practice: SmallPractice) -> None:
    await practice.hold(draft=1)
    await practice.hold(draft=2)
    await practice.clock.advance(HOLD)
    await practice.run_due()
    assert [each.draft_id for each in practice.messenger.sent if isinstance(each, HoldEnded)] == [2]


REFUSED = [
    ("outside the hours", TOMORROW - 2 * HOUR, "not_offered", Reason.OUTSIDE_HOURS),
    ("off the grid", NOON + 10 * MINUTE, "not_offered", Reason.OFF_GRID),
    ("too long", TOMORROW + 6 * HOUR + 30 * MINUTE, "not_offered", Reason.DOES_NOT_FIT),
    ("in the past", START - 30 * MINUTE, "not_offered", Reason.OUTSIDE_RANGE),
    ("too soon", START + HOUR + 30 * MINUTE, "not_offered", Reason.NOTICE),
    ("too far ahead", NOON + 30 * DAY, "not_offered", Reason.BEYOND_WINDOW),
    ("years ahead", NOON.replace(year=9999), "not_offered", Reason.OUTSIDE_RANGE),
    ("booked by another", NOON, "slot_taken", Reason.BOOKING),
    ("held by another", NOON - 3 * HOUR, "slot_taken", Reason.HOLD),
    ("in the buffer after", NOON + HOUR, "slot_taken", Reason.BUFFER),
    ("its own buffer", NOON - HOUR, "slot_taken", Reason.BUFFER),
    ("the client's own session", NOON + 2 * HOUR, "client_busy", Reason.CLIENT_BUSY),
    ("a full day", NOON + DAY, "not_offered", Reason.DAILY_LIMIT),
]


async def test_what_is_not_offered_cannot_be_held(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", daily_limit=2)
    for hour in (-3, 2):
        await practice.book("emil", NOON + DAY + hour * HOUR)
    await practice.book("emil")
    await practice.hold("emil", NOON - 3 * HOUR)
    await practice.set_counselor("ann", daily_limit=None)
    await practice.book("dora", NOON + 2 * HOUR, counselor="ben")
    before = await practice.rows(bookings)
    found = [(name, *await _refusal(practice, start)) for name, start, *_ in REFUSED[:-1]]
    await practice.set_counselor("ann", daily_limit=2)
    name, start, *_ = REFUSED[-1]
    found.append((name, *await _refusal(practice, start)))
    assert found == [(name, code, reason) for name, _, code, reason in REFUSED]
    assert await practice.rows(bookings) == before


async def test_a_time_just_after_the_buffer_can_be_held(practice: SmallPractice) -> None:
    await practice.book("emil")
    for start in (NOON - HOUR - 30 * MINUTE, NOON + HOUR + 30 * MINUTE):
        assert (await practice.hold(start=start)).starts_at == start


async def test_where_the_counselor_is_asked_an_hour_s_notice_is_the_least(practice: SmallPractice) -> None:
    for minutes in (0, 30):
        with pytest.raises(Conflict, match=r"^not_offered$"):
            await practice.hold(start=START + minutes * MINUTE, kind="asked", counselor="ben")
    soonest = [
        await practice.hold(start=START + HOUR, kind="asked", counselor="ben"),
        await practice.hold(start=START, counselor="ben"),
        await practice.hold(start=START + 15 * MINUTE, kind="quick"),
    ]
    assert [each.starts_at - START for each in soonest] == [HOUR, timedelta(), 15 * MINUTE]


@pytest.mark.parametrize(
    ("kind", "minutes", "counselor", "code"),
    [
        ("intro", 45, "ann", "session_type_not_found"),
        ("quick", 60, "ben", "session_type_not_found"),
        ("asked", 60, "ann", "session_type_not_found"),
    ],
    ids=["another length", "another counselor's", "another's request"],
)
@on_sqlite
async def test_what_nobody_offers_cannot_be_held(
    practice: SmallPractice, kind: str, minutes: int, counselor: str, code: str
) -> None:
    with pytest.raises(NotFound, match=rf"^{code}$"):
        await practice.hold(kind=kind, minutes=minutes, counselor=counselor)


async def test_an_inactive_counselor_cannot_be_held(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", active=False)
    with pytest.raises(NotFound, match=r"^counselor_not_found$"):
        await practice.hold()


async def test_the_sessions_of_a_program_are_for_those_enrolled_until_they_are_used_up(
    practice: SmallPractice,
) -> None:
    with pytest.raises(Forbidden, match=r"^not_enrolled$") as refused:
        await practice.hold(kind="lesson")
    assert refused.value.details == {"program_id": practice.ids["python"], "program": "Python 101"}
    await practice.enroll()
    for day in (1, 2):
        await practice.book(start=NOON + day * DAY, kind="lesson")
    with pytest.raises(Forbidden, match=r"^program_used_up$") as refused:
        await practice.hold(kind="lesson")
    assert refused.value.details == {"program": "Python 101", "sessions": 2}
    with pytest.raises(Forbidden, match=r"^not_enrolled$"):
        await practice.hold("emil", kind="lesson")


@on_sqlite
async def test_the_system_holds_nothing(practice: SmallPractice) -> None:
    for act in (
        practice.core.holds.take(SYSTEM, practice.wanted("intro"), NOON, DRAFT),
        practice.core.holds.release(SYSTEM, 1),
    ):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await act


async def _refusal(practice: SmallPractice, start: datetime) -> tuple[str, Reason]:
    with pytest.raises(Conflict) as refused:
        await practice.hold(start=start)
    return refused.value.code, Reason(str(refused.value.details["reason"]))


async def _crowd(practice: SmallPractice, size: int) -> list[Actor]:
    async with practice.store.write() as uow:
        return [
            Actor(person=await uow.people.add(name=f"Client {n}", telegram_id=5000 + n)) for n in range(size)
        ]
