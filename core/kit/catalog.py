"""Keeping the catalogs in step with the sources: `python -m core.kit.catalog update` or `check`.

`update` adds what is new and keeps every translation; what the sources no longer say stays as an obsolete
entry (`#~`) to copy from, until `check`, which accepts none, makes somebody delete it: `update --drop` does.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from core.kit.extraction import BadSource, Found, find_msgids
from core.kit.translations import FOLDER, LANGUAGES, SOURCE, po_file

ROOT = Path(__file__).parents[2]
USAGE = "usage: python -m core.kit.catalog update [--drop] | check"
TAG = re.compile(r"</?[a-z][^<>]*>")
# Header fields that say when and by what a file was written, and so would change without any change.
RESTLESS = re.compile(
    r'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator'
    r'|Language-Team|Generated-By): .*\\n"\n',
    re.MULTILINE,
)


def update(path: Path, language: str, found: Sequence[Found], *, drop: bool = False) -> None:
    """Writes the catalog of `language` at `path`: the msgids found, with the translations it has already."""
    catalog = _read(path, language) if path.exists() else Catalog(locale=language, fuzzy=False)
    catalog.header_comment = f"# What people read, in {LANGUAGES[language]}."
    template = _template(found)
    _revive(catalog, template)
    catalog.update(template, no_fuzzy_matching=True)
    if drop:
        catalog.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalog, sort_output=True, include_lineno=False, width=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(RESTLESS.sub("", written.getvalue().decode()), encoding="utf-8")
    draft.replace(path)


def check(path: Path, language: str, found: Sequence[Found]) -> list[str]:
    """What is wrong with the catalog of `language` at `path`, one line each; empty when all is well."""
    try:
        catalog = _read(path, language)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        return [f"{path.name} ({language}): {error}"]
    template = _template(found)
    wanted, there = _by_key(template), _by_key(catalog)
    lines = [
        f"not in the catalog: {key[0]!r} ({_where(wanted[key])})"
        for key in sorted(wanted.keys() - there.keys())
    ]
    lines += [f"no longer in the sources: {key[0]!r}" for key in sorted(there.keys() - wanted.keys())]
    lines += [f"no longer in the sources: {message.id!r}" for message in catalog.obsolete.values()]
    lines += [
        line
        for key in sorted(wanted.keys() & there.keys())
        for line in _faults(there[key], catalog.num_plurals)
    ]
    return [f"{language}: {line}" for line in lines]


def main(arguments: Sequence[str], root: Path = ROOT, folder: Path = FOLDER) -> int:
    """Carries out the command on the sources under `root` and the catalogs in `folder`.

    0 when all is well, 1 when something is wrong with a catalog or a source, 2 for a wrong command.
    """
    if list(arguments) not in (["update"], ["update", "--drop"], ["check"]):
        sys.stderr.write(f"{USAGE}\n")
        return 2
    try:
        found = find_msgids(root)
    except BadSource as error:
        sys.stderr.write(f"{error}\n")
        return 1
    paths = {language: po_file(language, folder) for language in LANGUAGES if language != SOURCE}
    if arguments[0] == "update":
        for language, path in paths.items():
            update(path, language, found, drop="--drop" in arguments)
    lines = [line for language, path in paths.items() for line in check(path, language, found)]
    sys.stdout.write("\n".join(lines or ["all messages are translated"]) + "\n")
    return 1 if lines else 0


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _revive(catalog: Catalog, template: Catalog) -> None:
    """Takes the translations of obsolete entries that the sources say again."""
    for key, message in list(catalog.obsolete.items()):
        if template.get(message.id, message.context):
            catalog.add(message.id, message.string, context=message.context)
            del catalog.obsolete[key]


def _template(found: Sequence[Found]) -> Catalog:
    template = Catalog()
    for each in found:
        ids = (each.singular, each.plural) if each.plural else each.singular
        template.add(ids, locations=[(each.path, each.line)], context=each.context or None)
    return template


def _by_key(catalog: Catalog) -> dict[tuple[str, str], Message]:
    messages = (message for message in catalog if message.id)
    return {(_forms(message.id)[0], message.context or ""): message for message in messages}


def _faults(message: Message, plurals: int) -> Iterator[str]:
    sources, targets = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"marked fuzzy: {sources[0]!r}"
    if not all(targets) or len(targets) != (plurals if message.pluralizable else 1):
        yield f"not translated: {sources[0]!r} ({_where(message)})"
        return
    for name, parts in (("placeholders", _placeholders), ("tags", _tags)):
        wanted, got = [parts(each) for each in sources], [parts(each) for each in targets]
        if any(each not in wanted for each in got):
            yield f"other {name} than in {sources[0]!r}: {targets!r}"


def _forms(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    return tuple(texts) if isinstance(texts, list | tuple) else (str(texts or ""),)


def _placeholders(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})


def _tags(text: str) -> list[str]:
    return sorted(TAG.findall(text))


def _where(message: Message) -> str:
    return ", ".join(sorted({str(path) for path, _ in message.locations}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
