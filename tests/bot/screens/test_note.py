"""The private note on its own screen."""

from dataclasses import replace

from bot.callbacks import AskPrivateNote, RemovePrivateNote, ShowBooking, ShowPrivateNote
from bot.screens.note import ask_private_note, private_note
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import NOTE, NOTE_STATE


def test_a_note_can_be_changed_and_removed_as_it_was_seen() -> None:
    state = replace(NOTE_STATE, note=replace(NOTE, version=3))
    screen = private_note(NEW_YORK, state)
    assert said(screen)[-2:] == [NOTE.text, "Only you can read this."]
    assert buttons(screen) == {
        "✏️ Change the note": AskPrivateNote(42),
        "🗑 Remove the note": RemovePrivateNote(42, 3),
        "‹ Back": ShowBooking(42),
    }


def test_where_there_is_none_one_can_be_written() -> None:
    screen = private_note(NEW_YORK, replace(NOTE_STATE, note=None))
    assert buttons(screen) == {"✏️ Write a note": AskPrivateNote(42), "‹ Back": ShowBooking(42)}


def test_new_words_take_the_place_of_the_old_ones() -> None:
    screen = ask_private_note(NEW_YORK, NOTE_STATE)
    assert said(screen)[-2:] == ["It takes the place of:", NOTE.text]
    assert buttons(screen) == {"‹ Back": ShowPrivateNote(42)}
