"""A window of open hours on a wall clock, and how it is written: `09:00-17:00`, `22:00-02:00`."""

import re
from dataclasses import dataclass

DAY_MINUTES = 1440
_WRITTEN = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Open hours of a date, from `start_minute` up to `end_minute` of its wall clock.

    Minutes count from midnight; an end past 1440 lies on the next date. At least a minute, at most 24 hours.
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < DAY_MINUTES:
            raise ValueError(f"a window starts from minute 0 to 1439 of its date, not {self.start_minute}")
        if not self.start_minute < self.end_minute <= self.start_minute + DAY_MINUTES:
            raise ValueError(f"a window lasts 1 to 1440 minutes, not {self.end_minute - self.start_minute}")

    def __str__(self) -> str:
        end = self.end_minute if self.end_minute == DAY_MINUTES else self.end_minute % DAY_MINUTES
        return f"{_clock(self.start_minute)}-{_clock(end)}"


def parse_window(text: str) -> Window:
    """The window written `HH:MM-HH:MM`; ValueError with one clear line for anything else.

    An end at or before the start lies on the next date, so `09:00-09:00` is 24 hours; `24:00` ends the date.
    """
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise ValueError(f"expected hours like 09:00-17:00, not {text[:_SHOWN]!r}")
    start_hour, start_minute, end_hour, end_minute = (int(each) for each in found.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if max(start_minute, end_minute) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise ValueError(f"no such time of day in {text!r}")
    return Window(start_minute=start, end_minute=end if end > start else end + DAY_MINUTES)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
