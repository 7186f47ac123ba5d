"""Addresses that open a new entry in somebody's web calendar; they tell neither topic nor note."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/action/compose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A calendar entry; `address` is empty for what takes place online."""

    title: str
    start: datetime
    end: datetime
    address: str = ""


def google_url(entry: Entry) -> str:
    """The address of Google Calendar's form, filled in."""
    span = f"{entry.start.astimezone(UTC):%Y%m%dT%H%M%SZ}/{entry.end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return _url(GOOGLE, action="TEMPLATE", text=entry.title, dates=span, location=entry.address)


def outlook_url(entry: Entry) -> str:
    """The address of Outlook's form, filled in."""
    start, end = (each.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for each in (entry.start, entry.end))
    return _url(
        OUTLOOK, rru="addevent", subject=entry.title, startdt=start, enddt=end, location=entry.address
    )


def _url(base: str, **query: str) -> str:
    return f"{base}?{urlencode({name: value for name, value in query.items() if value})}"
