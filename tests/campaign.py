"""How long a campaign is: short within the tests, long under `make soak`; and what it found, in figures."""

import os
from pathlib import Path

REPORT = Path(__file__).parents[1] / "build" / "campaigns.txt"


def times(short: int, *, soak: int) -> int:
    """How often to do something: `short`, or `soak` times when the environment says SOAK=1."""
    return soak if os.environ.get("SOAK") == "1" else short


def report(line: str) -> None:
    """Add a line of figures to the report of this and earlier runs, `build/campaigns.txt`."""
    REPORT.parent.mkdir(exist_ok=True)
    with REPORT.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
