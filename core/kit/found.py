"""A msgid where it was found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A msgid where it stands; `plural` and `context` are empty where there is none."""

    path: str
    line: int
    singular: str
    plural: str = ""
    context: str = ""


class BadSource(ValueError):
    """Not to be parsed, or a text put together in the code, which cannot be looked up in a catalog."""
