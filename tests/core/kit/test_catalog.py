"""The catalogs: the committed ones are complete, `update` loses nothing, `check` sees every fault."""

from pathlib import Path

import pytest

from core.kit.catalog import ROOT, check, main, update
from core.kit.extraction import Found, find_msgids
from core.kit.translations import LANGUAGES, SOURCE, po_file

FOUND = [
    Found("bot/a.py", 3, "Hello <b>{name}</b>"),
    Found("bot/b.py", 1, "{n} day", "{n} days"),
    Found("bot/b.py", 2, "May", "", "month"),
]
GERMAN = {
    'msgid "Hello <b>{name}</b>"\nmsgstr ""': 'msgid "Hello <b>{name}</b>"\nmsgstr "Hallo <b>{name}</b>"',
    'msgstr[0] ""\nmsgstr[1] ""': 'msgstr[0] "{n} Tag"\nmsgstr[1] "{n} Tage"',
    'msgid "May"\nmsgstr ""': 'msgid "May"\nmsgstr "Mai"',
}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A complete German catalog of `FOUND`."""
    path = tmp_path / "de" / "confer.po"
    update(path, "de", FOUND)
    change(path, GERMAN)
    return path


def change(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != SOURCE])
def test_every_text_of_the_program_is_translated(language: str) -> None:
    assert check(po_file(language), language, find_msgids(ROOT)) == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != SOURCE])
def test_the_committed_catalog_is_as_update_writes_it(language: str, tmp_path: Path) -> None:
    copy = tmp_path / "confer.po"
    copy.write_bytes(po_file(language).read_bytes())
    update(copy, language, find_msgids(ROOT))
    assert copy.read_text(encoding="utf-8") == po_file(language).read_text(encoding="utf-8")


def test_update_writes_no_dates_and_no_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "de" / "confer.po"
    update(path, "de", FOUND)
    assert path.read_text(encoding="utf-8") == (
        "# What people read, in Deutsch.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Language: de\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        "\n"
        "#: bot/a.py\n"
        "#, python-brace-format\n"
        'msgid "Hello <b>{name}</b>"\n'
        'msgstr ""\n'
        "\n"
        "#: bot/b.py\n"
        'msgctxt "month"\n'
        'msgid "May"\n'
        'msgstr ""\n'
        "\n"
        "#: bot/b.py\n"
        "#, python-brace-format\n"
        'msgid "{n} day"\n'
        'msgid_plural "{n} days"\n'
        'msgstr[0] ""\n'
        'msgstr[1] ""\n'
        "\n"
    )


def test_update_keeps_translations_and_the_file_when_nothing_changed(catalog: Path) -> None:
    before = catalog.read_bytes()
    update(catalog, "de", list(reversed(FOUND)))
    assert catalog.read_bytes() == before
    assert check(catalog, "de", FOUND) == []


def test_a_new_text_is_added_without_a_guess_and_asked_for(catalog: Path) -> None:
    more = [*FOUND, Found("bot/c.py", 1, "Hello <b>{names}</b>")]
    assert check(catalog, "de", more) == ["de: not in the catalog: 'Hello <b>{names}</b>' (bot/c.py)"]
    update(catalog, "de", more)
    assert check(catalog, "de", more) == ["de: not translated: 'Hello <b>{names}</b>' (bot/c.py)"]


def test_what_the_sources_no_longer_say_is_kept_until_dropped(catalog: Path) -> None:
    lines = ["de: no longer in the sources: 'Hello <b>{name}</b>'"]
    assert check(catalog, "de", FOUND[1:]) == lines
    update(catalog, "de", FOUND[1:])
    assert '#~ msgstr "Hallo <b>{name}</b>"' in catalog.read_text(encoding="utf-8")
    assert check(catalog, "de", FOUND[1:]) == lines
    update(catalog, "de", FOUND[1:], drop=True)
    assert check(catalog, "de", FOUND[1:]) == []


def test_a_text_that_comes_back_has_its_translation_again(catalog: Path) -> None:
    update(catalog, "de", FOUND[1:])
    update(catalog, "de", FOUND)
    assert check(catalog, "de", FOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Hallo <b>{name}", "Hallo <b>{nmae}", "other placeholders than in 'Hello <b>{name}</b>'"),
        ("Hallo <b>{name}", "Hallo <b>", "other placeholders than in 'Hello <b>{name}</b>'"),
        ('"Hallo <b>{name}</b>"', '"Hallo <i>{name}</i>"', "other tags than in 'Hello <b>{name}</b>'"),
        ('{name}</b>"\n\n#', '{name}"\n\n#', "other tags than in 'Hello <b>{name}</b>'"),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] ""', "not translated: '{n} day' (bot/b.py)"),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] "{m} Tage"', "other placeholders than in '{n} day'"),
        ('msgstr "Mai"', 'msgstr ""', "not translated: 'May' (bot/b.py)"),
        ("#: bot/b.py\nmsgctxt", "#: bot/b.py\n#, fuzzy\nmsgctxt", "marked fuzzy: 'May'"),
    ],
)
def test_check_sees_the_fault(catalog: Path, old: str, new: str, line: str) -> None:
    change(catalog, {old: new})
    lines = check(catalog, "de", FOUND)
    assert len(lines) == 1
    assert lines[0].startswith(f"de: {line}")


def test_a_catalog_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "confer.po"
    assert "No such file" in check(path, "de", FOUND)[0]
    path.write_bytes(b'msgid "\xff"\n')
    assert len(check(path, "de", FOUND)) == 1
    path.write_text("msgid nonsense\n")
    assert len(check(path, "de", FOUND)) == 1


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A source tree with one text in it."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "a.py").write_text('t("Hello")\n')
    return tmp_path


def test_the_command_adds_asks_and_is_content(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sources / "locale"
    assert main(["update"], sources, folder) == 1
    assert capsys.readouterr().out == "de: not translated: 'Hello' (bot/a.py)\n"
    change(po_file("de", folder), {'"Hello"\nmsgstr ""': '"Hello"\nmsgstr "Hallo"'})
    assert main(["check"], sources, folder) == 0
    assert capsys.readouterr().out == "all messages are translated\n"
    (sources / "bot" / "a.py").write_text("")
    assert main(["update"], sources, folder) == 1
    assert main(["update", "--drop"], sources, folder) == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('t(f"{x}")', "bot/a.py line 1: expected one literal text in the call\n"),
        ("t(", "bot/a.py line 1: '(' was never closed\n"),
    ],
)
def test_the_command_names_a_source_it_cannot_use(
    sources: Path, capsys: pytest.CaptureFixture[str], source: str, said: str
) -> None:
    (sources / "bot" / "a.py").write_text(source)
    assert main(["update"], sources, sources / "locale") == 1
    assert capsys.readouterr().err == said
    assert not (sources / "locale").exists()


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "--drop"]])
def test_a_wrong_command_is_answered_with_the_right_ones(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == "usage: python -m core.kit.catalog update [--drop] | check\n"
