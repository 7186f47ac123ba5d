"""Booking for a client: picking them, the summary, and what they and the counselor are told."""

from dataclasses import dataclass
from datetime import datetime

from bot.callbacks import (
    AskTopic,
    BookForMenu,
    ConfirmBooking,
    PickClient,
    SetLocation,
    ShowBooking,
    ShowTimes,
)
from bot.screens.booking_card import action_rows
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import back, home, pager, wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.session import described, place, price, what, when, when_elsewhere
from bot.screens.wording import ROOM, bold, device_time, fitted, lines, paragraphs, shown
from core.domain.actions import Action, Case, Party
from core.domain.booking import Status
from core.domain.money import Money
from core.domain.notification import Notification
from core.domain.session_type import Location
from core.domain.side import Side
from core.kit.i18n import Texts

TYPED_ROOM = 60
ANSWERS = frozenset({Action.APPROVE, Action.DECLINE, Action.RESCHEDULE})
"""What a client who is asked may do by one tap."""


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
            *_locations(t, state),
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


def booked_for(t: Texts, n: Notification, now: datetime) -> Screen:
    """A client is asked whether they take a time."""
    return _ask(t, n, now, t("📅 {name} has picked a time for you", name=_counselor(n)))


def booked_for_nudge(t: Texts, n: Notification, now: datetime) -> Screen:
    """The same once more, to a client who has not answered yet."""
    return _ask(t, n, now, t("⏰ {name} is waiting for your answer", name=_counselor(n)))


def turned_down(t: Texts, n: Notification, _: datetime) -> Screen:
    """The client does not take the time."""
    return _told(t, n, t("❌ {name} cannot take this time", name=_client(n)))


def unanswered(t: Texts, n: Notification) -> Screen:
    """The client did not answer in time, told to the counselor."""
    return _told(t, n, t("⌛ {name} has not answered in time", name=_client(n)))


def not_answered(t: Texts, n: Notification) -> Screen:
    """The same, told to the client."""
    return Screen(
        text=paragraphs(
            bold(t("⌛ The time that {name} has picked is no longer kept for you", name=_counselor(n))),
            _what_and_when(t, n),
        ),
        rows=rows(Tap(t("📄 Details"), ShowBooking(n.booking.id))),
    )


def _ask(t: Texts, n: Notification, now: datetime, title: str) -> Screen:
    booking, deadline = n.booking, n.booking.expires_at
    left = t.countdown((deadline - now).total_seconds()) if deadline else ""
    answer_by = (
        t("⏰ Please answer by {time} ({left} left).", time=t.moment(deadline), left=left)
        if deadline and booking.status is Status.PENDING
        else None
    )
    return Screen(
        text=paragraphs(
            bold(title),
            lines(_what_and_when(t, n), place(t, booking.location, booking.address), price(t, booking.price)),
            described(t, booking.topic, booking.note),
            answer_by,
        ),
        rows=rows(*_answers(t, n, now), Tap(t("📄 Details"), ShowBooking(booking.id))),
    )


def _answers(t: Texts, n: Notification, now: datetime) -> tuple[Row, ...]:
    case = Case(
        booking=n.booking,
        party=Party.CLIENT,
        now=now,
        policy=n.policy,
        counselor_active=n.counselor.active,
    )
    return action_rows(t, case, ANSWERS)


def _told(t: Texts, n: Notification, title: str) -> Screen:
    return Screen(
        text=paragraphs(bold(title), _what_and_when(t, n)),
        rows=rows(
            Tap(t("🔄 Pick another time"), PickClient(n.client.id), Style.PRIMARY),
            Tap(t("📄 Details"), ShowBooking(n.booking.id)),
        ),
    )


def _what_and_when(t: Texts, n: Notification) -> str:
    booking, host, client = n.booking, n.counselor, n.client
    other, zone = (host.name, host.zone) if n.side is Side.CLIENT else (client.name, client.zone)
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        when_elsewhere(t, booking.starts_at, booking.ends_at, zone, shown(other)) if zone else None,
        device_time(t, booking.starts_at),
        what(t, n.session_type.title, booking.minutes, other),
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


def _locations(t: Texts, state: ForState) -> tuple[Row, ...]:
    if len(state.locations) < 2:
        return ()
    buttons = (
        Tap(
            fitted(place(t, each), ROOM[2]),
            SetLocation(state.draft, each),
            Style.PRIMARY if each is state.location else None,
        )
        for each in state.locations
    )
    return in_columns(buttons, 2)


def _names(clients: tuple[ClientChoice, ...]) -> tuple[Row, ...]:
    return in_columns(
        (Tap(fitted(shown(each.name), ROOM[1]), PickClient(each.person_id)) for each in clients), 1
    )


def _counselor(n: Notification) -> str:
    return shown(n.counselor.name)


def _client(n: Notification) -> str:
    return shown(n.client.name)
