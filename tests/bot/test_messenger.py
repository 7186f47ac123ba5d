"""The messenger over a real socket: what arrives, and what each refusal of Telegram means."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import Bot

from bot.callbacks import PickTime, unpack
from bot.drafts import Draft, dump
from bot.messenger import MESSAGES_PER_SECOND, TelegramMessenger
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.db.engine import Database
from core.domain.notification import HoldEnded, Kind, LaterNudge, Notification
from core.domain.side import Side
from core.kit.metrics import Metrics
from core.ports.clock import OffsetClock
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable
from core.services.drafts import DraftRow
from tests.core.services.small_practice import HOUR, NOON, SmallPractice, small_practice
from tests.servers.troubled_telegram import TroubledTelegram, lost, refused, unanswered, wait


@pytest.fixture
async def practice(sqlite_database: Database, clock: OffsetClock) -> SmallPractice:
    return await small_practice(sqlite_database, clock)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def messenger(api: Bot, practice: SmallPractice, metrics: Metrics) -> TelegramMessenger:
    return TelegramMessenger(api, practice.core.drafts, practice.clock, metrics)


@pytest.fixture
async def dora(telegram: TroubledTelegram) -> Phone:
    phone = telegram.phone("Dora")
    await phone.start()
    return phone


@pytest.fixture
async def reminder(practice: SmallPractice) -> Notification:
    """An hour before her session with Ann, for Dora."""
    booked = await practice.book(kind="quick")
    set_up = await practice.practice()
    return Notification(
        kind=Kind.REMINDER,
        to=practice.people["dora"],
        side=Side.CLIENT,
        booking=booked,
        counselor=set_up.counselor(practice.ids["ann"]),
        client=practice.people["dora"],
        session_type=set_up.session_type(practice.ids["quick"]),
        lead=HOUR,
    )


def counted(metrics: Metrics, kind: str) -> dict[str, float]:
    """How many messages of a kind ended how."""
    samples = [each for metric in metrics.notifications.collect() for each in metric.samples]
    return {
        each.labels["result"]: each.value
        for each in samples
        if each.name.endswith("_total")
        and each.labels["kind"] == kind
        and each.labels["channel"] == "telegram"
    }


async def test_a_message_arrives_in_the_counselor_s_time_until_one_says_where_one_is(
    messenger: TelegramMessenger, reminder: Notification, dora: Phone, metrics: Metrics
) -> None:
    await messenger.notify(reminder)
    assert "Your session starts in 27 hours" in text_of(dora.last)
    assert "1:00–2:00 PM (Berlin time)" in text_of(dora.last)
    assert counted(metrics, "reminder") == {"sent": 1.0}


async def test_a_message_speaks_the_person_s_language_on_the_person_s_clock(
    messenger: TelegramMessenger, reminder: Notification, dora: Phone
) -> None:
    to = replace(reminder.to, locale="de", zone="Asia/Kathmandu")
    await messenger.notify(replace(reminder, to=to))
    assert "17:45–18:45" in text_of(dora.last)
    assert "Kathmandu" in text_of(dora.last)


async def test_a_nudge_arrives(messenger: TelegramMessenger, practice: SmallPractice, dora: Phone) -> None:
    program = (await practice.practice()).programs[practice.ids["python"]]
    await messenger.nudge_later(LaterNudge(to=practice.people["dora"], program=program, remaining=2))
    assert "Python 101" in text_of(dora.last)


async def test_a_chat_that_cannot_be_written_to_is_unreachable(
    messenger: TelegramMessenger,
    reminder: Notification,
    dora: Phone,
    metrics: Metrics,
    telegram: TroubledTelegram,
) -> None:
    await dora.block()
    never_started = replace(reminder.to, telegram_id=telegram.phone("Emil").person.id)
    for to in (reminder.to, never_started, replace(reminder.to, telegram_id=None)):
        with pytest.raises(Unreachable):
            await messenger.notify(replace(reminder, to=to))
    assert counted(metrics, "reminder") == {"unreachable": 3.0}


async def test_somebody_who_left_telegram_is_unreachable(
    messenger: TelegramMessenger, reminder: Notification, dora: Phone, telegram: TroubledTelegram
) -> None:
    telegram.troubles["sendmessage"].append(refused(403, "Forbidden: user is deactivated"))
    with pytest.raises(Unreachable):
        await messenger.notify(reminder)
    assert dora.answers == []


async def test_the_wait_that_telegram_asks_for_is_handed_on(
    messenger: TelegramMessenger, reminder: Notification, dora: Phone, telegram: TroubledTelegram
) -> None:
    telegram.troubles["sendmessage"].append(wait(7))
    with pytest.raises(Unavailable) as refusal:
        await messenger.notify(reminder)
    assert (refusal.value.retry_after, dora.answers) == (7.0, [])


async def test_an_outage_may_be_over_at_any_time(
    messenger: TelegramMessenger,
    reminder: Notification,
    dora: Phone,
    telegram: TroubledTelegram,
    metrics: Metrics,
) -> None:
    telegram.troubles["sendmessage"].extend([lost, refused(502, "Bad Gateway")])
    for _ in range(2):
        with pytest.raises(Unavailable) as refusal:
            await messenger.notify(reminder)
        assert refusal.value.retry_after is None
    assert (dora.answers, counted(metrics, "reminder")) == ([], {"failed": 2.0})


async def test_a_message_that_may_have_arrived_counts_as_sent(
    messenger: TelegramMessenger,
    reminder: Notification,
    dora: Phone,
    telegram: TroubledTelegram,
    metrics: Metrics,
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram.troubles["sendmessage"].append(unanswered)
    assert await messenger.notify(reminder) is False
    assert len(dora.answers) == 1
    assert counted(metrics, "reminder") == {"unconfirmed": 1.0}
    assert caplog.messages == ["Telegram did not say whether the message arrived"]


async def test_a_message_that_telegram_will_not_take_is_refused_for_good(
    messenger: TelegramMessenger, reminder: Notification, dora: Phone, telegram: TroubledTelegram
) -> None:
    telegram.troubles["sendmessage"].append(refused(400, "Bad Request: can't parse entities: at byte 7"))
    with pytest.raises(Rejected, match="an't parse entities"):
        await messenger.notify(reminder)
    assert dora.answers == []


async def test_messages_keep_below_telegram_s_limit(
    messenger: TelegramMessenger, reminder: Notification, dora: Phone
) -> None:
    begin = asyncio.get_running_loop().time()
    await asyncio.gather(*(messenger.notify(reminder) for _ in range(MESSAGES_PER_SECOND + 10)))
    assert asyncio.get_running_loop().time() - begin > 10 / MESSAGES_PER_SECOND - 0.05
    assert len(dora.answers) == MESSAGES_PER_SECOND + 10


@pytest.fixture
async def held(practice: SmallPractice, dora: Phone, api: Bot) -> tuple[DraftRow, HoldEnded]:
    """Dora is filling in for tomorrow noon; the wizard's message is the bot's last."""
    message = await api.send_message(dora.person.id, "Step 5")
    hold = await practice.hold()
    draft = Draft(
        counselor_id=practice.ids["ann"],
        session_type_id=practice.ids["intro"],
        minutes=60,
        hold_id=hold.id,
        start=hold.starts_at,
    )
    row = await practice.core.drafts.start(practice.actor("dora"), dump(draft), message_id=message.message_id)
    return row, HoldEnded(to=practice.people["dora"], hold_id=hold.id, draft_id=row.id)


async def test_the_wizard_s_own_message_says_that_the_hold_has_ended(
    messenger: TelegramMessenger, held: tuple[DraftRow, HoldEnded], dora: Phone
) -> None:
    row, ended = held
    for _ in range(2):
        await messenger.hold_ended(ended)
    (message,) = dora.answers
    assert "This time is no longer kept for you." in text_of(message)
    assert "Tue 3 Nov, 12:00 PM (UTC)" in text_of(message)
    assert unpack(buttons_of(message)[0]["callback_data"]) == PickTime(row.id, NOON)


@pytest.mark.parametrize(
    "changes",
    [{"hold_id": 10**9}, {"hold_id": None}, {"booked_id": 1}, {"start": None}],
    ids=["another hold", "no hold", "booked", "no time"],
)
async def test_who_has_gone_on_is_not_disturbed(
    messenger: TelegramMessenger,
    held: tuple[DraftRow, HoldEnded],
    dora: Phone,
    practice: SmallPractice,
    changes: dict[str, int | None],
) -> None:
    row, ended = held
    payload = {name: value for name, value in {**row.payload, **changes}.items() if value is not None}
    await practice.core.drafts.save(practice.actor("dora"), row, payload)
    await messenger.hold_ended(ended)
    assert text_of(dora.last) == "Step 5"


async def test_a_wizard_without_a_message_or_with_one_that_is_gone_is_left_alone(
    messenger: TelegramMessenger,
    held: tuple[DraftRow, HoldEnded],
    dora: Phone,
    practice: SmallPractice,
    api: Bot,
) -> None:
    row, ended = held
    unseen = await practice.core.drafts.start(practice.actor("dora"), row.payload)
    await messenger.hold_ended(replace(ended, draft_id=unseen.id))
    assert text_of(dora.last) == "Step 5"
    await api.delete_message(dora.person.id, dora.last["message_id"])
    await messenger.hold_ended(ended)
    assert dora.answers == []


async def test_a_wizard_that_has_been_forgotten_is_not_spoken_of(
    messenger: TelegramMessenger,
    held: tuple[DraftRow, HoldEnded],
    dora: Phone,
    practice: SmallPractice,
) -> None:
    await practice.clock.advance(timedelta(days=31))
    await practice.core.drafts.forget_old()
    await messenger.hold_ended(held[1])
    assert text_of(dora.last) == "Step 5"


@pytest.mark.parametrize("trouble", [unanswered, lost, wait(3)], ids=["no answer", "lost", "wait"])
async def test_an_end_that_could_not_be_shown_is_tried_again(
    messenger: TelegramMessenger,
    held: tuple[DraftRow, HoldEnded],
    dora: Phone,
    telegram: TroubledTelegram,
    trouble: object,
) -> None:
    telegram.troubles["editmessagetext"].append(trouble)  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        await messenger.hold_ended(held[1])
    await messenger.hold_ended(held[1])
    assert "no longer kept" in text_of(dora.last)
