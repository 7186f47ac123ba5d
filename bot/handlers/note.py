"""The counselor's private notes."""

from bot.callbacks import AskPrivateNote, RemovePrivateNote, ShowPrivateNote
from bot.drafts import Asking
from bot.handlers.question import ask, asked_about, heard, stop_asking
from bot.handlers.wizard import Run
from bot.screens.note import NoteState, ask_private_note, private_note
from bot.turn import Reply, Turn


async def show_note(turn: Turn, tap: ShowPrivateNote) -> Reply:
    """The note, for the session's counselor alone."""
    await stop_asking(turn)
    return Reply(screen=private_note(turn.texts, await _state(turn, tap.booking_id)))


async def ask_for_note(turn: Turn, tap: AskPrivateNote) -> Reply:
    """Wait for the counselor's words."""
    state = await _state(turn, tap.booking_id)
    run = await ask(turn, Asking.PRIVATE_NOTE, tap.booking_id)
    return run.reply(ask_private_note(turn.texts, state))


async def typed_note(run: Run) -> Reply:
    """Keep the counselor's words."""
    booking_id, turn = asked_about(run), run.turn
    run = await heard(run, turn.core.notes.write(turn.actor, booking_id, turn.text.strip()))
    return run.reply(private_note(turn.texts, await _state(turn, booking_id)))


async def remove_note(turn: Turn, tap: RemovePrivateNote) -> Reply:
    """Remove the words that were seen."""
    await turn.core.notes.remove(turn.actor, tap.booking_id, tap.version)
    return Reply(screen=private_note(turn.texts, await _state(turn, tap.booking_id)))


async def _state(turn: Turn, booking_id: int) -> NoteState:
    note = await turn.core.notes.read(turn.actor, booking_id)
    found = await turn.core.listing.look(turn.actor, booking_id)
    return NoteState(
        booking=found.booking,
        client=found.client.name,
        session_type=found.session_type.title,
        note=note,
    )
