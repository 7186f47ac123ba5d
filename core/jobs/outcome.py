"""What becomes of a job after a run."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from core.db.errors import DatabaseUnavailable
from core.jobs.backoff import Backoff
from core.jobs.job import Job, Permanent, RetryLater
from core.jobs.table import DEAD, DONE, READY

LONGEST_ERROR = 1000
SHORTEST_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The state a job goes to, when it runs next (or, done, when its key is free), and why."""

    job: Job
    state: str
    run_at: datetime
    attempts: int
    error: str | None = None


class UnknownKind(RetryLater):
    """No handler here: another process, perhaps of a newer version, may have it."""

    def __init__(self, kind: str) -> None:
        super().__init__(timedelta(seconds=30), f"no handler for {kind}")


def succeeded(job: Job, now: datetime) -> Outcome:
    """Done; its key stays taken for `job.keep`."""
    return Outcome(job=job, state=DONE, run_at=now + job.keep, attempts=job.attempt)


def failed(job: Job, error: Exception, now: datetime, backoff: Backoff, chance: Random) -> Outcome:
    """Another attempt later, or none any more.

    A lost database says nothing about the job, so that attempt is not counted either.
    """
    reason = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    if isinstance(error, (RetryLater, DatabaseUnavailable)):
        after = max(error.after, SHORTEST_WAIT) if isinstance(error, RetryLater) else backoff.first
        return Outcome(job=job, state=READY, run_at=now + after, attempts=job.attempt - 1, error=reason)
    state = DEAD if isinstance(error, Permanent) or job.attempt >= job.max_attempts else READY
    run_at = now + backoff.delay(job.attempt, chance)
    return Outcome(job=job, state=state, run_at=run_at, attempts=job.attempt, error=reason)
