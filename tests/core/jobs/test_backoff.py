"""Waits between attempts grow, have a limit, and do not fall together."""

from datetime import timedelta
from random import Random

from core.jobs.backoff import Backoff

CHANCE = Random(1)


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first=timedelta(seconds=2), longest=timedelta(seconds=60), jitter=0)
    waits = [backoff.delay(attempt, CHANCE).total_seconds() for attempt in (1, 2, 3, 5, 6, 7, 10_000)]
    assert waits == [2, 4, 8, 32, 60, 60, 60]


def test_waits_of_jobs_that_failed_together_are_spread() -> None:
    waits = [Backoff(first=timedelta(seconds=10)).delay(1, CHANCE).total_seconds() for _ in range(200)]
    assert 8 <= min(waits) < 8.5
    assert 11.5 < max(waits) <= 12
