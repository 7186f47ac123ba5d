"""Step 2: choosing a session type and a duration."""

from bot.callbacks import PickDuration, PickType, ShowTypes
from bot.handlers.booking_steps import durations_step, next_step, types_step
from bot.handlers.wizard import open_run
from bot.turn import Reply, Turn
from core.domain.errors import NotFound


async def show_types(turn: Turn, tap: ShowTypes) -> Reply:
    """The session types; where there is but one, its durations."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    kinds = run.session_types()
    if len(kinds) == 1 and len(kinds[0].durations) > 1:
        return durations_step(run, kinds[0])
    return await types_step(run)


async def pick_type(turn: Turn, tap: PickType) -> Reply:
    """Go on with this session type."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    kind = turn.practice.session_type(tap.session_type_id)
    if kind not in run.session_types():
        raise NotFound("session_type_not_found")
    return await next_step(await run.keep(session_type_id=kind.id, minutes=None, location=None))


async def pick_duration(turn: Turn, tap: PickDuration) -> Reply:
    """Go on with this many minutes."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    kind = next((each for each in run.session_types() if each.id == run.draft.session_type_id), None)
    if kind is None or tap.minutes not in kind.durations:
        raise NotFound("session_type_not_found")
    return await next_step(await run.keep(minutes=tap.minutes))
