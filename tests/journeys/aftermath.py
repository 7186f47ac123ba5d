"""A session agreed between a client and a counselor, in either language, and the time until it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.callbacks import (
    Approve,
    Book,
    Callback,
    ConfirmBooking,
    Home,
    PickDate,
    PickDuration,
    PickTime,
    SetLocale,
    ShowBooking,
    ShowConfirm,
    pack,
)
from bot.sandbox.phone import Phone
from tests.journeys.conftest import House, Json, Row, arrive, forge, press, start, tap

TITLE = "Counseling session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays, and the language all of them read."""

    language: str
    client: str
    client_name: str
    counselor: str
    counselor_name: str


ENGLISH = Cast(
    language="en",
    client="Maya",
    client_name="Maya Okafor",
    counselor="Ann",
    counselor_name="Ann Rivera",
)
GERMAN = Cast(
    language="de",
    client="Lukas",
    client_name="Lukas Braun",
    counselor="Jonas",
    counselor_name="Jonas Weber",
)
CASTS = (ENGLISH, GERMAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A confirmed session with the phones of both sides; the counselor looks at its card."""

    house: House
    cast: Cast
    client: Phone
    counselor: Phone
    booking_id: int

    async def row(self) -> Row:
        """The booking as it is now."""
        (row,) = [each for each in await self.house.bookings() if each["id"] == self.booking_id]
        return row

    async def card(self, phone: Phone, *kinds: type[Callback]) -> Json:
        """Open the booking's card on the newest message, and go on from there."""
        await forge(phone, pack(ShowBooking(self.booking_id)))
        return await press(phone, *kinds)

    async def until(self, ahead: timedelta = timedelta(), *, end: bool = False) -> None:
        """Let time pass until so long after the start, or after the end."""
        row = await self.row()
        moment = row["ends_at"] if end else row["starts_at"]
        await self.house.pass_time(moment + ahead - self.house.clock.now())


async def agreed(house: House, cast: Cast) -> Session:
    """The client asks for the first time there is, and the counselor approves."""
    client, counselor = house.phone(cast.client), house.phone(cast.counselor)
    await arrive(counselor, None)
    await forge(counselor, pack(SetLocale(cast.language)))
    await arrive(client)
    await book(client, cast)
    await house.settle()
    await counselor.wait_until(lambda: _asked(counselor), what="the request")
    await press(counselor, Approve, ShowBooking)
    (row,) = await house.bookings("confirmed")
    return Session(house=house, cast=cast, client=client, counselor=counselor, booking_id=row["id"])


async def book(client: Phone, cast: Cast) -> None:
    """Ask for the first time there is."""
    await start(client)
    await press(client, Book)
    await tap(client, cast.counselor_name, TITLE)
    await press(client, PickDuration, PickDate, PickTime, ShowConfirm, ConfirmBooking)


async def admin(house: House, language: str) -> Phone:
    """The admin, at the menu, reading this language."""
    robin = house.phone("Robin")
    await arrive(robin)
    await forge(robin, pack(SetLocale(language)))
    await forge(robin, pack(Home()))
    return robin


def _asked(phone: Phone) -> bool:
    rows = phone.last.get("reply_markup", {}).get("inline_keyboard", [])
    data = [button.get("callback_data", "") for row in rows for button in row]
    return any(each.startswith(pack(Approve(0, 0)).split(":")[0]) for each in data)
