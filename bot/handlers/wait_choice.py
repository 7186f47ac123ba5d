"""Which dates may be waited for: the way from a step of the wizard that is empty to the waitlist."""

from datetime import date

from bot.callbacks import ShowMonth, WaitChoice
from bot.handlers.wizard import ONE_DAY, Run, back_from
from bot.screens.waitlist import ChoiceState, wait_choice
from bot.turn import Reply

WEEK = 7 * ONE_DAY
AHEAD = 4 * WEEK
"""How far those look who wait for somebody who cannot be booked at present."""


def wait_for(run: Run, first: date, last: date) -> WaitChoice | None:
    """The button to wait for one of these dates; None where nobody books for themselves, or all are over."""
    first, last = max(first, run.today()), min(last, run.last_day())
    own = run.draft.moving is None and run.draft.client_id is None
    return WaitChoice(run.id, first, last) if own and first <= last else None


def wait_in_month(run: Run, day: date) -> WaitChoice | None:
    """The same for the month of a date."""
    first = day.replace(day=1)
    return wait_for(run, first, (first + 32 * ONE_DAY).replace(day=1) - ONE_DAY)


def choice_step(run: Run, first: date, last: date) -> Reply:
    """Show what may be waited for."""
    month = ShowMonth(run.id, first.replace(day=1))
    state = ChoiceState(
        draft=run.id,
        chosen=run.chosen(),
        spans=spans(run, first, last),
        back=back_from(run, month) if run.draft.waiting else month,
    )
    return run.reply(wait_choice(run.turn.texts, state))


def spans(run: Run, first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The day itself and its week for a single day, else the weeks, without what is over."""
    days = ((first, first),) if first == last else ()
    return (*days, *_weeks(run, first, last))


def _weeks(run: Run, first: date, last: date) -> tuple[tuple[date, date], ...]:
    today, found = run.today(), []
    monday = first - ONE_DAY * ((first.weekday() - run.turn.texts.first_weekday) % 7)
    while monday <= last:
        found.append((max(monday, today), monday + WEEK - ONE_DAY))
        monday += WEEK
    return tuple(found)
