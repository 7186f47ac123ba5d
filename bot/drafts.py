"""What a client has chosen so far in the wizard, as it is kept between two taps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core.domain.errors import Conflict
from core.domain.session_type import Location
from core.services.booking import Details
from core.services.offers import Wanted


class Asking(StrEnum):
    """What the next typed text is the answer to."""

    TOPIC = "topic"
    NOTE = "note"
    ZONE = "zone"
    DATE = "date"
    CODE = "code"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The choices of one run of the wizard; `booked_id` is set once it has led to a booking.

    `asking` says how typed text is understood; without it, while a date is to be chosen, as a date. A draft
    that is no `wizard` only waits for such a text, or keeps the `link` that somebody came by until the first
    questions are answered. `heard` is the last message whose text was taken, as the answer to `heard_as`:
    after a crash Telegram sends it once more, and it must mean the same.
    """

    counselor_id: int | None = None
    preselected: bool = False
    session_type_id: int | None = None
    program_id: int | None = None
    minutes: int | None = None
    day: date | None = None
    start: datetime | None = None
    hold_id: int | None = None
    held_until: datetime | None = None
    topic: str = ""
    note: str = ""
    location: Location | None = None
    reminders: bool = True
    booked_id: int | None = None
    asking: Asking | None = None
    heard: int | None = None
    heard_as: Asking | None = None
    wizard: bool = True
    link: str = ""

    @property
    def wanted(self) -> Wanted:
        """What is looked for; Conflict `draft_incomplete` while a choice is missing."""
        if self.counselor_id is None or self.session_type_id is None or self.minutes is None:
            raise Conflict("draft_incomplete")
        return Wanted(
            counselor_id=self.counselor_id, session_type_id=self.session_type_id, minutes=self.minutes
        )

    @property
    def details(self) -> Details:
        """What the client adds to the booking."""
        return Details(topic=self.topic, note=self.note, location=self.location, reminders=self.reminders)

    def with_(self, **changes: object) -> "Draft":
        """The draft with other choices."""
        return replace(self, **changes)  # type: ignore[arg-type]


_DUMP: Mapping[type, Callable[[Any], str]] = {date: date.isoformat, datetime: datetime.isoformat}
_LOAD: Mapping[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "start": datetime.fromisoformat,
    "held_until": datetime.fromisoformat,
    "location": Location,
    "asking": Asking,
    "heard_as": Asking,
}


def dump(draft: Draft) -> dict[str, Any]:
    """The draft as plain JSON values; what is as by default is left out."""
    chosen = {each.name: getattr(draft, each.name) for each in fields(draft)}
    return {
        name: _DUMP[type(value)](value) if type(value) in _DUMP else value
        for name, value in chosen.items()
        if value != _DEFAULTS[name]
    }


def load(payload: Mapping[str, Any]) -> Draft:
    """The draft that `dump` wrote."""
    return Draft(**{name: _LOAD[name](value) if name in _LOAD else value for name, value in payload.items()})


_DEFAULTS = {each.name: each.default for each in fields(Draft)}
