"""Ranges of dates as people type them: "24.12. – 6.1.", "tomorrow to friday", "3.-7.11."."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.typed_time import LONGEST, understand

_BETWEEN = re.compile(
    r"\s*(?:\b(?:to|till|until|through|bis)\b|[-\u2013\u2014])\s*(?:\b(?:zum|the|on)\b\s*)?"
)
_BEFORE = re.compile(r"^\s*(?:from|von|vom)\b")
_DAY_ALONE = re.compile(r"([0-9]{1,2})(?:\.|st|nd|rd|th)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def understand_range(text: str, today: datetime, locale: str) -> tuple[date, date] | None:
    """The first and last day meant by a text, None when it is neither a date nor two of them in order.

    `today` is the reader's wall clock. Where a year is missing it is the next that fits; a month missing
    from the first date is that of the second.
    """
    text = _BEFORE.sub("", " ".join(text.casefold().split()).strip())
    if not text or len(text) > 2 * LONGEST:
        return None
    for first, last in _halves(text.strip()):
        found = _range(first, last, today, locale)
        if found is not None:
            return found
    day = _day(text, today, locale)
    return (day, day) if day else None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Everywhere the text may be cut into two dates; a date as in `2026-12-24` is never cut."""
    whole = [range(found.start() + 1, found.end()) for found in _ISO.finditer(text)]
    for found in _BETWEEN.finditer(text):
        if not any(found.start() in each for each in whole):
            yield text[: found.start()], text[found.end() :]


def _range(first: str, last: str, today: datetime, locale: str) -> tuple[date, date] | None:
    alone = _DAY_ALONE.fullmatch(first)
    if alone:
        return _within_month(int(alone[1]), _day(last, today, locale), today.date())
    start = _day(first, today, locale)
    if start is None:
        return None
    end = _day(last, datetime.combine(start, time()), locale)
    return (start, end) if end and start <= end else None


def _within_month(number: int, last: date | None, today: date) -> tuple[date, date] | None:
    if last is None or not 1 <= number <= last.day:
        return None
    first = last - timedelta(days=last.day - number)
    return (first, last) if first >= today else None


def _day(text: str, today: datetime, locale: str) -> date | None:
    found = understand(text, today, locale)
    return found.day if found and found.clock is None else None
