"""What a handler is given, and what it may answer beside success."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run of a job.

    A job may run more than once (a process may die between the effect and its record): effects are
    made idempotent by ids derived from `key`, which stays the same over all attempts. `attempt` is
    1 at the first.
    """

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    due: datetime
    attempt: int
    max_attempts: int
    keep: timedelta


Handler: TypeAlias = Callable[[Job], Awaitable[None]]
"""Carries out jobs of one kind; returning means done, any exception that it is tried again."""


class RetryLater(Exception):
    """The other side asked for patience: run again after `after`; not counted as an attempt."""

    def __init__(self, after: timedelta, reason: str = "asked to come back later") -> None:
        super().__init__(reason)
        self.after = after


class Permanent(Exception):
    """No further attempt can help: the job is dead at once, for a person to look at."""
