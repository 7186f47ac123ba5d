"""Repeated sessions in the chat: over the October change of clocks, with a clash, moved and called off."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.callbacks import (
    AcceptTime,
    ApproveSeries,
    Book,
    BookSeries,
    CancelBooking,
    CancelFollowing,
    CancelMenu,
    CancelScope,
    ConfirmBooking,
    DeclineSeries,
    DeclineSeriesMenu,
    MoveScope,
    PickCounselor,
    PickDuration,
    PickTime,
    PickType,
    RepeatMenu,
    RepeatTimes,
    RepeatUntil,
    Reschedule,
    SendOffer,
    SetLocale,
    ShowBooking,
    ShowConfirm,
    ShowSeries,
    SkipDate,
    TakeInstead,
    pack,
)
from bot.sandbox.phone import Phone, text_of
from core.domain.cancellation import Reason
from core.domain.zones import wall_time
from core.ports.clock import FixedClock, OffsetClock
from tests.journeys.conftest import House, Row, arrive, forge, on_sqlite, say
from tests.journeys.session import CAST, COUNSELING, ZONES, Pair, choose, offered, pick

WEEK = timedelta(weeks=1)
FIRST = date(2026, 10, 16)
both_languages = pytest.mark.parametrize("language", ["en", "de"])
OTHER = {"en": ("Lukas", "Berlin"), "de": ("Maya", "London")}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "taken": "it is taken",
        "instead": "Session 3 cannot be then. Which time instead?",
        "total": "4 sessions of $80.00: $320.00",
        "requested": "All 4 sessions requested",
        "new": "New request for a series",
        "approved": "4 sessions are confirmed.",
        "confirmed": "Your sessions with",
        "place": "2 of 4 in a series",
        "together": "3 sessions move together, all or none:",
        "move": "would like to move your sessions",
        "moved": "has accepted the new times",
        "back": "you get back $160.00 in all",
        "cancelled": "2 sessions are cancelled.",
        "told": "are cancelled",
        "decided": "This has been decided already.",
        "left out": "left out",
        "declined": "3 requests are declined.",
        "not taken": "cannot take your request for a series",
    },
    "de": {
        "taken": "ist vergeben",
        "instead": "Sitzung 3 geht dann nicht. Welche Zeit stattdessen?",
        "total": "4 Sitzungen zu 80,00\u00a0$: 320,00\u00a0$",
        "requested": "Alle 4 Sitzungen angefragt",
        "new": "Neue Anfrage für eine Serie",
        "approved": "4 Sitzungen sind bestätigt.",
        "confirmed": "Ihre Sitzungen mit",
        "place": "2 von 4 einer Serie",
        "together": "3 Sitzungen werden zusammen verschoben, alle oder keine:",
        "move": "möchte Ihre Sitzungen verschieben",
        "moved": "hat die neuen Zeiten angenommen",
        "back": "erhalten Sie insgesamt 160,00\u00a0$ zurück",
        "cancelled": "2 Sitzungen sind abgesagt.",
        "told": "sind abgesagt",
        "decided": "Das ist bereits entschieden.",
        "left out": "ausgelassen",
        "declined": "3 Anfragen sind abgelehnt.",
        "not taken": "kann Ihre Anfrage für eine Serie nicht annehmen",
    },
}


@pytest.fixture
def clock() -> OffsetClock:
    """A Monday before clocks change, in Europe on 25 October and in America on 1 November."""
    return OffsetClock(FixedClock(datetime(2026, 10, 12, 9, tzinfo=UTC)))


async def gather(house: House, language: str) -> Pair:
    """A client and a counselor, and somebody else who has asked for the same time on the third Friday."""
    client, counselor, counselor_id = CAST[language]
    pair = Pair(house, language, house.phone(client), house.phone(counselor))
    await arrive(pair.counselor, None)
    await forge(pair.counselor, pack(SetLocale(language)))
    await arrive(pair.client, ZONES[language][0].partition("/")[2].replace("_", " "))
    name, city = OTHER[language]
    other = house.phone(name)
    await arrive(other, city)
    await to_confirm(other, counselor_id, FIRST + 2 * WEEK)
    await choose(other, ConfirmBooking)
    await to_confirm(pair.client, counselor_id, FIRST)
    await house.settle()
    return pair


async def to_confirm(phone: Phone, counselor_id: int, day: date) -> None:
    """Through the wizard up to the summary, for the first time of a day."""
    await choose(phone, Book)
    await choose(phone, PickCounselor, counselor_id=counselor_id)
    await choose(phone, PickType, session_type_id=COUNSELING)
    await choose(phone, PickDuration, minutes=60)
    await pick(phone, day)
    await choose(phone, ShowConfirm)


async def series(pair: Pair) -> list[Row]:
    """The sessions of the series, in order of time."""
    rows = [each for each in await pair.house.bookings() if each["series_id"] is not None]
    return sorted(rows, key=lambda each: each["starts_at"])


async def requested(pair: Pair) -> list[Row]:
    """Four Fridays are asked for, the third at another time."""
    client, words = pair.client, WORDS[pair.language]
    await choose(client, RepeatMenu)
    await choose(client, RepeatTimes, times=4)
    said = text_of(client.last)
    assert words["taken"] in said
    assert words["instead"] in said
    assert offered(client.last, BookSeries) == []
    await choose(client, TakeInstead, number=2)
    assert words["total"] in text_of(client.last)
    await choose(client, BookSeries)
    assert words["requested"] in text_of(client.last)
    await pair.house.settle()
    return await series(pair)


def on_the_wall(pair: Pair, rows: list[Row]) -> list[datetime]:
    """What the counselor's clock shows at the start of each."""
    return [wall_time(each["starts_at"], ZONES[pair.language][1]) for each in rows]


@both_languages
async def test_a_series_over_the_change_of_clocks_is_booked_moved_and_called_off(
    house: House, language: str
) -> None:
    pair = await gather(house, language)
    before = len(pair.counselor.answers)
    rows = await requested(pair)
    walls = on_the_wall(pair, rows)
    fridays = [walls[0] + n * WEEK for n in range(4)]
    assert [walls[n] == fridays[n] for n in range(4)] == [True, True, False, True]
    assert rows[3]["starts_at"] - rows[0]["starts_at"] == 3 * WEEK + timedelta(hours=1)
    (request,) = pair.counselor.answers[before:]
    assert WORDS[language]["new"] in text_of(request)

    await approve(pair)
    by = await move(pair, rows)
    assert on_the_wall(pair, await series(pair)) == [walls[0], *(each + by for each in walls[1:])]

    await call_off(pair, rows)
    found = await series(pair)
    assert [each["status"] for each in found] == ["confirmed", "confirmed", "cancelled", "cancelled"]
    assert {each["uid"] for each in found} == {each["uid"] for each in rows}


async def approve(pair: Pair) -> None:
    """The counselor takes all by one tap; the same tap once more says what is true now."""
    words, told = WORDS[pair.language], len(pair.client.answers)
    again = offered(pair.counselor.last, ApproveSeries)[0]
    assert await choose(pair.counselor, ApproveSeries) == words["approved"]
    await pair.house.settle()
    (confirmed,) = pair.client.answers[told:]
    assert words["confirmed"] in text_of(confirmed)
    assert {each["status"] for each in await series(pair)} == {"confirmed"}
    assert await forge(pair.counselor, pack(again)) == words["decided"]


async def move(pair: Pair, rows: list[Row]) -> timedelta:
    """The client has the second and the following moved; by how much on the counselor's clock."""
    words, client, counselor = WORDS[pair.language], pair.client, pair.counselor
    await choose(client, ShowSeries)
    await choose(client, ShowBooking, booking_id=rows[1]["id"])
    assert words["place"] in text_of(client.last)
    await choose(client, Reschedule)
    await choose(client, MoveScope, following=True)
    start = await pick(client, FIRST + WEEK + timedelta(days=3))
    assert words["together"] in text_of(client.last)
    await choose(client, SendOffer)
    await pair.house.settle()
    assert words["move"] in text_of(counselor.last)
    told = len(client.answers)
    await choose(counselor, AcceptTime)
    await pair.house.settle()
    (agreed,) = client.answers[told:]
    assert words["moved"] in text_of(agreed)
    where = ZONES[pair.language][1]
    return wall_time(start, where) - wall_time(rows[1]["starts_at"], where)


async def call_off(pair: Pair, rows: list[Row]) -> None:
    """The client calls the third and the following off."""
    words, client, counselor = WORDS[pair.language], pair.client, pair.counselor
    await forge(client, pack(ShowBooking(rows[2]["id"])))
    await choose(client, CancelMenu)
    await choose(client, CancelScope, following=True)
    await choose(client, CancelFollowing, reason=Reason.NO_NEED)
    assert words["back"] in text_of(client.last)
    told = len(counselor.answers)
    assert await choose(client, CancelBooking) == words["cancelled"]
    await pair.house.settle()
    (off,) = counselor.answers[told:]
    assert words["told"] in text_of(off)


@both_languages
async def test_a_series_until_a_written_date_is_declined_as_a_whole(house: House, language: str) -> None:
    pair = await gather(house, language)
    words, client, counselor = WORDS[language], pair.client, pair.counselor
    await choose(client, RepeatMenu)
    await choose(client, RepeatUntil)
    await say(client, "8.11." if language == "de" else "8 November")
    await choose(client, SkipDate, number=2)
    assert words["left out"] in text_of(client.last)
    await choose(client, BookSeries)
    await house.settle()
    await choose(counselor, DeclineSeriesMenu)
    assert await choose(counselor, DeclineSeries) == words["declined"]
    await house.settle()
    assert words["not taken"] in text_of(client.last)
    assert {each["status"] for each in await series(pair)} == {"declined"}


@on_sqlite
async def test_a_date_that_has_gone_meanwhile_is_shown_and_nothing_is_booked(house: House) -> None:
    pair = await gather(house, "en")
    client, other = pair.client, house.phone("Lukas")
    await choose(client, RepeatMenu)
    await choose(client, RepeatTimes, times=2)
    stale = offered(client.last, BookSeries)[0]
    await to_confirm(other, CAST["en"][2], FIRST + WEEK)
    await choose(other, ConfirmBooking)
    said = await forge(client, pack(stale))
    assert said == "Not every session can take place at that time, so none was changed."
    assert "Session 2 cannot be then. Which time instead?" in text_of(client.last)
    assert await series(pair) == []
    await house.pass_time(timedelta(minutes=11))
    await forge(client, pack(stale))
    assert "This time is no longer kept for you." in text_of(client.last)
    assert offered(client.last, PickTime)
    assert await series(pair) == []
