"""Step 5 of booking: topic, note, location and reminders, while the time is held."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    AskNote,
    AskTopic,
    ClearNote,
    ClearTopic,
    SetLocation,
    SetReminders,
    ShowConfirm,
    ShowDetails,
    ShowTimes,
)
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import back, wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.session import described, place, when
from bot.screens.wording import ROOM, fitted, lines, paragraphs, quoted, shown
from core.domain.session_type import Location
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A draft whose time is held until `held_until`, with what the client has added."""

    draft: int
    chosen: Chosen
    starts_at: datetime
    ends_at: datetime
    held_until: datetime
    now: datetime
    topic: str = ""
    note: str = ""
    location: Location
    locations: tuple[Location, ...]
    address: str = ""
    reminders: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AskState:
    """A text to be typed: what stands there now, and how long it may be.

    `reader` is the client whom a counselor writes it for.
    """

    draft: int
    current: str
    most: int
    reader: str = ""


def details(t: Texts, state: Held) -> Screen:
    """What the client may add; everything is optional."""
    draft = state.draft
    return Screen(
        text=paragraphs(
            lines(header(t, state.chosen), when(t, state.starts_at, state.ends_at), hold_line(t, state)),
            t("Anything to add? All of this is optional."),
            summary(t, state),
        ),
        rows=rows(
            (
                Tap(t("💭 Change topic") if state.topic else t("💭 Add topic"), AskTopic(draft)),
                Tap(t("📝 Change note") if state.note else t("📝 Add note"), AskNote(draft)),
            ),
            *location_rows(t, state.draft, state.locations, state.location),
            _reminders(t, state),
            Tap(t("Continue ›"), ShowConfirm(draft), Style.PRIMARY),
            wizard_end(t, draft, ShowTimes(draft)),
        ),
    )


def ask_topic(t: Texts, state: AskState) -> Screen:
    """Wait for the topic."""
    own = t(
        "What would you like to talk about? Write it in one message, up to {most} characters.",
        most=state.most,
    )
    other = t("What is it about? Write it in one message, up to {most} characters.", most=state.most)
    words = other if state.reader else own
    return _ask(t, words, state, Tap(t("🗑 Remove topic"), ClearTopic(state.draft)))


def ask_note(t: Texts, state: AskState) -> Screen:
    """Wait for the note."""
    words = t(
        "What should your counselor know? Write it in one message, up to {most} characters.", most=state.most
    )
    return _ask(t, words, state, Tap(t("🗑 Remove note"), ClearNote(state.draft)))


def location_rows(t: Texts, draft: int, locations: tuple[Location, ...], chosen: Location) -> tuple[Row, ...]:
    """Where it may take place, if there is a choice."""
    if len(locations) < 2:
        return ()
    buttons = (
        Tap(
            fitted(place(t, each), ROOM[2]),
            SetLocation(draft, each),
            Style.PRIMARY if each is chosen else None,
        )
        for each in locations
    )
    return in_columns(buttons, 2)


def hold_line(t: Texts, state: Held) -> str:
    """Until when the time is kept."""
    left = t.countdown((state.held_until - state.now).total_seconds())
    return t("⏳ Kept for you until {time} ({left} left)", time=t.time(state.held_until), left=left)


def summary(t: Texts, state: Held) -> Markup:
    """What is set so far."""
    return lines(
        described(t, state.topic, state.note),
        place(t, state.location, state.address),
        t("🔔 Reminders on") if state.reminders else t("🔕 Reminders off"),
    )


def _ask(t: Texts, words: str, state: AskState, remove: Tap) -> Screen:
    return Screen(
        text=paragraphs(words, _who_reads(t, state), quoted(state.current)),
        rows=rows(remove if state.current else None, back(t, ShowDetails(state.draft))),
    )


def _who_reads(t: Texts, state: AskState) -> str:
    if state.reader:
        return t("Only {name} and you read this.", name=shown(state.reader))
    return t("Only your counselor reads this.")


def _reminders(t: Texts, state: Held) -> Tap:
    label = t("🔕 Turn reminders off") if state.reminders else t("🔔 Turn reminders on")
    return Tap(label, SetReminders(state.draft, not state.reminders))
