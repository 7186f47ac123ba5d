"""Starting the wizard: from the beginning, with a counselor, in a program, or like an earlier booking."""

from bot.callbacks import Book, BookAgain, BookProgram, BookWith, Leave
from bot.drafts import Draft
from bot.handlers.booking_steps import next_step
from bot.handlers.bookings import card_reply
from bot.handlers.home import home_screen
from bot.handlers.wizard import open_run, start_run
from bot.turn import Reply, Turn


async def book(turn: Turn, _: Book) -> Reply:
    """Start from the beginning."""
    return await _start(turn, Draft())


async def book_with(turn: Turn, tap: BookWith) -> Reply:
    """Start with a counselor chosen."""
    counselor = turn.practice.counselor(tap.counselor_id)
    return await _start(turn, Draft(counselor_id=counselor.id, preselected=True))


async def book_program(turn: Turn, tap: BookProgram) -> Reply:
    """Start within a program."""
    return await _start(turn, Draft(program_id=tap.program_id))


async def book_again(turn: Turn, tap: BookAgain) -> Reply:
    """Start with what an earlier booking had, as far as it is still on offer."""
    earlier = (await turn.core.listing.look(turn.actor, tap.booking_id)).booking
    counselor = turn.practice.counselors.get(earlier.counselor_id)
    kind = turn.practice.session_types.get(earlier.session_type_id)
    if counselor is None or not counselor.active or kind not in turn.practice.offered_by(counselor.id):
        return await _start(turn, Draft())
    minutes = earlier.minutes if earlier.minutes in kind.durations else None
    draft = Draft(counselor_id=counselor.id, session_type_id=kind.id, minutes=minutes)
    return await _start(turn, draft.with_(program_id=kind.program_id))


async def leave(turn: Turn, tap: Leave) -> Reply:
    """Leave the wizard: the slot is free for others again, and typed text is no date any more.

    What was to be moved or cancelled is shown as it stands.
    """
    run = await (await open_run(turn, tap.draft)).without_hold()
    await run.keep(asking=None, wizard=False)
    left = run.draft.moving or run.draft.cancelling
    return await card_reply(turn, left) if left else Reply(screen=await home_screen(turn))


async def _start(turn: Turn, draft: Draft) -> Reply:
    return await next_step(await start_run(turn, draft.with_(reminders=turn.person.reminders)))
