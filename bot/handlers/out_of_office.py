"""A counselor's days off, chosen by tapping or typing, and what becomes of the sessions in them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.callbacks import (
    AddDaysOff,
    ProposeMoreTimes,
    ProposeNewTimes,
    RemoveDaysOff,
    ReviewDaysOff,
    SaveDaysOff,
    ShowBookingInDaysOff,
    ShowDaysOff,
)
from bot.drafts import Asking, Draft
from bot.handlers.bookings import card_reply
from bot.handlers.schedule import on_wall, own_wall, sessions
from bot.handlers.wizard import Run, start_run
from bot.screens.new_times import NewTimesState, Outcome, new_times
from bot.screens.out_of_office import AbsenceState, DaysOffState, absence, days_off
from bot.screens.out_of_office_grid import GridState, choose
from bot.screens.refusal import words
from bot.turn import Reply, Turn
from bot.typed_dates import understand_range
from core.domain.absence import FURTHEST
from core.domain.availability import OutOfOffice
from core.domain.errors import Invalid
from core.domain.zones import wall_time
from core.services.new_times import NewTime
from core.services.out_of_office import Absence


async def show_days_off(turn: Turn, tap: ShowDaysOff) -> Reply:
    """Those that are not over yet."""
    counselor, _ = own_wall(turn)
    return _list(turn, counselor.schedule.out_of_office, tap.page)


async def add_days_off(turn: Turn, tap: AddDaysOff) -> Reply:
    """Ask for the first day, or for the last one; typed dates are understood as well."""
    _, today = own_wall(turn)
    draft = Draft(day=tap.first, asking=Asking.DAYS_OFF, wizard=False)
    run = await start_run(turn, draft)
    return run.reply(
        choose(turn.texts, _grid(turn, _near(tap.month or tap.first or today, today), tap.first))
    )


async def typed_days_off(run: Run) -> Reply:
    """The dates typed in place of a tap: both, or the last one where the first is chosen."""
    turn = run.turn
    counselor, today = own_wall(turn)
    now = wall_time(turn.now, counselor.zone)
    found = understand_range(turn.text, now, turn.texts.locale)
    first = run.draft.day
    if found is None:
        state = replace(_grid(turn, first or today, first), misread=True)
        return run.reply(choose(turn.texts, state))
    if first is not None and found[0] == found[1] >= first:
        found = (first, found[1])
    seen = await turn.core.out_of_office.look(turn.actor, OutOfOffice(first=found[0], last=found[1]))
    return run.reply(absence(on_wall(turn, counselor), _state(seen)))


async def review_days_off(turn: Turn, tap: ReviewDaysOff) -> Reply:
    """What these days would mean, or mean already."""
    seen = await turn.core.out_of_office.look(turn.actor, _days(tap.first, tap.last))
    return _shown(turn, seen)


async def save_days_off(turn: Turn, tap: SaveDaysOff) -> Reply:
    """Take these days off."""
    return _shown(turn, await turn.core.out_of_office.add(turn.actor, _days(tap.first, tap.last)))


async def remove_days_off(turn: Turn, tap: RemoveDaysOff) -> Reply:
    """Be there after all; the list is shown without them."""
    left = await turn.core.out_of_office.remove(turn.actor, _days(tap.first, tap.last))
    t = turn.texts
    return replace(_list(turn, left, 0), toast=t("These days can be booked again."))


async def propose_new_times(turn: Turn, tap: ProposeNewTimes | ProposeMoreTimes) -> Reply:
    """Offer those concerned another time, some with each tap, and say to whom that was not possible."""
    counselor, _ = own_wall(turn)
    days = _days(tap.first, tap.last)
    seen = await turn.core.out_of_office.look(turn.actor, days)
    if not seen.saved:
        return replace(_shown(turn, seen), toast=words(turn.texts, "absence_gone"), alert=True)
    after = tap.after if isinstance(tap, ProposeMoreTimes) else None
    done = await turn.core.new_times.propose(turn.actor, days, after)
    outcomes = tuple(_outcome(each) for each in done.found)
    state = NewTimesState(days=days, outcomes=outcomes, left=done.left)
    return Reply(screen=new_times(on_wall(turn, counselor), state))


async def show_booking_in_days_off(turn: Turn, tap: ShowBookingInDaysOff) -> Reply:
    """The card of a booking, opened from the days off that it falls into."""
    return await card_reply(turn, tap.booking_id, back=ReviewDaysOff(tap.first, tap.last))


def _list(turn: Turn, standing: Iterable[OutOfOffice], page: int) -> Reply:
    _, today = own_wall(turn)
    coming = [each for each in standing if each.last >= today]
    absences = tuple(sorted(coming, key=lambda each: each.first))
    return Reply(screen=days_off(turn.texts, DaysOffState(absences=absences, page=page)))


def _grid(turn: Turn, month: date, first: date | None) -> GridState:
    counselor, today = own_wall(turn)
    return GridState(month=month, today=today, absences=counselor.schedule.out_of_office, first=first)


def _near(month: date, today: date) -> date:
    return min(max(month, today), today + FURTHEST - timedelta(days=31))


def _days(first: date, last: date) -> OutOfOffice:
    if first > last:
        raise Invalid("absence_over")
    return OutOfOffice(first=first, last=last)


def _shown(turn: Turn, seen: Absence) -> Reply:
    counselor, _ = own_wall(turn)
    return Reply(screen=absence(on_wall(turn, counselor), _state(seen)))


def _state(seen: Absence) -> AbsenceState:
    return AbsenceState(days=seen.days, clashes=sessions(seen.clashes), saved=seen.saved)


def _outcome(found: NewTime) -> Outcome:
    (session,) = sessions([found.session])
    return Outcome(session=session, start=found.start, refusal=found.refusal)
