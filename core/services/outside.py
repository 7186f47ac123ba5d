"""What becomes of a job whose other side is in trouble."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from core.jobs.job import Permanent, RetryLater
from core.ports.trouble import Rejected, Unavailable


@contextmanager
def trouble_outside() -> Iterator[None]:
    """Wait as long as the other side asks for, and give up where it refuses; all else is tried again."""
    try:
        yield
    except Unavailable as error:
        if error.retry_after is None:
            raise
        raise RetryLater(timedelta(seconds=error.retry_after), str(error)) from error
    except Rejected as error:
        raise Permanent(str(error)) from error
