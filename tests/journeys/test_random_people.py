"""People at random: they tap what they see and what they saw, type anything, come and go, and time passes."""

import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from random import Random

import pytest

from bot.callbacks import (
    Approve,
    Book,
    ConfirmBooking,
    Consent,
    Enroll,
    Noop,
    PickCounselor,
    PickDate,
    PickDuration,
    PickTime,
    PickType,
    Quick,
    ShowConfirm,
    unpack,
)
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone, buttons_of
from tests.journeys.conftest import House, Shown, arrive, carried_out, nothing_is_wrong

SOAK = os.environ.get("SOAK") == "1"
SEEDS = range(1, 21 if SOAK else 2)
STEPS = 3000 if SOAK else 300
NEWCOMERS = ("Zoë", "Łukasz", "<b>Bo</b>", "אברהם", "😀")
TEXTS = (
    *("/start", "/book", "/bookings", "/settings", "/requests", "/why", "/invite", "/nonsense", "/"),
    *(
        "tomorrow",
        "tomorrow 3pm",
        "next tuesday 10:00",
        "4.11.",
        "31.12.9999",
        "10am",
        "noon",
        "morgen 15 Uhr",
    ),
    *("Berlin", "Tokyo", "kathmandu", "Atlantis", "CAREER5", "career6", "Sleep and work", "😀" * 40),
    *("a" * 1500, "<script>", "0", "\u202eabc", "…"),
)
LINKS = ("", "c-ann", "c-yuki", "c-nobody", "p-CAREER5", "p-x", "b-0000000", "i-x", "a-x", "x")
PLACES = ((52.5, 13.4), (-33.9, 151.2), (0.0, -160.0))
WAITS = (
    timedelta(minutes=4),
    timedelta(minutes=11),
    timedelta(hours=2),
    timedelta(hours=9),
    timedelta(days=1),
)
AHEAD = frozenset(
    {
        Approve,
        Book,
        ConfirmBooking,
        Consent,
        Enroll,
        PickCounselor,
        PickDate,
        PickDuration,
        PickTime,
        PickType,
        Quick,
        ShowConfirm,
    }
)
Deed = Callable[["Crowd", Phone], Awaitable[str]]


class Crowd:
    """Everybody in the sandbox, driven by chance; `diary` is what they did, for when something breaks."""

    def __init__(self, house: House, chance: Random) -> None:
        self.house = house
        self.chance = chance
        self.diary: list[str] = []
        self.phones: list[Phone] = []

    async def gather(self) -> None:
        """Let newcomers in beside the cast; half of them have said hello already."""
        assert self.house.program.sandbox is not None
        sandbox = self.house.program.sandbox
        for number, name in enumerate(NEWCOMERS):
            language = "de" if number % 2 else "en"
            await sandbox.add_person(Person(id=7000 + number, first_name=name, language_code=language))
        self.phones = [sandbox.person(each) for each in sandbox.world.chats]
        for phone in self.phones[::2]:
            await arrive(phone, None if phone.person.label == "Counselor" else "London")

    async def step(self) -> None:
        """One or a few people do something at the same moment; each tap gets its answer."""
        several = self.chance.random() < 0.2
        for phone in self.chance.sample(self.phones, 3 if several else 1):
            name = self.chance.choices(list(DEEDS), [weight for _, weight in DEEDS.values()])[0]
            if phone.blocked and name != "return":
                continue
            what = await DEEDS[name][0](self, phone)
            self.diary.append(f"{phone.person.first_name}: {name} {what}")
        await carried_out(self.phones[0])
        assert self.house.program.sandbox is not None
        taps = self.house.program.sandbox.world.taps.values()
        assert [each.data for each in taps if not each.answered] == []

    def seen_by(self, phone: Phone) -> list[Shown]:
        """What somebody ever saw."""
        return self.house.shown_to(phone)


async def _tap_new(crowd: Crowd, phone: Phone) -> str:
    shown = [
        (each["message_id"], button["callback_data"])
        for each in phone.answers[-2:]
        for button in buttons_of(each)
        if "callback_data" in button
    ]
    if not shown:
        return await _start(crowd, phone)
    ((message_id, data),) = crowd.chance.choices(shown, [_pull(data) for _, data in shown])
    for _ in range(crowd.chance.choice((1, 1, 1, 1, 2))):
        await phone.tap_data(data, message_id)
    return str(data)


def _pull(data: str) -> float:
    """How strongly a button attracts: most people want to get ahead, and few tap empty cells."""
    kind = type(unpack(data))
    return 12 if kind in AHEAD else 0.1 if kind is Noop else 1


async def _tap_old(crowd: Crowd, phone: Phone) -> str:
    seen = crowd.seen_by(phone)
    if not seen:
        return await _start(crowd, phone)
    shown = crowd.chance.choice(seen)
    await phone.tap_data(shown.data, shown.message_id)
    return shown.data


async def _tap_others(crowd: Crowd, phone: Phone) -> str:
    theirs = crowd.seen_by(crowd.chance.choice(crowd.phones))
    if not theirs or not phone.answers:
        return await _start(crowd, phone)
    data = crowd.chance.choice(theirs).data
    await phone.tap_data(data, phone.last["message_id"])
    return data


async def _type(crowd: Crowd, phone: Phone) -> str:
    text = crowd.chance.choice(TEXTS)
    await phone.send(text)
    return repr(text[:30])


async def _start(crowd: Crowd, phone: Phone) -> str:
    link = crowd.chance.choice(LINKS)
    await phone.start(link)
    return link


async def _be_somewhere(crowd: Crowd, phone: Phone) -> str:
    place = crowd.chance.choice(PLACES)
    await phone.share_location(*place)
    return str(place)


async def _block(_: Crowd, phone: Phone) -> str:
    await phone.block()
    return ""


async def _return(_: Crowd, phone: Phone) -> str:
    await phone.start()
    return ""


async def _wait(crowd: Crowd, _: Phone) -> str:
    await carried_out(crowd.phones[0])
    by = crowd.chance.choice(WAITS)
    await crowd.house.pass_time(by)
    return str(by)


DEEDS: Mapping[str, tuple[Deed, int]] = {
    "tap": (_tap_new, 80),
    "tap old": (_tap_old, 8),
    "tap another's": (_tap_others, 4),
    "type": (_type, 8),
    "start": (_start, 3),
    "location": (_be_somewhere, 2),
    "block": (_block, 1),
    "return": (_return, 3),
    "wait": (_wait, 5),
}


@pytest.mark.campaign
@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_people_do_they_get_an_answer_and_no_two_sessions_overlap(
    house: House, seed: int
) -> None:
    crowd = Crowd(house, Random(seed))
    await crowd.gather()
    try:
        for number in range(STEPS):
            await crowd.step()
            if number % 50 == 0:
                await nothing_is_wrong(house)
    except (AssertionError, TimeoutError) as error:
        error.add_note("\n".join(crowd.diary[-40:]))
        raise
    await house.settle()
    assert len(await house.bookings("pending", "confirmed", "declined", "expired", "completed")) > 0
