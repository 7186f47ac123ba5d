"""One small question to the slot engine, and short ways to vary it: a Monday in May, 09:00 to 12:00 UTC."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain.availability import AvailabilityRule, Schedule, parse_window
from core.domain.slots import SlotQuery, SlotRules, Taken, TakenKind

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BASE = SlotQuery(
    schedule=Schedule(zone="UTC", weekly=(AvailabilityRule(weekday=0, window=parse_window("09:00-12:00")),)),
    rules=SlotRules(duration=HOUR, interval=HOUR / 2, window_days=60),
    taken=(),
    now=MONDAY - DAY,
    first=MONDAY,
    until=MONDAY + DAY,
)


def at(clock: str, day: datetime = MONDAY) -> datetime:
    """A time of day on that Monday, or another date, in UTC."""
    return day + timedelta(hours=int(clock[:2]), minutes=int(clock[3:5]), seconds=int(clock[6:] or 0))


def everyday(zone: str, *hours: str) -> Schedule:
    """The same hours on all days of the week."""
    rules = [AvailabilityRule(weekday=day, window=parse_window(text)) for day in range(7) for text in hours]
    return Schedule(zone=zone, weekly=tuple(rules))


def with_rules(query: SlotQuery = BASE, **rules: Any) -> SlotQuery:
    """The same question under other rules."""
    return replace(query, rules=replace(query.rules, **rules))


def with_taken(*taken: Taken, query: SlotQuery = BASE) -> SlotQuery:
    """The same question with some time taken."""
    return replace(query, taken=taken)


def take(kind: TakenKind, start: str, end: str, busy_until: str = "") -> Taken:
    """A time taken on that Monday."""
    return Taken.between(at(start), at(end), kind, at(busy_until or end))


def clocks(starts: list[datetime]) -> list[str]:
    """The starts as times of day in UTC."""
    return [f"{each:%H:%M}" for each in starts]
