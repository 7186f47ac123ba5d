"""Escaping of what would break a line."""

from hypothesis import given
from hypothesis import strategies as st

from core.kit.printable import on_one_line


def test_line_breaks_and_controls_are_escaped_and_the_rest_stays() -> None:
    assert on_one_line("Zoë 🙂 'x' \\ \n\x1b[31m\u2028") == "Zoë 🙂 'x' \\ \\n\\x1b[31m\\u2028"


@given(st.text())
def test_the_result_is_printable(text: str) -> None:
    assert on_one_line(text).isprintable()
