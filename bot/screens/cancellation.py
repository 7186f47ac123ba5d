"""Cancelling in words: the terms with exact times, the reasons, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.screens.wording import lines, quoted
from core.domain.booking import Booking, Refund
from core.domain.cancellation import CancellationTerms, Reason
from core.domain.money import Money
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

WORDS: Mapping[str, str] = {
    Reason.ILL: msgid("Illness"),
    Reason.TIME: msgid("The time does not suit"),
    Reason.NO_NEED: msgid("No longer needed"),
    Reason.OTHER_COUNSELOR: msgid("Another counselor fits better"),
    Reason.EMERGENCY: msgid("Emergency"),
    Reason.OTHER: msgid("Another reason"),
    Reason.NEW_TIME: msgid("The new time did not suit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsState:
    """The terms of a session at a price, read at `now`."""

    terms: CancellationTerms
    price: Money
    now: datetime


def terms_in_words(t: Texts, state: TermsState) -> str:
    """Until when cancelling is free, what comes back after that, and when it is too late."""
    terms, now = state.terms, state.now
    if now >= terms.cutoff:
        return t("It is too close to the start to cancel this session.")
    if state.price.is_free:
        return t("You can cancel until {cutoff}.", cutoff=t.moment(terms.cutoff))
    if now >= terms.free_until:
        return _late(t, terms.late_percent, t.moment(terms.cutoff))
    free_until = t.moment(terms.free_until)
    if terms.free_until == terms.cutoff:
        return t("Free cancellation until {free_until}, not possible after that.", free_until=free_until)
    cutoff = f"{t.day(terms.cutoff)}, {t.time(terms.cutoff)}"
    return _both(t, terms.late_percent, free_until, cutoff)


def counselor_terms(t: Texts, price: Money) -> str:
    """What holds where the counselor cancels."""
    if price.is_free:
        return t("A counselor may cancel until the start.")
    return t("A counselor may cancel until the start; the client then gets everything back.")


def refund_line(t: Texts, booking: Booking) -> str | None:
    """What came back of the price; nothing where there was nothing to pay."""
    if booking.refund is None or booking.price.is_free:
        return None
    return t(
        "↩️ Refund: {percent} ({amount})",
        percent=t.percent(booking.refund.percent),
        amount=refund_money(t, booking.refund),
    )


def why_cancelled(t: Texts, booking: Booking) -> Markup:
    """Who called it off, why, and in which words."""
    by_client = booking.cancelled_by is Side.CLIENT
    return lines(
        t("Cancelled by the client.") if by_client else t("Cancelled by the practice."),
        t("Reason: {reason}", reason=t(WORDS[booking.reason])) if booking.reason in WORDS else None,
        quoted(booking.details),
    )


def refund_money(t: Texts, refund: Refund) -> str:
    """The amount that comes back."""
    return t.money(refund.amount.minor, refund.amount.currency)


def _late(t: Texts, percent: int, cutoff: str) -> str:
    if percent == 0:
        return t("You can cancel until {cutoff}, without a refund.", cutoff=cutoff)
    return t(
        "You can cancel until {cutoff}; {percent} is refunded.", cutoff=cutoff, percent=t.percent(percent)
    )


def _both(t: Texts, percent: int, free_until: str, cutoff: str) -> str:
    if percent == 0:
        return t(
            "Free cancellation until {free_until}; after that without a refund, until {cutoff}.",
            free_until=free_until,
            cutoff=cutoff,
        )
    return t(
        "Free cancellation until {free_until}; after that {percent} is refunded, until {cutoff}.",
        free_until=free_until,
        percent=t.percent(percent),
        cutoff=cutoff,
    )
