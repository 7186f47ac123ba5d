"""Step 6: the summary."""

from dataclasses import replace

from bot.callbacks import (
    ConfirmBooking,
    ShowDetails,
)
from bot.screens.booking_confirm import ConfirmState, confirm
from bot.screens.screen import Style, Tap
from core.domain.counselor import Confirmation
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.booking import HELD, TERMS


def test_the_summary_has_price_terms_hold_and_the_button_that_books() -> None:
    state = ConfirmState(held=replace(HELD, topic="Exams"), terms=TERMS, confirmation=Confirmation.REQUEST)
    screen = confirm(NEW_YORK, state)
    assert said(screen) == [
        "Please check and confirm",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "On your device: Tue 3 Nov, 10:00 AM (New York time)",
        "Introductory session · 1 h · Ann Example",
        "$60.00, pay the counselor",
        "💭 Topic: Exams",
        "📹 Video call",
        "🔔 Reminders on",
        (
            "Free cancellation until Mon 2 Nov, 10:00 AM (New York time); "
            "after that 50% is refunded, until Tue 3 Nov, 8:00 AM."
        ),
        "Ann Example will answer your request.",
        "⏳ Kept for you until 9:11 AM (9 min left)",
    ]
    assert screen.rows[0] == (Tap("✅ Book session", ConfirmBooking(5), Style.SUCCESS),)
    assert buttons(screen)["‹ Back"] == ShowDetails(5)


def test_in_instant_mode_no_answer_is_announced() -> None:
    state = ConfirmState(held=HELD, terms=TERMS, confirmation=Confirmation.INSTANT)
    assert not any("answer" in line for line in said(confirm(NEW_YORK, state)))
