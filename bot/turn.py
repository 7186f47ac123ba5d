"""One update from one person, and what the chat answers to it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.screens.screen import Screen
from core.domain.access import Actor
from core.domain.person import Person
from core.domain.practice import Practice
from core.domain.zones import zone
from core.kit.i18n import Texts, texts
from core.ports.calendar_files import CalendarFile
from core.services.drafts import DraftRow
from core.services.use_cases import UseCases


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who acts, when, and with what at hand; the person comes from the update, never from a button.

    `message_id` is the message a button was tapped on, `text` what was typed in the message `text_id`,
    `language` what their Telegram speaks (IETF, None where it does not say), `bot_name` the bot's username
    for links, `calendar_file` makes files for other calendars.
    """

    core: UseCases
    person: Person
    practice: Practice
    texts: Texts
    now: datetime
    bot_name: str
    calendar_file: CalendarFile
    message_id: int | None = None
    language: str | None = None
    text: str = ""
    text_id: int | None = None

    @property
    def actor(self) -> Actor:
        """The person as an actor."""
        return Actor(person=self.person)

    @property
    def zone(self) -> str:
        """The zone in which times are shown to the person."""
        return self.person.zone or self.practice.zone

    def as_person(self, person: Person) -> "Turn":
        """The same turn after the person's own record has changed."""
        words = texts(person.locale, zone(person.zone or self.practice.zone))
        return replace(self, person=person, texts=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to send along."""

    name: str
    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture, PNG or JPEG, of which the screen is the caption."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to show: a screen (in place of the tapped message unless `fresh`), a toast, a document, a photo.

    `before` is sent first as a message of its own. `draft` is the wizard run whose message the screen is, so
    that typed text can move it. `menu_changed` says that the person sees other commands from now on.
    """

    before: Screen | None = None

    screen: Screen | None = None
    toast: str | None = None
    alert: bool = False
    fresh: bool = False
    draft: DraftRow | None = None
    document: Document | None = None
    photo: Photo | None = None
    menu_changed: bool = False
