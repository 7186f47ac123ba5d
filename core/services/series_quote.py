"""What calling off several sessions of a series would mean: for each of them, and in all."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.actions import Action, Case, refusal
from core.domain.booking import Booking, Refund
from core.domain.cancellation import refund
from core.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedSession:
    """A session that would be called off, what comes back for it, and why it may not be: None if it may."""

    booking: Booking
    back: Refund
    refusal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What calling off a session and those after it would mean; `edition` is the series as it stands."""

    sessions: tuple[QuotedSession, ...]
    back: Money
    edition: int


def quote_of(cases: Sequence[Case], seen: int) -> Quote:
    """The quote for these sessions of a series that was seen as this edition."""
    sessions = tuple(
        QuotedSession(
            booking=each.booking,
            back=refund(each.booking, each.side, each.now, each.policy),
            refusal=refusal(Action.CANCEL, each),
        )
        for each in cases
    )
    total = sum(each.back.amount.minor for each in sessions)
    currency = sessions[0].booking.price.currency
    return Quote(sessions=sessions, back=Money(minor=total, currency=currency), edition=seen)
