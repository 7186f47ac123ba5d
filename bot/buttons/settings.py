"""Language, time zone and reminders."""

from enum import StrEnum

from bot.callback_codec import Callback, route


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
