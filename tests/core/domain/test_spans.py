"""Joining and subtracting spans agrees with sets of seconds."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.spans import Span, merge, subtract

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda each: (each[0], sum(each))))


def seconds(spans: list[Span]) -> set[int]:
    """The seconds in any of the spans."""
    return {second for start, end in spans for second in range(start, end)}


def is_merged(spans: list[Span]) -> bool:
    """Ascending, nothing empty, nothing touching."""
    edges = [edge for span in spans for edge in span]
    return edges == sorted(set(edges))


@given(SPANS)
def test_merging_keeps_the_seconds(spans: list[Span]) -> None:
    merged = merge(spans)
    assert (seconds(merged), is_merged(merged)) == (seconds(spans), True)


@given(SPANS, SPANS)
def test_subtracting_takes_the_seconds_away(spans: list[Span], holes: list[Span]) -> None:
    left = subtract(merge(spans), merge(holes))
    assert (seconds(left), is_merged(left)) == (seconds(spans) - seconds(holes), True)


def test_touching_spans_become_one() -> None:
    assert merge([(5, 9), (1, 5)]) == [(1, 9)]
