"""Dates and times as people type them: "tomorrow 3pm", "24.12. 15 Uhr"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

LONGEST = 60
"""Longer texts are not a date, and the parser's time grows with them."""

_CLOCK = re.compile(
    r"""(?:\b(?:at|um|gegen|ab)\s+)?\b
        (?:(?P<hour>[01]?\d|2[0-3]) [:.] (?P<minute>[0-5]\d) \s* (?P<half>[ap]\.?m\.?)? (?:\s*uhr\b)?
        |(?P<hour_uhr>[01]?\d|2[0-3]) \s* (?:uhr|h)\b (?:\s*(?P<minute_uhr>[0-5]\d)\b)?
        |(?P<hour_half>1[0-2]|0?[1-9]) \s* (?P<half_only>[ap]\.?m\.?)
        |(?<=\bat\s)(?P<hour_at>[01]?\d|2[0-3])$
        |(?<=\bum\s)(?P<hour_um>[01]?\d|2[0-3])$
        )(?![\d.])""",
    re.VERBOSE,
)
_WORDS = re.compile(r"\b(?:on|am|den|der|at|um|the)\b")
_NOON = {"noon": time(12), "mittag": time(12), "mittags": time(12)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTime:
    """What was understood: a day, a time of day, or both."""

    day: date | None
    clock: time | None


def understand(text: str, today: datetime, locale: str) -> TypedTime | None:
    """The day and time meant by a text, None when it is neither; `today` is the reader's wall clock.

    A date without a year is the next such date, a weekday the next such day; numbers are day first.
    """
    text = " ".join(text.casefold().split())
    if not text or len(text) > LONGEST:
        return None
    clock, rest = _take_clock(text)
    rest = " ".join(_WORDS.sub(" ", rest).replace(",", " ").split())
    if not rest:
        return TypedTime(day=None, clock=clock) if clock else None
    day = _day(rest, today, locale)
    return TypedTime(day=day, clock=clock) if day else None


def _take_clock(text: str) -> tuple[time | None, str]:
    for word, meant in _NOON.items():
        if re.search(rf"\b{word}\b", text):
            return meant, re.sub(rf"\b{word}\b", " ", text)
    for found in _CLOCK.finditer(text):
        parts = found.groupdict()
        if parts["hour"] and "." in found[0] and not parts["half"] and "uhr" not in found[0]:
            continue  # "24.12" is a date, not a time
        hours = ("hour", "hour_uhr", "hour_half", "hour_at", "hour_um")
        hour = next(int(parts[name]) for name in hours if parts[name])
        minute = int(parts["minute"] or parts["minute_uhr"] or 0)
        half = parts["half"] or parts["half_only"]
        if half:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        return time(hour, minute), text[: found.start()] + " " + text[found.end() :]
    return None, text


def _day(text: str, today: datetime, locale: str) -> date | None:
    numeric = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    day = _numeric_day(numeric.groupdict(), today.date()) if numeric else _worded_day(text, today, locale)
    return day if day and day >= today.date() else None


def _numeric_day(parts: dict[str, str | None], today: date) -> date | None:
    day, month, year = (int(parts[name] or 0) for name in ("day", "month", "year"))
    years = [year + 2000 if year < 100 else year] if year else [today.year, today.year + 1]
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _worded_day(text: str, today: datetime, locale: str) -> date | None:
    if not text.isprintable() or not any(letter.isalpha() for letter in text):
        return None
    from dateparser.date import DateDataParser  # takes a while, and few people type

    settings = {
        "RELATIVE_BASE": today.replace(tzinfo=None, hour=12, minute=0, second=0, microsecond=0),
        "PREFER_DATES_FROM": "future",
        "PARSERS": ["relative-time", "absolute-time"],
    }
    parser = DateDataParser(languages=list(dict.fromkeys((locale, "en"))), settings=settings)
    found = parser.get_date_data(text)
    return found.date_obj.date() if found.date_obj and found.period in {"day", "week"} else None


_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})(?:[./](?P<year>[0-9]{4}|[0-9]{2})?)?")
