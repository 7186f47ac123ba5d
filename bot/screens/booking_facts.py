"""What the card of a booking says: how it stands, its fields, the moves left, and the terms."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import Callback
from bot.screens.cancellation import (
    TermsState,
    counselor_terms,
    refund_line,
    terms_in_words,
    why_cancelled,
)
from bot.screens.decline import decline_words
from bot.screens.meeting import seen_line
from bot.screens.no_show import report_line
from bot.screens.running import absent_line
from bot.screens.series_place import place_line
from bot.screens.session import place, price, when, when_elsewhere
from bot.screens.stars import review_line
from bot.screens.status import badge
from bot.screens.wording import bold, lines, shown
from core.domain.actions import AHEAD, RUNNING, Action, Case, Party, actions
from core.domain.booking import Booking, Source, Status
from core.domain.cancellation import terms
from core.domain.meeting import NOBODY, Attendance
from core.domain.reschedule import Proposal, cutoff, moves_left
from core.domain.series import Place
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

SOURCES = {
    Source.CHAT: msgid("Made in the chat on {time}"),
    Source.WEB: msgid("Made on the web page on {time}"),
    Source.API: msgid("Made by another program on {time}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """A booking as one party sees it, with its names; `client_zone` is None while it is not known.

    `back` is where it was opened from, None for the viewer's own list; `same_time` says that the time of a
    cancelled booking is still free for its client; `join` is their link to the meeting, `seen` who was there,
    `place` where it stands in its series.
    """

    case: Case
    session_type: str
    counselor: str
    client: str
    client_zone: str | None = None
    back: Callback | None = None
    same_time: bool = False
    join: str | None = None
    seen: Attendance = NOBODY
    place: Place | None = None

    @property
    def other(self) -> str:
        """The name of the other side."""
        return self.counselor if self.case.party is Party.CLIENT else self.client


def standing(t: Texts, state: CardState) -> Markup:
    """What it is and how it stands."""
    case = state.case
    return lines(
        bold(shown(state.session_type)),
        badge(t, case.booking.status),
        _proposed(t, state, case.proposal) if case.proposal else _waiting(t, case),
        _why(t, case.booking),
        absent_line(t, case.booking, state.client, state.counselor),
        seen_line(t, state.seen, state.client) if _may_ask(case) else None,
        report_line(t, case.report) if case.report else None,
        refund_line(t, case.booking),
        review_line(t, case),
    )


def facts(t: Texts, state: CardState) -> Markup:
    """Every field, one a line."""
    booking = state.case.booking
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        *_elsewhere(t, state),
        _countdown(t, state.case),
        place_line(t, state.place) if state.place else None,
        *_names(t, state),
        f"⏱ {t.duration(booking.minutes)}",
        place(t, booking.location, booking.address),
        price(t, booking.price),
        t("🔔 Reminders on") if booking.reminders else t("🔕 Reminders off"),
        t("Started at {time}", time=t.time(booking.started_at)) if booking.started_at else None,
        t("Ended at {time}", time=t.time(booking.ended_at)) if booking.ended_at else None,
        t(SOURCES[booking.source], time=t.moment(booking.created_at)),
        t.html("🔖 Reference: <code>{reference}</code>", reference=booking.reference),
    )


def moves(t: Texts, case: Case) -> Markup:
    """How often the session was moved, and how often and until when the viewer may still do it."""
    booking = case.booking
    moved = booking.client_reschedules + booking.counselor_reschedules
    so_far = t(
        "🔄 Moved by the client: {client}, by the counselor: {counselor}",
        client=booking.client_reschedules,
        counselor=booking.counselor_reschedules,
    )
    return lines(so_far if moved else None, _moves_left(t, case))


def _moves_left(t: Texts, case: Case) -> str | None:
    booking = case.booking
    ahead = booking.status in AHEAD and case.now < booking.starts_at
    if case.party is Party.ADMIN or not ahead or not case.counselor_active:
        return None
    left, until = moves_left(booking, case.side, case.policy), cutoff(booking, case.side, case.policy)
    if left <= 0:
        return t("You have moved this session as often as possible.")
    if case.now >= until:
        return t("It is too close to the start to move this session.")
    return t.n(
        "You may move this session once more, until {until}.",
        "You may move this session {n} more times, until {until}.",
        left,
        until=t.moment(until),
    )


def terms_line(t: Texts, state: CardState) -> str | None:
    """On which terms the session may be called off, and what helps where it is too late for that."""
    case, booking = state.case, state.case.booking
    if booking.status not in AHEAD or case.now >= booking.starts_at:
        return None
    if case.party is not Party.CLIENT:
        return counselor_terms(t, booking.price)
    agreed = terms(booking.starts_at, case.policy)
    words = terms_in_words(t, TermsState(terms=agreed, price=booking.price, now=case.now))
    if Action.CANCEL in actions(case):
        return words
    help_ = t("{name} can still call it off: please get in touch.", name=shown(state.counselor))
    return f"{words} {help_}"


def _proposed(t: Texts, state: CardState, proposal: Proposal) -> Markup:
    mine = proposal.asked_by is state.case.side
    asker = state.client if proposal.asked_by is Side.CLIENT else state.counselor
    answerer = state.counselor if proposal.asked_by is Side.CLIENT else state.client
    until = t.moment(proposal.expires_at)
    if state.case.party is Party.ADMIN or mine:
        words = t("{name} has until {time} to answer.", name=shown(answerer), time=until)
    else:
        words = t("{name} asks for your answer by {time}.", name=shown(asker), time=until)
    return lines(
        t("🔄 New time proposed: {time}", time=t.span(proposal.starts_at, proposal.ends_at)),
        words,
        t("It is about this session and others of its series: all move, or none.")
        if proposal.together
        else None,
        t("Until then the session stays where it is."),
    )


def _waiting(t: Texts, case: Case) -> str | None:
    booking = case.booking
    if booking.status is not Status.PENDING or booking.expires_at is None:
        return None
    if booking.awaits is case.side and case.party is not Party.ADMIN:
        return t("Please answer by {time}.", time=t.moment(booking.expires_at))
    return t("An answer comes by {time}.", time=t.moment(booking.expires_at))


def _why(t: Texts, booking: Booking) -> str | None:
    if booking.status is Status.DECLINED:
        return decline_words(t, booking.reason)
    return why_cancelled(t, booking) if booking.status is Status.CANCELLED else None


def _may_ask(case: Case) -> bool:
    """Whether what was seen of the meeting helps the counselor to say what became of the session."""
    over = case.now >= case.booking.ends_at
    return over and case.party is Party.COUNSELOR and case.booking.status in RUNNING


def _elsewhere(t: Texts, state: CardState) -> tuple[str | None, ...]:
    booking, party = state.case.booking, state.case.party
    theirs = when_elsewhere(t, booking.starts_at, booking.ends_at, booking.zone, shown(state.counselor))
    clients = state.client_zone and when_elsewhere(
        t, booking.starts_at, booking.ends_at, state.client_zone, shown(state.client)
    )
    return (
        theirs if party is not Party.COUNSELOR else None,
        clients if party is not Party.CLIENT else None,
    )


def _names(t: Texts, state: CardState) -> tuple[Markup | None, ...]:
    party = state.case.party
    counselor = t.html("👤 Counselor: <b>{name}</b>", name=shown(state.counselor))
    client = t.html("👤 Client: <b>{name}</b>", name=shown(state.client))
    return (
        counselor if party is not Party.COUNSELOR else None,
        client if party is not Party.CLIENT else None,
    )


def _countdown(t: Texts, case: Case) -> str | None:
    left = (case.booking.starts_at - case.now).total_seconds()
    if case.booking.status not in AHEAD or left <= 0:
        return None
    return t("⏳ Starts in {left}", left=t.countdown(left))
