"""Samples of booking for a client, and of the admin's acting for somebody."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.callbacks import Tab
from bot.screens import book_for, on_behalf
from bot.screens.booking_card import booking_card
from bot.screens.booking_date import month
from bot.screens.booking_details import AskState, ask_topic
from bot.screens.booking_header import Chosen
from bot.screens.bookings import Entry
from bot.screens.notification import notification_screen
from bot.screens.screen import Screen
from core.domain.actions import Party
from core.domain.booking import Booking, Status
from core.domain.notification import Kind, Notification
from core.domain.side import Side
from core.kit.i18n import Texts
from tests.bot.screens.samples import booking as wizard
from tests.bot.screens.samples.cards import THEIRS, card, case
from tests.bot.screens.samples.people import (
    ADDRESS,
    ANN,
    EXTREME_NAMES,
    HOUR,
    INTRO,
    LONG_NAME,
    LONG_TOPIC,
    NOW,
    START,
    booking,
    person,
)

DORA = "Dora Client"
CHOSEN = Chosen(counselor=DORA, session_type=INTRO.title, minutes=60, for_client=True)
CLIENTS = book_for.ClientsState(
    clients=(
        book_for.ClientChoice(person_id=7, name=DORA),
        book_for.ClientChoice(person_id=8, name="Emil Example"),
    )
)
FOR = book_for.ForState(
    draft=5,
    chosen=CHOSEN,
    client=DORA,
    client_zone="Europe/Berlin",
    starts_at=START,
    ends_at=START + HOUR,
    deadline=NOW + 22 * HOUR,
    location=INTRO.locations[0],
    locations=INTRO.locations,
    price=INTRO.price,
    address=ADDRESS,
    topic="Our second talk",
)
STRANGE = replace(
    FOR,
    draft=2**63 - 1,
    chosen=replace(CHOSEN, counselor=LONG_NAME, session_type=LONG_NAME),
    client=EXTREME_NAMES[1],
    client_zone="Asia/Kathmandu",
    topic=LONG_TOPIC,
)
EVERYBODY = tuple(book_for.ClientChoice(person_id=2**63 - 1, name=name) for name in EXTREME_NAMES * 2)
FOUND = tuple(on_behalf.FoundPerson(person_id=2**63 - 1, name=name) for name in EXTREME_NAMES)


def asked(status: Status = Status.PENDING) -> Booking:
    """The sample booking, made by its counselor."""
    return replace(booking(status), awaits=Side.CLIENT)


def notification(kind: Kind, status: Status, side: Side) -> Notification:
    """A message about it."""
    return Notification(
        kind=kind,
        to=person(),
        side=side,
        booking=asked(status),
        counselor=ANN,
        client=person(),
        session_type=INTRO,
    )


def told(kind: Kind, status: Status, side: Side) -> Callable[[Texts], Screen]:
    """How it is shown."""
    return lambda t: notification_screen(notification(kind, status, side), t, NOW)


NOTIFICATIONS = {
    Kind.BOOKED_FOR: notification(Kind.BOOKED_FOR, Status.PENDING, Side.CLIENT),
    Kind.BOOKED_FOR_NUDGE: notification(Kind.BOOKED_FOR_NUDGE, Status.PENDING, Side.CLIENT),
    Kind.TURNED_DOWN: notification(Kind.TURNED_DOWN, Status.DECLINED, Side.COUNSELOR),
}
ENTRY = Entry(
    booking_id=42,
    session_type=INTRO.title,
    status=Status.CONFIRMED,
    other=ANN.name,
    starts_at=START,
    ends_at=START + HOUR,
)
THEIR = on_behalf.TheirState(
    person_id=7,
    name=DORA,
    counselor=False,
    side=Side.CLIENT,
    tab=Tab.UPCOMING,
    page=0,
    upcoming=1,
    past=0,
    entries=(ENTRY,),
)
MOVE = on_behalf.BehalfState(
    booking=booking(),
    session_type=INTRO.title,
    names={Side.CLIENT: DORA, Side.COUNSELOR: ANN.name},
    sides=tuple(Side),
)

SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "book for: clients": lambda t: book_for.pick_client(t, CLIENTS),
    "book for: clients, pages": lambda t: book_for.pick_client(
        t, book_for.ClientsState(clients=EVERYBODY, page=1, pages=12)
    ),
    "book for: no clients": lambda t: book_for.pick_client(t, book_for.ClientsState(clients=())),
    "book for: found": lambda t: book_for.found_clients(t, "d", CLIENTS.clients),
    "book for: found, extreme": lambda t: book_for.found_clients(t, "x" * 4000, EVERYBODY),
    "book for: nobody": lambda t: book_for.found_clients(t, EXTREME_NAMES[1], ()),
    "book for: month": lambda t: month(t, replace(wizard.MONTH, chosen=CHOSEN, back=None)),
    "book for: topic": lambda t: ask_topic(
        t, AskState(draft=5, current="Our second talk", most=200, reader=DORA)
    ),
    "book for: confirm": lambda t: book_for.confirm_for(t, FOR),
    "book for: confirm, extreme": lambda t: book_for.confirm_for(t, STRANGE),
    "book for: asked": lambda t: book_for.asked(t, FOR, 42),
    "book for: asked, extreme": lambda t: book_for.asked(t, STRANGE, 2**63 - 1),
    "book for: the client's card": lambda t: booking_card(t, card(case(asked()))),
    "book for: the counselor's card": lambda t: booking_card(t, card(case(asked(), Party.COUNSELOR))),
    "message: new_booking, accepted": told(Kind.NEW_BOOKING, Status.CONFIRMED, Side.COUNSELOR),
    "message: expired, booked for": told(Kind.EXPIRED, Status.EXPIRED, Side.CLIENT),
    "message: expired_unanswered, booked for": told(Kind.EXPIRED_UNANSWERED, Status.EXPIRED, Side.COUNSELOR),
    "message: reschedule_requested, on behalf": lambda t: notification_screen(
        replace(notification(Kind.RESCHEDULE_REQUESTED, Status.CONFIRMED, Side.COUNSELOR), proposal=THEIRS),
        t,
        NOW,
    ),
    "behalf: find": on_behalf.find,
    "behalf: found": lambda t: on_behalf.found_people(t, "e", FOUND),
    "behalf: not found": lambda t: on_behalf.found_people(t, "x" * 4000, ()),
    "behalf: bookings": lambda t: on_behalf.their_bookings(t, THEIR),
    "behalf: bookings, empty": lambda t: on_behalf.their_bookings(t, replace(THEIR, entries=(), upcoming=0)),
    "behalf: bookings, extreme": lambda t: on_behalf.their_bookings(
        t,
        replace(
            THEIR,
            person_id=2**63 - 1,
            name=EXTREME_NAMES[1],
            counselor=True,
            side=Side.COUNSELOR,
            tab=Tab.PAST,
            page=99,
            past=1234,
            entries=(replace(ENTRY, booking_id=2**63 - 1, session_type=LONG_NAME, other=LONG_NAME),) * 10,
        ),
    ),
    "behalf: on whose": lambda t: on_behalf.on_whose_behalf(t, MOVE),
    "behalf: on whose, extreme": lambda t: on_behalf.on_whose_behalf(
        t, replace(MOVE, session_type=LONG_NAME, names=dict.fromkeys(Side, EXTREME_NAMES[2]))
    ),
    "behalf: on whose, one side": lambda t: on_behalf.on_whose_behalf(
        t, replace(MOVE, sides=(Side.COUNSELOR,))
    ),
}
