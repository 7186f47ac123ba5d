"""Jobs that reach people: each message as one job for the chat and one of its own for e-mail."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.jobs.queue import NewJob

CHAT_LANE = "chat:"
MAIL_LANE = "mail:"
MAIL = "mail_"
ATTEMPTS = 30
"""About a day: mail servers ask for patience more often, and for longer, than chats."""


def mail_kind(kind: str) -> str:
    """The kind of the job that sends by e-mail what a job of this kind sends to the chat."""
    return MAIL + kind


def by_mail(job: NewJob) -> NewJob:
    """The job that sends by e-mail what this one sends to the chat: neither waits for the other."""
    lane = job.lane and MAIL_LANE + job.lane.removeprefix(CHAT_LANE)
    key = f"{MAIL_LANE}{job.key}"
    return replace(job, kind=mail_kind(job.kind), key=key, lane=lane, max_attempts=ATTEMPTS)


def both_ways(jobs: Iterable[NewJob], kind: str) -> Iterator[NewJob]:
    """The jobs, those of this kind for e-mail too."""
    for job in jobs:
        yield job
        if job.kind == kind:
            yield by_mail(job)
