"""Cancelling step by step: the reason, what comes back, and only then the tap that does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    BookAgain,
    CancelBooking,
    CancelInstead,
    CancelMenu,
    CancelReason,
    Leave,
    ShowBooking,
)
from bot.screens.cancellation import (
    WORDS,
    TermsState,
    counselor_terms,
    refund_line,
    refund_money,
    terms_in_words,
    why_cancelled,
)
from bot.screens.navigation import back
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import what, when
from bot.screens.wording import bold, lines, paragraphs, quoted, shown
from core.domain.actions import Case, Party
from core.domain.booking import Refund
from core.domain.cancellation import Reason, terms
from core.domain.notification import Notification
from core.domain.side import Side
from core.kit.i18n import Texts

CHOICES: Mapping[Side, tuple[Reason, ...]] = {
    Side.CLIENT: (
        Reason.ILL,
        Reason.TIME,
        Reason.NO_NEED,
        Reason.OTHER_COUNSELOR,
        Reason.EMERGENCY,
        Reason.OTHER,
    ),
    Side.COUNSELOR: (Reason.ILL, Reason.TIME, Reason.OTHER_COUNSELOR, Reason.EMERGENCY, Reason.OTHER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelState:
    """A session about to be cancelled: by whom, with its names, and what has been said so far.

    `draft` keeps `reason` and `details` until the last tap; `back` is what comes back then.
    """

    case: Case
    session_type: str
    counselor: str
    client: str
    back: Refund
    draft: int = 0
    reason: Reason | None = None
    details: str = ""


def cancel_reasons(t: Texts, state: CancelState) -> Screen:
    """Why, by one tap; what comes back stands above."""
    booking = state.case.booking
    required = state.case.policy["require_cancellation_reason"]
    choices = (Tap(t(WORDS[each]), CancelReason(booking.id, each)) for each in CHOICES[state.case.side])
    return Screen(
        text=paragraphs(
            bold(t("Cancel this session?")),
            _facts(t, state),
            quote(t, state),
            _will_be_told(t, state),
        ),
        rows=rows(
            *choices,
            None if required else Tap(t("No reason"), CancelReason(booking.id)),
            back(t, ShowBooking(booking.id)),
        ),
    )


def confirm_cancel(t: Texts, state: CancelState) -> Screen:
    """The last question: what is called off, why, and what comes back."""
    booking = state.case.booking
    reason = t("Reason: {reason}", reason=t(WORDS[state.reason])) if state.reason else None
    words = t("If you like, write a few words to explain it now.")
    return Screen(
        text=paragraphs(
            bold(t("Cancel this session?")),
            _facts(t, state),
            lines(reason, quoted(state.details)),
            quote(t, state),
            None if state.details else words,
        ),
        rows=rows(
            Tap(t("✖️ Yes, cancel the session"), CancelBooking(state.draft), Style.DANGER),
            Tap(t("✔️ Keep the session"), Leave(state.draft)),
            back(t, CancelMenu(booking.id)),
        ),
    )


def confirm_instead(t: Texts, state: CancelState, proposal_id: int, version: int) -> Screen:
    """The last question to a client who would rather cancel than move."""
    return Screen(
        text=paragraphs(
            bold(t("Cancel instead of moving?")),
            _facts(t, state),
            _amount(t, state),
            t("{name} asked for another time, so everything comes back to you.", name=shown(state.counselor))
            if not state.case.booking.price.is_free
            else None,
        ),
        rows=rows(
            Tap(t("✖️ Yes, cancel the session"), CancelInstead(proposal_id, version), Style.DANGER),
            back(t, ShowBooking(state.case.booking.id)),
        ),
    )


def quote(t: Texts, state: CancelState) -> Markup:
    """What comes back if it is cancelled now, and until when which terms hold."""
    case = state.case
    if case.party is not Party.CLIENT:
        return lines(_amount(t, state), counselor_terms(t, case.booking.price))
    agreed = TermsState(
        terms=terms(case.booking.starts_at, case.policy), price=case.booking.price, now=case.now
    )
    return lines(_amount(t, state), terms_in_words(t, agreed))


def done(t: Texts) -> str:
    """The toast when it is done."""
    return t("The session is cancelled.")


def cancelled_message(t: Texts, n: Notification, _: datetime) -> Screen:
    """A session is off, told to the side that did not do it."""
    booking, for_client = n.booking, n.side is Side.CLIENT
    other = shown(n.counselor.name if for_client else n.client.name)
    title = t("✖️ Your session with {name} is cancelled", name=other)
    again = Tap(t("📅 Find another time"), BookAgain(booking.id), Style.PRIMARY)
    return Screen(
        text=paragraphs(
            bold(title),
            lines(
                when(t, booking.starts_at, booking.ends_at), what(t, n.session_type.title, booking.minutes)
            ),
            why_cancelled(t, booking),
            refund_line(t, booking),
        ),
        rows=rows(
            again if for_client and n.counselor.active else None,
            Tap(t("📄 Details"), ShowBooking(booking.id)),
        ),
    )


def _facts(t: Texts, state: CancelState) -> Markup:
    booking = state.case.booking
    names = {Party.CLIENT: (state.counselor,), Party.COUNSELOR: (state.client,)}
    with_ = names.get(state.case.party, (state.client, state.counselor))
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        what(t, state.session_type, booking.minutes, " – ".join(map(shown, with_))),
    )


def _amount(t: Texts, state: CancelState) -> str | None:
    if state.case.booking.price.is_free:
        return None
    percent, amount = t.percent(state.back.percent), refund_money(t, state.back)
    if state.case.party is Party.CLIENT:
        return t("↩️ If you cancel now you get back {percent} ({amount}).", percent=percent, amount=amount)
    return t(
        "↩️ If you cancel now {name} gets back {percent} ({amount}).",
        name=shown(state.client),
        percent=percent,
        amount=amount,
    )


def _will_be_told(t: Texts, state: CancelState) -> str:
    if state.case.party is Party.ADMIN:
        return t("Please choose a reason; both sides will be told.")
    other = state.counselor if state.case.party is Party.CLIENT else state.client
    return t("Please choose a reason; {name} will be told.", name=shown(other))
