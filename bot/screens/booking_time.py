"""Step 4 of booking: the free times of a day, by morning, afternoon and evening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.callback_codec import Callback
from bot.callbacks import DayPart, Noop, PickDate, PickTime, ShowMonth, ShowTimes, ZoneMenu
from bot.screens.booking_date import jump_label, tell_me
from bot.screens.booking_header import Chosen, header
from bot.screens.columns import snug
from bot.screens.navigation import pager, wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.wording import bold, paragraphs
from core.kit.i18n import Texts, msgid

TOGETHER = 24
"""As many times fit on one screen; more are shown part by part."""
PAGE_SIZE = 36

PARTS = {
    DayPart.MORNING: msgid("🌅 Morning"),
    DayPart.AFTERNOON: msgid("☀️ Afternoon"),
    DayPart.EVENING: msgid("🌙 Evening"),
}
NOON, EVENING = 12, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesState:
    """The free starts of a day of the client's zone, ascending.

    `part` and `page` choose among many times; `next_free` is the next free day where there are none, and
    `wait` leads to the waitlist.
    """

    draft: int
    chosen: Chosen
    day: date
    slots: tuple[datetime, ...]
    part: DayPart | None = None
    page: int = 0
    next_free: date | None = None
    wait: Callback | None = None


def times(t: Texts, state: TimesState) -> Screen:
    """The free times of the day, each a button."""
    if not state.slots:
        return _no_times(t, state)
    choose = _by_part if len(state.slots) > TOGETHER else _all
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            bold(t.long_day(state.day)),
            t("Which time suits you? All times are in {zone}.", zone=t.zone_short()),
        ),
        rows=rows(*choose(t, state), *_end(t, state)),
    )


def day_part(t: Texts, start: datetime) -> DayPart:
    """Which part of the client's day a time belongs to."""
    hour = start.astimezone(t.zone).hour
    if hour < NOON:
        return DayPart.MORNING
    return DayPart.AFTERNOON if hour < EVENING else DayPart.EVENING


def _no_times(t: Texts, state: TimesState) -> Screen:
    day = state.next_free
    jump = Tap(jump_label(t, day), PickDate(state.draft, day), Style.PRIMARY) if day else None
    words = t("There is no free time on this day.")
    return Screen(
        text=paragraphs(header(t, state.chosen), bold(t.long_day(state.day)), words),
        rows=rows(jump, tell_me(t, state.wait), *_end(t, state)),
    )


def _all(t: Texts, state: TimesState) -> list[Row]:
    found: list[Row] = []
    for part, slots in _parts(t, state.slots).items():
        found += [(Tap(t(PARTS[part]), Noop()),), *_slot_rows(t, state.draft, slots)]
    return found


def _by_part(t: Texts, state: TimesState) -> list[Row]:
    parts = _parts(t, state.slots)
    part = state.part if state.part in parts else next(iter(parts))
    slots = parts[part]
    pages = -(-len(slots) // PAGE_SIZE)
    page = min(state.page, pages - 1)
    tabs = tuple(
        Tap(t(PARTS[each]), ShowTimes(state.draft, each), Style.PRIMARY if each is part else None)
        for each in parts
    )
    chosen = slots[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return [
        tabs,
        *_slot_rows(t, state.draft, chosen),
        pager(t, page, pages, lambda to: ShowTimes(state.draft, part, to)),
    ]


def _parts(t: Texts, slots: Sequence[datetime]) -> dict[DayPart, list[datetime]]:
    found = {part: [each for each in slots if day_part(t, each) is part] for part in DayPart}
    return {part: each for part, each in found.items() if each}


def _slot_rows(t: Texts, draft: int, slots: Sequence[datetime]) -> tuple[Row, ...]:
    return snug(Tap(t.time(each), PickTime(draft, each)) for each in slots)


def _end(t: Texts, state: TimesState) -> tuple[Row, ...]:
    previous: Callback = ShowMonth(state.draft, state.day.replace(day=1))
    return (
        (Tap(t("🌐 Change time zone"), ZoneMenu(state.draft)),),
        wizard_end(t, state.draft, previous),
    )
