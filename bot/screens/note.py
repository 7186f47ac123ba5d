"""The counselor's private note about a session."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import AskPrivateNote, RemovePrivateNote, ShowBooking, ShowPrivateNote
from bot.screens.navigation import back
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import what, when
from bot.screens.wording import bold, lines, paragraphs, quoted
from core.domain.booking import Booking
from core.domain.note import PRIVATE_NOTE_LENGTH, PrivateNote
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteState:
    """A counselor's own session, and the note about it if there is one."""

    booking: Booking
    client: str
    session_type: str
    note: PrivateNote | None = None


def private_note(t: Texts, state: NoteState) -> Screen:
    """The note, and what may be done with it."""
    booking, note = state.booking, state.note
    write = t("✏️ Change the note") if note else t("✏️ Write a note")
    remove = t("🗑 Remove the note")
    return Screen(
        text=paragraphs(
            bold(t("🔒 Private note")),
            _facts(t, state),
            quoted(note.text) if note else t("Nothing is written down yet."),
            t("Only you can read this."),
        ),
        rows=rows(
            Tap(write, AskPrivateNote(booking.id), Style.PRIMARY),
            Tap(remove, RemovePrivateNote(booking.id, note.version)) if note else None,
            back(t, ShowBooking(booking.id)),
        ),
    )


def ask_private_note(t: Texts, state: NoteState) -> Screen:
    """Wait for the counselor's words."""
    words = t(
        "Please write your note, in up to {most} characters. Only you can read it.", most=PRIVATE_NOTE_LENGTH
    )
    replaced = lines(t("It takes the place of:"), quoted(state.note.text)) if state.note else None
    return Screen(
        text=paragraphs(bold(t("🔒 Private note")), _facts(t, state), words, replaced),
        rows=rows(back(t, ShowPrivateNote(state.booking.id))),
    )


def _facts(t: Texts, state: NoteState) -> Markup:
    booking = state.booking
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        what(t, state.session_type, booking.minutes, state.client),
    )
