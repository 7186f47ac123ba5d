"""Sets of seconds as lists of half-open (start, end) pairs: join them, take one set from another.

The pairs may count instants (seconds since 1970) or what a wall clock shows; the arithmetic is the same.
A *merged* list is ascending, and no two of its pairs overlap or touch.
"""

from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_NEVER = (10**18, 10**18)


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same seconds as a merged list; the pairs given may come in any order and overlap."""
    merged: list[Span] = []
    ordered = iter(sorted(spans))
    low, high = next(ordered, (0, 0))
    for start, end in ordered:
        if start > high:
            merged.append((low, high))
            low, high = start, end
        elif end > high:
            high = end
    if low < high:
        merged.append((low, high))
    return merged


def subtract(spans: list[Span], holes: list[Span]) -> list[Span]:
    """The seconds of `spans` that lie in none of `holes`; both lists are merged, and so is the answer."""
    left: list[Span] = []
    ahead = iter(holes)
    hole_start, hole_end = next(ahead, _NEVER)
    for span_start, end in spans:
        start = span_start
        while hole_end <= start:
            hole_start, hole_end = next(ahead, _NEVER)
        while hole_start < end:
            if start < hole_start:
                left.append((start, hole_start))
            start = hole_end
            if start >= end:
                break
            hole_start, hole_end = next(ahead, _NEVER)
        if start < end:
            left.append((start, end))
    return left
