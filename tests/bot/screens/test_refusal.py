"""Every refusal of the core has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.callbacks import Book, Home
from bot.screens.refusal import DEFAULT, WORDS, failed, refused, words
from core.services.book_for import THEIR_WORDS
from core.services.hold import REFUSALS
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said

ROOT = Path(__file__).parents[3]
ERRORS = frozenset({"NotFound", "Forbidden", "Conflict", "Invalid"})


def raised_codes(root: Path) -> Iterator[str]:
    """The codes that our sources raise domain errors with."""
    for package in ("core", "bot"):
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_]):
                        if name in ERRORS:
                            yield code


def refused_codes(root: Path) -> Iterator[str]:
    """The codes that the table of actions refuses with."""
    table = ast.parse((root / "core/domain/actions.py").read_text(encoding="utf-8"))
    for node in ast.walk(table):
        if isinstance(node, ast.Return) and node.value is not None:
            for part in ast.walk(node.value):
                match part:
                    case ast.Constant(value=str(code)):
                        yield code


def test_every_code_that_is_raised_has_words_and_no_word_is_left_over() -> None:
    looked_up = {*REFUSALS.values(), *THEIR_WORDS.values(), "not_offered"}
    assert set(WORDS) == {*raised_codes(ROOT), *refused_codes(ROOT), *looked_up}


def test_details_get_into_the_words() -> None:
    assert words(NEW_YORK, "too_long", {"most": 200, "got": 65_000}) == (
        "That is too long: at most 200 characters, please. It has 65000."
    )


def test_an_unknown_code_and_missing_details_are_put_in_general_terms() -> None:
    assert words(NEW_YORK, "unheard_of") == DEFAULT
    assert words(NEW_YORK, "too_long") == DEFAULT
    assert words(BERLIN, "unheard_of") == "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal."


def test_details_that_the_words_do_not_need_are_left_out() -> None:
    assert words(NEW_YORK, "stale", {"booking_id": 42}) == WORDS["stale"]


def test_braces_in_details_are_taken_as_they_are() -> None:
    assert words(NEW_YORK, "too_long", {"most": "{got}", "got": "{most}"}) == (
        "That is too long: at most {got} characters, please. It has {most}."
    )


def test_trying_again_is_offered_where_it_can_help() -> None:
    assert buttons(refused(NEW_YORK, "slot_taken", again=Book())) == {
        "↻ Try again": Book(),
        "🏠 Home": Home(),
    }
    assert buttons(refused(NEW_YORK, "link_used")) == {"🏠 Home": Home()}


def test_a_failure_of_ours_says_that_nothing_has_changed() -> None:
    assert said(failed(NEW_YORK, None)) == [
        "Something went wrong on our side. Nothing has changed. Please try again."
    ]
