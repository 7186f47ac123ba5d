"""What the admin looks after, with how much of it waits."""

from dataclasses import dataclass

from bot.callbacks import Disputes, FindBooking, Invites, Reviews
from bot.screens.navigation import home
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.wording import bold, paragraphs, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminState:
    """How many no-show reports wait for a decision, and how many reviews there are."""

    practice: str
    disputes: int
    reviews: int


def admin_menu(t: Texts, state: AdminState) -> Screen:
    """The lists of the admin."""
    waiting = Style.PRIMARY if state.disputes else None
    return Screen(
        text=paragraphs(
            bold(t("🛠 Run the practice")),
            shown(state.practice),
            t.n(
                "{n} no-show report waits for your decision.",
                "{n} no-show reports wait for your decision.",
                state.disputes,
            )
            if state.disputes
            else t("Nothing waits for your decision."),
        ),
        rows=rows(
            Tap(t("⚖️ No-show reports ({n})", n=state.disputes), Disputes(), waiting),
            Tap(t("⭐ Reviews ({n})", n=state.reviews), Reviews()),
            Tap(t("🔎 Find a booking"), FindBooking()),
            Tap(t("🔑 Invite counselors"), Invites()),
            home(t),
        ),
    )
