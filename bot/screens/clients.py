"""A counselor's clients: who they are, and what each has booked."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import ShowBookingOfClient, ShowClient, ShowClients, ShowPrivateNote, ShowStatistics
from bot.screens.bookings import PAGE_SIZE
from bot.screens.navigation import back, home, pager
from bot.screens.screen import Screen, Tap, in_columns, rows
from bot.screens.session_list import NAME_ROOM, Session, count
from bot.screens.status import badge
from bot.screens.wording import bold, dotted, fitted, lines, paragraphs, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client with what their bookings come to; `last` began already, `next` is still to come."""

    client_id: int
    name: str
    sessions: int
    completed: int = 0
    no_shows: int = 0
    cancelled: int = 0
    last: datetime | None = None
    next: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsState:
    """A page of the list, `page` of `pages` counted from 0."""

    clients: tuple[Client, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryState:
    """One client and a page of what they have booked; `back` is the page of the list they were found on.

    `noted` are the bookings that the counselor has a private note about.
    """

    client: Client
    bookings: tuple[Session, ...]
    noted: frozenset[int] = frozenset()
    page: int = 0
    pages: int = 1
    back: int = 0


def clients(t: Texts, state: ClientsState) -> Screen:
    """Who had a session last comes first; every number is a button."""
    numbered = list(enumerate(state.clients, start=state.page * PAGE_SIZE + 1))
    buttons = (Tap(str(n), ShowClient(each.client_id, 0, state.page)) for n, each in numbered)
    empty = None if numbered else t("Nobody has booked with you yet.")
    return Screen(
        text=paragraphs(
            bold(t("Clients")),
            empty,
            *(_client(t, n, each) for n, each in numbered),
            t("Tap a number for the history.") if numbered else None,
        ),
        rows=rows(
            *in_columns(buttons, 5),
            pager(t, state.page, state.pages, ShowClients),
            (Tap(t("📊 Statistics"), ShowStatistics()), home(t)),
        ),
    )


def history(t: Texts, state: HistoryState) -> Screen:
    """What one client has booked, the latest first."""
    client = state.client
    numbered = list(enumerate(state.bookings, start=state.page * PAGE_SIZE + 1))
    opened_from = client.client_id, state.page, state.back
    buttons = (Tap(str(n), ShowBookingOfClient(each.booking_id, *opened_from)) for n, each in numbered)
    notes = (
        Tap(f"🔒 {n}", ShowPrivateNote(each.booking_id))
        for n, each in numbered
        if each.booking_id in state.noted
    )
    return Screen(
        text=paragraphs(
            lines(bold(f"👤 {shown(client.name)}"), _numbers(t, client)),
            *(_booking(t, n, each) for n, each in numbered),
            t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()),
        ),
        rows=rows(
            *in_columns(buttons, 5),
            *in_columns(notes, 5),
            pager(t, state.page, state.pages, lambda page: ShowClient(client.client_id, page, state.back)),
            (back(t, ShowClients(state.back)), home(t)),
        ),
    )


def _client(t: Texts, n: int, client: Client) -> Markup:
    name = bold(fitted(shown(client.name), NAME_ROOM))
    return lines(
        Markup("{}. ").format(n) + dotted(name, count(t, client.sessions), _no_shows(t, client)),
        dotted(
            t("last {day}", day=t.day(client.last)) if client.last else None,
            t("next {day}", day=t.day(client.next)) if client.next else None,
        ),
    )


def _numbers(t: Texts, client: Client) -> Markup:
    return dotted(
        count(t, client.sessions),
        t("{n} completed", n=client.completed) if client.completed else None,
        _no_shows(t, client),
        t("{n} cancelled", n=client.cancelled) if client.cancelled else None,
    )


def _no_shows(t: Texts, client: Client) -> str | None:
    return t.n("{n} no-show", "{n} no-shows", client.no_shows) if client.no_shows else None


def _booking(t: Texts, n: int, each: Session) -> Markup:
    title = bold(fitted(shown(each.session_type), NAME_ROOM))
    return lines(
        Markup("{}. ").format(n) + dotted(title, badge(t, each.status)),
        f"{t.day(each.starts_at)} {each.starts_at.astimezone(t.zone).year}, "
        f"{t.times(each.starts_at, each.ends_at)}",
    )
