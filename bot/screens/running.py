"""Running a session: who did not come, and what the word of the counselor or the admin comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.callbacks import SetOutcome, ShowBooking
from bot.screens.navigation import back
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import what, when
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.actions import Party
from core.domain.booking import Booking
from core.domain.outcome import Outcome, outcome_of
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

CHOICES: Mapping[Outcome, str] = {
    Outcome.TOOK_PLACE: msgid("✅ It took place"),
    Outcome.CLIENT_ABSENT: msgid("🚫 The client did not come"),
    Outcome.COUNSELOR_ABSENT: msgid("🙇 I could not make it"),
}
"""The outcomes as the counselor says them."""
CLAIMS: Mapping[Outcome, str] = {
    Outcome.COUNSELOR_ABSENT: msgid("The counselor did not come"),
    Outcome.TOOK_PLACE: msgid("The session took place"),
    Outcome.CLIENT_ABSENT: msgid("The client did not come"),
}
"""The outcomes as anybody says them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowState:
    """A session about to be called a no-show, by its counselor or by the admin."""

    booking: Booking
    client: str
    counselor: str
    session_type: str
    party: Party


def who_was_absent(t: Texts, state: NoShowState) -> Screen:
    """Which side did not come, with what comes back in each case."""
    booking = state.booking
    others = (Outcome.CLIENT_ABSENT, Outcome.COUNSELOR_ABSENT)
    choices = (each for each in others if each is not outcome_of(booking))
    return Screen(
        text=paragraphs(
            bold(t("Who did not come?")),
            lines(
                when(t, booking.starts_at, booking.ends_at),
                what(t, state.session_type, booking.minutes, state.client),
            ),
            _consequences(t, state),
        ),
        rows=rows(
            *(choice(t, booking, each, state.party) for each in choices), back(t, ShowBooking(booking.id))
        ),
    )


def choice(t: Texts, booking: Booking, outcome: Outcome, party: Party = Party.COUNSELOR) -> Tap:
    """The button with which an outcome is said."""
    words = CHOICES if party is Party.COUNSELOR else CLAIMS
    style = Style.SUCCESS if outcome is Outcome.TOOK_PLACE else None
    return Tap(t(words[outcome]), SetOutcome(booking.id, booking.version, outcome), style)


def absent_line(t: Texts, booking: Booking, client: str, counselor: str) -> str | None:
    """On a card: who did not come."""
    absent = {Side.CLIENT: client, Side.COUNSELOR: counselor}
    return t("{name} did not come.", name=shown(absent[booking.absent])) if booking.absent else None


def started_toast(t: Texts) -> str:
    """The answer to the tap that starts a session."""
    return t("The session has begun.")


def settled_toast(t: Texts, booking: Booking, client: str, counselor: str) -> str:
    """The answer to the tap that says an outcome."""
    said = absent_line(t, booking, client, counselor) or t("The session took place.")
    return t("Noted. {outcome}", outcome=said)


def _consequences(t: Texts, state: NoShowState) -> str | None:
    price = state.booking.price
    if price.is_free:
        return t("{name} will be told.", name=shown(state.client))
    values = {
        "client": shown(state.client),
        "counselor": shown(state.counselor),
        "amount": t.money(price.minor, price.currency),
    }
    return lines(
        t("If {client} did not come, nothing is refunded.", **values),
        t("If {counselor} did not come, {client} gets everything back ({amount}).", **values),
    )
