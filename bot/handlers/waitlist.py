"""The waitlist: joining it from the wizard, what one waits for, and the answer to an offer."""

from dataclasses import replace
from datetime import date

from bot.callbacks import JoinWait, LeaveWait, PickTime, RefuseOffer, TakeOffer, WaitAnyway, WaitChoice, Waits
from bot.drafts import Draft
from bot.handlers.booking_steps import month_step, next_step, times_step
from bot.handlers.booking_time import pick_time
from bot.handlers.wait_choice import choice_step, spans
from bot.handlers.wizard import ONE_DAY, Run, open_run, start_run
from bot.screens.waitlist import (
    JoinedState,
    Wait,
    has_free_times,
    joined,
    left,
    offer_ended,
    refused,
    waits,
)
from bot.turn import Reply, Turn
from core.domain.errors import Conflict, Invalid
from core.services.waitlist import WaitlistEntry


async def show_waits(turn: Turn, _: Waits) -> Reply:
    """What one waits for."""
    return await _waits_reply(turn)


async def wait_anyway(turn: Turn, tap: WaitAnyway) -> Reply:
    """Choose from those who cannot be booked at present."""
    return await next_step(await (await open_run(turn, tap.draft)).keep(waiting=True))


async def choose_wait(turn: Turn, tap: WaitChoice) -> Reply:
    """Choose the day or the week; where there is but one, it is taken."""
    run = await (await open_run(turn, tap.draft)).without_hold()
    if not run.today() <= tap.last <= run.last_day() or tap.first > tap.last:
        raise Invalid("wait_dates")
    first = max(tap.first, run.today())
    found = spans(run, first, tap.last)
    if len(found) == 1:
        return await _join(run, JoinWait(run.id, *found[0]))
    return choice_step(run, first, tap.last)


async def join_wait(turn: Turn, tap: JoinWait) -> Reply:
    """Wait for a time on these dates, unless there is one already."""
    return await _join(await (await open_run(turn, tap.draft)).without_hold(), tap)


async def leave_wait(turn: Turn, tap: LeaveWait) -> Reply:
    """Wait no longer."""
    await turn.core.waitlist.leave(turn.actor, tap.entry_id)
    return replace(await _waits_reply(turn), toast=left(turn.texts))


async def take_offer(turn: Turn, tap: TakeOffer) -> Reply:
    """Go on with the details of the time that is held; once it is gone, say so."""
    try:
        hold = await turn.core.waitlist.offered(turn.actor, tap.hold_id)
    except Conflict as conflict:
        return await _ended(turn, conflict)
    draft = Draft(
        counselor_id=hold.counselor_id,
        session_type_id=hold.session_type_id,
        program_id=turn.practice.session_type(hold.session_type_id).program_id,
        minutes=hold.minutes,
        reminders=turn.person.reminders,
    )
    run = await start_run(turn, draft)
    return await pick_time(turn, PickTime(run.id, hold.starts_at))


async def refuse_offer(turn: Turn, tap: RefuseOffer) -> Reply:
    """Leave the time to the next."""
    try:
        entry = await turn.core.waitlist.refuse(turn.actor, tap.hold_id)
    except Conflict as conflict:
        return await _ended(turn, conflict)
    return Reply(screen=refused(turn.texts, _wait(turn, entry)))


async def _join(run: Run, tap: JoinWait) -> Reply:
    turn = run.turn
    free = None if run.draft.waiting else await _first_free(run, tap)
    if free is not None:
        step = times_step(run, free) if tap.first == tap.last else month_step(run, free)
        return replace(await step, toast=has_free_times(turn.texts))
    entry = await turn.core.waitlist.join(turn.actor, run.wanted, tap.first, tap.last)
    state = JoinedState(draft=run.id, wait=_wait(turn, entry), back=not run.draft.waiting)
    return run.reply(joined(turn.texts, state))


async def _first_free(run: Run, tap: JoinWait) -> date | None:
    """The first of these dates that has free times by now."""
    first, last = max(tap.first, run.today()), min(tap.last, run.last_day())
    if first > last:
        return None
    free = await run.slots_between(run.midnight(first), run.midnight(last + ONE_DAY))
    return free[0].astimezone(run.turn.texts.zone).date() if free else None


async def _ended(turn: Turn, conflict: Conflict) -> Reply:
    if conflict.code != "offer_ended":
        raise conflict
    waiting = bool(await turn.core.waitlist.mine(turn.actor))
    return Reply(screen=offer_ended(turn.texts, waiting=waiting))


async def _waits_reply(turn: Turn) -> Reply:
    found = await turn.core.waitlist.mine(turn.actor)
    return Reply(screen=waits(turn.texts, tuple(_wait(turn, each) for each in found)))


def _wait(turn: Turn, entry: WaitlistEntry) -> Wait:
    return Wait(
        entry_id=entry.id,
        counselor=turn.practice.counselor(entry.counselor_id).name,
        session_type=turn.practice.session_type(entry.session_type_id).title,
        minutes=entry.minutes,
        first=entry.first,
        last=entry.last,
        offered_until=entry.offered_until,
    )
