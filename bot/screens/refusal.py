"""Every refusal of the core in words: one table of codes."""

from collections.abc import Mapping

from bot.callback_codec import Callback
from bot.screens.navigation import home, retry
from bot.screens.screen import Screen, rows
from bot.screens.wording import lines, paragraphs
from core.kit.i18n import Texts, msgid

DEFAULT = msgid("This did not work. Please try again.")

WORDS: Mapping[str, str] = {
    "absence_gone": msgid("These days off do not stand any more."),
    "absence_over": msgid("These days are over."),
    "absence_too_far": msgid("That is too far ahead."),
    "absence_too_long": msgid("That is too long: at most {most} days, please."),
    "already_booked": msgid("This is booked already."),
    "already_counselor": msgid("You are a counselor here already."),
    "bad_repeat": msgid("A series has {least} to {most} sessions."),
    "bad_address": msgid("This does not look like an e-mail address. Please check it and write it again."),
    "bad_hours": msgid("This does not look like quiet hours."),
    "bad_stars": msgid("There are one to five stars."),
    "booking_not_found": msgid("I cannot find this booking."),
    "cancellation_cutoff": msgid(
        "It is too late to cancel here. Please get in touch with your counselor, who can still call it off."
    ),
    "client_busy": msgid("You have another session at this time."),
    "client_not_enrolled": msgid("{name} is not enrolled in this program."),
    "client_unreachable": msgid("I cannot reach {name} in the chat at the moment."),
    "client_used_up": msgid("{name} has booked all sessions of this program."),
    "client_engaged": msgid("The client has another session at this time."),
    "code_expired": msgid("This code is no longer valid. Please ask for another one."),
    "contact_taken": msgid("This Telegram account belongs to somebody else here."),
    "counselor_not_found": msgid("This counselor is not available any more."),
    "draft_incomplete": msgid("Something is missing here. Please start the booking again."),
    "draft_not_found": msgid("This button is out of date. Please start again."),
    "email_taken": msgid("This e-mail address belongs to somebody else here."),
    "empty": msgid("Please write at least a word."),
    "hold_expired": msgid("This time is no longer kept for you. It may still be free."),
    "in_series": msgid("The requests of a series are answered together."),
    "join_link_not_found": msgid("This link does not lead anywhere (any more)."),
    "last_channel": msgid("This is the only way I can tell you of this, so it stays on."),
    "link_not_found": msgid("This link does not lead anywhere (any more)."),
    "link_used": msgid("This link has been used already or has expired. Please ask for a new one."),
    "meeting_not_open": msgid("The meeting opens 15 minutes before the session starts."),
    "meeting_over": msgid("This meeting is over."),
    "meeting_unavailable": msgid("The meeting cannot be opened right now. Please try again in a minute."),
    "moved_on": msgid("This has been decided already."),
    "no_mail": msgid("I cannot send e-mails here."),
    "no_moves_left": msgid("You have moved this session as often as possible."),
    "not_enrolled": msgid("You must be enrolled to book."),
    "not_online": msgid("This session does not take place online."),
    "not_offered": msgid("This time is not offered. Select another."),
    "not_your_turn": msgid("It is the other side's turn to answer."),
    "not_yours": msgid("This button belongs to somebody else."),
    "own_case": msgid("You were in this session yourself, so another admin decides."),
    "offer_ended": msgid("This time is no longer kept for you."),
    "person_not_found": msgid("I cannot find this person."),
    "program_not_found": msgid("This program is not available any more."),
    "program_used_up": msgid("All sessions of this program are booked."),
    "proposal_closed": msgid("This proposal is settled already. Here is how it stands now."),
    "proposal_expired": msgid("This proposal has expired. The session stays where it is."),
    "proposal_not_found": msgid("I cannot find this proposal."),
    "proposal_open": msgid("Another time is being proposed already. It has to be answered first."),
    "quote_changed": msgid("What comes back has changed meanwhile. Please check once more."),
    "reason_required": msgid("Please choose a reason."),
    "refund_changed": msgid("What comes back has changed meanwhile: {percent} now. Please check once more."),
    "report_closed": msgid("This has been settled already."),
    "report_not_found": msgid("There is no such report."),
    "reported": msgid("There is a report about this session already."),
    "request_expired": msgid("This request has expired."),
    "reschedule_cutoff": msgid("It is too close to the start to move this session."),
    "same_time": msgid("That is the time as it stands. Select another."),
    "review_answered": msgid("This review has its answer already."),
    "review_closed": msgid("This review cannot be changed any more."),
    "review_hidden": msgid("This review is hidden already."),
    "review_not_found": msgid("There is no such review."),
    "review_shown": msgid("This review is shown already."),
    "series_clash": msgid("Not every session can take place at that time, so none was changed."),
    "series_not_found": msgid("I cannot find this series."),
    "session_type_not_found": msgid("This kind of session is not available any more."),
    "slot_taken": msgid("This time is no longer available. Select another."),
    "stale": msgid("Something has changed meanwhile. Here is how it stands now."),
    "started": msgid("This session has begun already."),
    "too_early": msgid("It is too early for that."),
    "too_late": msgid("It is too late to change this."),
    "too_long": msgid("That is too long: at most {most} characters, please. It has {got}."),
    "too_many_codes": msgid("I have sent several codes already. Please try again in an hour."),
    "too_many_rounds": msgid(
        "No further counter-proposal is possible: accept the time, or keep the old one."
    ),
    "too_many_waits": msgid("You are on {most} waitlists already. Please leave one first."),
    "unknown_code": msgid("I do not know this enrollment code. Please check it and write it again."),
    "unknown_language": msgid("I do not speak this language yet."),
    "unknown_location": msgid("This session does not take place there. Please choose again."),
    "unknown_zone": msgid("I do not know this time zone."),
    "wait_changed": msgid("Something has changed meanwhile. Please look again."),
    "wait_dates": msgid("These dates cannot be waited for."),
    "wait_not_found": msgid("You are not waiting for this."),
    "wrong_code": msgid("This is not the code I sent. Please check it and write it again."),
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
