"""A meeting: when it can be joined, who was there by what its provider told, and how that reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.booking import Booking, Status
from core.domain.side import Side

OPENS_BEFORE = timedelta(minutes=15)
CLOSES_AFTER = timedelta(minutes=30)


class Door(StrEnum):
    """How the way into a meeting is at one moment."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"
    NOT_AGREED = "not_agreed"
    CALLED_OFF = "called_off"
    ELSEWHERE = "elsewhere"


_DOORS: Mapping[Status, Door] = {
    Status.HELD: Door.NOT_AGREED,
    Status.PENDING: Door.NOT_AGREED,
    Status.COMPLETED: Door.OVER,
    Status.NO_SHOW: Door.OVER,
    Status.DECLINED: Door.CALLED_OFF,
    Status.CANCELLED: Door.CALLED_OFF,
    Status.EXPIRED: Door.CALLED_OFF,
}
MEETS = frozenset(Status) - _DOORS.keys()
"""Statuses in which a booking has its meeting: confirmed and in progress."""


def opens_at(booking: Booking) -> datetime:
    """From when on the meeting can be joined."""
    return booking.starts_at - OPENS_BEFORE


def closes_at(booking: Booking) -> datetime:
    """Until when, exclusive."""
    return booking.ends_at + CLOSES_AFTER


def door(booking: Booking, now: datetime) -> Door:
    """Whether the meeting of a booking can be joined now, and why not.

    A session that was closed a little early can be gone back to until its planned end, as people talk on.
    """
    if not booking.location.online:
        return Door.ELSEWHERE
    closed_early = booking.status is Status.COMPLETED and now < booking.ends_at
    if booking.status not in MEETS and not closed_early:
        return _DOORS[booking.status]
    if now < opens_at(booking):
        return Door.EARLY
    return Door.OPEN if now < closes_at(booking) else Door.OVER


class Happening(StrEnum):
    """What a provider tells of a meeting, in the order in which things of one instant are taken."""

    JOINED = "joined"
    LEFT = "left"
    CLOSED = "closed"


_ORDER = tuple(Happening)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """Something that happened in a meeting, as its provider tells it.

    `visit` names one connection of somebody and is empty where the whole meeting was closed; `side` is who
    it was, None where the provider cannot say.
    """

    happening: Happening
    at: datetime
    visit: str = ""
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One stay in a meeting; `until` is None while it lasts."""

    who: str
    side: Side | None
    since: datetime
    until: datetime | None

    def lasts_at(self, instant: datetime) -> bool:
        """Whether this person was there at that instant."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who was in a meeting, and when, as far as its provider tells.

    Nothing follows from no visits at all: hooks may not be set up, or be late.
    """

    visits: tuple[Visit, ...] = ()

    @property
    def came(self) -> frozenset[Side]:
        """The sides that were seen."""
        return frozenset(visit.side for visit in self.visits if visit.side is not None)

    @property
    def missing(self) -> Side | None:
        """The only side that was not seen although the other one was, None where that cannot be said."""
        if len(self.came) != 1 or any(visit.side is None for visit in self.visits):
            return None
        (there,) = self.came
        return Side.CLIENT if there is Side.COUNSELOR else Side.COUNSELOR

    @property
    def started_at(self) -> datetime | None:
        """The first instant at which two people were there, None while there was none."""
        starts = sorted(visit.since for visit in self.visits)
        return next((start for start in starts if len(self._there(start)) > 1), None)

    @property
    def ended_at(self) -> datetime | None:
        """When the last one left after the two had met; None while somebody is there, or they have not."""
        ends = [visit.until for visit in self.visits]
        if self.started_at is None or None in ends:
            return None
        return max(end for end in ends if end is not None)

    def _there(self, instant: datetime) -> set[str]:
        """Different people, not connections: somebody may look in with two devices."""
        return {visit.side or visit.who for visit in self.visits if visit.lasts_at(instant)}


NOBODY = Attendance()
"""Nothing is known."""


def attendance(facts: Iterable[MeetingFact], booking: Booking) -> Attendance:
    """Who came to a booking's meeting: the same for every order and repetition of the same facts.

    What was over before it could be joined, such as before it was moved, is left out. Of a stay that began
    before that and has no end yet only the beginning is sure: news of its end may be on the way.
    """
    known = frozenset(facts)
    closed = [fact for fact in known if fact.happening is Happening.CLOSED]
    sides = {fact.visit: fact.side for fact in sorted(known, key=_rank) if fact.side is not None}
    visits = [
        visit
        for who in {fact.visit for fact in known if fact.visit}
        for visit in _visits(who, sides.get(who), [*closed, *(each for each in known if each.visit == who)])
    ]
    seen = [_sure(visit, booking) for visit in visits if _within(visit, booking)]
    return Attendance(visits=tuple(sorted(seen, key=lambda it: (it.since, it.who))))


def _visits(who: str, side: Side | None, facts: list[MeetingFact]) -> list[Visit]:
    """The stays of one connection; a leave whose join is not known still says that somebody was there."""
    found: list[Visit] = []
    since: datetime | None = None
    for fact in sorted(facts, key=_rank):
        if fact.happening is Happening.JOINED:
            since = since or fact.at
        elif since is not None or fact.happening is Happening.LEFT:
            found.append(Visit(who=who, side=side, since=since or fact.at, until=fact.at))
            since = None
    if since is not None:
        found.append(Visit(who=who, side=side, since=since, until=None))
    return found


def _sure(visit: Visit, booking: Booking) -> Visit:
    unsure = visit.until is None and visit.since < opens_at(booking)
    return replace(visit, until=visit.since) if unsure else visit


def _within(visit: Visit, booking: Booking) -> bool:
    begun = visit.since < closes_at(booking)
    return begun and (visit.until is None or visit.until >= opens_at(booking))


def _rank(fact: MeetingFact) -> tuple[datetime, int, str, str]:
    return fact.at, _ORDER.index(fact.happening), fact.visit, fact.side or ""
