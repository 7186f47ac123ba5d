"""When booking does not go through: the time is gone, the hold has run out, or something failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callback_codec import Callback
from bot.callbacks import ConfirmBooking, PickTime, ShowMonth
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import home, retry, wizard_end
from bot.screens.refusal import words
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.wording import paragraphs
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictState:
    """A time that could not be had, and the free starts nearest to it.

    `code` is the refusal's: `slot_taken`, `client_busy`, `not_offered`, `hold_expired`.
    """

    draft: int
    chosen: Chosen
    code: str
    start: datetime
    nearest: tuple[datetime, ...] = ()


def conflict(t: Texts, state: ConflictState) -> Screen:
    """Why this time cannot be booked, and the nearest ones that can."""
    found = bool(state.nearest)
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            words(t, state.code),
            t("You wanted: {time}", time=t.moment(state.start)),
            t("Nearest free times, in {zone}:", zone=t.zone_short()) if found else None,
        ),
        rows=rows(*_alternatives(t, state.draft, state.nearest), *_end(t, state)),
    )


def hold_expired(t: Texts, state: ConflictState) -> Screen:
    """The time is not kept any longer; it may still be free."""
    again = Tap(
        t("Check {time} again", time=t.time(state.start)), PickTime(state.draft, state.start), Style.PRIMARY
    )
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            words(t, "hold_expired"),
            t("You wanted: {time}", time=t.moment(state.start)),
        ),
        rows=rows(again, *_end(t, state)),
    )


def booking_failed(t: Texts, draft: int) -> Screen:
    """Something went wrong on our side while booking; trying again is safe."""
    return Screen(
        text=paragraphs(t("Unable to book. Please try again.")),
        rows=rows(retry(t, ConfirmBooking(draft)), home(t)),
    )


def _alternatives(t: Texts, draft: int, starts: Sequence[datetime]) -> tuple[Row, ...]:
    buttons = (Tap(f"{t.day(each)}, {t.time(each)}", PickTime(draft, each)) for each in starts)
    return in_columns(buttons, 1)


def _end(t: Texts, state: ConflictState) -> tuple[Row, ...]:
    day = state.start.astimezone(t.zone).date()
    month: Callback = ShowMonth(state.draft, day.replace(day=1))
    return ((Tap(t("🗓 Another day"), month),), wizard_end(t, state.draft, None))
