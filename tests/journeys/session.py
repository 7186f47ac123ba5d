"""A session booked through the chat, in either language, for journeys about what comes after that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.callbacks import (
    Approve,
    Book,
    Callback,
    ConfirmBooking,
    PickCounselor,
    PickDate,
    PickDuration,
    PickTime,
    PickType,
    SetLocale,
    ShowConfirm,
    pack,
    unpack,
)
from bot.sandbox.phone import Phone, buttons_of
from core.domain.zones import zone
from core.kit.i18n import Texts, texts
from tests.journeys.conftest import House, Json, Row, arrive, carried_out, forge

FRIDAY = date(2026, 11, 6)
MONDAY = date(2026, 11, 9)
TUESDAY = date(2026, 11, 10)
WEDNESDAY = date(2026, 11, 11)


@dataclass(frozen=True, slots=True)
class Pair:
    """A client and a counselor of one language in two zones, an ocean apart."""

    house: House
    language: str
    client: Phone
    counselor: Phone

    def texts(self, phone: Phone) -> Texts:
        """The words and the clock of one of them."""
        zones = dict(zip((self.client, self.counselor), ZONES[self.language], strict=True))
        return texts(self.language, zone(zones[phone]))

    async def booking(self) -> Row:
        """The only booking there is."""
        (row,) = await self.house.bookings()
        return row


CAST = {"en": ("Maya", "Ann", 1), "de": ("Lukas", "Jonas", 2)}
ZONES = {"en": ("Europe/London", "America/New_York"), "de": ("America/New_York", "Europe/Berlin")}
COUNSELING = 2
"""The demo practice's session that costs 80 dollars and has to be approved."""


async def meet(house: House, language: str, *, approved: bool = True) -> Pair:
    """Both have come to the chat, and the client has asked for the first time on Friday."""
    client, counselor, counselor_id = CAST[language]
    pair = Pair(house, language, house.phone(client), house.phone(counselor))
    await arrive(pair.counselor, None)
    await forge(pair.counselor, pack(SetLocale(language)))
    await arrive(pair.client, ZONES[language][0].partition("/")[2].replace("_", " "))
    await choose(pair.client, Book)
    await choose(pair.client, PickCounselor, counselor_id=counselor_id)
    await choose(pair.client, PickType, session_type_id=COUNSELING)
    await choose(pair.client, PickDuration, minutes=60)
    await choose(pair.client, PickDate, day=FRIDAY)
    await choose(pair.client, PickTime)
    await choose(pair.client, ShowConfirm)
    await choose(pair.client, ConfirmBooking)
    await house.settle()
    if approved:
        await choose(pair.counselor, Approve)
        await house.settle()
    return pair


def offered(message: Json, kind: type[Callback], **fields: Any) -> list[Callback]:
    """The buttons of this kind on a message, with these values."""
    found = [unpack(each["callback_data"]) for each in buttons_of(message) if "callback_data" in each]
    return [
        each
        for each in found
        if isinstance(each, kind) and all(getattr(each, name) == value for name, value in fields.items())
    ]


async def choose(phone: Phone, kind: type[Callback], nth: int = 0, **fields: Any) -> str:
    """Tap a button of this kind, by default the first, on the newest message; returns the toast."""
    found = offered(phone.last, kind, **fields)
    shown = [each["text"] for each in buttons_of(phone.last)]
    assert len(found) > nth, f"no {kind.__name__} {fields or ''} among {shown}"
    return await forge(phone, pack(found[nth]))


async def pick(phone: Phone, day: date, nth: int = 0) -> datetime:
    """Choose a date and the n-th of its times in the slot picker; returns the start."""
    await choose(phone, PickDate, day=day)
    start = offered(phone.last, PickTime)[nth]
    assert isinstance(start, PickTime)
    await forge(phone, pack(start))
    await carried_out(phone)
    return start.start
