"""Step 2 of booking: the session type and how long it lasts."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.callback_codec import Callback
from bot.callbacks import PickDuration, PickType
from bot.screens.booking_header import Chosen, header
from bot.screens.columns import snug
from bot.screens.navigation import wizard_end
from bot.screens.screen import Screen, Tap, rows
from bot.screens.session import price
from bot.screens.wording import ROOM, bold, fitted, lines, paragraphs, shown
from core.domain.session_type import SessionType
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesState:
    """What the chosen counselor offers."""

    draft: int
    chosen: Chosen
    session_types: tuple[SessionType, ...]
    back: Callback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationsState:
    """The lengths of the chosen session type."""

    draft: int
    chosen: Chosen
    durations: tuple[int, ...]
    back: Callback | None = None


def types(t: Texts, state: TypesState) -> Screen:
    """The session types, one button each."""
    buttons = (
        Tap(fitted(shown(each.title), ROOM[1]), PickType(state.draft, each.id))
        for each in state.session_types
    )
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            t("What kind of session?"),
            *(_described(t, each) for each in state.session_types),
        ),
        rows=rows(*buttons, wizard_end(t, state.draft, state.back)),
    )


def durations(t: Texts, state: DurationsState) -> Screen:
    """How long the session lasts."""
    buttons = [Tap(t.duration(minutes), PickDuration(state.draft, minutes)) for minutes in state.durations]
    return Screen(
        text=paragraphs(header(t, state.chosen), t("How long?")),
        rows=rows(*snug(buttons, 3), wizard_end(t, state.draft, state.back)),
    )


def _described(t: Texts, kind: SessionType) -> Markup:
    lengths = ", ".join(t.duration(minutes) for minutes in kind.durations)
    return lines(bold(shown(kind.title)), f"{lengths} · {price(t, kind.price)}")
