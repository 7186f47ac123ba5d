"""Cancelling in the chat: what comes back is said before the tap, and a cancelled time may be taken again."""

from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import (
    Bookings,
    BookSameTime,
    CancelBooking,
    CancelMenu,
    CancelReason,
    ConfirmBooking,
    Leave,
    Reschedule,
    ShowBooking,
    ShowConfirm,
    Tab,
    pack,
    unpack,
)
from bot.sandbox.phone import Phone, text_of
from core.db.tables.bookings import bookings
from core.domain.cancellation import Reason
from core.domain.side import Side
from core.services.cancellation import DETAILS_LENGTH
from tests.journeys.conftest import House, arrive, forge, on_sqlite, say
from tests.journeys.session import Pair, choose, meet, offered

HOUR = timedelta(hours=1)
both_languages = pytest.mark.parametrize("language", ["en", "de"])
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "all": "If you cancel now you get back 100% ($80.00).",
        "half": "If you cancel now you get back 50% ($40.00).",
        "client gets": "If you cancel now {} gets back 100% ($80.00).",
        "free until": "Free cancellation until {}; after that 50% is refunded, until {}.",
        "ill": "Reason: Illness",
        "done": "The session is cancelled.",
        "told": "Your session with {} is cancelled",
        "by client": "Cancelled by the client.",
        "by practice": "Cancelled by the practice.",
        "refund": "Refund: 100% ($80.00)",
        "half refund": "Refund: 50% ($40.00)",
        "changed": "What comes back has changed meanwhile: 50% now.",
        "too late": "It is too late to cancel here.",
        "in touch": "can still call it off: please get in touch.",
        "over": "This has been decided already.",
        "topic": "Kept for you",
        "long": "at most 500 characters",
    },
    "de": {
        "all": "Wenn Sie jetzt absagen, erhalten Sie 100\u00a0% zurück (80,00\u00a0$).",
        "half": "Wenn Sie jetzt absagen, erhalten Sie 50\u00a0% zurück (40,00\u00a0$).",
        "client gets": "Wenn Sie jetzt absagen, erhält {} 100\u00a0% zurück (80,00\u00a0$).",
        "free until": "Kostenlos absagen bis {}; danach werden 50\u00a0% erstattet, bis {}.",
        "ill": "Grund: Krankheit",
        "done": "Die Sitzung ist abgesagt.",
        "told": "Ihre Sitzung mit {} ist abgesagt",
        "by client": "Abgesagt von der Klientin oder dem Klienten.",
        "by practice": "Abgesagt von der Praxis.",
        "refund": "Erstattung: 100\u00a0% (80,00\u00a0$)",
        "half refund": "Erstattung: 50\u00a0% (40,00\u00a0$)",
        "changed": "Die Erstattung hat sich inzwischen geändert: jetzt 50\u00a0%.",
        "too late": "Zum Absagen ist es hier zu spät.",
        "in touch": "kann noch absagen: Bitte melden Sie sich direkt.",
        "over": "Das ist bereits entschieden.",
        "topic": "Für Sie reserviert",
        "long": "höchstens 500 Zeichen",
    },
}


async def open_card(pair: Pair, phone: Phone) -> str:
    """Show the card of the session; returns its words."""
    await forge(phone, pack(ShowBooking((await pair.booking())["id"])))
    return text_of(phone.last)


async def wait_until_left(pair: Pair, left: timedelta) -> None:
    """Let time pass until so long before the session's start."""
    start = (await pair.booking())["starts_at"]
    await pair.house.pass_time(start - left - pair.house.clock.now())


@both_languages
async def test_the_terms_come_before_the_tap_and_the_same_time_can_be_had_again(
    house: House, language: str
) -> None:
    pair = await meet(house, language)
    words, client = WORDS[language], pair.client
    before, t = await pair.booking(), pair.texts(client)
    free_until, cutoff = before["starts_at"] - 24 * HOUR, before["starts_at"] - 2 * HOUR
    terms = words["free until"].format(t.moment(free_until), f"{t.day(cutoff)}, {t.time(cutoff)}")
    assert terms in await open_card(pair, client)
    await choose(client, CancelMenu)
    assert words["all"] in text_of(client.last)
    assert terms in text_of(client.last)
    await choose(client, CancelReason, reason=Reason.ILL)
    await say(client, "A cold. <Sorry!>")
    summary = text_of(client.last)
    for said in (words["ill"], "A cold. <Sorry!>", words["all"], terms):
        assert said in summary
    assert await pair.booking() == before
    assert await choose(client, CancelBooking) == words["done"]
    await house.settle()
    card = text_of(client.last)
    assert words["by client"] in card
    assert words["refund"] in card
    cancelled = await pair.booking()
    assert (cancelled["status"], cancelled["reason"], cancelled["details"]) == (
        "cancelled",
        "ill",
        "A cold. <Sorry!>",
    )
    message = text_of(pair.counselor.last)
    assert words["told"].format(client.person.first_name + " " + client.person.last_name) in message
    assert "A cold. <Sorry!>" in message
    await choose(client, BookSameTime)
    assert words["topic"] in text_of(client.last)
    await choose(client, ShowConfirm)
    await choose(client, ConfirmBooking)
    old, new = await house.bookings()
    assert (old["status"], new["status"]) == ("cancelled", "pending")
    assert (new["starts_at"], new["ends_at"]) == (old["starts_at"], old["ends_at"])


@both_languages
async def test_a_quote_that_has_run_out_is_shown_anew_before_anything_happens(
    house: House, language: str
) -> None:
    pair = await meet(house, language)
    words, client = WORDS[language], pair.client
    await wait_until_left(pair, 24 * HOUR + timedelta(minutes=1))
    await open_card(pair, client)
    await choose(client, CancelMenu)
    await choose(client, CancelReason, reason=Reason.TIME)
    assert words["all"] in text_of(client.last)
    await wait_until_left(pair, 24 * HOUR)
    confirm = [each for each in client.answers if offered(each, CancelBooking)][-1]
    toast = await forge(client, pack(offered(confirm, CancelBooking)[0]), confirm["message_id"])
    assert words["changed"] in toast
    (confirm,) = [each for each in client.answers if each["message_id"] == confirm["message_id"]]
    assert words["half"] in text_of(confirm)
    assert (await pair.booking())["status"] == "confirmed"
    await forge(client, pack(offered(confirm, CancelBooking)[0]), confirm["message_id"])
    booking = await pair.booking()
    assert (booking["status"], booking["refund_percent"], booking["refund_minor"]) == ("cancelled", 50, 4000)


@both_languages
async def test_after_the_cutoff_the_client_is_told_kindly_what_helps(house: House, language: str) -> None:
    pair = await meet(house, language)
    words, client = WORDS[language], pair.client
    await open_card(pair, client)
    old = client.last["message_id"]
    await wait_until_left(pair, 2 * HOUR)
    toast = await forge(client, pack(CancelMenu((await pair.booking())["id"])), old)
    assert words["too late"] in toast
    (card,) = [each for each in client.answers if each["message_id"] == old]
    assert words["in touch"] in text_of(card)
    assert offered(card, CancelMenu) == offered(card, Reschedule) == []
    assert (await pair.booking())["status"] == "confirmed"


@both_languages
async def test_a_counselor_may_cancel_until_the_start_and_the_client_gets_everything_back(
    house: House, language: str
) -> None:
    pair = await meet(house, language)
    words, client, counselor = WORDS[language], pair.client, pair.counselor
    await wait_until_left(pair, timedelta(minutes=5))
    await open_card(pair, counselor)
    await choose(counselor, CancelMenu)
    name = f"{client.person.first_name} {client.person.last_name}"
    assert words["client gets"].format(name) in text_of(counselor.last)
    await choose(counselor, CancelReason, reason=Reason.EMERGENCY)
    await choose(counselor, CancelBooking)
    await house.settle()
    for phone in (client, counselor):
        assert words["by practice"] in text_of(phone.last)
        assert words["refund"] in text_of(phone.last)
    booking = await pair.booking()
    assert (booking["status"], booking["cancelled_by"]) == ("cancelled", "counselor")


@on_sqlite
@both_languages
async def test_one_may_change_ones_mind_and_write_too_much(house: House, language: str) -> None:
    pair = await meet(house, language)
    words, client = WORDS[language], pair.client
    await open_card(pair, client)
    await choose(client, CancelMenu)
    await choose(client, CancelReason, reason=Reason.NO_NEED)
    await say(client, "x" * (DETAILS_LENGTH + 1))
    assert words["long"] in text_of(client.last)
    await say(client, "Shorter.")
    assert "Shorter." in text_of(client.last)
    await choose(client, Leave)
    assert offered(client.last, CancelMenu)
    assert (await pair.booking())["status"] == "confirmed"


@both_languages
async def test_old_buttons_cancel_nothing_twice(house: House, language: str) -> None:
    pair = await meet(house, language)
    client, counselor = pair.client, pair.counselor
    await open_card(pair, client)
    await choose(client, CancelMenu)
    await choose(client, CancelReason, reason=Reason.ILL)
    await open_card(pair, counselor)
    await choose(counselor, CancelMenu)
    await choose(counselor, CancelReason, reason=Reason.ILL)
    await choose(counselor, CancelBooking)
    await house.settle()
    cancelled = await pair.booking()
    kinds = (CancelMenu, CancelReason, CancelBooking, Reschedule)
    for phone in (client, counselor):
        old = [each for each in house.shown_to(phone) if isinstance(unpack(each.data), kinds)]
        assert {type(unpack(each.data)) for each in old} == set(kinds)
        for each in old:
            toast = await forge(phone, each.data, each.message_id)
            (now,) = [message for message in phone.answers if message["message_id"] == each.message_id]
            assert WORDS[language]["by practice"] in text_of(now)
            own = phone is counselor and isinstance(unpack(each.data), CancelBooking)
            assert toast == ("" if own else WORDS[language]["over"])
    assert await pair.booking() == cancelled


@on_sqlite
async def test_the_admin_finds_a_booking_by_its_reference_and_cancels_for_the_counselor(house: House) -> None:
    pair = await meet(house, "en")
    robin = house.phone("Robin")
    await arrive(robin)
    booking = await pair.booking()
    await say(robin, booking["reference"].lower())
    assert "Counselor: Ann Rivera" in text_of(robin.last)
    assert "Client: Maya Okafor" in text_of(robin.last)
    await choose(robin, CancelMenu)
    await choose(robin, CancelReason, reason=Reason.EMERGENCY)
    await choose(robin, CancelBooking)
    await house.settle()
    for phone, name in ((pair.client, "Ann Rivera"), (pair.counselor, "Maya Okafor")):
        assert f"Your session with {name} is cancelled" in text_of(phone.last)
    assert (await house.audit())[-1]["details"]["party"] == "admin"
    await say(pair.client, "0000000")
    assert "I cannot find a booking with the reference 0000000" in text_of(pair.client.last)


@both_languages
async def test_both_sides_have_their_lists(house: House, language: str) -> None:
    pair = await meet(house, language)
    client, counselor = pair.client, pair.counselor
    booking = await pair.booking()
    for phone, side in ((client, Side.CLIENT), (counselor, Side.COUNSELOR)):
        await say(phone, "/bookings")
        assert bool(offered(phone.last, Bookings, side=Side.COUNSELOR)) is (phone is counselor)
        if phone is counselor:
            assert offered(phone.last, ShowBooking) == []
            await choose(phone, Bookings, side=side)
        assert offered(phone.last, ShowBooking) == [ShowBooking(booking["id"])]
        await choose(phone, ShowBooking)
        assert booking["reference"] in text_of(phone.last)
        await choose(phone, Bookings, tab=Tab.UPCOMING, side=side)
        await choose(phone, Bookings, tab=Tab.PAST)
        assert offered(phone.last, ShowBooking) == []
    assert await house.rows(bookings, bookings.c.status == "confirmed") == [booking]
