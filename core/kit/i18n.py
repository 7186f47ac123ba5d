"""Everything a person reads: translated, with days, times and money as their language and zone have them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from core.kit.dates import Dates, dates, offset
from core.kit.money import show_money
from core.kit.translations import LANGUAGES, guess, translations

__all__ = ["LANGUAGES", "Texts", "guess", "msgid", "texts"]


def msgid(text: str) -> str:
    """`text` itself, marked so that it gets into the catalogs: for tables that are translated on use."""
    return text


MOMENT = msgid("{day}, {time} ({zone})")
CITY_TIME = msgid("{city} time")
DAYS_HOURS = msgid("{days} {hours} h")
HOURS_MINUTES = msgid("{hours} h {minutes} min")
HOURS = msgid("{hours} h")
MINUTES = msgid("{minutes} min")
UNDER_A_MINUTE = msgid("under a minute")


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one supported language and the clock of one zone; call it `t` so that msgids are found.

    Placeholders are those of `str.format`. Instants are aware datetimes in any zone; ValueError if naive.
    """

    locale: str
    zone: ZoneInfo

    def __call__(self, msgid: str, /, **values: object) -> str:
        """The translation as plain text, values put in as they are."""
        return translations(self.locale).gettext(msgid).format(**values)

    def html(self, msgid: str, /, **values: object) -> Markup:
        """The translation as HTML: tags of the msgid stay, values are escaped unless they are Markup."""
        return Markup(translations(self.locale).gettext(msgid)).format(**values)  # noqa: S704 - msgids are ours

    def n(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The form for `n`, which is also the value of `{n}`."""
        return translations(self.locale).ngettext(singular, plural, n).format(n=n, **values)

    def n_html(self, singular: str, plural: str, n: int, /, **values: object) -> Markup:
        """`n`, with tags as in `html`."""
        text = translations(self.locale).ngettext(singular, plural, n)
        return Markup(text).format(n=n, **values)  # noqa: S704 - msgids are ours

    def context(self, context: str, msgid: str, /, **values: object) -> str:
        """The translation of a word that means several things, told apart by `context`."""
        return translations(self.locale).pgettext(context, msgid).format(**values)

    def day(self, when: date) -> str:
        """`Tue 3 Nov`; a plain date is taken as it is, an instant in the zone."""
        return self._dates.day(self._date(when))

    def long_day(self, when: date) -> str:
        """`Tuesday 3 November 2026`."""
        return self._dates.long_day(self._date(when))

    def month(self, year: int, month: int) -> str:
        """`November 2026`."""
        return self._dates.month(date(year, month, 1))

    def weekday_short(self, weekday: int) -> str:
        """`Mon` for 0 to `Sun` for 6."""
        return self._dates.weekdays_short[weekday]

    @property
    def first_weekday(self) -> int:
        """The day a week begins with, 0 for Monday to 6 for Sunday."""
        return self._dates.first_weekday

    def time(self, instant: datetime) -> str:
        """`14:00` or `2:00 PM`; with the UTC offset where clocks show that time twice."""
        return self._dates.time(self._local(instant))

    def hour(self, hour: int) -> str:
        """`2 PM` or `14:00` for 14."""
        return self._dates.hour(hour)

    def clock(self, hour: int, minute: int) -> str:
        """`2:30` or `14:30`: where one sees which half of the day it is."""
        return self._dates.clock(hour, minute)

    def times(self, start: datetime, end: datetime) -> str:
        """`2:00–2:45 PM`: from and to without the day and the zone."""
        return self._dates.times(self._local(start), self._local(end))

    def moment(self, instant: datetime) -> str:
        """`Tue 3 Nov, 2:00 PM (New York time)`."""
        return self(MOMENT, day=self.day(instant), time=self.time(instant), zone=self.zone_short())

    def span(self, start: datetime, end: datetime) -> str:
        """`Tue 3 Nov, 2:00–2:45 PM (New York time)`."""
        return self(MOMENT, day=self.day(start), time=self.times(start, end), zone=self.zone_short())

    def zone_short(self) -> str:
        """`New York time`, or `UTC`."""
        city = self._dates.city(self.zone)
        return city if city == "UTC" else self(CITY_TIME, city=city)

    def zone_name(self, zone: ZoneInfo, at: datetime) -> str:
        """A zone for people to choose, with its offset at that instant: `New York (UTC−5)`."""
        city, ahead = self._dates.city(zone), offset(at.astimezone(zone))
        return city if city == ahead else f"{city} ({ahead})"

    def money(self, minor: int, currency: str) -> str:
        """`$60.00` for 6000 minor units of USD."""
        return show_money(minor, currency, self.locale)

    def decimal(self, value: float) -> str:
        """`4.8` or `4,8`: one decimal place."""
        return format_decimal(value, "0.0", locale=self.locale)

    def percent(self, value: int) -> str:
        """`50%`, in German with a space that does not break."""
        return format_percent(value / 100, locale=self.locale)

    def duration(self, minutes: int) -> str:
        """`45 min`, `1 h`, `1 h 30 min`."""
        hours, rest = divmod(minutes, 60)
        pattern = (HOURS_MINUTES if rest else HOURS) if hours else MINUTES
        return self(pattern, hours=hours, minutes=rest)

    def countdown(self, seconds: float) -> str:
        """Time left, rounded down: `2 days 3 h`, `3 h 20 min`, `9 min`, `under a minute`."""
        minutes = int(seconds // 60)
        if minutes < 1:
            return self(UNDER_A_MINUTE)
        days, hours = divmod(minutes // 60, 24)
        if not days:
            return self.duration(minutes)
        t = self  # so that the msgid is found
        words = t.n("{n} day", "{n} days", days)
        return t(DAYS_HOURS, days=words, hours=hours) if hours else words

    def in_zone(self, zone: ZoneInfo) -> "Texts":
        """The same language on another clock."""
        return texts(self.locale, zone)

    @property
    def _dates(self) -> Dates:
        return dates(self.locale)

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {instant.isoformat()}")
        return instant.astimezone(self.zone)

    def _date(self, when: date) -> date:
        return self._local(when).date() if isinstance(when, datetime) else when


@lru_cache(maxsize=4096)
def texts(locale: str | None, zone: ZoneInfo) -> Texts:
    """The texts for a person of this locale (the nearest supported one) and zone."""
    return Texts(guess(locale), zone)
