"""Showing the steps of the wizard, and finding the first that still needs a choice."""

from bisect import bisect_left
from collections.abc import Collection
from datetime import date, timedelta

from bot.callbacks import Book, DayPart, QuickChoice, ShowMonth, ShowTypes, WaitAnyway
from bot.handlers.wait_choice import AHEAD, choice_step, wait_for, wait_in_month
from bot.handlers.wizard import ONE_DAY, Run, back_from
from bot.screens.booking_counselor import PAGE_SIZE, Card, CounselorsState, counselors, no_counselors
from bot.screens.booking_date import MonthState, month
from bot.screens.booking_time import TimesState, times
from bot.screens.booking_type import DurationsState, TypesState, durations, types
from bot.turn import Reply
from core.domain.counselor import Counselor
from core.domain.review import Rating
from core.domain.session_type import SessionType
from core.domain.zones import zone
from core.services.offers import Wanted

FORTNIGHT = timedelta(days=15)


async def next_step(run: Run) -> Reply:
    """Show the first step that needs a choice; what leaves no choice is taken."""
    if run.draft.counselor_id is None:
        choice = run.counselors()
        if len(choice) != 1:
            return await counselors_step(run, 0)
        run = await run.keep(counselor_id=choice[0].id)
    if run.draft.session_type_id is None:
        kinds = run.session_types()
        if len(kinds) != 1:
            return await types_step(run)
        run = await run.keep(session_type_id=kinds[0].id)
    if run.draft.minutes is None:
        kind = _kind(run)
        if len(kind.durations) != 1:
            return durations_step(run, kind)
        run = await run.keep(minutes=kind.durations[0])
    return await month_step(run, None)


async def resume(run: Run) -> Reply:
    """Go on after a question asked in between: at the times of the day picked before, if there is one."""
    run = await (await run.keep(asking=None)).without_hold()
    return await (times_step(run, run.draft.day) if run.draft.day else next_step(run))


async def counselors_step(run: Run, page: int) -> Reply:
    """Step 1: who."""
    every = run.counselors()
    if not every:
        absent = any(run.offered_by(each.id) for each in run.turn.practice.offering_counselors())
        return run.reply(no_counselors(run.turn.texts, Book(), WaitAnyway(run.id) if absent else None))
    pages = -(-len(every) // PAGE_SIZE)
    page = min(page, pages - 1)
    shown = every[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    ratings = await run.turn.core.reviews.ratings([each.id for each in shown])
    state = CounselorsState(
        draft=run.id,
        cards=tuple([await card(run, each, ratings.get(each.id)) for each in shown]),
        page=page,
        pages=pages,
        program=run.chosen().program,
        later=run.draft.program_id is not None,
    )
    return run.reply(counselors(run.turn.texts, state))


async def card(run: Run, counselor: Counselor, rating: Rating | None) -> Card:
    """A counselor with their rating and the next free time of their shortest session."""
    kinds = run.offered_by(counselor.id)
    if not kinds or run.draft.waiting:
        return Card(counselor=counselor, next_free=None, rating=rating)
    kind = min(kinds, key=lambda each: each.durations[0])
    wanted = Wanted(counselor_id=counselor.id, session_type_id=kind.id, minutes=kind.durations[0])
    free = await run.turn.core.offers.earliest(run.turn.actor, wanted)
    return Card(counselor=counselor, next_free=free, rating=rating)


async def types_step(run: Run) -> Reply:
    """Step 2: what."""
    kinds = run.session_types()
    if not kinds:
        return run.reply(no_counselors(run.turn.texts, Book()))
    state = TypesState(
        draft=run.id,
        chosen=run.chosen(),
        session_types=tuple(kinds),
        back=back_from(run, ShowTypes(run.id)),
    )
    return run.reply(types(run.turn.texts, state))


def durations_step(run: Run, kind: SessionType) -> Reply:
    """Step 2, second half: how long."""
    single = len(run.session_types()) == 1
    previous = back_from(run, ShowTypes(run.id)) if single else ShowTypes(run.id)
    state = DurationsState(draft=run.id, chosen=run.chosen(), durations=kind.durations, back=previous)
    return run.reply(durations(run.turn.texts, state))


async def month_step(run: Run, shown: date | None) -> Reply:
    """Step 3: the month of a date, by default of the day picked before or of the first free one."""
    run = await run.keep(day=run.draft.day)
    today = run.today()
    if run.draft.waiting:
        return choice_step(run, today, today + AHEAD)
    day = min(max(shown or run.draft.day or today, today.replace(day=1)), run.last_day())
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    now_shown = first <= today < after
    until = max(after, today + FORTNIGHT) if now_shown else after
    found = await free_between(run, max(first, today), until)
    free = frozenset(each for each in found if each < after)
    state = MonthState(
        draft=run.id,
        chosen=run.chosen(),
        month=first,
        free=free,
        first=today,
        last=today + ONE_DAY * run.turn.practice.counselor(run.wanted.counselor_id).window_days,
        next_free=None if free else await _next_free(run, first),
        quick=_quick(run, today, found) if now_shown else (),
        back=back_from(run, ShowMonth(run.id)),
        wait=wait_in_month(run, first),
    )
    return run.reply(month(run.turn.texts, state))


async def times_step(run: Run, day: date, part: DayPart | None = None, page: int = 0) -> Reply:
    """Step 4: the times of a day."""
    slots = await run.slots_on(day)
    state = TimesState(
        draft=run.id,
        chosen=run.chosen(),
        day=day,
        slots=tuple(slots),
        part=part,
        page=page,
        next_free=None if slots else await run.next_free_after(day),
        wait=None if slots else wait_for(run, day, day),
    )
    return run.reply(times(run.turn.texts, state))


async def free_between(run: Run, first: date, until: date) -> dict[date, int]:
    """The client's dates in [first, until) that have free times, with their number."""
    slots = await run.slots_between(run.midnight(first), run.midnight(until))
    where = zone(run.turn.zone)
    found: dict[date, int] = {}
    at = 0
    while at < len(slots):
        day = slots[at].astimezone(where).date()
        next_day = bisect_left(slots, run.midnight(day + ONE_DAY), at)
        found[day], at = next_day - at, next_day
    return found


async def _next_free(run: Run, first: date) -> date | None:
    """The first free day from a month on; where there is none, the first of all."""
    return await run.next_free_after(first - ONE_DAY) or await run.next_free_after(run.today() - ONE_DAY)


def _quick(run: Run, today: date, free: Collection[date]) -> tuple[QuickChoice, ...]:
    """The shortcuts that lead somewhere; `free` has what is free in the next two weeks."""
    choices = {
        choice: any(first <= day < until for day in free)
        for choice, (first, until) in weeks(run, today).items()
    }
    return tuple(choice for choice in QuickChoice if choice is QuickChoice.EARLIEST or choices[choice])


def weeks(run: Run, today: date) -> dict[QuickChoice, tuple[date, date]]:
    """The dates [first, until) that the shortcuts mean."""
    start = today - ONE_DAY * ((today.weekday() - run.turn.texts.first_weekday) % 7)
    following = start + 7 * ONE_DAY
    return {
        QuickChoice.TODAY: (today, today + ONE_DAY),
        QuickChoice.TOMORROW: (today + ONE_DAY, today + 2 * ONE_DAY),
        QuickChoice.THIS_WEEK: (today, following),
        QuickChoice.NEXT_WEEK: (following, following + 7 * ONE_DAY),
    }


def _kind(run: Run) -> SessionType:
    return run.turn.practice.session_type(run.draft.session_type_id or 0)
