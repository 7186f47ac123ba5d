"""Showing replies in a real chat: in place, anew, and through every trouble on the way."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest
from markupsafe import Markup
from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.callbacks import Book, Home
from bot.sandbox.phone import Phone, buttons_of, text_of
from bot.screens.screen import LocationKeyboard, RemoveKeyboard, Screen, Tap, rows
from bot.show import LONGEST_WAIT, Show
from bot.turn import Document, Reply
from core.db.engine import Database
from core.ports.clock import OffsetClock
from tests.core.services.small_practice import SmallPractice, small_practice
from tests.servers.troubled_telegram import TroubledTelegram, lost, refused, unanswered, wait

FIRST = Screen(text=Markup("<b>First</b> &amp; best"), rows=rows(Tap("Go", Book()), Tap("Home", Home())))
SECOND = Screen(text=Markup("Second"), rows=rows(Tap("Back", Home())))
TOO_LONG = Markup("x") * 5000
GONE = "Bad Request: message to edit not found"


@pytest.fixture
async def practice(sqlite_database: Database, clock: OffsetClock) -> SmallPractice:
    return await small_practice(sqlite_database, clock)


@pytest.fixture
def show(api: Bot, practice: SmallPractice) -> Show:
    return Show(api, practice.core.drafts)


@pytest.fixture
async def dora(telegram: TroubledTelegram) -> Phone:
    phone = telegram.phone("Dora")
    await phone.start()
    return phone


class Chat:
    """The bot's side: takes what came from the phones as updates."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._offset = 0

    async def update(self) -> Update:
        """The next update."""
        update, *_ = await self._bot.get_updates(offset=self._offset, timeout=5)
        self._offset = update.update_id + 1
        return update


@pytest.fixture
async def chat(api: Bot) -> Chat:
    return Chat(api)


@pytest.fixture
async def tapped(chat: Chat, show: Show, dora: Phone, telegram: TroubledTelegram) -> Update:
    """Dora has seen the first screen and has tapped a button on it."""
    await show.reply(await chat.update(), Reply(screen=FIRST))
    await dora.tap("Go")
    update = await chat.update()
    telegram.calls.clear()
    return update


def texts(phone: Phone) -> list[str]:
    return [text_of(each) for each in phone.answers]


async def test_typed_text_is_answered_with_a_new_message(chat: Chat, show: Show, dora: Phone) -> None:
    await show.reply(await chat.update(), Reply(screen=FIRST))
    message = dora.last
    assert text_of(message) == "First & best"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert [each["text"] for each in buttons_of(message)] == ["Go", "Home"]


async def test_a_tap_is_answered_in_place_and_its_spinner_ends(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram
) -> None:
    await show.reply(tapped, Reply(screen=SECOND, toast="Done.", alert=True))
    assert texts(dora) == ["Second"]
    assert [each["text"] for each in buttons_of(dora.last)] == ["Back"]
    assert [(tap.answered, tap.text, tap.alert) for tap in dora.taps] == [(True, "Done.", True)]
    assert sorted(telegram.calls) == ["answercallbackquery", "editmessagetext"]


async def test_ending_the_spinner_may_be_left_to_others(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram
) -> None:
    left = await show.reply_but_for_the_tap(tapped, Reply(screen=SECOND, toast="Done.", alert=True))
    query = tapped.callback_query
    assert query is not None
    assert left == {
        "method": "answerCallbackQuery",
        "callback_query_id": query.id,
        "text": "Done.",
        "show_alert": True,
    }
    assert (texts(dora), telegram.calls) == (["Second"], ["editmessagetext"])


async def test_a_reply_without_a_screen_only_ends_the_spinner(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram
) -> None:
    await show.reply(tapped, Reply())
    assert (texts(dora), telegram.calls) == (["First & best"], ["answercallbackquery"])


async def test_the_screen_that_is_there_already_stays(tapped: Update, show: Show, dora: Phone) -> None:
    await show.reply(tapped, Reply(screen=FIRST))
    assert texts(dora) == ["First & best"]
    assert dora.taps[0].answered


async def test_a_fresh_screen_comes_below(tapped: Update, show: Show, dora: Phone) -> None:
    await show.reply(tapped, Reply(screen=SECOND, fresh=True))
    assert texts(dora) == ["First & best", "Second"]


@pytest.mark.parametrize(
    "keyboard", [LocationKeyboard(label="📍 Here", placeholder="City"), RemoveKeyboard()], ids=["key", "none"]
)
async def test_a_keyboard_comes_with_a_message_of_its_own(
    tapped: Update, show: Show, dora: Phone, keyboard: LocationKeyboard | RemoveKeyboard
) -> None:
    await show.reply(tapped, Reply(screen=Screen(text=Markup("Where?"), keyboard=keyboard)))
    assert texts(dora) == ["First & best", "Where?"]
    shown = (dora.keyboard or {}).get("keyboard")
    if isinstance(keyboard, LocationKeyboard):
        assert shown == [[{"text": "📍 Here", "request_location": True}]]
    else:
        assert shown is None


async def test_where_the_message_is_gone_a_new_one_comes(
    tapped: Update, show: Show, dora: Phone, api: Bot, practice: SmallPractice
) -> None:
    draft = await practice.core.drafts.start(practice.actor("dora"), {}, message_id=dora.last["message_id"])
    await api.delete_message(dora.person.id, dora.last["message_id"])
    await show.reply(tapped, Reply(screen=SECOND, draft=draft))
    assert texts(dora) == ["Second"]
    kept = await practice.core.drafts.get(practice.actor("dora"), draft.id)
    assert kept.message_id == dora.last["message_id"]


@pytest.mark.parametrize("words", [GONE, "Bad Request: message can't be edited"])
async def test_an_old_message_that_cannot_be_edited_is_replaced(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram, words: str
) -> None:
    telegram.troubles["editmessagetext"].append(refused(400, words))
    await show.reply(tapped, Reply(screen=SECOND))
    assert texts(dora) == ["First & best", "Second"]


async def test_typed_text_moves_the_wizard_s_message_down(
    chat: Chat, tapped: Update, show: Show, dora: Phone, practice: SmallPractice
) -> None:
    draft = await practice.core.drafts.start(practice.actor("dora"), {}, message_id=dora.last["message_id"])
    await show.reply(tapped, Reply())
    await dora.send("tomorrow 3pm")
    await show.reply(await chat.update(), Reply(screen=SECOND, draft=draft))
    assert texts(dora) == ["Second"]
    kept = await practice.core.drafts.get(practice.actor("dora"), draft.id)
    assert kept.message_id == dora.last["message_id"]


async def test_an_old_message_that_stays_is_no_trouble(
    chat: Chat, tapped: Update, show: Show, dora: Phone, practice: SmallPractice, telegram: TroubledTelegram
) -> None:
    draft = await practice.core.drafts.start(practice.actor("dora"), {}, message_id=dora.last["message_id"])
    await show.reply(tapped, Reply())
    telegram.troubles["deletemessage"].append(refused(400, "Bad Request: message can't be deleted"))
    await dora.send("tomorrow 3pm")
    await show.reply(await chat.update(), Reply(screen=SECOND, draft=draft))
    assert texts(dora) == ["First & best", "Second"]


async def test_a_tap_that_is_too_old_is_answered_on_the_screen_without_a_word(
    tapped: Update, show: Show, dora: Phone, clock: OffsetClock, caplog: pytest.LogCaptureFixture
) -> None:
    await clock.advance(timedelta(seconds=151))
    await show.reply(tapped, Reply(screen=SECOND, toast="Done."))
    assert texts(dora) == ["Second"]
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_a_spinner_that_does_not_end_keeps_back_no_screen(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.troubles["answercallbackquery"].append(refused(500, "Internal Server Error"))
    await show.reply(tapped, Reply(screen=SECOND))
    assert texts(dora) == ["Second"]
    assert [each.partition(":")[0] for each in caplog.messages] == ["tap not answered"]


async def test_an_edit_is_repeated_until_it_comes_through(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram
) -> None:
    telegram.troubles["editmessagetext"].extend([unanswered, lost])
    await show.reply(tapped, Reply(screen=SECOND))
    assert texts(dora) == ["Second"]
    assert telegram.calls.count("editmessagetext") == 3


async def test_an_edit_that_never_comes_through_is_given_up(
    tapped: Update, show: Show, telegram: TroubledTelegram
) -> None:
    telegram.troubles["editmessagetext"].extend([lost] * 9)
    with pytest.raises(NetworkError):
        await show.reply(tapped, Reply(screen=SECOND))
    assert telegram.calls.count("editmessagetext") == 3


async def test_a_message_that_may_have_arrived_is_not_sent_twice(
    chat: Chat, show: Show, dora: Phone, telegram: TroubledTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.troubles["sendmessage"].append(unanswered)
    await show.reply(await chat.update(), Reply(screen=FIRST))
    assert (texts(dora), telegram.calls) == (["First & best"], ["sendmessage"])
    assert caplog.messages == ["Telegram did not say whether the message arrived"]


async def test_a_message_that_the_server_did_not_take_is_a_failure(
    chat: Chat, show: Show, dora: Phone, telegram: TroubledTelegram
) -> None:
    telegram.troubles["sendmessage"].append(refused(502, "Bad Gateway"))
    with pytest.raises(NetworkError):
        await show.reply(await chat.update(), Reply(screen=FIRST))
    assert (texts(dora), telegram.calls) == ([], ["sendmessage"])


@pytest.mark.parametrize("method", ["sendmessage", "editmessagetext"])
async def test_the_wait_that_telegram_asks_for_is_kept(
    tapped: Update, show: Show, dora: Phone, telegram: TroubledTelegram, method: str
) -> None:
    telegram.troubles[method].append(wait(1))
    begin = asyncio.get_running_loop().time()
    await show.reply(tapped, Reply(screen=SECOND, fresh=method == "sendmessage"))
    assert 0.95 < asyncio.get_running_loop().time() - begin < 3
    assert (texts(dora)[-1], telegram.calls.count(method)) == ("Second", 2)


async def test_a_longer_wait_is_left_to_the_next_time_the_update_comes(
    chat: Chat, show: Show, dora: Phone, telegram: TroubledTelegram
) -> None:
    telegram.troubles["sendmessage"].append(wait(int(LONGEST_WAIT) + 1))
    with pytest.raises(RetryAfter):
        await show.reply(await chat.update(), Reply(screen=FIRST))
    assert texts(dora) == []


async def test_a_chat_that_has_been_blocked_is_no_trouble(tapped: Update, show: Show, dora: Phone) -> None:
    await dora.block()
    await show.reply(tapped, Reply(before=FIRST, screen=SECOND, fresh=True))
    assert texts(dora) == ["First & best"]


async def test_a_message_that_telegram_will_not_take_is_a_fault_of_ours(
    chat: Chat, show: Show, dora: Phone
) -> None:
    with pytest.raises(BadRequest):
        await show.reply(await chat.update(), Reply(screen=Screen(text=TOO_LONG)))
    assert texts(dora) == []


async def test_a_document_and_a_word_before_come_first(chat: Chat, show: Show, dora: Phone) -> None:
    document = Document(name="session.ics", content=b"BEGIN:VCALENDAR", caption="For your calendar")
    await show.reply(await chat.update(), Reply(before=SECOND, document=document, screen=FIRST))
    assert texts(dora) == ["Second", "For your calendar", "First & best"]
    sent: dict[str, Any] = dora.answers[1]["document"]
    assert (sent["file_name"], sent["file_size"]) == ("session.ics", 15)


async def test_an_apology_that_does_not_get_through_is_only_noted(
    chat: Chat, show: Show, dora: Phone, telegram: TroubledTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.troubles["sendmessage"].append(refused(500, "Internal Server Error"))
    await show.apology(await chat.update(), Reply(screen=FIRST))
    assert [each.partition(":")[0] for each in caplog.messages] == ["apology not delivered"]
    assert texts(dora) == []


async def test_an_update_of_no_chat_is_answered_nowhere(show: Show, telegram: TroubledTelegram) -> None:
    await show.reply(Update(update_id=1), Reply(screen=FIRST))
    assert telegram.calls == []
