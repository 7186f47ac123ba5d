"""Figures are shown as one plain table."""

from tests.benchmarks.figure import Figure, table

SLOTS = Figure(
    name="slots", value=0.2, unit="ms", floor_name="loop", floor_value=2.0, ratio=10.0, target="at least 6x"
)
TAPS = Figure(name="taps", value=1234.5, unit="/s", floor_name="bare", floor_value=2469, ratio=0.5)


def test_the_table_lines_figures_up_under_a_heading() -> None:
    assert table([SLOTS, TAPS]).splitlines() == [
        "figure  value     unit  floor  floor value  ratio  target",
        "slots   0.20      ms    loop   2.00         10.0x  at least 6x",
        "taps    1,234.50  /s    bare   2,469.00     0.5x   -",
    ]
