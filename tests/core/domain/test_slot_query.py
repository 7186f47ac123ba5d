"""Rules are checked when they are made, and only what is taken near the range can matter."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from core.domain.slots import SlotQuery, SlotRules, find_slots, relevant_span
from core.domain.timespan import from_epoch
from tests.core.domain.slot_examples import BASE, DAY
from tests.core.domain.slot_strategies import UNHURRIED, queries

HOUR = timedelta(hours=1)
RULES = SlotRules(duration=HOUR, interval=HOUR, window_days=60)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"duration": timedelta(0)}, "duration and interval must be longer than nothing"),
        ({"interval": -HOUR}, "duration and interval must be longer than nothing"),
        ({"buffer": -HOUR}, "buffer and notice must not be negative"),
        ({"notice": timedelta(microseconds=1)}, "durations must be whole seconds"),
        ({"window_days": -1}, "window_days must be 0 to 3660, not -1"),
        ({"window_days": 3661}, "window_days must be 0 to 3660, not 3661"),
        ({"daily_limit": -1}, "daily_limit must not be negative: -1"),
    ],
)
def test_impossible_rules_are_refused_in_one_line(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}$"):
        replace(RULES, **change)


def test_a_range_that_ends_before_it_starts_may_be_asked_about() -> None:
    span = relevant_span(RULES, BASE.until, BASE.first - 30 * DAY)
    assert span.contains(BASE.until)


@settings(UNHURRIED)
@given(queries())
def test_what_is_taken_outside_the_relevant_span_does_not_matter(query: SlotQuery) -> None:
    span = relevant_span(query.rules, query.first, query.until)
    near = [
        each
        for each in query.taken
        if from_epoch(each.start) < span.end and from_epoch(each.busy_until) > span.start
    ]
    assert find_slots(replace(query, taken=near)) == find_slots(query)
