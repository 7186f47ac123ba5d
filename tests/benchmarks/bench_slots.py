"""How fast slots are found, zone tables warm, beside a plain rrule and zoneinfo loop of the same answer."""

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from statistics import median
from time import perf_counter

from core.domain.availability import AvailabilityRule, Schedule, Window
from core.domain.slots import SlotQuery, SlotRules, Taken, TakenKind, find_slots
from tests.benchmarks.figure import Figure, table
from tests.benchmarks.reference_slots import PlainQuery, PlainTaken, reference_slots

FIRST = datetime(2027, 2, 1, 5, tzinfo=UTC)
OFFICE_HOURS = (Window(start_minute=540, end_minute=720), Window(start_minute=780, end_minute=1020))
RULES = SlotRules(
    duration=timedelta(minutes=60),
    interval=timedelta(minutes=30),
    buffer=timedelta(minutes=15),
    notice=timedelta(hours=2),
    window_days=120,
)
CASES = ((1, 28, 100, "at least 6x"), (3, 89, 1000, "at least 27x"))
ROUNDS = 15


def run() -> list[Figure]:
    """The slot engine's figures: milliseconds for each case, without and with making its objects."""
    return [figure for case in CASES for figure in _case(*case)]


def _case(months: int, days: int, spans: int, target: str) -> list[Figure]:
    plain = _question(days, spans)
    ready = _built(plain)
    if find_slots(ready) != reference_slots(plain):
        raise AssertionError("the slot engine and the plain loop disagree")
    engine, whole, loop = _medians(
        lambda: find_slots(ready),
        lambda: find_slots(_built(plain)),
        lambda: reference_slots(plain),
    )
    name = f"slots, {months} month{'s' if months > 1 else ''}, {spans} taken spans"
    return [_figure(name, engine, loop, target), _figure(f"{name}, objects made", whole, loop, None)]


def _figure(name: str, value: float, floor: float, target: str | None) -> Figure:
    return Figure(
        name=name,
        value=value,
        unit="ms",
        floor_name="rrule + zoneinfo loop",
        floor_value=floor,
        ratio=floor / value,
        target=target,
    )


def _question(days: int, spans: int) -> PlainQuery:
    """Office hours in New York, over a clock change in the longer case, with spans at any time of day."""
    chance = random.Random(spans)
    return PlainQuery(
        schedule=_schedule(),
        rules=RULES,
        taken=sorted((_some_taken(chance, days) for _ in range(spans)), key=attrgetter("start")),
        now=FIRST,
        first=FIRST,
        until=FIRST + timedelta(days=days),
    )


def _schedule() -> Schedule:
    weekly = [AvailabilityRule(weekday=day, window=window) for day in range(5) for window in OFFICE_HOURS]
    return Schedule(zone="America/New_York", weekly=tuple(weekly))


def _some_taken(chance: random.Random, days: int) -> PlainTaken:
    kind = chance.choice((TakenKind.BOOKING, TakenKind.HOLD, TakenKind.EXTERNAL, TakenKind.CLIENT))
    start = FIRST + timedelta(minutes=15 * chance.randrange(days * 96))
    end = start + timedelta(minutes=15 * chance.randint(1, 4))
    buffer = timedelta(minutes=15 if kind in (TakenKind.BOOKING, TakenKind.HOLD) else 0)
    return PlainTaken(start=start, end=end, busy_until=end + buffer, kind=kind)


def _built(plain: PlainQuery) -> SlotQuery:
    """The engine's question as a request makes it: schedule, rules and taken times from datetimes."""
    return SlotQuery(
        schedule=_schedule(),
        rules=plain.rules,
        taken=[Taken.between(each.start, each.end, each.kind, each.busy_until) for each in plain.taken],
        now=plain.now,
        first=plain.first,
        until=plain.until,
    )


def _medians(*works: Callable[[], object]) -> list[float]:
    """The median milliseconds of each work; they take turns, so that a busy moment meets all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            begin = perf_counter()
            work()
            taken.append((perf_counter() - begin) * 1000)
    return [median(each) for each in times]


if __name__ == "__main__":
    sys.stdout.write(table(run()) + "\n")
