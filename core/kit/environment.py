"""Reading raw settings from the environment and a `.env` file, with the values that stand in files."""

import io
from collections.abc import Collection, Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from core.kit.problems import expected, unknown

PREFIX = "CONFER_"
IN_FILE = "_FILE"

Values = dict[str, str]


def read_environment(
    environ: Mapping[str, str], dotenv: Path | None, names: Collection[str]
) -> tuple[Values, Values]:
    """Raw values by lower-case name without prefix, and a line by name for what cannot be understood.

    `environ` wins over `dotenv`; an empty value counts as not set; `CONFER_X_FILE` names the file that holds
    `CONFER_X`.
    """
    known = {f"{PREFIX}{name.upper()}" for name in names}
    given, lines = read_dotenv(dotenv) if dotenv else ({}, {})
    values: Values = {}
    for layer in (given, environ):
        found, problems = _read_layer(layer, known)
        values |= found
        lines |= problems
    return _short(values), _short(lines)


def read_dotenv(path: Path) -> tuple[Values, Values]:
    """The names and values of a `.env` file (none if there is no such file), and a line per problem."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, {}
    except (OSError, ValueError) as error:
        return {}, {str(path): f"{path}: expected a readable text file ({_reason(error)})"}
    bindings = list(parse_stream(io.StringIO(text)))
    bad = [each.original.line for each in bindings if each.error or (each.value is None and _ours(each.key))]
    values = {each.key: each.value for each in bindings if each.key and each.value is not None}
    return values, {f"{path}:{line}": f"{path} line {line}: expected NAME=value" for line in bad}


def _read_layer(layer: Mapping[str, str], known: Collection[str]) -> tuple[Values, Values]:
    ours = {name: value for name, value in layer.items() if _ours(name) and value}
    values = {name: value for name, value in ours.items() if name in known}
    lines: Values = {}
    for name in sorted(ours.keys() - values.keys()):
        target = name.removesuffix(IN_FILE)
        if target == name or target not in known:
            short = [each.removeprefix(PREFIX) for each in known]
            names = [*short, *(f"{each}{IN_FILE}" for each in short)]
            lines[name] = unknown(name, name.upper().removeprefix(PREFIX), names, PREFIX)
        elif target in values:
            lines[target] = f"{target} and {name}: expected one of the two, got both"
        else:
            _read_value(target, Path(ours[name]), values, lines)
    return values, lines


def _read_value(target: str, path: Path, values: Values, lines: Values) -> None:
    """Puts the text of the file into `values`, or why there is none into `lines`."""
    where = f"{target}{IN_FILE}"
    try:
        text = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        lines[target] = f"{expected(where, 'a readable text file', str(path))} ({_reason(error)})"
        return
    if text:
        values[target] = text
    else:
        lines[target] = expected(where, "a file with a value in it", str(path))


def _ours(name: str | None) -> bool:
    return (name or "").upper().startswith(PREFIX)


def _short(texts: Values) -> Values:
    return {name.removeprefix(PREFIX).lower(): text for name, text in texts.items()}


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return (error.strerror if isinstance(error, OSError) else None) or "unreadable"
