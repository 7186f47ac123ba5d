"""Acts: the steps of a life, each with how often it is tried, when it can be, and with what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

Method = TypeVar("Method", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Act:
    """A method of the machine; Hypothesis draws its arguments."""

    name: str
    weight: int
    when: Callable[[Any], object]
    arguments: st.SearchStrategy[dict[str, Any]]


def always(_machine: Any) -> bool:
    """An act for which nothing has to be there."""
    return True


def booked(machine: Any) -> object:
    """There is a booking."""
    return machine.model.sessions


def holding(machine: Any) -> object:
    """Somebody holds a slot, or did."""
    return machine.model.holds


def begun(machine: Any) -> bool:
    """The time of some session has come."""
    return any(each.start <= machine.model.now for each in machine.model.sessions.values())


def reported(machine: Any) -> bool:
    """A client has seen an outcome otherwise."""
    return any(each.report is not None for each in machine.model.sessions.values())


def reviewed(machine: Any) -> bool:
    """A client has given stars."""
    return any(each.review is not None for each in machine.model.sessions.values())


def repeated(machine: Any) -> bool:
    """There is a series."""
    return any(each.series is not None for each in machine.model.sessions.values())


def negotiating(machine: Any) -> bool:
    """Another time is on offer."""
    return any(each.offer is not None for each in machine.model.sessions.values())


def waiting(machine: Any) -> object:
    """Somebody waits, or did."""
    return machine.model.waits


def asked(machine: Any) -> bool:
    """Somebody who waits has had an offer."""
    return any(each.hold is not None for each in machine.model.waits.values())


def act(
    weight: int, *, when: Callable[[Any], object] = always, **arguments: st.SearchStrategy[Any]
) -> Callable[[Method], Method]:
    """Make a method an act, tried so often among all."""

    def mark(method: Method) -> Method:
        drawn = st.fixed_dictionaries(arguments)
        method.act = Act(method.__name__, weight, when, drawn)  # type: ignore[attr-defined]
        return method

    return mark


def acts_of(machine: type) -> dict[str, Act]:
    """Every act of a machine and of what it is made from, by name; first what is tried most."""
    methods = [getattr(machine, name) for name in dir(machine)]
    acts = [method.act for method in methods if hasattr(method, "act")]
    return {each.name: each for each in sorted(acts, key=lambda each: (-each.weight, each.name))}
