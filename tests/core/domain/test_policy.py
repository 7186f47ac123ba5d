"""Policies: their defaults, their bounds, and values that only look right."""

from datetime import timedelta
from typing import Any

import pytest

from core.domain.policy import POLICIES, Policy

DEFAULTS = {
    "cancellation_cutoff_hours": 2,
    "reschedule_cutoff_hours": 4,
    "counselor_reschedule_cutoff_hours": 2,
    "max_reschedules": 2,
    "counselor_max_reschedules": 2,
    "free_cancellation_hours": 24,
    "late_cancellation_refund_percent": 50,
    "require_cancellation_reason": True,
    "reschedule_expiry_hours": 48,
    "max_counter_proposals": 3,
    "hold_minutes": 10,
    "request_expiry_hours": 24,
    "reminder_offsets": (24, 1),
}
NUMBERS = [name for name, value in DEFAULTS.items() if type(value) is int]
LISTS = ["reminder_offsets"]
SWITCHES = ["require_cancellation_reason"]


def test_the_defaults_are_those_of_the_practice_nobody_set_up() -> None:
    assert {name: Policy()[name] for name in POLICIES} == DEFAULTS


@pytest.mark.parametrize("name", POLICIES)
def test_a_default_lies_within_its_own_bounds(name: str) -> None:
    assert POLICIES[name].check(POLICIES[name].default) is None


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_taken_up_to_its_bounds(name: str) -> None:
    bound = POLICIES[name]
    expected = f"a whole number from {bound.least} to {bound.most}"
    assert [bound.check(value) for value in (bound.least, bound.most)] == [None, None]
    assert [bound.check(value) for value in (bound.least - 1, bound.most + 1)] == [expected, expected]


@pytest.mark.parametrize("value", [True, False, 2.0, "2", None, [2], (2,), b"2", float("nan")])
@pytest.mark.parametrize("name", NUMBERS)
def test_what_only_looks_like_a_number_is_refused(name: str, value: object) -> None:
    bound = POLICIES[name]
    assert bound.check(value) == f"a whole number from {bound.least} to {bound.most}"


@pytest.mark.parametrize("value", [[], [1], [24, 1], (336, 48, 1)])
def test_a_list_of_hours_may_have_any_length(value: Any) -> None:
    assert POLICIES["reminder_offsets"].check(value) is None


@pytest.mark.parametrize(
    "value", [[0], [337], [24, 0], [True], [1.0], ["24"], "24", 24, None, {24}, {24: 1}, [[24]]]
)
def test_a_list_with_anything_else_in_it_is_refused(value: object) -> None:
    assert POLICIES["reminder_offsets"].check(value) == "a list of whole numbers from 1 to 336"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(True, None), (False, None), *((wrong, "true or false") for wrong in (0, 1, "true", "", None, [True]))],
)
def test_a_switch_is_true_or_false(value: object, wanted: str | None) -> None:
    assert POLICIES["require_cancellation_reason"].check(value) == wanted


def test_every_policy_is_a_number_a_list_or_a_switch() -> None:
    assert sorted([*NUMBERS, *LISTS, *SWITCHES]) == sorted(POLICIES)


def test_what_the_practice_chose_comes_before_the_default() -> None:
    policy = Policy(chosen={"hold_minutes": 5, "free_cancellation_hours": 0})
    assert (policy.hold, policy.hours("free_cancellation_hours")) == (timedelta(minutes=5), timedelta())
    assert policy.hours("request_expiry_hours") == timedelta(hours=24)


@pytest.mark.parametrize(
    ("chosen", "hours"), [((24, 1), [24, 1]), ([1, 48, 1, 24], [48, 24, 1]), ([], []), ([3], [3])]
)
def test_reminders_come_longest_first_and_once_each(chosen: Any, hours: list[int]) -> None:
    found = Policy(chosen={"reminder_offsets": chosen}).reminders
    assert found == tuple(timedelta(hours=each) for each in hours)


def test_an_unknown_policy_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        Policy()["no_such_policy"]
