"""Step 4: choosing a time, which is then held."""

from bot.callbacks import PickTime, ShowTimes
from bot.handlers.book_for import pick_time_for
from bot.handlers.booking_details import details_step
from bot.handlers.booking_steps import month_step, times_step
from bot.handlers.reschedule import offer_step
from bot.handlers.wizard import open_run
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent
from core.domain.zones import zone


async def show_times(turn: Turn, tap: ShowTimes) -> Reply:
    """The times of the day picked before; a held one is let go."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    if run.draft.day is None:
        return await month_step(run, None)
    return await times_step(run, run.draft.day, tap.part, tap.page)


async def pick_time(turn: Turn, tap: PickTime) -> Reply:
    """Hold this start and go on to the details; for one that moves or is for a client, show the summary."""
    run = await open_run(turn, tap.draft)
    if run.draft.moving is not None:
        return await offer_step(run, tap.start)
    if run.draft.client_id is not None:
        return await pick_time_for(run, tap.start)
    hold = await turn.core.holds.take(turn.actor, run.wanted, tap.start, run.id)
    run = await run.keep(
        FunnelEvent.TIME_SELECTED,
        hold_id=hold.id,
        start=hold.starts_at,
        held_until=hold.expires_at,
        day=hold.starts_at.astimezone(zone(turn.zone)).date(),
        asking=None,
        plan=None,
    )
    return await details_step(run)
