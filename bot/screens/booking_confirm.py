"""Step 6 of booking: the summary, and the button that books."""

from dataclasses import dataclass

from bot.callbacks import ConfirmBooking, RepeatMenu, ShowDetails
from bot.screens.booking_details import Held, hold_line, summary
from bot.screens.booking_header import Chosen
from bot.screens.cancellation import TermsState, terms_in_words
from bot.screens.navigation import wizard_end
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import price, what, when
from bot.screens.wording import bold, device_time, lines, paragraphs, shown
from core.domain.counselor import Confirmation
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmState:
    """Everything that is about to be booked."""

    held: Held
    terms: TermsState
    confirmation: Confirmation


def confirm(t: Texts, state: ConfirmState) -> Screen:
    """The summary with price, terms and the end of the hold."""
    held = state.held
    return Screen(
        text=paragraphs(
            bold(t("Please check and confirm")),
            lines(
                when(t, held.starts_at, held.ends_at),
                device_time(t, held.starts_at),
                _what(t, held.chosen),
                price(t, state.terms.price),
            ),
            summary(t, held),
            terms_in_words(t, state.terms),
            lines(_answer(t, state), hold_line(t, held)),
        ),
        rows=rows(
            Tap(t("✅ Book session"), ConfirmBooking(held.draft), Style.SUCCESS),
            Tap(t("🔁 Repeat"), RepeatMenu(held.draft)),
            wizard_end(t, held.draft, ShowDetails(held.draft)),
        ),
    )


def _what(t: Texts, chosen: Chosen) -> str:
    return what(t, chosen.session_type, chosen.minutes, chosen.counselor)


def _answer(t: Texts, state: ConfirmState) -> str | None:
    if state.confirmation is Confirmation.INSTANT:
        return None
    return t("{name} will answer your request.", name=shown(state.held.chosen.counselor))
