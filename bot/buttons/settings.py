"""Language, time zone, reminders, e-mail, and what one is told of where."""

from enum import StrEnum

from bot.callback_codec import Callback, route
from core.domain.channel import Channel, Topic


class Region(StrEnum):
    """Parts of the world in the list of time zones."""

    AFRICA = "africa"
    AMERICA = "america"
    ASIA = "asia"
    OCEANIA = "oceania"
    EUROPE = "europe"
    ISLANDS = "islands"


@route("st")
class Settings(Callback):
    """Language, time zone and reminders."""


@route("lm")
class LanguageMenu(Callback):
    """The list of languages."""


@route("ls")
class SetLocale(Callback):
    """Speak this language from now on."""

    locale: str


@route("re")
class ToggleReminders(Callback):
    """Whether new bookings come with reminders."""

    on: bool


@route("zm")
class ZoneMenu(Callback):
    """How to say where one is; with a draft, the wizard goes on afterwards."""

    draft: int | None = None


@route("zl")
class ZoneLocation(Callback):
    """Show the key that shares the phone's location."""

    draft: int | None = None


@route("zr")
class ZoneRegion(Callback):
    """A page of the zones of one region."""

    region: Region
    page: int = 0
    draft: int | None = None


@route("zp")
class ZonePractice(Callback):
    """The same zone as the practice."""

    draft: int | None = None


@route("zs")
class SetZone(Callback):
    """Use this zone from now on."""

    zone: str
    draft: int | None = None


@route("me")
class EmailMenu(Callback):
    """The person's e-mail address."""


@route("ma")
class AskEmail(Callback):
    """Wait for an address to be written."""


@route("mx")
class RemoveEmail(Callback):
    """Write no e-mails any more."""


@route("mn")
class NotificationMenu(Callback):
    """What the person is told of where."""


@route("mt")
class SwitchTopic(Callback):
    """Turn a topic on or off on a channel."""

    topic: Topic
    channel: Channel
    on: bool


@route("mq")
class QuietMenu(Callback):
    """When reminders wait."""


@route("mw")
class SetQuiet(Callback):
    """Quiet hours from one full hour to another; none where both are the same."""

    start: int
    end: int
