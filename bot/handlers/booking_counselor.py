"""Step 1: choosing a counselor."""

from bot.callbacks import PickCounselor, ShowCounselors, ShowProfile
from bot.handlers.booking_steps import card, counselors_step, next_step
from bot.handlers.wizard import open_run
from bot.screens.booking_counselor import PAGE_SIZE, ProfileState, profile
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent
from core.domain.errors import NotFound


async def show_counselors(turn: Turn, tap: ShowCounselors) -> Reply:
    """A page of the picker."""
    return await counselors_step(await (await open_run(turn, tap.draft)).without_hold(), tap.page)


async def show_profile(turn: Turn, tap: ShowProfile) -> Reply:
    """A counselor's card."""
    run = await open_run(turn, tap.draft)
    counselor = turn.practice.counselor(tap.counselor_id)
    ids = [each.id for each in run.counselors()]
    ratings = await turn.core.reviews.ratings([counselor.id])
    state = ProfileState(
        draft=run.id,
        card=await card(run, counselor, ratings.get(counselor.id)),
        session_types=tuple(turn.practice.offered_by(counselor.id)),
        now=turn.now,
        page=ids.index(counselor.id) // PAGE_SIZE if counselor.id in ids else 0,
        latest=tuple(await turn.core.reviews.latest(counselor.id)),
    )
    return run.reply(profile(turn.texts, state))


async def pick_counselor(turn: Turn, tap: PickCounselor) -> Reply:
    """Go on with this counselor; choices that belonged to another are dropped."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    counselor = turn.practice.counselor(tap.counselor_id)
    if counselor not in run.counselors():
        raise NotFound("counselor_not_found")
    run = await run.keep(
        FunnelEvent.COUNSELOR_SELECTED,
        counselor_id=counselor.id,
        session_type_id=None,
        minutes=None,
        day=None,
        location=None,
    )
    return await next_step(run)
