"""What a client has chosen so far in the wizard, as it is kept between two taps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core.domain.cancellation import Reason
from core.domain.errors import Conflict
from core.domain.outcome import Outcome
from core.domain.series import Plan, Repeat, Rhythm
from core.domain.session_type import Location
from core.domain.side import Side
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
    CANCEL_WORDS = "cancel_words"
    DAYS_OFF = "days_off"
    REPORT = "report"
    REPORT_ANSWER = "report_answer"
    COMMENT = "comment"
    REVIEW_ANSWER = "review_answer"
    HIDE_REASON = "hide_reason"
    PRIVATE_NOTE = "private_note"
    CLIENT = "client"
    BOOKING = "booking"
    UNTIL = "until"
    EMAIL = "email"
    EMAIL_CODE = "email_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The choices of one run of the wizard; `booked_id` is set once it has led to a booking.

    `asking` says how typed text is understood; without it, while a date is to be chosen, as a date. A draft
    that is no `wizard` only waits for such a text, or keeps the `link` that somebody came by until the first
    questions are answered. `heard` is the last message whose text was taken, as the answer to `heard_as`:
    after a crash Telegram sends it once more, and it must mean the same.

    A wizard that is `moving` a booking looks for another time for it: `moved_from` is its present start,
    `other` the name of the other side (a client where `for_client`), `proposal_id` the offer that is
    answered, `seen` the version of what was on the screen when it began. A draft that is `cancelling` a
    booking keeps a `reason`, a `note` and the `percent` of the price that the person was told comes back.
    One that waits for words `about` a booking
    keeps the `outcome` that they go with. A counselor who books for a client has a wizard with their
    `client_id`, an admin who moves a booking one with the side on whose `behalf` that is. In a wizard that is
    `waiting` nobody can be booked: it leads to the waitlist.

    A session that is to be repeated has a `plan`, which is `fortnightly` or not while it is being made. One
    that is moved or called off with those `following` it keeps what comes back in all as `quoted`.
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
    moving: int | None = None
    cancelling: int | None = None
    seen: int = 0
    proposal_id: int | None = None
    moved_from: datetime | None = None
    other: str = ""
    for_client: bool = False
    reason: Reason | None = None
    percent: int = 0
    about: int | None = None
    outcome: Outcome | None = None
    client_id: int | None = None
    waiting: bool = False
    behalf: Side | None = None
    plan: Plan | None = None
    fortnightly: bool = False
    following: bool = False
    quoted: int = 0

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


def _dump_plan(plan: Plan) -> dict[str, Any]:
    return {
        "weeks": int(plan.repeat.rhythm),
        "times": plan.repeat.times,
        "other": [[number, start.isoformat()] for number, start in sorted(plan.other.items())],
        "skipped": sorted(plan.skipped),
    }


def _load_plan(kept: Mapping[str, Any]) -> Plan:
    return Plan(
        repeat=Repeat(rhythm=Rhythm(kept["weeks"]), times=kept["times"]),
        other={number: datetime.fromisoformat(start) for number, start in kept["other"]},
        skipped=frozenset(kept["skipped"]),
    )


_DUMP: Mapping[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    Plan: _dump_plan,
}
_LOAD: Mapping[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "start": datetime.fromisoformat,
    "held_until": datetime.fromisoformat,
    "location": Location,
    "asking": Asking,
    "heard_as": Asking,
    "moved_from": datetime.fromisoformat,
    "reason": Reason,
    "outcome": Outcome,
    "behalf": Side,
    "plan": _load_plan,
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
