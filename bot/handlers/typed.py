"""Typed text: a command, or the answer to what was asked last."""

from collections.abc import Awaitable, Callable, Mapping

from bot.callbacks import (
    AskEmail,
    AskNote,
    AskTopic,
    Book,
    Bookings,
    Callback,
    Enroll,
    Invites,
    PickTime,
    Requests,
    Settings,
    ShowDay,
    ShowMonth,
    ShowWeek,
)
from bot.drafts import Asking, Draft, load
from bot.errors import explained
from bot.handlers import admin_review, no_show, note, review
from bot.handlers.admin import show_invites
from bot.handlers.book_for import typed_client
from bot.handlers.booking_details import typed_note, typed_topic
from bot.handlers.booking_start import book
from bot.handlers.booking_steps import times_step
from bot.handlers.booking_time import pick_time
from bot.handlers.bookings import by_reference, show_bookings
from bot.handlers.cancellation import typed_cancel_words
from bot.handlers.email import typed_email, typed_email_code
from bot.handlers.explain import explain_command, typed_moment
from bot.handlers.on_behalf import typed_booking
from bot.handlers.out_of_office import typed_days_off
from bot.handlers.programs import typed_code
from bot.handlers.question import asked_by
from bot.handlers.request import show_requests
from bot.handlers.schedule import show_day, show_week
from bot.handlers.series import typed_until
from bot.handlers.settings import show_settings
from bot.handlers.start import greeting, must_agree_first, start
from bot.handlers.wizard import Run
from bot.handlers.zone import typed_city
from bot.screens.commands import commands
from bot.screens.refusal import date_not_understood, unknown_text
from bot.turn import Reply, Turn
from bot.typed_time import understand
from core.domain.analytics import FunnelEvent
from core.domain.errors import DomainError
from core.domain.zones import instants_at, wall_time
from core.kit.references import read_reference

COMMANDS: Mapping[str, Callable[[Turn], Awaitable[Reply]]] = {
    "book": lambda turn: book(turn, Book()),
    "bookings": lambda turn: show_bookings(turn, Bookings()),
    "settings": lambda turn: show_settings(turn, Settings()),
    "today": lambda turn: show_day(turn, ShowDay()),
    "week": lambda turn: show_week(turn, ShowWeek()),
    "requests": lambda turn: show_requests(turn, Requests()),
    "invite": lambda turn: show_invites(turn, Invites()),
    "why": explain_command,
}


async def typed(turn: Turn) -> Reply:
    """Carry out a command, or hand the text to whatever waits for one."""
    if turn.text.startswith("/"):
        return await _command(turn)
    if not turn.text.strip():  # a sticker, a voice message, a picture without a word
        return Reply(screen=unknown_text(turn.texts))
    row = await turn.core.drafts.latest(turn.actor)
    if row is None:
        return await _unasked(turn)
    draft = load(row.payload)
    asked = _asked(draft, turn.text_id)
    if asked is None:
        return await _unasked(turn)
    run = Run(turn=turn, row=row, draft=draft.with_(heard=turn.text_id, heard_as=asked))
    return await _answered(run, asked)


async def _unasked(turn: Turn) -> Reply:
    """A text that nothing waits for may be the reference of a booking."""
    reference = read_reference(turn.text)
    return await by_reference(turn, reference) if reference else Reply(screen=unknown_text(turn.texts))


def _asked(draft: Draft, text_id: int | None) -> Asking | None:
    """What the text in this message is the answer to."""
    if draft.heard is not None and draft.heard == text_id:
        return draft.heard_as
    if draft.asking is not None:
        return draft.asking
    choosing = draft.wizard and draft.booked_id is None and draft.minutes and not draft.hold_id
    return Asking.DATE if choosing else None


async def _command(turn: Turn) -> Reply:
    name, _, parameter = turn.text[1:].partition(" ")
    name = name.partition("@")[0].lower()
    if name == "start":
        return await start(turn, parameter.strip())
    if must_agree_first(turn.person):
        return greeting(turn)
    if name not in dict(commands(turn.texts, turn.person.roles)):  # what others may do is unknown here
        return Reply(screen=unknown_text(turn.texts))
    return await COMMANDS[name](turn)


async def _answered(run: Run, asking: Asking) -> Reply:
    try:
        return await _ASKED[asking](run)
    except DomainError as error:
        return await explained(run.turn, error, _question(run, asking))


def _question(run: Run, asking: Asking) -> Callback | None:
    """The button that asked."""
    kind = run.turn.practice.session_types.get(run.draft.session_type_id or 0)
    program_id = run.draft.program_id or (kind.program_id if kind else None)
    if asking is Asking.CODE and program_id is not None:
        return Enroll(program_id, run.id if run.draft.wizard else None)
    if asking in {Asking.EMAIL, Asking.EMAIL_CODE}:
        return AskEmail()
    in_wizard = {Asking.TOPIC: AskTopic(run.id), Asking.NOTE: AskNote(run.id)}
    return in_wizard.get(asking) or asked_by(run.draft, asking)


async def _typed_date(run: Run) -> Reply:
    """A day shows its times; a day with a time is taken at once."""
    turn = run.turn
    today = wall_time(turn.now, turn.zone)
    meant = understand(turn.text, today, turn.texts.locale)
    if meant is None:
        return run.reply(date_not_understood(turn.texts, ShowMonth(run.id)))
    day = meant.day or run.draft.day or today.date()
    bookable = today.date() <= day <= run.last_day()
    starts = instants_at(today.combine(day, meant.clock), turn.zone) if meant.clock and bookable else ()
    run = await run.keep(FunnelEvent.DATE_SELECTED, day=day)
    if not starts:
        return await times_step(run, day)
    free = await run.slots_on(day)
    meant_tap = PickTime(run.id, next((each for each in starts if each in free), starts[0]))
    try:
        return await pick_time(turn, meant_tap)
    except DomainError as error:
        return await explained(turn, error, meant_tap)


_ASKED: Mapping[Asking, Callable[[Run], Awaitable[Reply]]] = {
    Asking.TOPIC: typed_topic,
    Asking.NOTE: typed_note,
    Asking.ZONE: typed_city,
    Asking.CODE: typed_code,
    Asking.EXPLAIN: typed_moment,
    Asking.CANCEL_WORDS: typed_cancel_words,
    Asking.DAYS_OFF: typed_days_off,
    Asking.REPORT: no_show.typed_report,
    Asking.REPORT_ANSWER: no_show.typed_answer,
    Asking.COMMENT: review.typed_comment,
    Asking.REVIEW_ANSWER: review.typed_answer,
    Asking.HIDE_REASON: admin_review.typed_reason,
    Asking.PRIVATE_NOTE: note.typed_note,
    Asking.CLIENT: typed_client,
    Asking.BOOKING: typed_booking,
    Asking.UNTIL: typed_until,
    Asking.EMAIL: typed_email,
    Asking.EMAIL_CODE: typed_email_code,
    Asking.DATE: _typed_date,
}
