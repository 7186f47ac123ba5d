"""The terms of cancelling, in words with exact times."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.cancellation import CancellationTerms
from core.domain.money import Money
from core.kit.i18n import Texts


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


def _late(t: Texts, percent: int, cutoff: str) -> str:
    if percent == 0:
        return t("You can cancel until {cutoff}, without a refund.", cutoff=cutoff)
    return t("You can cancel until {cutoff}; {percent} % is refunded.", cutoff=cutoff, percent=percent)


def _both(t: Texts, percent: int, free_until: str, cutoff: str) -> str:
    if percent == 0:
        return t(
            "Free cancellation until {free_until}; after that without a refund, until {cutoff}.",
            free_until=free_until,
            cutoff=cutoff,
        )
    return t(
        "Free cancellation until {free_until}; after that {percent} % is refunded, until {cutoff}.",
        free_until=free_until,
        percent=percent,
        cutoff=cutoff,
    )
