"""Sending: decided from the booking as it is then, and what becomes of each trouble."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.booking import Booking, Status
from core.domain.notification import Kind, LaterNudge, Notification
from core.domain.side import Side
from core.jobs.job import Job, Permanent, RetryLater
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable
from core.services.programs import NUDGE_LATER
from core.services.subscribers import NOTIFY
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, as_job, on_sqlite


@on_sqlite
async def test_a_message_carries_everything_that_its_words_need(practice: SmallPractice) -> None:
    asked = await practice.book()
    set_up = await practice.practice()
    assert await practice.run_due() == 3
    assert practice.messenger.sent == [
        Notification(
            kind=Kind.NEW_REQUEST,
            to=practice.people["ann"],
            side=Side.COUNSELOR,
            booking=asked,
            counselor=set_up.counselor(practice.ids["ann"]),
            client=practice.people["dora"],
            session_type=set_up.session_type(practice.ids["intro"]),
            join=practice.place.links.address(asked.id, Side.COUNSELOR, None),
        )
    ]


async def test_from_the_request_to_the_start_everybody_hears_each_thing_once(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.run_due()
    await practice.clock.advance(16 * HOUR)
    await practice.run_due()
    await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    for _ in range(11):
        await practice.clock.advance(HOUR)
        await practice.run_due()
    assert practice.messenger.messages() == [
        ("new_request", "Ann"),
        ("request_nudge", "Ann"),
        ("confirmed", "Dora"),
        ("reminder", "Dora"),
        ("reminder", "Ann"),
    ]
    assert [job["key"] for job in await practice.jobs() if job["due"] <= NOON] == []


async def test_an_unanswered_request_lapses_by_itself_and_both_hear_of_it(practice: SmallPractice) -> None:
    asked = await practice.book(start=NOON + 2 * HOUR)
    await practice.clock.advance(DAY)
    await practice.run_due()
    assert (await practice.booking(asked.id)).status is Status.EXPIRED
    assert practice.messenger.messages()[-2:] == [("expired", "Dora"), ("expired_unanswered", "Ann")]


async def test_reminders_say_how_far_ahead_they_are(practice: SmallPractice) -> None:
    await practice.book(counselor="ben")
    for hours in (3, 23):
        await practice.clock.advance(hours * HOUR)
        await practice.run_due()
    leads = [(each.side, each.lead) for each in practice.messenger.sent if isinstance(each, Notification)]
    assert leads[1:] == [
        (Side.CLIENT, 24 * HOUR),
        (Side.COUNSELOR, 24 * HOUR),
        (Side.CLIENT, HOUR),
        (Side.COUNSELOR, HOUR),
    ]


Change = Callable[[SmallPractice, Booking], Awaitable[object]]
ANSWERS: dict[str, Change] = {
    "approved": lambda practice, asked: practice.core.bookings.approve(
        practice.actor("ann"), asked.id, asked.version
    ),
    "declined": lambda practice, asked: practice.core.bookings.decline(
        practice.actor("ann"), asked.id, asked.version, "time"
    ),
    "cancelled": lambda practice, asked: _save(practice, asked.move(Status.CANCELLED)),
}


@pytest.mark.parametrize("answer", ANSWERS)
@on_sqlite
async def test_what_is_no_longer_true_is_not_sent(practice: SmallPractice, answer: str) -> None:
    asked = await practice.book()
    waiting = {
        job.payload["kind"]: job for job in await _jobs(practice) if job.payload["side"] == "counselor"
    }
    await ANSWERS[answer](practice, asked)
    for kind in ("new_request", "request_nudge"):
        await practice.handlers()[NOTIFY](waiting[kind])
    assert practice.messenger.sent == []


async def test_the_word_of_an_approval_that_was_called_off_is_not_sent(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.run_due()
    approved = await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    await _save(practice, approved.move(Status.CANCELLED))
    await practice.clock.advance(2 * DAY)
    await practice.run_due()
    assert practice.messenger.messages() == [("new_request", "Ann")]


async def test_a_reminder_of_a_start_that_has_moved_is_not_sent(practice: SmallPractice) -> None:
    booked = await practice.book(kind="quick")
    by_an_hour = {name: getattr(booked, name) + HOUR for name in ("starts_at", "ends_at", "busy_until")}
    await _save(practice, replace(booked, version=booked.version + 1, **by_an_hour))
    await practice.clock.advance(27 * HOUR - 10 * MINUTE)
    await practice.run_due()
    assert practice.messenger.messages() == [("new_booking", "Ann")]


@pytest.mark.parametrize(("who", "left"), [("dora", [("reminder", "Ann")]), ("ann", [("reminder", "Dora")])])
@on_sqlite
async def test_who_wants_no_reminders_gets_none(
    practice: SmallPractice, who: str, left: list[tuple[str, str]]
) -> None:
    await practice.book(kind="quick")
    await practice.core.people.set_reminders(practice.actor(who), on=False)
    await practice.clock.advance(3 * HOUR)
    await practice.run_due()
    assert practice.messenger.messages() == [("new_booking", "Ann"), *left]


@on_sqlite
async def test_a_booking_without_reminders_reminds_its_counselor_alone(practice: SmallPractice) -> None:
    await practice.book(kind="quick", reminders=False)
    await practice.clock.advance(3 * HOUR)
    await practice.run_due()
    assert practice.messenger.messages() == [("new_booking", "Ann"), ("reminder", "Ann")]


@on_sqlite
async def test_of_two_reminders_that_are_both_due_the_nearer_is_sent(practice: SmallPractice) -> None:
    booked = await practice.book(kind="quick")
    await practice.clock.advance(26 * HOUR)
    await practice.run_due()
    reminders = [each for each in practice.messenger.sent if isinstance(each, Notification) and each.lead]
    assert [(each.lead, each.side, each.booking.id) for each in reminders] == [
        (HOUR, side, booked.id) for side in Side
    ]


@on_sqlite
async def test_a_late_reminder_is_sent_while_no_nearer_one_is_due(practice: SmallPractice) -> None:
    await practice.book(kind="quick")
    await practice.clock.advance(26 * HOUR - timedelta(microseconds=1))
    await practice.run_due()
    assert practice.messenger.messages()[1:] == [("reminder", "Dora"), ("reminder", "Ann")]
    assert [each.lead for each in practice.messenger.sent if isinstance(each, Notification)][1] == 24 * HOUR


@on_sqlite
async def test_nobody_is_reminded_of_a_session_that_has_begun(practice: SmallPractice) -> None:
    await practice.book(kind="quick")
    await practice.clock.advance(27 * HOUR)
    await practice.run_due()
    assert practice.messenger.messages() == [("new_booking", "Ann")]


async def test_a_chat_that_refuses_us_is_remembered_and_left_alone(practice: SmallPractice) -> None:
    await practice.book(kind="quick")
    practice.messenger.troubles.append(Unreachable())
    await practice.run_due()
    assert (await practice.person("ann")).chat_blocked
    await practice.clock.advance(3 * HOUR)
    await practice.run_due()
    assert practice.messenger.messages() == [("reminder", "Dora")]


@on_sqlite
async def test_a_person_without_a_chat_is_not_written_to(practice: SmallPractice) -> None:
    async with practice.store.write() as uow:
        guest = await uow.people.add(name="Guest", email="guest@example.org")
    await practice.set_counselor("ann", person_id=guest.id)
    await practice.book()
    assert await practice.run_due() == 3
    assert (practice.messenger.sent, (await practice.core.people.get(guest.id)).chat_blocked) == ([], False)


@on_sqlite
async def test_a_booking_that_is_gone_is_not_spoken_of(practice: SmallPractice) -> None:
    await practice.book()
    job = (await _jobs(practice))[0]
    await practice.handlers()[NOTIFY](replace(job, payload={**job.payload, "booking": 10**9}))
    assert practice.messenger.sent == []


@on_sqlite
async def test_a_wait_that_was_asked_for_is_kept(practice: SmallPractice) -> None:
    await practice.book()
    job = (await _jobs(practice))[0]
    practice.messenger.troubles.append(Unavailable("Telegram asks to wait", 7))
    with pytest.raises(RetryLater, match="asks to wait") as refused:
        await practice.handlers()[NOTIFY](job)
    assert refused.value.after == timedelta(seconds=7)


@on_sqlite
async def test_an_outage_is_an_attempt_that_failed(practice: SmallPractice) -> None:
    await practice.book()
    outage = Unavailable("no answer")
    practice.messenger.troubles.append(outage)
    with pytest.raises(Unavailable) as failed:
        await practice.handlers()[NOTIFY]((await _jobs(practice))[0])
    assert failed.value is outage


@on_sqlite
async def test_a_message_that_is_refused_is_not_tried_again(practice: SmallPractice) -> None:
    await practice.book()
    practice.messenger.troubles.append(Rejected("Bad Request: can't parse entities"))
    with pytest.raises(Permanent, match="can't parse entities"):
        await practice.handlers()[NOTIFY]((await _jobs(practice))[0])
    assert not (await practice.person("ann")).chat_blocked


async def test_after_an_outage_the_messages_of_a_chat_keep_their_order(practice: SmallPractice) -> None:
    await practice.book(kind="quick")
    await practice.book("emil", NOON + 2 * HOUR, kind="quick")
    practice.messenger.troubles.append(Unavailable("no answer"))
    await practice.run_due()
    assert practice.messenger.sent == []
    await practice.clock.advance(HOUR)
    await practice.run_due()
    clients = [each.client.name for each in practice.messenger.sent if isinstance(each, Notification)]
    assert clients == ["Dora", "Emil"]


async def test_a_nudge_counts_what_is_left_and_comes_again(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    await practice.clock.advance(3 * DAY)
    await practice.run_due()
    await practice.book(start=NOON + 3 * DAY, kind="lesson", counselor="ben")
    await practice.clock.advance(3 * DAY)
    await practice.run_due()
    assert [each for each in practice.messenger.sent if isinstance(each, LaterNudge)] == [
        LaterNudge(to=practice.people["dora"], program=program, remaining=left) for left in (2, 1)
    ]
    assert len(await practice.jobs(NUDGE_LATER)) == 1


async def test_nobody_is_nudged_once_all_is_booked_or_they_said_no(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.enroll("emil")
    for who in ("dora", "emil"):
        await practice.core.programs.schedule_later(practice.actor(who), program.id)
    running = {job.payload["client"]: job for job in await _jobs(practice, NUDGE_LATER)}
    await practice.core.programs.stop_nudges(practice.actor("emil"), program.id)
    for day in (1, 2):
        await practice.book(start=NOON + day * DAY, kind="lesson", counselor="ben")
    before = await practice.jobs()
    for job in running.values():
        await practice.handlers()[NUDGE_LATER](job)
    assert (practice.messenger.sent, await practice.jobs()) == ([], before)


async def test_a_nudge_that_failed_plans_no_second_next_one(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    await practice.clock.advance(3 * DAY)
    practice.messenger.troubles.extend([Unavailable("no answer"), Unavailable("no answer")])
    for _ in range(4):
        await practice.run_due()
        await practice.clock.advance(HOUR)
    assert len(practice.messenger.sent) == 1
    assert len(await practice.jobs(NUDGE_LATER)) == 1


async def test_a_blocked_chat_is_nudged_again_when_it_opens(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    await practice.core.people.blocked(practice.people["dora"].id)
    await practice.clock.advance(3 * DAY)
    await practice.run_due()
    assert practice.messenger.sent == []
    async with practice.store.write() as uow:
        await uow.people.save(practice.people["dora"])
    await practice.clock.advance(3 * DAY)
    await practice.run_due()
    assert len(practice.messenger.sent) == 1


async def _jobs(practice: SmallPractice, kind: str = NOTIFY) -> list[Job]:
    return [as_job(row) for row in await practice.jobs(kind)]


async def _save(practice: SmallPractice, booking: Booking) -> None:
    async with practice.store.write() as uow:
        await uow.bookings.save(booking)
