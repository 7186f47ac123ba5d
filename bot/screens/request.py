"""A client's request as the counselor sees it: the card with its answers, and the list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import Decline, Requests, ShowBooking, ShowRequest
from bot.screens.booking_card import action_rows
from bot.screens.bookings import Entry, entry
from bot.screens.calendar import calendar_row
from bot.screens.decline import CHOICES
from bot.screens.navigation import back, home, pager
from bot.screens.screen import Row, Screen, Tap, in_columns, rows
from bot.screens.session import described, place, price, what, when, when_elsewhere
from bot.screens.status import badge
from bot.screens.wording import bold, device_time, lines, paragraphs, shown
from core.domain.actions import Action, Case, Party, actions
from core.domain.booking import Booking, Status
from core.domain.policy import Policy
from core.kit.i18n import Texts, msgid

PAGE_SIZE = 10
ANSWERS = frozenset({Action.APPROVE, Action.DECLINE, Action.RESCHEDULE})

TITLES: Mapping[Status, str] = {
    Status.CONFIRMED: msgid("✅ Request approved"),
    Status.DECLINED: msgid("❌ Request declined"),
    Status.EXPIRED: msgid("⌛ Request expired without an answer"),
    Status.CANCELLED: msgid("✖️ Request cancelled"),
}
OUTCOMES: Mapping[Status, str] = {
    Status.CONFIRMED: msgid("{name} is told that the session takes place."),
    Status.DECLINED: msgid("{name} is told and offered other times."),
    Status.EXPIRED: msgid("{name} was told and offered other times."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """A request and who asks, while no other time is on offer.

    `client_zone` is None while the client has not said where they are.
    """

    booking: Booking
    client: str
    session_type: str
    now: datetime
    client_zone: str | None = None
    policy: Policy = field(default_factory=Policy)
    counselor_active: bool = True

    @property
    def case(self) -> Case:
        """The request as its counselor may act on it."""
        return Case(
            booking=self.booking,
            party=Party.COUNSELOR,
            now=self.now,
            policy=self.policy,
            counselor_active=self.counselor_active,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsState:
    """All requests that wait for the counselor, the most pressing first, opened at a page."""

    entries: tuple[Entry, ...]
    page: int = 0


def request_card(t: Texts, state: RequestState, title: str = "") -> Screen:
    """The request as it stands now: open ones with the answers to it, others with what became of them."""
    booking = state.booking
    still_open = Action.APPROVE in actions(state.case)
    heading = title or (t("📨 New request") if still_open else _title(t, state))
    return Screen(
        text=paragraphs(
            bold(heading),
            _facts(t, state),
            described(t, booking.topic, booking.note),
            _deadline(t, state) if still_open else _outcome(t, state),
        ),
        rows=_answers(t, state) if still_open else _settled(t, state),
    )


def decline_reasons(t: Texts, state: RequestState) -> Screen:
    """Why the request is declined, by one tap."""
    booking = state.booking
    choices = (
        Tap(t(words), Decline(booking.id, booking.version, reason)) for reason, words in CHOICES.items()
    )
    return Screen(
        text=paragraphs(
            bold(t("Decline this request?")),
            _facts(t, state),
            t("Please choose a reason; {name} will be told.", name=shown(state.client)),
        ),
        rows=rows(*choices, back(t, ShowRequest(booking.id))),
    )


def requests(t: Texts, state: RequestsState) -> Screen:
    """The list of requests; every number is a button."""
    pages = max(1, -(-len(state.entries) // PAGE_SIZE))
    page = min(state.page, pages - 1)
    numbered = list(enumerate(state.entries, start=1))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    buttons = (Tap(str(n), ShowRequest(each.booking_id)) for n, each in numbered)
    return Screen(
        text=paragraphs(
            bold(t("Requests")),
            None if numbered else t("No open requests. All done!"),
            *(entry(t, n, each) for n, each in numbered),
            t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()) if numbered else None,
        ),
        rows=rows(*in_columns(buttons, 5), pager(t, page, pages, Requests), home(t)),
    )


def _title(t: Texts, state: RequestState) -> str:
    status = Status.EXPIRED if state.booking.status is Status.PENDING else state.booking.status
    return t(TITLES[status]) if status in TITLES else badge(t, status)


def _outcome(t: Texts, state: RequestState) -> str | None:
    words = OUTCOMES.get(state.booking.status)
    return t(words, name=shown(state.client)) if words else None


def _facts(t: Texts, state: RequestState) -> Markup:
    booking = state.booking
    theirs = state.client_zone and when_elsewhere(
        t, booking.starts_at, booking.ends_at, state.client_zone, shown(state.client)
    )
    return lines(
        bold(f"👤 {shown(state.client)}"),
        what(t, state.session_type, booking.minutes),
        when(t, booking.starts_at, booking.ends_at),
        theirs,
        device_time(t, booking.starts_at),
        place(t, booking.location, booking.address),
        price(t, booking.price),
        t.html("🔖 Reference: <code>{reference}</code>", reference=booking.reference),
    )


def _deadline(t: Texts, state: RequestState) -> str | None:
    deadline = state.booking.expires_at
    if deadline is None:
        return None
    left = t.countdown((deadline - state.now).total_seconds())
    return t("⏰ Please answer by {time} ({left} left).", time=t.moment(deadline), left=left)


def _answers(t: Texts, state: RequestState) -> tuple[Row, ...]:
    return rows(*action_rows(t, state.case, ANSWERS), _details(t, state.booking))


def _settled(t: Texts, state: RequestState) -> tuple[Row, ...]:
    booking = state.booking
    confirmed = booking.status is Status.CONFIRMED
    return rows(
        calendar_row(t, booking, state.session_type, state.client) if confirmed else None,
        _details(t, booking),
        (Tap(t("📨 Requests"), Requests()), home(t)),
    )


def _details(t: Texts, booking: Booking) -> Tap:
    return Tap(t("📄 Details"), ShowBooking(booking.id))
