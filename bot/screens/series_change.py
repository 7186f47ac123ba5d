"""Cancelling or moving sessions of a series: this one, or this and the following."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    CancelBooking,
    CancelFollowing,
    CancelInstead,
    CancelMenu,
    CancelScope,
    Leave,
    MoveScope,
    ShowBooking,
)
from bot.screens.cancellation import WORDS, refund_money
from bot.screens.cancelling import CHOICES
from bot.screens.navigation import back
from bot.screens.refusal import words
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.series_place import place_line
from bot.screens.session import what, when
from bot.screens.wording import bold, lines, paragraphs, quoted, shown
from core.domain.actions import Case, Party
from core.domain.booking import Booking, Refund
from core.domain.cancellation import Reason
from core.domain.money import Money
from core.domain.series import Place
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeState:
    """A session of a series that is to be cancelled, or else moved.

    With it come `following` others, unless one of them may not: then `refused` is its start and the code.
    """

    booking: Booking
    place: Place
    session_type: str
    cancelling: bool
    following: int
    refused: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSeriesState:
    """Sessions about to be cancelled, each with what comes back for it, and all that does.

    `draft` keeps `reason` and `details` until the last tap.
    """

    case: Case
    session_type: str
    counselor: str
    client: str
    sessions: tuple[tuple[Booking, Refund], ...]
    back: Money
    draft: int = 0
    reason: Reason | None = None
    details: str = ""


def scope(t: Texts, state: ScopeState) -> Screen:
    """Which of the sessions it is about."""
    booking, n = state.booking, state.following + 1
    ask = CancelScope if state.cancelling else MoveScope
    title = t("Cancel which sessions?") if state.cancelling else t("Move which sessions?")
    this = t("Only this session")
    all_ = t.n("This and the following one", "This and the {n} following", state.following)
    return Screen(
        text=paragraphs(
            bold(title),
            lines(
                when(t, booking.starts_at, booking.ends_at),
                what(t, state.session_type, booking.minutes),
                place_line(t, state.place),
            ),
            _why_not(t, n, state.refused) if state.refused else None,
        ),
        rows=rows(
            Tap(this, ask(booking.id, following=False)),
            None if state.refused else Tap(all_, ask(booking.id, following=True)),
            back(t, ShowBooking(booking.id)),
        ),
    )


def cancel_series_reasons(t: Texts, state: CancelSeriesState) -> Screen:
    """Why, by one tap; what comes back for each stands above."""
    booking = state.case.booking
    required = state.case.policy["require_cancellation_reason"]
    choices = (Tap(t(WORDS[each]), CancelFollowing(booking.id, each)) for each in CHOICES[state.case.side])
    return Screen(
        text=paragraphs(
            _title(t, state),
            _facts(t, state),
            t("Please choose a reason; all of them are cancelled with it."),
        ),
        rows=rows(
            *choices,
            None if required else Tap(t("No reason"), CancelFollowing(booking.id)),
            back(t, CancelMenu(booking.id)),
        ),
    )


def confirm_cancel_series(t: Texts, state: CancelSeriesState) -> Screen:
    """The last question: what is called off, why, and what comes back."""
    n = len(state.sessions)
    reason = t("Reason: {reason}", reason=t(WORDS[state.reason])) if state.reason else None
    explain = t("If you like, write a few words to explain it now.")
    yes = t.n("✖️ Yes, cancel {n} session", "✖️ Yes, cancel {n} sessions", n)
    return Screen(
        text=paragraphs(
            _title(t, state),
            _facts(t, state),
            lines(reason, quoted(state.details)),
            None if state.details else explain,
        ),
        rows=rows(
            Tap(yes, CancelBooking(state.draft), Style.DANGER),
            Tap(t("✔️ Keep the sessions"), Leave(state.draft)),
            back(t, CancelScope(state.case.booking.id, following=True)),
        ),
    )


def series_instead(t: Texts, state: CancelSeriesState, proposal_id: int, version: int) -> Screen:
    """The last question to a client who would rather cancel than move several sessions."""
    n = len(state.sessions)
    everything = t(
        "{name} asked for other times, so everything comes back to you.", name=shown(state.counselor)
    )
    return Screen(
        text=paragraphs(
            bold(t.n("Cancel {n} session instead of moving?", "Cancel {n} sessions instead of moving?", n)),
            _facts(t, state),
            None if state.case.booking.price.is_free else everything,
        ),
        rows=rows(
            Tap(
                t.n("✖️ Yes, cancel {n} session", "✖️ Yes, cancel {n} sessions", n),
                CancelInstead(proposal_id, version),
                Style.DANGER,
            ),
            back(t, ShowBooking(state.case.booking.id)),
        ),
    )


def cancelled_toast(t: Texts, n: int) -> str:
    """How many are off."""
    return t.n("{n} session is cancelled.", "{n} sessions are cancelled.", n)


def _title(t: Texts, state: CancelSeriesState) -> Markup:
    n = len(state.sessions)
    return bold(t.n("Cancel {n} session?", "Cancel {n} sessions?", n))


def _facts(t: Texts, state: CancelSeriesState) -> Markup:
    names = {Party.CLIENT: (state.counselor,), Party.COUNSELOR: (state.client,)}
    with_ = names.get(state.case.party, (state.client, state.counselor))
    return paragraphs(
        what(t, state.session_type, state.case.booking.minutes, " – ".join(map(shown, with_))),
        lines(*(_session(t, *each) for each in state.sessions)),
        t("Times are in {zone}.", zone=t.zone_short()),
        _total(t, state),
    )


def _session(t: Texts, booking: Booking, back: Refund) -> str:
    at = f"{t.day(booking.starts_at)}, {t.time(booking.starts_at)}"
    if booking.price.is_free:
        return at
    return t(
        "{time}: {percent} back ({amount})",
        time=at,
        percent=t.percent(back.percent),
        amount=refund_money(t, back),
    )


def _total(t: Texts, state: CancelSeriesState) -> str | None:
    if state.case.booking.price.is_free:
        return None
    amount = t.money(state.back.minor, state.back.currency)
    if state.case.party is Party.CLIENT:
        return t("↩️ If you cancel now you get back {amount} in all.", amount=amount)
    return t("↩️ If you cancel now {name} gets back {amount} in all.", name=shown(state.client), amount=amount)


def _why_not(t: Texts, n: int, refused: tuple[datetime, str]) -> str:
    start, code = refused
    return t(
        "All {n} together is not possible because of {time}: {reason}",
        n=n,
        time=f"{t.day(start)}, {t.time(start)}",
        reason=words(t, code),
    )
