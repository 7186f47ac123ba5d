"""Which texts in the sources are msgids."""

from pathlib import Path

import pytest

from core.kit.extraction import BadSource, Found, find_msgids, msgids_in


def found(source: str) -> list[tuple[str, str, str]]:
    return [(each.singular, each.plural, each.context) for each in msgids_in(source, "x.py")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('t("Hello {name}", name=name)', [("Hello {name}", "", "")]),
        ('t.html("<b>Hi</b>")', [("<b>Hi</b>", "", "")]),
        ('state.t.html("Hi")', [("Hi", "", "")]),
        ('self.t("Hi")', [("Hi", "", "")]),
        ('t.n("{n} day", "{n} days", n)', [("{n} day", "{n} days", "")]),
        (
            't.n_html("{n} day", "{n} days", n, x=t("Other"))',
            [("Other", "", ""), ("{n} day", "{n} days", "")],
        ),
        ('t.context("month", "May")', [("May", "", "month")]),
        ('LABELS = {1: msgid("One"), 2: msgid("Two")}', [("One", "", ""), ("Two", "", "")]),
        ('t("One" if few else "Many")', [("Many", "", ""), ("One", "", "")]),
        ('t("two "\n  "lines")', [("two lines", "", "")]),
        ("t(LABELS[status])", []),
        ("t(name)", []),
        ('page.html("no")', []),
        ('n("no", "nos", 2)', []),
        ('log.context("a", "b")', []),
        ('t.day("no")', []),
        ("t()", []),
    ],
)
def test_what_is_found(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(source) == expected


@pytest.mark.parametrize(
    "call", ['t(f"Hello {name}")', 't.html("a" + b)', 't.n("a", f"{x}", 2)', 'msgid("%s" % x)']
)
def test_a_text_put_together_in_the_code_is_refused(call: str) -> None:
    with pytest.raises(BadSource, match=r"^x\.py line 2: expected one literal text in the call$"):
        msgids_in(f"\n{call}", "x.py")


def test_all_packages_are_searched_and_tests_are_not(tmp_path: Path) -> None:
    for path in ("bot/screens/a.py", "core/b.py", "tests/c.py"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(f't("{path}")\n')
    assert find_msgids(tmp_path) == [
        Found("bot/screens/a.py", 1, "bot/screens/a.py"),
        Found("core/b.py", 1, "core/b.py"),
    ]
