"""The sandbox's clock: what time it is in there, and how to let time pass."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class SandboxClock(Protocol):
    """What the sandbox needs of a clock; a program with a clock of its own hands that one in."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    async def advance(self, by: timedelta) -> None:
        """Let time pass at once."""
        ...


class StandaloneClock:
    """The machine's time plus whatever was skipped so far; the skip is kept in `path`, if given."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._skipped = timedelta()
        if path is not None and path.exists():
            self._skipped = timedelta(seconds=json.loads(path.read_text())["skipped_seconds"])

    def now(self) -> datetime:
        """The present moment in the sandbox."""
        return datetime.now(UTC) + self._skipped

    async def advance(self, by: timedelta) -> None:
        """Skip `by`; time only goes forward."""
        if by < timedelta():
            raise ValueError("Time cannot go back.")
        self._skipped += by
        if self._path is not None:
            self._path.write_text(json.dumps({"skipped_seconds": self._skipped.total_seconds()}))
