"""Step 5: topic, note, location and reminders."""

from bot.callbacks import (
    AskNote,
    AskTopic,
    ClearNote,
    ClearTopic,
    SetLocation,
    SetReminders,
    ShowDetails,
)
from bot.drafts import Asking
from bot.handlers.book_for import confirm_step
from bot.handlers.wizard import Run, open_run
from bot.screens.booking_details import AskState, Held, ask_note, ask_topic, details
from bot.turn import Reply, Turn
from core.domain.errors import Conflict, Invalid
from core.services.booking import NOTE_LENGTH, TOPIC_LENGTH


def held(run: Run) -> Held:
    """The run as the last steps show it; Conflict `hold_expired` when nothing is held any more."""
    draft, kind = run.draft, run.turn.practice.session_type(run.wanted.session_type_id)
    if draft.hold_id is None or draft.start is None or draft.held_until is None:
        raise Conflict("hold_expired")
    if draft.held_until <= run.turn.now:
        raise Conflict("hold_expired")
    return Held(
        draft=run.id,
        chosen=run.chosen(),
        starts_at=draft.start,
        ends_at=draft.start + run.duration,
        held_until=draft.held_until,
        now=run.turn.now,
        topic=draft.topic,
        note=draft.note,
        location=draft.location or kind.locations[0],
        locations=kind.locations,
        address=kind.address,
        reminders=draft.reminders,
    )


async def details_step(run: Run) -> Reply:
    """Show what may be added; to a counselor who books for a client, the summary with it."""
    if run.draft.client_id is not None:
        return await confirm_step(run)
    return run.reply(details(run.turn.texts, held(run)))


async def show_details(turn: Turn, tap: ShowDetails) -> Reply:
    """Back to the details."""
    return await details_step(await (await open_run(turn, tap.draft)).keep(asking=None))


async def ask_for_topic(turn: Turn, tap: AskTopic) -> Reply:
    """Wait for the topic."""
    run = await (await open_run(turn, tap.draft)).keep(asking=Asking.TOPIC)
    reader = run.draft.other if run.draft.client_id is not None else ""
    state = AskState(draft=run.id, current=run.draft.topic, most=TOPIC_LENGTH, reader=reader)
    return run.reply(ask_topic(turn.texts, state))


async def ask_for_note(turn: Turn, tap: AskNote) -> Reply:
    """Wait for the note."""
    run = await (await open_run(turn, tap.draft)).keep(asking=Asking.NOTE)
    state = AskState(draft=run.id, current=run.draft.note, most=NOTE_LENGTH)
    return run.reply(ask_note(turn.texts, state))


async def clear_topic(turn: Turn, tap: ClearTopic) -> Reply:
    """No topic."""
    return await details_step(await (await open_run(turn, tap.draft)).keep(topic="", asking=None))


async def clear_note(turn: Turn, tap: ClearNote) -> Reply:
    """No note."""
    return await details_step(await (await open_run(turn, tap.draft)).keep(note="", asking=None))


async def set_location(turn: Turn, tap: SetLocation) -> Reply:
    """Where the session takes place."""
    run = await open_run(turn, tap.draft)
    if tap.location not in turn.practice.session_type(run.wanted.session_type_id).locations:
        raise Invalid("unknown_location")
    return await details_step(await run.keep(location=tap.location))


async def set_reminders(turn: Turn, tap: SetReminders) -> Reply:
    """Whether this booking comes with reminders."""
    return await details_step(await (await open_run(turn, tap.draft)).keep(reminders=tap.on))


async def typed_topic(run: Run) -> Reply:
    """Keep the typed topic, in one line; Invalid `too_long`."""
    text = " ".join(_short_enough(run.turn.text, TOPIC_LENGTH).split())
    return await details_step(await run.keep(topic=text, asking=None))


async def typed_note(run: Run) -> Reply:
    """Keep the typed note; Invalid `too_long`."""
    return await details_step(await run.keep(note=_short_enough(run.turn.text, NOTE_LENGTH), asking=None))


def _short_enough(typed: str, most: int) -> str:
    text = typed.strip()
    if len(text) > most:
        raise Invalid("too_long", most=most, got=len(text))
    return text
