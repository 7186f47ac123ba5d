"""Booking for a client: picking them, the summary, and that they are asked."""

from dataclasses import dataclass
from datetime import datetime

from bot.callbacks import (
    AskTopic,
    BookForMenu,
    ConfirmBooking,
    PickClient,
    ShowBooking,
    ShowTimes,
)
from bot.screens.booking_details import location_rows
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import back, home, pager, wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.session import described, place, price, when, when_elsewhere
from bot.screens.wording import ROOM, bold, fitted, lines, paragraphs, shown
from core.domain.money import Money
from core.domain.session_type import Location
from core.kit.i18n import Texts

TYPED_ROOM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChoice:
    """Somebody who may be booked for."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsState:
    """A page of the counselor's clients, counted from 0."""

    clients: tuple[ClientChoice, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ForState:
    """What is about to be booked, or has been; `client_zone` is None while it is not known."""

    draft: int
    chosen: Chosen
    client: str
    client_zone: str | None
    starts_at: datetime
    ends_at: datetime
    deadline: datetime
    location: Location
    locations: tuple[Location, ...]
    price: Money
    address: str = ""
    topic: str = ""


def pick_client(t: Texts, state: ClientsState) -> Screen:
    """Whom to book for: the counselor's clients, or a typed name."""
    own = t("Who is it for? Your clients are below.") if state.clients else t("Who is it for?")
    return Screen(
        text=paragraphs(
            bold(t("Book for a client")),
            own,
            t("You may also write a name, or the reference of a booking."),
        ),
        rows=rows(*_names(state.clients), pager(t, state.page, state.pages, BookForMenu), home(t)),
    )


def found_clients(t: Texts, typed: str, found: tuple[ClientChoice, ...]) -> Screen:
    """Whom the typed name may mean, or that nobody is known by it."""
    name = fitted(shown(typed), TYPED_ROOM)
    words = t("Who is it for?") if found else t("I know nobody by the name “{name}”.", name=name)
    hint = t("They have to start the chat with me once. You may write another name.")
    return Screen(
        text=paragraphs(bold(t("Book for a client")), lines(words, None if found else hint)),
        rows=rows(*_names(found), (back(t, BookForMenu()), home(t))),
    )


def confirm_for(t: Texts, state: ForState) -> Screen:
    """The summary before the client is asked."""
    draft, name = state.draft, shown(state.client)
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            _facts(t, state),
            described(t, state.topic, ""),
            t(
                "{name} is asked now, and has until {time} to answer.",
                name=name,
                time=t.moment(state.deadline),
            ),
        ),
        rows=rows(
            Tap(t("💭 Change topic") if state.topic else t("💭 Add topic"), AskTopic(draft)),
            *location_rows(t, state.draft, state.locations, state.location),
            Tap(fitted(t("📨 Ask {name}", name=name), ROOM[1]), ConfirmBooking(draft), Style.SUCCESS),
            wizard_end(t, draft, ShowTimes(draft)),
        ),
    )


def asked(t: Texts, state: ForState, booking_id: int) -> Screen:
    """The client has been asked."""
    return Screen(
        text=paragraphs(
            bold(t("📨 {name} is asked", name=shown(state.client))),
            _facts(t, state),
            described(t, state.topic, ""),
            t("The time is kept until {time}. I tell you the answer.", time=t.moment(state.deadline)),
        ),
        rows=rows(
            Tap(t("📄 Details"), ShowBooking(booking_id)),
            Tap(t("➕ Book for another client"), BookForMenu()),
            home(t),
        ),
    )


def _facts(t: Texts, state: ForState) -> str:
    theirs = state.client_zone and when_elsewhere(
        t, state.starts_at, state.ends_at, state.client_zone, shown(state.client)
    )
    return lines(
        when(t, state.starts_at, state.ends_at),
        theirs,
        place(t, state.location, state.address),
        price(t, state.price),
    )


def _names(clients: tuple[ClientChoice, ...]) -> tuple[Row, ...]:
    return in_columns(
        (Tap(fitted(shown(each.name), ROOM[1]), PickClient(each.person_id)) for each in clients), 1
    )
