"""Negotiating another time in the chat: until both agree the old one stays."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from bot.callbacks import (
    AcceptTime,
    Approve,
    CancelInstead,
    Counter,
    InsteadMenu,
    KeepTime,
    Leave,
    PickTime,
    Reschedule,
    SendOffer,
    ShowBooking,
    Withdraw,
    pack,
    unpack,
)
from bot.sandbox.phone import Phone, text_of
from core.db.tables.bookings import bookings
from core.db.tables.proposals import proposals
from core.db.tables.trail import audit_entries
from core.domain.access import Actor
from core.domain.cancellation import Reason
from core.jobs.table import jobs
from core.services.booking import Details
from core.services.offers import Wanted
from core.services.people import Contact
from tests.journeys.conftest import House, Row, forge, on_sqlite, say
from tests.journeys.session import COUNSELING, MONDAY, TUESDAY, WEDNESDAY, Pair, choose, meet, offered, pick

HOUR = timedelta(hours=1)
ANSWERS = (AcceptTime, Counter, KeepTime, Withdraw, InsteadMenu, CancelInstead)
CHOICES = (PickTime, SendOffer)
both_languages = pytest.mark.parametrize("language", ["en", "de"])
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "requested": "would like to move your session",
        "countered": "proposes another time instead",
        "accepted": "has accepted the new time",
        "kept": "would like to keep the old time",
        "withdrawn": "has withdrawn the proposal",
        "not answered": "has not answered your proposal in time",
        "expired": "The proposal of",
        "moved to": "Moved to",
        "now": "Now: ",
        "new": "New: ",
        "last": "No further counter-proposal is possible",
        "sent": "is asked now",
        "proposed": "New time proposed: ",
        "confirms": "Accepting also confirms the session.",
        "back": "you get back 100% ($80.00)",
        "refund": "Refund: 100% ($80.00)",
        "cancelled": "is cancelled",
        "taken": "has been taken meanwhile",
        "stays": "The session stays where it is",
        "settled": [
            "This proposal is settled already. Here is how it stands now.",
            "Something has changed meanwhile. Here is how it stands now.",
        ],
    },
    "de": {
        "requested": "möchte Ihre Sitzung verschieben",
        "countered": "schlägt eine andere Zeit vor",
        "accepted": "hat die neue Zeit angenommen",
        "kept": "möchte die alte Zeit behalten",
        "withdrawn": "hat den Vorschlag zurückgezogen",
        "not answered": "hat Ihren Vorschlag nicht rechtzeitig beantwortet",
        "expired": "Der Vorschlag von",
        "moved to": "Verschoben auf",
        "now": "Jetzt: ",
        "new": "Neu: ",
        "last": "Ein weiterer Gegenvorschlag ist nicht möglich",
        "sent": "wird jetzt gefragt",
        "proposed": "Neue Zeit vorgeschlagen: ",
        "confirms": "Mit der Zusage ist die Sitzung auch bestätigt.",
        "back": "erhalten Sie 100\u00a0% zurück (80,00\u00a0$)",
        "refund": "Erstattung: 100\u00a0% (80,00\u00a0$)",
        "cancelled": "ist abgesagt",
        "taken": "ist inzwischen vergeben",
        "stays": "Die Sitzung bleibt, wo sie ist",
        "settled": [
            "Dieser Vorschlag ist schon erledigt. So ist der Stand jetzt.",
            "Inzwischen hat sich etwas geändert. So ist der Stand jetzt.",
        ],
    },
}


def span(pair: Pair, phone: Phone, row: Row) -> str:
    """A time as one of them reads it, on their own clock."""
    return pair.texts(phone).span(row["starts_at"], row["ends_at"])


async def offer(pair: Pair) -> Row:
    """The newest proposal."""
    return (await pair.house.rows(proposals))[-1]


async def propose(pair: Pair, phone: Phone, day: date = MONDAY, nth: int = 0) -> Row:
    """Open the card, look for another time and send it; returns the proposal."""
    booking = await pair.booking()
    await forge(phone, pack(ShowBooking(booking["id"])))
    await choose(phone, Reschedule)
    return await send(pair, phone, day, nth)


async def send(pair: Pair, phone: Phone, day: date, nth: int = 0) -> Row:
    """Choose a time in the picker and send it; the other side alone is told."""
    await pick(phone, day, nth)
    async with only_the_other_is_told(pair, phone):
        assert WORDS[pair.language]["sent"] in await choose(phone, SendOffer)
    return await offer(pair)


@asynccontextmanager
async def only_the_other_is_told(pair: Pair, phone: Phone) -> AsyncIterator[None]:
    """What one of them does comes to the other as one message, and to themselves as none."""
    other = pair.counselor if phone is pair.client else pair.client
    heard = len(phone.answers), len(other.answers)
    yield
    await pair.house.settle()
    assert (len(phone.answers), len(other.answers)) == (heard[0], heard[1] + 1)


async def reads(pair: Pair, phone: Phone, what: str) -> str:
    """The newest message, which must be about this."""
    said = text_of(phone.last)
    assert WORDS[pair.language][what] in said, said
    return said


@both_languages
async def test_after_three_counter_proposals_they_agree(house: House, language: str) -> None:
    pair = await meet(house, language)
    words, client, counselor = WORDS[language], pair.client, pair.counselor
    before = await pair.booking()
    first = await propose(pair, client)
    for phone, day in ((counselor, TUESDAY), (client, WEDNESDAY), (counselor, TUESDAY)):
        newest = await offer(pair)
        said = await reads(pair, phone, "requested" if newest == first else "countered")
        assert words["now"] + span(pair, phone, before) in said
        assert words["new"] + span(pair, phone, newest) in said
        await choose(phone, Counter)
        await send(pair, phone, day, nth=int(newest["counters"]))
        assert await pair.booking() == before
    last = await offer(pair)
    assert (last["counters"], last["version"], last["status"]) == (3, 4, "open")
    await reads(pair, client, "last")
    assert offered(client.last, Counter) == []
    async with only_the_other_is_told(pair, client):
        assert words["moved to"] in await choose(client, AcceptTime)
    after = await pair.booking()
    assert {name: after[name] for name in after if after[name] != before[name]} == {
        "starts_at": last["starts_at"],
        "ends_at": last["ends_at"],
        "busy_until": last["ends_at"] + 15 * HOUR / 60,
        "wall_start": after["wall_start"],
        "version": before["version"] + 1,
        "sequence": before["sequence"] + 1,
        "client_reschedules": 1,
    }
    assert span(pair, counselor, after) in await reads(pair, counselor, "accepted")
    assert [row["action"] for row in await house.rows(audit_entries, audit_entries.c.booking_id == 1)][
        2:
    ] == [
        "reschedule.requested",
        "reschedule.countered",
        "reschedule.countered",
        "reschedule.countered",
        "reschedule.accepted",
    ]
    await only_the_new_time_is_reminded_of(pair, after)


async def only_the_new_time_is_reminded_of(pair: Pair, booking: Row) -> None:
    """At the old time nobody hears anything, before the new one both do."""
    house, counts = pair.house, [len(pair.client.answers), len(pair.counselor.answers)]
    await house.pass_time(booking["starts_at"] - 25 * HOUR - house.clock.now())
    assert [len(pair.client.answers), len(pair.counselor.answers)] == counts
    await house.pass_time(HOUR)
    assert [len(pair.client.answers), len(pair.counselor.answers)] == [each + 1 for each in counts]
    for phone in (pair.client, pair.counselor):
        assert span(pair, phone, booking) in text_of(phone.last)


@both_languages
async def test_an_offer_that_nobody_answers_expires_and_both_are_told(house: House, language: str) -> None:
    pair = await meet(house, language)
    before = await pair.booking()
    made = await propose(pair, pair.client, WEDNESDAY)
    await house.pass_time(48 * HOUR - timedelta(seconds=1))
    assert (await offer(pair))["status"] == "open"
    await house.pass_time(timedelta(seconds=1))
    assert (await offer(pair))["status"] == "expired"
    assert span(pair, pair.client, before) in await reads(pair, pair.client, "not answered")
    assert span(pair, pair.counselor, before) in await reads(pair, pair.counselor, "expired")
    assert await pair.booking() == before
    toast = await forge(pair.counselor, pack(AcceptTime(made["id"], 1)))
    assert toast
    assert await pair.booking() == before


@both_languages
async def test_a_client_who_is_asked_for_another_time_may_rather_cancel_and_gets_everything_back(
    house: House, language: str
) -> None:
    pair = await meet(house, language)
    words, client = WORDS[language], pair.client
    start = (await pair.booking())["starts_at"]
    await house.pass_time(start - 3 * HOUR - house.clock.now())  # half of it by the usual terms
    await propose(pair, pair.counselor)
    await reads(pair, client, "requested")
    await choose(client, InsteadMenu)
    assert words["back"] in text_of(client.last)
    async with only_the_other_is_told(pair, client):
        await choose(client, CancelInstead)
        assert words["refund"] in text_of(client.last)
    booking = await pair.booking()
    assert (booking["status"], booking["cancelled_by"], booking["refund_percent"]) == (
        "cancelled",
        "client",
        100,
    )
    assert (booking["refund_minor"], booking["refund_status"]) == (8000, "none")
    assert (await offer(pair))["status"] == "cancelled"
    await house.settle()
    await reads(pair, pair.counselor, "cancelled")
    assert await house.rows(jobs, jobs.c.group_name.like("%:1")) == []


@both_languages
async def test_a_counselor_approves_a_request_by_proposing_another_time(house: House, language: str) -> None:
    pair = await meet(house, language, approved=False)
    client, counselor = pair.client, pair.counselor
    before = await pair.booking()
    assert offered(counselor.last, Approve) == [Approve(1, 2)]
    await choose(counselor, Reschedule)
    made = await send(pair, counselor, MONDAY)
    await house.pass_time(25 * HOUR)  # the request's own deadline passes, which has paused
    assert await pair.booking() == before
    said = await reads(pair, client, "requested")
    assert WORDS[language]["confirms"] in said
    await choose(client, AcceptTime)
    booking = await pair.booking()
    assert (booking["status"], booking["starts_at"], booking["expires_at"]) == (
        "confirmed",
        made["starts_at"],
        None,
    )
    assert (booking["counselor_reschedules"], booking["client_reschedules"]) == (1, 0)
    await house.settle()
    await reads(pair, counselor, "accepted")


@both_languages
async def test_what_is_refused_or_withdrawn_leaves_the_session_and_may_begin_anew(
    house: House, language: str
) -> None:
    pair = await meet(house, language)
    client, counselor = pair.client, pair.counselor
    before = await pair.booking()
    await propose(pair, client)
    async with only_the_other_is_told(pair, counselor):
        await choose(counselor, KeepTime)
        assert offered(counselor.last, Reschedule)
    assert span(pair, client, before) in await reads(pair, client, "kept")
    await propose(pair, counselor, TUESDAY)
    async with only_the_other_is_told(pair, counselor):
        assert WORDS[language]["stays"] in await choose(counselor, Withdraw)
    assert span(pair, client, before) in await reads(pair, client, "withdrawn")
    await propose(pair, client, TUESDAY)
    assert WORDS[language]["proposed"] in text_of(client.last)
    assert await pair.booking() == before


@on_sqlite
async def test_a_date_may_be_typed_and_leaving_leads_back_to_the_card(house: House) -> None:
    pair = await meet(house, "en")
    client = pair.client
    booking = await pair.booking()
    await forge(client, pack(ShowBooking(booking["id"])))
    await choose(client, Reschedule)
    await say(client, "9.11. 3pm")
    assert offered(client.last, SendOffer)
    assert "Mon 9 Nov, 3:00–4:00 PM (London time)" in text_of(client.last)
    await choose(client, Leave)
    assert offered(client.last, Reschedule)
    assert await house.rows(proposals) == []
    assert await house.rows(bookings, bookings.c.status == "held") == []


@both_languages
async def test_a_time_that_is_taken_meanwhile_is_explained_and_the_offer_stays_open(
    house: House, language: str
) -> None:
    pair = await meet(house, language)
    made, before = await propose(pair, pair.client), await pair.booking()
    asked, accept = pair.counselor.last["message_id"], pack(AcceptTime(made["id"], 1))
    stranger = await somebody_books(pair, made)
    assert WORDS[language]["taken"] in await forge(pair.counselor, accept, asked)
    assert (await house.bookings())[0] == before
    (card,) = [each for each in pair.counselor.messages if each["message_id"] == asked]
    assert offered(card, KeepTime)
    await house.program.core.cancellations.cancel(stranger, 2, 2, Reason.ILL)
    assert WORDS[language]["moved to"] in await forge(pair.counselor, accept, asked)


async def somebody_books(pair: Pair, wanted: Row) -> Actor:
    """Another client asks for the time that is on offer."""
    core = pair.house.program.core
    person, _ = await core.people.meet(Contact(telegram_id=999, name="Somebody Else"))
    what = Wanted(counselor_id=(await pair.booking())["counselor_id"], session_type_id=COUNSELING, minutes=60)
    hold = await core.holds.take(Actor(person=person), what, wanted["starts_at"], draft_id=0)
    await core.bookings.request(Actor(person=person), hold.id, Details())
    return Actor(person=person)


@both_languages
async def test_every_button_of_before_answers_with_what_is_true_now(house: House, language: str) -> None:
    pair = await meet(house, language)
    client, counselor = pair.client, pair.counselor
    await propose(pair, client)
    await choose(counselor, Counter)
    await send(pair, counselor, TUESDAY)
    await choose(client, AcceptTime)
    await house.settle()
    moved = await pair.booking()
    for phone in (client, counselor):
        old = [each for each in house.shown_to(phone) if isinstance(unpack(each.data), ANSWERS + CHOICES)]
        assert {type(unpack(each.data)) for each in old} >= {Counter, KeepTime, SendOffer, PickTime}
        for each in old:
            toast = await forge(phone, each.data, each.message_id)
            (now,) = [message for message in phone.messages if message["message_id"] == each.message_id]
            assert span(pair, phone, moved) in text_of(now)
            assert (toast in WORDS[language]["settled"]) is isinstance(unpack(each.data), ANSWERS)
    assert await pair.booking() == moved
    assert [row["status"] for row in await house.rows(proposals)] == ["accepted"]
    assert await house.rows(bookings, bookings.c.status == "held") == []
