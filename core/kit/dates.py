"""Days and times as the people of one language write them, with CLDR's names from Babel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one language puts a date together, and whether its clock has 12 hours."""

    day: str
    long_day: str
    month: str = "{month_alone} {year}"
    twelve_hours: bool = False


STYLES = {
    "en": Style(
        day="{weekday_short} {day} {month_short}",
        long_day="{weekday} {day} {month} {year}",
        twelve_hours=True,
    ),
    "de": Style(day="{weekday_short}, {day}. {month_short}", long_day="{weekday}, {day}. {month} {year}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The names and the style of one language; weekdays are 0 for Monday to 6, months 1 to 12.

    Times are given as datetimes in the zone they are to be shown in.
    """

    style: Style
    weekdays: Mapping[int, str]
    weekdays_short: Mapping[int, str]
    months: Mapping[int, str]
    months_short: Mapping[int, str]
    months_alone: Mapping[int, str]
    halves: tuple[str, str]
    cities: Mapping[str, str]
    first_weekday: int

    def day(self, day: date) -> str:
        """`Tue 3 Nov`."""
        return self._write(self.style.day, day)

    def long_day(self, day: date) -> str:
        """`Tuesday 3 November 2026`."""
        return self._write(self.style.long_day, day)

    def month(self, month: date) -> str:
        """`November 2026`."""
        return self._write(self.style.month, month)

    def time(self, local: datetime) -> str:
        """`14:00` or `2:00 PM`; a time that clocks show twice that day also has its UTC offset."""
        return self._clock(local, with_half=True) + (f" ({offset(local)})" if shown_twice(local) else "")

    def hour(self, hour: int) -> str:
        """`2 PM` or `14:00`."""
        return f"{hour % 12 or 12} {self.halves[hour // 12]}" if self.style.twelve_hours else f"{hour:02}:00"

    def clock(self, hour: int, minute: int) -> str:
        """`2:30` or `14:30`: where one sees which half of the day it is."""
        shown = str(hour % 12 or 12) if self.style.twelve_hours else f"{hour:02}"
        return f"{shown}:{minute:02}"

    def times(self, start: datetime, end: datetime) -> str:
        """`14:00–14:45`, `2:00–2:45 PM`, or `11:30 PM – Wed 4 Nov, 12:15 AM` over midnight."""
        if start.date() != end.date():
            return f"{self.time(start)} – {self.day(end)}, {self.time(end)}"
        if not self.style.twelve_hours:
            return f"{self.time(start)}–{self.time(end)}"
        if start.hour // 12 != end.hour // 12 or shown_twice(start) or shown_twice(end):
            return f"{self.time(start)} – {self.time(end)}"
        return f"{self._clock(start, with_half=False)}–{self.time(end)}"

    def city(self, zone: ZoneInfo) -> str:
        """The city a zone is known by: `New York`; `UTC` for the zones without a place."""
        key = get_global("zone_aliases").get(zone.key, zone.key)
        return "UTC" if key == "Etc/UTC" else self.cities.get(key) or key.rpartition("/")[2].replace("_", " ")

    def _write(self, pattern: str, day: date) -> str:
        weekday = day.weekday()
        return pattern.format(
            weekday=self.weekdays[weekday],
            weekday_short=self.weekdays_short[weekday],
            day=day.day,
            month=self.months[day.month],
            month_short=self.months_short[day.month],
            month_alone=self.months_alone[day.month],
            year=day.year,
        )

    def _clock(self, local: datetime, *, with_half: bool) -> str:
        half = f" {self.halves[local.hour // 12]}" if with_half and self.style.twelve_hours else ""
        return self.clock(local.hour, local.minute) + half


@cache
def dates(language: str) -> Dates:
    """The names and the style of a supported language."""
    locale = Locale.parse(language)
    days, months, periods = locale.days, locale.months, locale.day_periods["format"]["abbreviated"]
    aliases = get_global("zone_aliases")
    return Dates(
        style=STYLES[language],
        weekdays=dict(days["format"]["wide"]),
        weekdays_short=dict(days["stand-alone"]["abbreviated"]),
        months=dict(months["format"]["wide"]),
        months_short=dict(months["format"]["abbreviated"]),
        months_alone=dict(months["stand-alone"]["wide"]),
        halves=(periods["am"], periods["pm"]),
        cities={
            aliases.get(key, key): names["city"]
            for key, names in locale.time_zones.items()
            if "city" in names
        },
        first_weekday=locale.first_week_day,
    )


def offset(local: datetime) -> str:
    """The distance of a zone from UTC at that moment: `UTC−5`, `UTC+5:30`, `UTC`."""
    minutes = (local.utcoffset() or timedelta()) // MINUTE
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"


def shown_twice(local: datetime) -> bool:
    """Clocks in this zone show this time twice on this day, as they went back over it."""
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
