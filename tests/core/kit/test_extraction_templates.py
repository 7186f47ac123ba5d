"""Msgids are found in templates as they are in the sources."""

import pytest

from core.kit.extraction_templates import msgids_in_template
from core.kit.found import BadSource, Found


def test_msgids_and_their_plurals_are_found_where_they_stand() -> None:
    source = '{{ t("One") }}\n{% set a = t("Two {n}", n=1) if b else t("Three") %}\n'
    source += '{{ t.n("{n} day", "{n} days", n) }}'
    assert msgids_in_template(source, "a.j2") == [
        Found("a.j2", 1, "One"),
        Found("a.j2", 2, "Three"),
        Found("a.j2", 2, "Two {n}"),
        Found("a.j2", 3, "{n} day", "{n} days"),
    ]


def test_other_calls_are_none_of_ours() -> None:
    assert msgids_in_template('{{ t.moment(x) }}{{ say("no") }}{{ u("no") }}', "a.j2") == []


@pytest.mark.parametrize(
    "source", ["{{ t(name) }}", '{{ t("a" ~ b) }}', "{{ t() }}", '{{ t.n("one", x, 1) }}']
)
def test_a_text_put_together_is_refused_with_its_line(source: str) -> None:
    with pytest.raises(BadSource, match=r"a\.j2 line 2: expected one literal text"):
        msgids_in_template("\n" + source, "a.j2")


def test_what_cannot_be_parsed_is_refused_with_its_line() -> None:
    with pytest.raises(BadSource, match=r"a\.j2 line 2"):
        msgids_in_template("\n{% if %}", "a.j2")
