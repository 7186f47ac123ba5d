"""A counselor's schedule of one day: what asks for an answer, and what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.callbacks import (
    Requests,
    ShowBookingOfDay,
    ShowDay,
    ShowRequest,
    ShowWeek,
    ShowWeekPicture,
)
from bot.screens.navigation import home
from bot.screens.screen import Screen, Tap, in_columns, rows
from bot.screens.session_list import Session, client_name, free, more_of, session_line
from bot.screens.wording import bold, lines, paragraphs
from core.domain.booking import Status
from core.kit.i18n import Texts

MOST_REQUESTS, MOST_OF_DAY = 5, 20
"""How many a screen names; the rest is counted."""
ONE_DAY = timedelta(days=1)
GOING_ON = frozenset({Status.CONFIRMED, Status.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class DayState:
    """A date on the counselor's wall; `free_minutes` can still be booked, `open` says whether any ever could.

    `requests` are all that wait for an answer, the most pressing first, whichever day they are for.
    """

    day: date
    today: date
    now: datetime
    sessions: tuple[Session, ...]
    requests: tuple[Session, ...] = ()
    next: Session | None = None
    free_minutes: int = 0
    open: bool = True
    away: bool = False


def day(t: Texts, state: DayState) -> Screen:
    """What asks for an answer, then the day in order of time; every entry has a number and a button."""
    asked = state.requests[:MOST_REQUESTS]
    named = {each.booking_id for each in asked}
    planned = [each for each in state.sessions if each.booking_id not in named]
    here = planned[:MOST_OF_DAY]
    buttons = [
        *(ShowRequest(each.booking_id) for each in asked),
        *(ShowBookingOfDay(each.booking_id, state.day) for each in here),
    ]
    return Screen(
        text=paragraphs(
            lines(_day_title(t, state), _ahead(t, state)),
            _requests(t, state, asked),
            _plan(t, here, len(planned) - len(here), len(asked)) if here else None,
            None if state.sessions else t("Nothing is booked on this day."),
            lines(_left(t, state), _hint(t, bool(buttons))),
        ),
        rows=rows(
            *in_columns((Tap(str(n), each) for n, each in enumerate(buttons, start=1)), 5),
            Tap(t("📨 Requests ({n})", n=len(state.requests)), Requests()) if asked else None,
            (
                _to_day(t, state.day - ONE_DAY, "‹ {}"),
                Tap(t("Today"), ShowDay()),
                _to_day(t, state.day + ONE_DAY, "{} ›"),
            ),
            (Tap(t("📋 Week"), ShowWeek(state.day)), Tap(t("🖼 Week picture"), ShowWeekPicture(state.day))),
            home(t),
        ),
    )


def _day_title(t: Texts, state: DayState) -> Markup:
    if state.day == state.today:
        return bold(t("🗓 Today, {day}", day=t.long_day(state.day)))
    return bold(f"🗓 {t.long_day(state.day)}")


def _ahead(t: Texts, state: DayState) -> str | None:
    """Today: what goes on now, or else how long it is until the next session."""
    if state.day != state.today:
        return None
    running = [each for each in state.sessions if each.starts_at <= state.now < each.ends_at]
    for each in running:
        if each.status in GOING_ON:
            left = t.countdown((each.ends_at - state.now).total_seconds())
            return t("▶️ Now: {name}, {left} left", name=client_name(each), left=left)
    if state.next is None:
        return t("No further session is planned.")
    start = state.next.starts_at
    wait = t.countdown((start - state.now).total_seconds())
    day = start.astimezone(t.zone).date()
    when = t.time(start) if day == state.day else f"{t.day(day)}, {t.time(start)}"
    return t("⏭ Next in {wait}: {name}, {when}", wait=wait, name=client_name(state.next), when=when)


def _requests(t: Texts, state: DayState, asked: Sequence[Session]) -> Markup | None:
    if not asked:
        return None
    more = len(state.requests) - len(asked)
    return lines(
        bold(t("Waiting for your answer")),
        *(
            session_line(t, n, each, f"{t.day(each.starts_at)}, {t.time(each.starts_at)}")
            for n, each in enumerate(asked, start=1)
        ),
        more_of(t, more),
    )


def _plan(t: Texts, here: Sequence[Session], more: int, before: int) -> Markup:
    return lines(
        bold(t("Sessions")) if before else None,
        *(
            session_line(t, n, each, t.times(each.starts_at, each.ends_at))
            for n, each in enumerate(here, start=before + 1)
        ),
        more_of(t, more),
    )


def _left(t: Texts, state: DayState) -> str | None:
    if state.away:
        return t("🏝 Out of office on this day.")
    if not state.open:
        return t("No open hours on this day.")
    return free(t, state.free_minutes) if state.day >= state.today else None


def _hint(t: Texts, numbered: bool) -> str:
    if numbered:
        return t("Times are in {zone}. Tap a number for details.", zone=t.zone_short())
    return t("Times are in {zone}.", zone=t.zone_short())


def _to_day(t: Texts, to: date, label: str) -> Tap:
    return Tap(label.format(f"{t.weekday_short(to.weekday())[:3]} {to.day}"), ShowDay(to))
