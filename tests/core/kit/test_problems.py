"""The wording of problems."""

from datetime import date

import pytest

from core.kit.problems import Problems, expected, unknown


@pytest.mark.parametrize(
    ("got", "shown"),
    [
        ("abc", "'abc'"),
        (4.5, "4.5"),
        (True, "true"),
        (date(2026, 12, 24), "2026-12-24"),
        ([1, "x"], "[1, 'x']"),
        ("a\nb", "'a\\nb'"),
        ("x" * 200, "'" + "x" * 119 + "…"),
        ("123456:AAE_made-up_token_of_a_bot_000000000", "'***'"),
    ],
)
def test_what_stood_there_is_shown_readably(got: object, shown: str) -> None:
    assert expected("key", "a thing", got) == f"key: expected a thing, got {shown}"


def test_an_unknown_name_comes_with_the_nearest_one() -> None:
    assert unknown("a.prot", "prot", ["port", "host"]) == "a.prot: unknown name, did you mean port?"
    assert unknown("a.qqq", "qqq", ["port", "host"]) == "a.qqq: unknown name"
    assert unknown("X_PROT", "PROT", ["PORT"], "X_") == "X_PROT: unknown name, did you mean X_PORT?"


def test_problems_are_told_once_each_and_in_order() -> None:
    problems = Problems(["b", "a", "b"])
    assert list(problems) == ["b", "a"]
    assert str(problems) == "b\na"


def test_a_problem_stays_on_its_line() -> None:
    assert list(Problems(["a\nb\u2028c"])) == ["a\\nb\\u2028c"]
