"""Which jobs follow from which event: exactly these, with their due times, keys, groups and lanes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.domain.access import SYSTEM
from core.domain.booking import Booking
from core.domain.events import Event, EventName
from core.domain.notification import RULES, Kind
from core.domain.policy import Policy
from core.domain.side import Side
from core.services.both_ways import MAIL_LANE
from core.services.hold import END_HOLD
from core.services.subscribers import EXPIRE_REQUEST, FOLLOW_UPS, NOTIFY, SETTLED
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite

TOLD_AT_ONCE = {
    EventName.REQUESTED: {("request_received", "client"), ("new_request", "counselor")},
    EventName.CONFIRMED: {("confirmed", "client"), ("new_booking", "counselor")},
    EventName.DECLINED: {("declined", "client")},
    EventName.EXPIRED: {("expired", "client"), ("expired_unanswered", "counselor")},
    EventName.STARTED: set(),
    EventName.COMPLETED: {("completed", "client"), ("completed", "counselor")},
    EventName.NO_SHOW: {("no_show", "client"), ("no_show", "counselor")},
    EventName.NO_SHOW_REPORTED: {("no_show_reported", "counselor")},
    EventName.NO_SHOW_DISPUTED: set(),
    EventName.NO_SHOW_DECIDED: {("no_show_decided", "client"), ("no_show_decided", "counselor")},
    EventName.REVIEW_WRITTEN: {("review_written", "counselor")},
    EventName.REVIEW_ANSWERED: {("review_answered", "client")},
}
Line = tuple[str, datetime, str | None, str | None, dict[str, Any]]


async def test_a_request_tells_its_counselor_and_waits_for_an_answer(practice: SmallPractice) -> None:
    asked = await practice.book()
    assert await planned(practice) == {
        f"notify:{asked.id}:2:new_request:counselor": told(practice, asked, "new_request", "counselor"),
        f"notify:{asked.id}:2:request_nudge:counselor": (
            NOTIFY,
            START + 16 * HOUR,
            f"request:{asked.id}",
            lane(practice, "ann"),
            {"booking": asked.id, "kind": "request_nudge", "side": "counselor"},
        ),
        f"expire:{asked.id}:2": (
            EXPIRE_REQUEST,
            START + DAY,
            f"request:{asked.id}",
            None,
            {"booking": asked.id},
        ),
    }


async def test_a_booking_that_stands_at_once_tells_its_counselor_and_reminds_both(
    practice: SmallPractice,
) -> None:
    booked = await practice.book(kind="quick")
    assert await planned(practice) == {
        f"notify:{booked.id}:2:new_booking:counselor": told(practice, booked, "new_booking", "counselor"),
        **reminders(practice, booked, 2, 24),
        **reminders(practice, booked, 2, 1),
    }


async def test_an_approval_tells_the_client_reminds_both_and_settles_the_request(
    practice: SmallPractice,
) -> None:
    asked = await practice.book()
    await practice.clock.advance(2 * HOUR)
    approved = await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    assert await planned(practice) == {
        f"notify:{asked.id}:2:new_request:counselor": told(practice, asked, "new_request", "counselor"),
        f"notify:{asked.id}:3:confirmed:client": told(
            practice, asked, "confirmed", "client", START + 2 * HOUR
        ),
        **reminders(practice, approved, 3, 24),
        **reminders(practice, approved, 3, 1),
    }


async def test_a_refusal_tells_the_client_and_settles_the_request(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "time")
    assert await planned(practice) == {
        f"notify:{asked.id}:2:new_request:counselor": told(practice, asked, "new_request", "counselor"),
        f"notify:{asked.id}:3:declined:client": told(practice, asked, "declined", "client"),
    }


async def test_a_request_that_nobody_answered_is_told_to_both(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.clock.advance(DAY)
    await practice.core.bookings.expire(asked.id)
    assert await planned(practice) == {
        f"notify:{asked.id}:2:new_request:counselor": told(practice, asked, "new_request", "counselor"),
        f"notify:{asked.id}:3:expired:client": told(practice, asked, "expired", "client", START + DAY),
        f"notify:{asked.id}:3:expired_unanswered:counselor": told(
            practice, asked, "expired_unanswered", "counselor", START + DAY
        ),
    }


@on_sqlite
async def test_what_the_system_does_is_told_to_both(practice: SmallPractice) -> None:
    asked = await practice.book()
    later = {"request_nudge", "reminder", "outcome_asked"}
    for version, (name, wanted) in enumerate(TOLD_AT_ONCE.items(), start=10):
        await record(practice, name, asked, version)
        found = [job["payload"] for job in await practice.jobs(NOTIFY) if f":{version}:" in job["key"]]
        told_now = {(each["kind"], each["side"]) for each in found if each["kind"] not in later}
        assert told_now == wanted
        assert len(told_now) == len([each for each in found if each["kind"] not in later])


@on_sqlite
async def test_a_counselor_who_books_with_themselves_hears_nothing_of_their_own(
    practice: SmallPractice,
) -> None:
    booked = await practice.book("ann", kind="quick")
    assert await planned(practice) == {
        **reminders(practice, booked, 2, 24, client="ann"),
        **reminders(practice, booked, 2, 1, client="ann"),
    }


@on_sqlite
async def test_reminders_follow_the_policy_and_leave_out_what_is_over(practice: SmallPractice) -> None:
    await practice.set_policy(reminder_offsets=[2, 48, 2, 24, 4])
    soon = await practice.book(start=START + 4 * HOUR, counselor="ben")
    assert await leads(practice, soon) == [2, 2]
    next_week = await practice.book("emil", START + 7 * DAY, counselor="ben")
    assert await leads(practice, next_week) == [48, 48, 24, 24, 4, 4, 2, 2]
    await practice.set_policy(reminder_offsets=[])
    silent = await practice.book("ada", START + 5 * DAY, counselor="ben")
    assert await leads(practice, silent) == []


@on_sqlite
async def test_a_reminder_that_would_be_due_at_once_is_not_planned(practice: SmallPractice) -> None:
    exactly = await practice.book(start=START + HOUR, counselor="ben")
    just = await practice.book("emil", START + HOUR + 30 * MINUTE, minutes=30, kind="quick")
    assert (await leads(practice, exactly), await leads(practice, just)) == ([], [1, 1])


@on_sqlite
async def test_the_nudge_comes_two_thirds_of_the_way_to_the_deadline(practice: SmallPractice) -> None:
    near = await practice.book(start=START + 5 * HOUR)
    found = await planned(practice)
    assert found[f"notify:{near.id}:2:request_nudge:counselor"][1] == START + 2 * HOUR
    assert found[f"expire:{near.id}:2"][1] == START + 3 * HOUR


async def test_what_does_not_come_about_is_told_to_nobody(practice: SmallPractice) -> None:
    asked = await practice.book()
    before = await planned(practice)
    with pytest.raises(RuntimeError, match="the power went out"):
        await _fail_after(practice, event(practice, EventName.CONFIRMED, asked, 9))
    assert await planned(practice) == before


async def test_the_same_event_twice_is_one_set_of_jobs(practice: SmallPractice) -> None:
    asked = await practice.book()
    for _ in range(2):
        await record(practice, EventName.REQUESTED, asked, 9)
    assert len([key for key in await planned(practice) if ":9" in key]) == 4


async def test_a_hold_is_no_event(practice: SmallPractice) -> None:
    await practice.hold()
    assert [job["kind"] for job in await practice.jobs()] == [END_HOLD]


@on_sqlite
async def test_each_message_goes_to_the_side_that_its_rule_names(practice: SmallPractice) -> None:
    asked = await practice.book()
    for version, name in enumerate(TOLD_AT_ONCE, start=10):
        await record(practice, name, asked, version)
    sides: dict[Kind, set[Side]] = {}
    for kind, *_, payload in (await planned(practice)).values():
        if kind == NOTIFY:
            sides.setdefault(Kind(payload["kind"]), set()).add(Side(payload["side"]))
    assert sides == {kind: {RULES[kind].recipient} if RULES[kind].recipient else set(Side) for kind in sides}
    told = {Kind(kind) for kinds in TOLD_AT_ONCE.values() for kind, _ in kinds}
    assert set(sides) == {*told, Kind.REMINDER}


def test_every_event_has_its_line_in_both_tables() -> None:
    assert set(FOLLOW_UPS) == set(SETTLED) == set(EventName)


async def planned(practice: SmallPractice) -> dict[str, Line]:
    """The jobs that wait for the answer or the start, by their keys."""
    return {
        job["key"]: (job["kind"], job["due"], job["group_name"], job["lane"], job["payload"])
        for job in await practice.jobs()
        if (job["group_name"] or "").startswith(("request:", "booking:"))
        and not (job["lane"] or "").startswith(MAIL_LANE)
    }


async def leads(practice: SmallPractice, booking: Booking) -> list[int]:
    """How many hours ahead the reminders of a booking are planned, longest first."""
    found = [job["payload"] for job in await practice.jobs(NOTIFY)]
    hours = [each["hours"] for each in found if "hours" in each and each["booking"] == booking.id]
    return sorted(hours, reverse=True)


def lane(practice: SmallPractice, name: str) -> str:
    return f"chat:{practice.people[name].id}"


def told(
    practice: SmallPractice, booking: Booking, kind: str, side: str, due: datetime = START, who: str = ""
) -> Line:
    who = who or ("dora" if side == "client" else "ann")
    payload = {"booking": booking.id, "kind": kind, "side": side}
    return (NOTIFY, due, f"booking:{booking.id}", lane(practice, who), payload)


def reminders(
    practice: SmallPractice, booking: Booking, version: int, hours: int, client: str = "dora"
) -> dict[str, Line]:
    """The reminders of both sides some hours before tomorrow noon."""
    starts_at = "2026-11-03T12:00:00+00:00"
    return {
        f"notify:{booking.id}:{version}:reminder:{side}:{hours}:{starts_at}": (
            NOTIFY,
            NOON - timedelta(hours=hours),
            f"booking:{booking.id}",
            lane(practice, who),
            {
                "booking": booking.id,
                "kind": "reminder",
                "side": side,
                "hours": hours,
                "starts_at": starts_at,
            },
        )
        for side, who in (("client", client), ("counselor", "ann"))
    }


def event(practice: SmallPractice, name: EventName, booking: Booking, version: int) -> Event:
    """Something that the system did to a booking."""
    return Event(
        name=name,
        booking=replace(booking, version=version),
        counselor_person_id=practice.people["ann"].id,
        actor_id=SYSTEM.person_id,
        at=START,
        policy=Policy(),
    )


async def record(practice: SmallPractice, name: EventName, booking: Booking, version: int) -> None:
    """Let the system do something to a booking."""
    async with practice.store.write() as uow:
        uow.record(event(practice, name, booking, version))


async def _fail_after(practice: SmallPractice, happened: Event) -> None:
    async with practice.store.write() as uow:
        uow.record(happened)
        raise RuntimeError("the power went out")
