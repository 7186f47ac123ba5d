"""Every refusal of the core in words: one table of codes."""

from collections.abc import Mapping

from bot.callback_codec import Callback
from bot.screens.navigation import home, retry
from bot.screens.screen import Screen, rows
from bot.screens.wording import lines, paragraphs
from core.kit.i18n import Texts, msgid

DEFAULT = msgid("This did not work. Please try again.")

WORDS: Mapping[str, str] = {
    "already_booked": msgid("This is booked already."),
    "already_counselor": msgid("You are a counselor here already."),
    "booking_not_found": msgid("I cannot find this booking."),
    "client_busy": msgid("You have another session at this time."),
    "contact_taken": msgid("This Telegram account belongs to somebody else here."),
    "counselor_not_found": msgid("This counselor is not available any more."),
    "draft_incomplete": msgid("Something is missing here. Please start the booking again."),
    "draft_not_found": msgid("This button is out of date. Please start again."),
    "email_taken": msgid("This e-mail address belongs to somebody else here."),
    "hold_expired": msgid("This time is no longer kept for you. It may still be free."),
    "link_used": msgid("This link has been used already or has expired. Please ask for a new one."),
    "moved_on": msgid("This has been decided already."),
    "not_enrolled": msgid("You must be enrolled to book."),
    "not_offered": msgid("This time is not offered. Select another."),
    "not_yours": msgid("This button belongs to somebody else."),
    "person_not_found": msgid("I cannot find this person."),
    "program_not_found": msgid("This program is not available any more."),
    "program_used_up": msgid("All sessions of this program are booked."),
    "request_expired": msgid("This request has expired."),
    "session_type_not_found": msgid("This kind of session is not available any more."),
    "slot_taken": msgid("This time is no longer available. Select another."),
    "stale": msgid("Something has changed meanwhile. Here is how it stands now."),
    "too_long": msgid("That is too long: at most {most} characters, please. It has {got}."),
    "unknown_code": msgid("I do not know this enrollment code. Please check it and write it again."),
    "unknown_language": msgid("I do not speak this language yet."),
    "unknown_location": msgid("This session does not take place there. Please choose again."),
    "unknown_zone": msgid("I do not know this time zone."),
}


def words(t: Texts, code: str, details: Mapping[str, object] | None = None) -> str:
    """A refusal in words, for a toast or a screen; an unknown code is put in general terms."""
    try:
        return t(WORDS.get(code, DEFAULT), **(details or {}))
    except KeyError:
        return t(DEFAULT)


def refused(
    t: Texts, code: str, details: Mapping[str, object] | None = None, again: Callback | None = None
) -> Screen:
    """A refusal as a screen, with a way to try again where that can help."""
    return Screen(text=lines(words(t, code, details)), rows=rows(retry(t, again) if again else None, home(t)))


def out_of_date(t: Texts) -> str:
    """The toast for a button that this program does not know (any more)."""
    return t("This button is out of date. Please open the menu with /start.")


def failed(t: Texts, again: Callback | None) -> Screen:
    """Something went wrong on our side."""
    return Screen(
        text=paragraphs(t("Something went wrong on our side. Nothing has changed. Please try again.")),
        rows=rows(retry(t, again) if again else None, home(t)),
    )


def unknown_text(t: Texts) -> Screen:
    """A text that nothing waits for."""
    return Screen(text=lines(t("I did not understand that. What would you like to do?")), rows=rows(home(t)))


def too_long(t: Texts, most: int, got: int, again: Callback) -> Screen:
    """A text longer than what is kept of it."""
    return refused(t, "too_long", {"most": most, "got": got}, again)


def date_not_understood(t: Texts, previous: Callback) -> Screen:
    """A text at the date or time step that is no date we know."""
    example = t("Write for example “tomorrow 3pm”, “next Tuesday” or “24.12.”")
    return Screen(
        text=paragraphs(t("I did not understand this date."), example),
        rows=rows(retry(t, previous), home(t)),
    )
