"""Why a time is not offered, for counselors and the admin: one sentence for each reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.callbacks import AskExplain, ExplainMenu
from bot.screens.navigation import back, home, pager
from bot.screens.screen import Screen, Tap, rows
from bot.screens.wording import ROOM, bold, dotted, fitted, paragraphs, shown
from core.domain.counselor import Counselor
from core.domain.refusal import Reason, Refusal
from core.kit.i18n import Texts, msgid

SENTENCES: Mapping[Reason, str] = {
    Reason.OUTSIDE_RANGE: msgid("This time is outside the range that was asked for."),
    Reason.PAST: msgid("This time is over."),
    Reason.NOTICE: msgid("It is too soon: bookings need notice, so the earliest start is {limit}."),
    Reason.BEYOND_WINDOW: msgid("It is too far ahead: the booking window ends on {last}."),
    Reason.OUT_OF_OFFICE: msgid("Out of office from {first} to {last}."),
    Reason.OVERRIDE_CLOSED: msgid("The weekly hours do not apply on {first}: a date override replaces them."),
    Reason.OUTSIDE_HOURS: msgid("It is outside the weekly hours."),
    Reason.OFF_GRID: msgid("Sessions do not start at this minute: it is not on the slot interval."),
    Reason.DOES_NOT_FIT: msgid("The session does not fit into the open time {span}."),
    Reason.BOOKING: msgid("There is a booking at this time: {span}."),
    Reason.HOLD: msgid("Somebody is booking this time right now: {span}."),
    Reason.BUFFER: msgid("It is too close to another session: {span} is kept free."),
    Reason.EXTERNAL: msgid("A connected calendar is busy: {span}."),
    Reason.CLIENT_BUSY: msgid("The client has another session: {span}."),
    Reason.DAILY_LIMIT: msgid("The daily limit is reached on {first}."),
}


PAGE_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainState:
    """Whose time is asked about, for which session type and length; `menu` where one may pick others."""

    counselor_id: int
    counselor: str
    session_type: str
    minutes: int
    menu: bool = False


def pick_counselor(t: Texts, counselors: tuple[Counselor, ...], page: int = 0) -> Screen:
    """Whose time is asked about: a page of counselors, counted from 0."""
    pages = max(1, -(-len(counselors) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    here = counselors[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    buttons = (Tap(fitted(shown(each.name), ROOM[1]), AskExplain(each.id)) for each in here)
    words = t("Whose time is it about?") if here else t("No counselors available. Try later.")
    return Screen(
        text=paragraphs(bold(t("Why is a time not offered?")), words),
        rows=rows(*buttons, pager(t, page, pages, ExplainMenu), home(t)),
    )


def ask(t: Texts, state: ExplainState) -> Screen:
    """Wait for a date and time."""
    return Screen(
        text=paragraphs(
            bold(t("Why is a time not offered?")),
            _about(t, state),
            t("Write a date and a time in {zone}, such as “tomorrow 3pm”.", zone=t.zone_short()),
        ),
        rows=rows(back(t, ExplainMenu()) if state.menu else None, home(t)),
    )


def answer(t: Texts, state: ExplainState, start: datetime, refusal: Refusal | None) -> Screen:
    """What keeps the time from being offered, or that nothing does."""
    words = sentence(t, refusal) if refusal else t("✅ This time is offered.")
    return Screen(
        text=paragraphs(bold(t.moment(start)), _about(t, state), words),
        rows=rows(Tap(t("❓ Another time"), AskExplain(state.counselor_id)), home(t)),
    )


def sentence(t: Texts, refusal: Refusal) -> str:
    """A refusal in one sentence, with times in the reader's zone and dates on the counselor's calendar."""
    first, last = refusal.dates or (None, None)
    values = {
        "limit": t.moment(refusal.limit) if refusal.limit else "",
        "span": t.span(refusal.span.start, refusal.span.end) if refusal.span else "",
        "first": t.day(first) if first else "",
        "last": t.day(last) if last else "",
    }
    return t(SENTENCES[refusal.reason], **values)


def _about(t: Texts, state: ExplainState) -> str:
    return dotted(shown(state.counselor), shown(state.session_type), t.duration(state.minutes))
