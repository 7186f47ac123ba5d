"""Programs: enrolling by code, and scheduling later."""

from bot.callbacks import Enroll, ScheduleLater, StopNudges
from bot.drafts import Asking, Draft
from bot.handlers.booking_steps import resume
from bot.handlers.wizard import Run, open_run, start_run
from bot.screens.programs import (
    ProgramState,
    ProgressState,
    ask_code,
    enrolled,
    nudges_stopped,
    scheduled_later,
)
from bot.turn import Reply, Turn
from core.domain.errors import Conflict, NotFound
from core.domain.program import Program


async def enroll(turn: Turn, tap: Enroll) -> Reply:
    """Ask for the enrollment code; the wizard goes on afterwards."""
    program = _program(turn, tap.program_id)
    if tap.draft is None:
        run = await start_run(turn, Draft(program_id=program.id, asking=Asking.CODE, wizard=False))
    else:
        run = await (await open_run(turn, tap.draft)).keep(asking=Asking.CODE)
    return run.reply(
        ask_code(turn.texts, ProgramState(program_id=program.id, title=program.title, draft=tap.draft))
    )


async def typed_code(run: Run) -> Reply:
    """Take the typed enrollment code; NotFound `unknown_code`."""
    turn = run.turn
    program = await turn.core.programs.enroll(turn.actor, turn.text)
    if run.draft.wizard:
        return await resume(run)
    await run.keep(asking=None)
    return await enrolled_reply(turn, program)


async def enrolled_reply(turn: Turn, program: Program) -> Reply:
    """Welcome to the program."""
    return Reply(screen=enrolled(turn.texts, await _progress(turn, program)))


async def schedule_later(turn: Turn, tap: ScheduleLater) -> Reply:
    """Book nothing now."""
    run = await open_run(turn, tap.draft)
    if run.draft.program_id is None:
        raise Conflict("draft_incomplete")
    nudge = await turn.core.programs.schedule_later(turn.actor, run.draft.program_id)
    state = ProgressState(program_id=nudge.program.id, title=nudge.program.title, remaining=nudge.remaining)
    return run.reply(scheduled_later(turn.texts, state))


async def stop_nudges(turn: Turn, tap: StopNudges) -> Reply:
    """No more reminders about this program."""
    program = _program(turn, tap.program_id)
    await turn.core.programs.stop_nudges(turn.actor, program.id)
    return Reply(screen=nudges_stopped(turn.texts, await _progress(turn, program)))


def _program(turn: Turn, program_id: int) -> Program:
    program = turn.practice.programs.get(program_id)
    if program is None:
        raise NotFound("program_not_found")
    return program


async def _progress(turn: Turn, program: Program) -> ProgressState:
    remaining = await turn.core.programs.remaining(turn.actor, program.id)
    return ProgressState(program_id=program.id, title=program.title, remaining=remaining)
