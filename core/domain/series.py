"""Series: bookings repeated at the same time on the counselor's clock, and the order in which they move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum

from core.domain.actions import AHEAD
from core.domain.booking import Booking, Status
from core.domain.errors import Invalid
from core.domain.side import Side
from core.domain.zones import instants_at, wall_time

LEAST, MOST = 2, 26
"""How many sessions a series has."""
NO_SUCH_TIME, USED_UP = "no_such_time", "program_used_up"


class Rhythm(IntEnum):
    """How many weeks lie between two occurrences."""

    WEEKLY = 1
    FORTNIGHTLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How a session is repeated: so many `times` in all, or `until` a date of the counselor's, inclusive.

    Invalid `bad_repeat` unless exactly one of the two is given and `times` is within bounds.
    """

    rhythm: Rhythm
    times: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.times is None) is (self.until is None):
            raise Invalid("bad_repeat", least=LEAST, most=MOST)
        if self.times is not None:
            _check_times(self.times)

    @property
    def step(self) -> timedelta:
        """From one date to the next."""
        return timedelta(weeks=self.rhythm)

    def count(self, first: date) -> int:
        """How many occurrences there are from this date on; Invalid `bad_repeat` for too few or too many."""
        if self.times is not None or self.until is None:
            return self.times or 0
        return _check_times((self.until - first) // self.step + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A series as a client wants it: its repeats, but for those at `other` starts and those `skipped`.

    Occurrences are numbered from 0. The first one is the time that is held: it stays.
    """

    repeat: Repeat
    other: Mapping[int, datetime] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One of the repeats: what the counselor's clock shows (naive), and the instant.

    `start` is None where clocks skip that time on that date.
    """

    wall: datetime
    start: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDate:
    """One date of a series that is being planned, `number` from 0.

    `wall` is what the counselor's clock shows by the rhythm (naive), `start` what is to be booked: None for a
    date that is left out, or on which clocks skip the time. `code` is why it cannot be had: a
    `core.domain.refusal.Reason`, `no_such_time` or `program_used_up`; `instead` are free starts nearby.
    """

    number: int
    wall: datetime
    start: datetime | None
    skipped: bool = False
    code: str | None = None
    instead: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a booking stands in its series: the `number`-th (from 1) of `size`."""

    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A booking as it is and as it is to be."""

    old: Booking
    new: Booking


def occurrences(first: datetime, zone: str, repeat: Repeat) -> list[Occurrence]:
    """The repeats of a session at the same time on the clocks of a zone, the first one included.

    A time that clocks show twice means the first of the two. Invalid `bad_repeat`.
    """
    wall = wall_time(first, zone)
    following = [wall + n * repeat.step for n in range(1, repeat.count(wall.date()))]
    return [Occurrence(wall=wall, start=first), *(_occurrence(each, zone) for each in following)]


def shifted(starts: Sequence[datetime], start: datetime, zone: str) -> list[datetime | None]:
    """Where sessions go when the first of them goes to `start`: all by as much on the clocks of a zone.

    None where clocks skip the new time on that date.
    """
    by = wall_time(start, zone) - wall_time(starts[0], zone)
    return [start, *(_occurrence(wall_time(each, zone) + by, zone).start for each in starts[1:])]


def in_moving_order(moves: Iterable[Move]) -> list[Move]:
    """The moves in an order in which none gets into the way of another that is still to go."""
    waiting, ordered = list(moves), []
    while waiting:
        free = (each for each in waiting if not any(_blocks(other, each) for other in waiting))
        ordered.append(next(free, waiting[0]))
        waiting.remove(ordered[-1])
    return ordered


def edition(bookings: Iterable[Booking]) -> int:
    """A number that rises with every change of any booking of a series: as which it was seen."""
    return sum(each.version for each in bookings)


def following(bookings: Iterable[Booking], booking: Booking) -> list[Booking]:
    """A session with those of its series after it that are still to come, in order of time."""
    ahead = (each for each in bookings if each.status in AHEAD and each.starts_at >= booking.starts_at)
    return sorted(ahead, key=lambda each: (each.starts_at, each.id))


def asked_for(bookings: Iterable[Booking]) -> list[Booking]:
    """The requests of a series that wait for the counselor."""
    return [each for each in bookings if each.status is Status.PENDING and each.awaits is Side.COUNSELOR]


def place(bookings: Iterable[Booking], booking: Booking) -> Place:
    """Which of a series' sessions a booking is, called off or not, in order of time."""
    ids = [each.id for each in sorted(bookings, key=lambda each: (each.starts_at, each.id))]
    return Place(number=ids.index(booking.id) + 1, size=len(ids))


def _occurrence(wall: datetime, zone: str) -> Occurrence:
    return Occurrence(wall=wall, start=next(iter(instants_at(wall, zone)), None))


def _blocks(other: Move, move: Move) -> bool:
    """The other still stands where this one wants to go."""
    old, new = other.old, move.new
    return other is not move and new.starts_at < old.busy_until and old.starts_at < new.busy_until


def _check_times(times: int) -> int:
    if not LEAST <= times <= MOST:
        raise Invalid("bad_repeat", least=LEAST, most=MOST)
    return times
