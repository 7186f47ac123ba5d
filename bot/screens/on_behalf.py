"""Acting for somebody: the admin looks for a booking, by its reference or by a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.callbacks import (
    AdminMenu,
    FindBooking,
    ProposeFor,
    ShowBooking,
    ShowDeliveries,
    ShowTheirBooking,
    Tab,
    TheirBookings,
)
from bot.screens.bookings import PAGE_SIZE, Entry, entry
from bot.screens.navigation import back, home, pager
from bot.screens.screen import Screen, Style, Tap, in_columns, rows
from bot.screens.session import what, when
from bot.screens.wording import ROOM, bold, fitted, lines, paragraphs, shown
from core.domain.booking import Booking
from core.domain.side import Side
from core.kit.i18n import Texts

TYPED_ROOM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """Somebody whom the typed name may mean."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirState:
    """A page of somebody's bookings as client or, where they are one, as counselor; `page` from 0."""

    person_id: int
    name: str
    counselor: bool
    side: Side
    tab: Tab
    page: int
    upcoming: int
    past: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BehalfState:
    """A session for which the admin looks for another time, and the sides that may propose one."""

    booking: Booking
    session_type: str
    names: Mapping[Side, str]
    sides: tuple[Side, ...]


def find(t: Texts) -> Screen:
    """Wait for a reference or a name."""
    return Screen(
        text=paragraphs(
            bold(t("🔎 Find a booking")),
            t("Write the reference of the booking, or the name of the client or counselor."),
        ),
        rows=rows((back(t, AdminMenu()), home(t))),
    )


def found_people(t: Texts, typed: str, found: tuple[FoundPerson, ...]) -> Screen:
    """Whom the typed name may mean, or that nothing was found."""
    name = fitted(shown(typed), TYPED_ROOM)
    words = (
        t("Whose bookings?") if found else t("I find neither a booking nor a person for “{text}”.", text=name)
    )
    buttons = (Tap(fitted(shown(each.name), ROOM[1]), TheirBookings(each.person_id)) for each in found)
    return Screen(
        text=paragraphs(bold(t("🔎 Find a booking")), words),
        rows=rows(*buttons, (back(t, FindBooking()), home(t))),
    )


def their_bookings(t: Texts, state: TheirState) -> Screen:
    """What somebody has booked, or what others have booked with them."""
    numbered = list(enumerate(state.entries, start=state.page * PAGE_SIZE + 1))
    opened_from = state.side, state.tab, state.page
    buttons = (Tap(str(n), ShowTheirBooking(each.booking_id, *opened_from)) for n, each in numbered)
    total = state.upcoming if state.tab is Tab.UPCOMING else state.past
    return Screen(
        text=paragraphs(
            lines(bold(f"👤 {shown(state.name)}"), _as(t, state.side) if state.counselor else None),
            None if numbered else t("There is nothing here."),
            *(entry(t, n, each) for n, each in numbered),
            t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()) if numbered else None,
        ),
        rows=rows(
            *in_columns(buttons, 5),
            pager(
                t, state.page, -(-total // PAGE_SIZE), lambda page: _to(state, state.tab, state.side, page)
            ),
            _tabs(t, state),
            Tap(_as(t, state.side.other), _to(state, state.tab, state.side.other))
            if state.counselor
            else None,
            Tap(t("📬 Messages to them"), ShowDeliveries(state.person_id)),
            (back(t, FindBooking()), home(t)),
        ),
    )


def on_whose_behalf(t: Texts, state: BehalfState) -> Screen:
    """For which side another time is proposed; the other one answers."""
    booking = state.booking
    return Screen(
        text=paragraphs(
            bold(t("On whose behalf?")),
            lines(
                when(t, booking.starts_at, booking.ends_at),
                what(t, state.session_type, booking.minutes),
            ),
            t("The other side is asked for an answer; both are told. The old time stays until then."),
        ),
        rows=rows(
            *(
                Tap(_for(t, state.names[side]), ProposeFor(booking.id, side), Style.PRIMARY)
                for side in state.sides
            ),
            back(t, ShowBooking(booking.id)),
        ),
    )


def _for(t: Texts, name: str) -> str:
    return fitted(t("For {name}", name=shown(name)), ROOM[1])


def _as(t: Texts, side: Side) -> str:
    return t("As client") if side is Side.CLIENT else t("As counselor")


def _to(state: TheirState, tab: Tab, side: Side, page: int = 0) -> TheirBookings:
    return TheirBookings(state.person_id, side, tab, page)


def _tabs(t: Texts, state: TheirState) -> tuple[Tap, Tap]:
    labels = {
        Tab.UPCOMING: t("Upcoming ({n})", n=state.upcoming),
        Tab.PAST: t("Past ({n})", n=state.past),
    }
    upcoming, past = (
        Tap(label, _to(state, tab, state.side), Style.PRIMARY if tab is state.tab else None)
        for tab, label in labels.items()
    )
    return upcoming, past
