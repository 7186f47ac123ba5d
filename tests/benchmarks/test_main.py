"""Every benchmark is found, and a target is held against its figure."""

from dataclasses import replace

import pytest

from tests.benchmarks.__main__ import names, verdict
from tests.benchmarks.figure import Figure

FIGURE = Figure(
    name="taps", value=600, unit="1/s", floor_name="loop", floor_value=200, ratio=3.0, target="at least 3x"
)


def test_every_benchmark_is_found_by_the_name_of_its_file() -> None:
    assert {"bookings", "cards", "jobs", "slots", "updates"} <= set(names())


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("at least 3x", "holds: taps: 3.00x loop, at least 3x asked"),
        (">= 3.01x", "MISSED: taps: 3.00x loop, >= 3.01x asked"),
        (">= 0.8x", "holds: taps: 3.00x loop, >= 0.8x asked"),
    ],
)
def test_a_verdict_says_whether_the_target_holds(target: str, line: str) -> None:
    assert verdict(replace(FIGURE, target=target)) == line


@pytest.mark.parametrize("target", ["fast", "> 3x", ""])
def test_a_target_that_nobody_understands_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="not a target"):
        verdict(replace(FIGURE, target=target))
