"""Step 3: choosing a date."""

from datetime import timedelta

from bot.callbacks import PickDate, Quick, QuickChoice, ShowMonth
from bot.handlers.booking_steps import free_between, month_step, times_step, weeks
from bot.handlers.wait_choice import wait_for, wait_in_month
from bot.handlers.wizard import ONE_DAY, open_run
from bot.screens.booking_date import WeekState, no_free_days, week
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent

SINGLE_DAYS = (QuickChoice.TODAY, QuickChoice.TOMORROW)


async def show_month(turn: Turn, tap: ShowMonth) -> Reply:
    """A month; coming back from the times lets go of a held one."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    return await month_step(run, tap.month)


async def pick_date(turn: Turn, tap: PickDate) -> Reply:
    """Go on with this date."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    return await times_step(await run.keep(FunnelEvent.DATE_SELECTED, day=tap.day), tap.day)


async def quick(turn: Turn, tap: Quick) -> Reply:
    """Take a shortcut: a day, or the free days of a week."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    today = run.today()
    if tap.choice is QuickChoice.EARLIEST:
        day = await run.next_free_after(today - ONE_DAY)
        if day is None:
            wait = wait_in_month(run, today)
            return run.reply(no_free_days(turn.texts, run.id, run.chosen(), ShowMonth(run.id), wait))
        return await times_step(await run.keep(FunnelEvent.DATE_SELECTED, day=day), day)
    first, until = weeks(run, today)[tap.choice]
    if tap.choice in SINGLE_DAYS:
        return await times_step(await run.keep(FunnelEvent.DATE_SELECTED, day=first), first)
    free = await free_between(run, first, until)
    next_free = None if free else await run.next_free_after(until - timedelta(days=1))
    wait = None if free else wait_for(run, first, until - ONE_DAY)
    state = WeekState(draft=run.id, chosen=run.chosen(), free=free, next_free=next_free, wait=wait)
    return run.reply(week(turn.texts, state))
