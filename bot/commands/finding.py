"""One thing that the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is fine, and in words how it is or what to do."""

    what: str
    fine: bool
    words: str

    def __str__(self) -> str:
        return f"{'OK   ' if self.fine else 'WRONG'}  {self.what}: {self.words}"
