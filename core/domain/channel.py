"""Over which channels a person is told of what, and when they are left in peace."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from core.domain.notification import Kind
from core.domain.person import Person
from core.domain.zones import zone

DAY = timedelta(days=1)
MARGIN = timedelta(hours=1)
"""A reminder that waited for the end of the quiet hours comes at least this long before the start."""


class Channel(StrEnum):
    """A way to a person."""

    CHAT = "chat"
    MAIL = "mail"


class Topic(StrEnum):
    """What messages are about, as people choose among them."""

    BOOKINGS = "bookings"
    CHANGES = "changes"
    REMINDERS = "reminders"
    AFTERWARDS = "afterwards"
    OFFERS = "offers"


TOPICS: Mapping[Kind, Topic] = {
    Kind.REQUEST_RECEIVED: Topic.BOOKINGS,
    Kind.NEW_REQUEST: Topic.BOOKINGS,
    Kind.NEW_BOOKING: Topic.BOOKINGS,
    Kind.CONFIRMED: Topic.BOOKINGS,
    Kind.DECLINED: Topic.BOOKINGS,
    Kind.EXPIRED: Topic.BOOKINGS,
    Kind.EXPIRED_UNANSWERED: Topic.BOOKINGS,
    Kind.REQUEST_NUDGE: Topic.BOOKINGS,
    Kind.BOOKED_FOR: Topic.BOOKINGS,
    Kind.BOOKED_FOR_NUDGE: Topic.BOOKINGS,
    Kind.TURNED_DOWN: Topic.BOOKINGS,
    Kind.CANCELLED: Topic.CHANGES,
    Kind.RESCHEDULE_REQUESTED: Topic.CHANGES,
    Kind.RESCHEDULE_COUNTERED: Topic.CHANGES,
    Kind.RESCHEDULE_ACCEPTED: Topic.CHANGES,
    Kind.RESCHEDULE_REJECTED: Topic.CHANGES,
    Kind.RESCHEDULE_WITHDRAWN: Topic.CHANGES,
    Kind.RESCHEDULE_EXPIRED: Topic.CHANGES,
    Kind.REMINDER: Topic.REMINDERS,
    Kind.OUTCOME_ASKED: Topic.AFTERWARDS,
    Kind.COMPLETED: Topic.AFTERWARDS,
    Kind.NO_SHOW: Topic.AFTERWARDS,
    Kind.NO_SHOW_REPORTED: Topic.AFTERWARDS,
    Kind.NO_SHOW_DECIDED: Topic.AFTERWARDS,
    Kind.REVIEW_WRITTEN: Topic.AFTERWARDS,
    Kind.REVIEW_ANSWERED: Topic.AFTERWARDS,
    Kind.WAITLIST_OPENING: Topic.OFFERS,
}
ESSENTIAL = frozenset({Topic.BOOKINGS, Topic.CHANGES})
"""Nobody stays without a word about these: they can be turned off where another channel carries them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one time of day until another, past midnight where `end` is not after `start`."""

    start: time
    end: time

    def around(self, instant: datetime, zone_name: str) -> tuple[datetime, datetime] | None:
        """When the quiet hours begin and end that hold this instant, on the clocks of a zone."""
        today = instant.astimezone(zone(zone_name)).date()
        for day in (today - DAY, today):
            begin, end = self._on(day, zone_name)
            if begin <= instant < end:
                return begin, end
        return None

    def _on(self, day: date, zone_name: str) -> tuple[datetime, datetime]:
        until = day if self.start < self.end else day + DAY
        where = zone(zone_name)
        begin, end = (datetime.combine(*each, where) for each in ((day, self.start), (until, self.end)))
        return begin.astimezone(UTC), end.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person does not want to hear of where, and their quiet hours."""

    muted: frozenset[tuple[Topic, Channel]] = field(default_factory=frozenset)
    quiet: QuietHours | None = None

    def switched(self, topic: Topic, channel: Channel, *, on: bool) -> "Choices":
        """The choices with a topic turned on or off on a channel."""
        this = {(topic, channel)}
        return replace(self, muted=self.muted - this if on else self.muted | this)

    def allow(self, topic: Topic, channel: Channel, reached: frozenset[Channel]) -> bool:
        """Whether to write about a topic on a channel to somebody who can be reached on these.

        What everybody has to know goes out although it is turned off, where no other channel carries it.
        """
        if (topic, channel) not in self.muted:
            return True
        others = {each for each in reached - {channel} if (topic, each) not in self.muted}
        return topic in ESSENTIAL and not others and self._first(reached) is channel

    def reminded_at(self, due: datetime, start: datetime, zone_name: str) -> datetime:
        """When to remind of a start at the latest: quiet hours are awaited, or run ahead of."""
        held = self.quiet.around(due, zone_name) if self.quiet else None
        if held is None:
            return due
        begin, end = held
        return end if end + MARGIN <= start else begin

    def _first(self, reached: frozenset[Channel]) -> Channel | None:
        return next((each for each in Channel if each in reached), None)


def reached_on(person: Person) -> frozenset[Channel]:
    """The channels on which a message can arrive."""
    found = {Channel.CHAT: person.reachable_in_chat, Channel.MAIL: person.reachable_by_mail}
    return frozenset(channel for channel, reachable in found.items() if reachable)
