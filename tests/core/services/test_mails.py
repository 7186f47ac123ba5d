"""E-mails beside the chat: who gets which, and that neither channel waits for the other."""

from dataclasses import replace
from datetime import time

import pytest

from core.domain.channel import Channel, QuietHours, Topic
from core.domain.delivery import Result
from core.domain.errors import Conflict
from core.jobs.job import Permanent
from core.jobs.runner import Runner
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable
from core.services.both_ways import mail_kind
from core.services.programs import NUDGE_LATER
from core.services.subscribers import NOTIFY
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, as_job, on_sqlite

MAIL_NOTIFY = mail_kind(NOTIFY)


async def has_mail(practice: SmallPractice, *names: str) -> None:
    """Give people addresses that are theirs."""
    async with practice.store.write() as uow:
        for name in names:
            person = replace(practice.people[name], email=f"{name}@example.org")
            await uow.people.save(person)
            practice.people[name] = person


async def results(practice: SmallPractice, name: str) -> list[tuple[str, str, str]]:
    """What became of the messages to somebody, the oldest first: channel, kind, result."""
    page = await practice.core.deliveries.read(practice.actor("ada"), practice.people[name].id)
    return [(each.channel.value, each.kind, each.result.value) for each in reversed(page.entries)]


async def test_who_has_an_address_is_told_there_as_well(practice: SmallPractice) -> None:
    await has_mail(practice, "dora", "ann")
    asked = await practice.book()
    await practice.run_due()
    await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    await practice.run_due()
    assert practice.messenger.messages() == [("new_request", "Ann"), ("confirmed", "Dora")]
    assert sorted(practice.mailer.messages()) == [
        ("confirmed", "Dora"),
        ("new_request", "Ann"),
        ("request_received", "Dora"),
    ]


async def test_a_guest_is_told_by_mail_alone(practice: SmallPractice) -> None:
    async with practice.store.write() as uow:
        guest = await uow.people.add(name="Gast", email="gast@example.org")
    practice.people["gast"] = guest
    await practice.book("gast", kind="quick")
    for _ in range(2):
        await practice.clock.advance(23 * HOUR)
        await practice.run_due()
    assert ("confirmed", "Gast") in practice.mailer.messages()
    assert [name for _, name in practice.messenger.messages() if name == "Gast"] == []
    assert ("chat", "reminder", "no_chat") in await results(practice, "gast")


@on_sqlite
async def test_a_mail_server_that_is_away_holds_up_no_chat_and_no_booking(practice: SmallPractice) -> None:
    await has_mail(practice, "ann")
    practice.mailer.troubles.extend(Unavailable("no answer", retry_after=60) for _ in range(20))
    asked = await practice.book()
    runner = Runner(practice.database, practice.handlers(), practice.clock)
    for _ in range(21):
        await runner.drain()
        assert practice.messenger.messages() == [("new_request", "Ann")]
        assert (await practice.booking(asked.id)).active
        await practice.clock.advance(MINUTE)
    assert practice.mailer.messages() == [("new_request", "Ann")]
    assert await results(practice, "ann") == [
        ("chat", "new_request", "sent"),
        ("mail", "new_request", "failed"),
        ("mail", "new_request", "sent"),
    ]


@on_sqlite
async def test_a_blocked_chat_holds_up_no_mail(practice: SmallPractice) -> None:
    await has_mail(practice, "ann")
    practice.messenger.troubles.append(Unreachable())
    await practice.book()
    await practice.run_due()
    assert practice.mailer.messages() == [("new_request", "Ann")]
    assert ("chat", "new_request", "unreachable") in await results(practice, "ann")


@on_sqlite
async def test_an_address_that_is_refused_is_marked_and_its_person_told_in_the_chat(
    practice: SmallPractice,
) -> None:
    await has_mail(practice, "ann")
    practice.mailer.troubles.append(Unreachable())
    await practice.book()
    await practice.run_due()
    assert (await practice.person("ann")).mail_refused
    assert practice.messenger.sent[-1] == await practice.person("ann")
    await practice.book("emil", NOON + 2 * HOUR)
    await practice.run_due()
    assert practice.mailer.sent == []
    assert ("mail", "new_request", "bounced") in await results(practice, "ann")


@on_sqlite
async def test_a_mail_that_is_refused_for_good_is_not_tried_again(practice: SmallPractice) -> None:
    await has_mail(practice, "ann")
    await practice.book()
    practice.mailer.troubles.append(Rejected("too large"))
    rows = await practice.jobs(MAIL_NOTIFY)
    job = next(as_job(row) for row in rows if ":new_request:" in row["key"])
    with pytest.raises(Permanent, match="too large"):
        await practice.handlers()[MAIL_NOTIFY](job)
    assert await results(practice, "ann") == [("mail", "new_request", Result.REFUSED)]


@on_sqlite
async def test_a_repeat_has_the_key_of_the_first(practice: SmallPractice) -> None:
    await has_mail(practice, "dora")
    await practice.book()
    rows = await practice.jobs(MAIL_NOTIFY)
    job = next(as_job(row) for row in rows if ":request_received:" in row["key"])
    for _ in range(2):
        await practice.handlers()[MAIL_NOTIFY](job)
    assert [key for key, _ in practice.mailer.sent] == [job.key, job.key]


@on_sqlite
async def test_what_is_no_longer_true_is_not_mailed_and_the_log_says_so(practice: SmallPractice) -> None:
    await has_mail(practice, "ann")
    asked = await practice.book()
    rows = await practice.jobs(MAIL_NOTIFY)
    job = next(as_job(row) for row in rows if ":new_request:" in row["key"])
    await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "time")
    await practice.handlers()[MAIL_NOTIFY](job)
    assert practice.mailer.sent == []
    assert await results(practice, "ann") == [("mail", "new_request", "outdated")]


@on_sqlite
async def test_without_a_mail_server_the_log_says_so(practice: SmallPractice) -> None:
    await has_mail(practice, "ann")
    practice.mailer.ready = False
    await practice.book()
    await practice.run_due()
    assert practice.mailer.sent == []
    assert ("mail", "new_request", "not_set_up") in await results(practice, "ann")


@on_sqlite
async def test_a_topic_that_is_turned_off_by_mail_still_comes_to_the_chat(practice: SmallPractice) -> None:
    await has_mail(practice, "dora")
    await practice.core.choices.switch(practice.actor("dora"), Topic.REMINDERS, Channel.MAIL, on=False)
    await practice.book(kind="quick")
    await practice.clock.advance(26 * HOUR)
    await practice.run_due()
    assert ("reminder", "Dora") in practice.messenger.messages()
    assert ("reminder", "Dora") not in practice.mailer.messages()
    assert ("mail", "reminder", "muted") in await results(practice, "dora")


@on_sqlite
async def test_bookings_cannot_be_turned_off_everywhere(practice: SmallPractice) -> None:
    dora = practice.actor("dora")
    with pytest.raises(Conflict, match="last_channel"):
        await practice.core.choices.switch(dora, Topic.BOOKINGS, Channel.CHAT, on=False)
    await has_mail(practice, "dora")
    await practice.core.choices.switch(practice.actor("dora"), Topic.BOOKINGS, Channel.CHAT, on=False)
    with pytest.raises(Conflict, match="last_channel"):
        await practice.core.choices.switch(practice.actor("dora"), Topic.BOOKINGS, Channel.MAIL, on=False)


@on_sqlite
async def test_who_loses_the_last_way_that_is_on_is_told_on_the_other(practice: SmallPractice) -> None:
    await has_mail(practice, "ann")
    await practice.core.choices.switch(practice.actor("ann"), Topic.BOOKINGS, Channel.CHAT, on=False)
    await practice.core.people.mail_refused(practice.people["ann"].id)
    await practice.book()
    await practice.run_due()
    assert ("new_request", "Ann") in practice.messenger.messages()


@on_sqlite
async def test_a_link_in_a_mail_turns_its_topic_off_and_nothing_else(practice: SmallPractice) -> None:
    await has_mail(practice, "dora")
    links = practice.unsubscribe
    address = links.address(practice.people["dora"], Topic.REMINDERS)
    assert address is not None
    capability = address.rpartition("/")[2]
    assert (await practice.core.choices.subscription(capability)).on
    await practice.core.choices.unsubscribe(capability)
    assert not (await practice.core.choices.unsubscribe(capability)).on
    choices = await practice.core.choices.get(practice.actor("dora"))
    assert choices.muted == {(Topic.REMINDERS, Channel.MAIL)}


@on_sqlite
async def test_a_nudge_to_schedule_later_is_mailed_once(practice: SmallPractice) -> None:
    await has_mail(practice, "dora")
    program = await practice.enroll()
    await practice.core.programs.schedule_later(practice.actor("dora"), program.id)
    await practice.clock.advance(3 * DAY)
    practice.messenger.troubles.append(Unavailable("no answer"))
    await practice.run_due()
    await practice.clock.advance(HOUR)
    await practice.run_due()
    assert len(practice.mailer.sent) == 1
    assert await practice.jobs(mail_kind(NUDGE_LATER)) != []  # its key is kept


@on_sqlite
async def test_a_reminder_in_quiet_hours_comes_after_them_or_before(practice: SmallPractice) -> None:
    night = QuietHours(start=time(21), end=time(9))
    async with practice.store.write() as uow:
        for name in ("dora", "emil"):
            await uow.people.save(replace(practice.people[name], zone="UTC"))
    await practice.core.choices.set_quiet(practice.actor("dora"), night)
    booked = await practice.book(start=NOON - 2 * HOUR, counselor="ben")
    rows = [row for row in await practice.jobs(NOTIFY) if row["payload"].get("hours") == 1]
    due = {row["payload"]["side"]: row["due"] for row in rows}
    assert due["counselor"] == booked.starts_at - HOUR
    assert due["client"] == booked.starts_at - HOUR  # at 9:00 the night is just over
    early = await practice.book("emil", start=NOON - 3 * HOUR, counselor="ann")
    approved = await practice.core.bookings.approve(practice.actor("ann"), early.id, early.version)
    await practice.core.choices.set_quiet(practice.actor("emil"), night)
    rows = [row for row in await practice.jobs(NOTIFY) if row["payload"].get("hours") == 1]
    moved = {row["payload"]["booking"]: row["due"] for row in rows if row["payload"]["side"] == "client"}
    assert moved[early.id] == approved.starts_at - 12 * HOUR  # the evening before, at 21:00
    await practice.core.choices.set_quiet(practice.actor("emil"), None)
    rows = [row for row in await practice.jobs(NOTIFY) if row["payload"].get("hours") == 1]
    back = {row["payload"]["booking"]: row["due"] for row in rows if row["payload"]["side"] == "client"}
    assert back[early.id] == approved.starts_at - HOUR


@on_sqlite
async def test_the_log_is_for_the_admin_and_forgets_after_ninety_days(practice: SmallPractice) -> None:
    await practice.book()
    await practice.run_due()
    assert await results(practice, "ann") != []
    await practice.clock.advance(91 * DAY)
    await practice.core.deliveries.forget_old()
    assert await results(practice, "ann") == []
