"""Every button of every message that a booking's life has left behind, tapped once more."""

import collections
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import pytest

from bot.callbacks import (
    AcceptTime,
    AskComment,
    AskReport,
    AskReportAnswer,
    AskReviewAnswer,
    CancelBooking,
    CancelMenu,
    CancelReason,
    Counter,
    DecideDispute,
    Disputes,
    KeepTime,
    NoShowMenu,
    Rate,
    ReportMenu,
    SendReportAnswer,
    SetOutcome,
    ShowBooking,
    ShowDispute,
    ShowReport,
    ShowReview,
    pack,
    unpack,
)
from bot.sandbox.phone import Phone, buttons_of
from core.domain.cancellation import Reason
from core.domain.outcome import Outcome
from tests.campaign import report, times
from tests.journeys.aftermath import admin
from tests.journeys.conftest import House, Shown, forge, on_sqlite, say
from tests.journeys.promises import PROMISES, broken, changes, state
from tests.journeys.session import MONDAY, TUESDAY, Pair, choose, meet
from tests.journeys.test_reschedule import propose, send

ALIKE = times(3, soak=1000)
"""So many buttons of one kind on one message: days and times of a grid are like each other."""


@dataclass(slots=True)
class Life:
    """A booking's life in the chat, and whose phones it has left messages on."""

    house: House
    language: str
    pair: Pair
    phones: list[Phone]

    async def card(self, phone: Phone) -> None:
        """Open the booking's card on the newest message."""
        await forge(phone, pack(ShowBooking((await self.pair.booking())["id"])))

    async def to_the_end(self) -> None:
        """Let the session take its time."""
        row = await self.pair.booking()
        await self.house.pass_time(row["ends_at"] - self.house.clock.now())


async def asked(life: Life) -> None:
    await life.card(life.pair.client)
    await life.card(life.pair.counselor)


async def moved(life: Life) -> None:
    """Three rounds: the client asks for another time, the counselor offers a third, the client agrees."""
    await propose(life.pair, life.pair.client, MONDAY)
    await choose(life.pair.counselor, Counter)
    await send(life.pair, life.pair.counselor, TUESDAY, 0)
    await choose(life.pair.client, AcceptTime)
    await life.house.settle()


async def kept(life: Life) -> None:
    await moved(life)
    await propose(life.pair, life.pair.counselor, MONDAY)
    await choose(life.pair.client, KeepTime)
    await life.house.settle()


async def open_offer(life: Life) -> None:
    """What is on offer at the end still waits: its buttons do what they say, once."""
    await moved(life)
    await propose(life.pair, life.pair.counselor, MONDAY)


async def cancelled(life: Life) -> None:
    await kept(life)
    await life.card(life.pair.client)
    await choose(life.pair.client, CancelMenu)
    await choose(life.pair.client, CancelReason, reason=Reason.ILL)
    await choose(life.pair.client, CancelBooking)
    await life.house.settle()


async def reviewed(life: Life) -> None:
    client, counselor = life.pair.client, life.pair.counselor
    await moved(life)
    await life.to_the_end()
    await choose(counselor, SetOutcome, outcome=Outcome.TOOK_PLACE)
    await life.house.settle()
    await life.card(client)
    await choose(client, ShowReview)
    await choose(client, Rate, stars=4)
    await choose(client, AskComment)
    await say(client, "Clear and kind.")
    await life.card(counselor)
    await choose(counselor, ShowReview)
    await choose(counselor, AskReviewAnswer)
    await say(counselor, "Thank you!")
    await life.house.settle()


async def disputed(life: Life) -> None:
    client, counselor = life.pair.client, life.pair.counselor
    robin = await admin(life.house, life.language)
    life.phones.append(robin)
    await life.to_the_end()
    await life.card(counselor)
    await choose(counselor, NoShowMenu)
    await choose(counselor, SetOutcome, outcome=Outcome.CLIENT_ABSENT)
    await life.house.settle()
    await life.card(client)
    await choose(client, ReportMenu)
    await choose(client, AskReport, claim=Outcome.TOOK_PLACE)
    await say(client, "I was there.")
    await life.house.settle()
    await life.card(counselor)
    await choose(counselor, ShowReport)
    await choose(counselor, AskReportAnswer, outcome=Outcome.CLIENT_ABSENT)
    await choose(counselor, SendReportAnswer)
    await life.house.settle()
    await forge(robin, pack(Disputes()))
    await choose(robin, ShowDispute)
    await choose(robin, DecideDispute, outcome=Outcome.TOOK_PLACE)
    await life.house.settle()


LIVES: Mapping[Callable[[Life], Awaitable[None]], bool] = {
    asked: False,
    moved: False,
    open_offer: True,
    cancelled: True,
    reviewed: True,
    disputed: True,
}
"""How far the life goes, and whether it begins with an approved request."""
both_languages = pytest.mark.parametrize("language", ["en", "de"])


@on_sqlite
@pytest.mark.campaign
@both_languages
@pytest.mark.parametrize("far", LIVES)
async def test_every_old_button_does_what_it_says_or_says_what_is_true(
    house: House, language: str, far: Callable[[Life], Awaitable[None]]
) -> None:
    pair = await meet(house, language, approved=LIVES[far])
    life = Life(house, language, pair, [pair.client, pair.counselor])
    await far(life)
    tapped, stands = 0, await state(house)
    for phone in life.phones:
        for shown in few_alike(house.shown_to(phone)):
            said, button = len(house.messages_to(phone)), unpack(shown.data)
            toast = await forge(phone, shown.data, shown.message_id)
            found = changes(stands, await state(house))
            assert broken(button, found) == [], f"{button} of message {shown.message_id}"
            if type(button) in PROMISES and not found:
                told = toast or len(house.messages_to(phone)) > said
                assert told or not offered_still(phone, shown), f"{button} says nothing"
            if found:
                await house.settle()
                stands = await state(house)
            tapped += 1
    report(f"old cards of a life {far.__name__} in {language}: {tapped} buttons tapped")


def offered_still(phone: Phone, shown: Shown) -> bool:
    """Whether the message still has this button: without it, it shows what has become of the matter."""
    (message,) = [each for each in phone.messages if each["message_id"] == shown.message_id]
    return shown.data in [each.get("callback_data") for each in buttons_of(message)]


def few_alike(shown: list[Shown]) -> list[Shown]:
    """Of the buttons of one kind on one message the first ones only, the oldest messages first."""
    met = collections.Counter[tuple[int, str]]()
    found = []
    for each in shown:
        kind = each.message_id, each.data.partition(":")[0]
        met[kind] += 1
        if met[kind] <= ALIKE:
            found.append(each)
    return found
