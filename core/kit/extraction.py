"""Finding the msgids in our sources: literal arguments of `t(…)`, of its methods and of `msgid(…)`.

Babel's own extractor matches names without looking at what they belong to and joins the branches of a
conditional into one text, hence this one over the syntax tree.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.kit.extraction_templates import msgids_in_templates
from core.kit.found import BadSource, Found

__all__ = ["BadSource", "Found", "find_msgids", "msgids_in"]

PACKAGES = ("bot", "calendar_sync", "core", "webhooks")
# Method of `t` -> the positions of context, singular and plural among its arguments.
POSITIONS = {"html": (None, 0, None), "n": (None, 0, 1), "n_html": (None, 0, 1), "context": (0, 1, None)}
PLAIN = (None, 0, None)


def find_msgids(root: Path) -> list[Found]:
    """Every msgid in our packages under `root`, in order of file and line."""
    files = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    in_code = (
        found
        for path in files
        for found in msgids_in(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    )
    in_templates = (found for package in PACKAGES for found in msgids_in_templates(root / package, root))
    return sorted([*in_code, *in_templates])


def msgids_in(source: str, path: str) -> list[Found]:
    """Every msgid in one source text, in order of line; BadSource names the line of what is wrong."""
    try:
        tree = ast.parse(source, path)
    except SyntaxError as error:
        raise BadSource(f"{path} line {error.lineno}: {error.msg}") from error
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return sorted(found for call in calls for found in _in_call(call, path))


def _in_call(call: ast.Call, path: str) -> Iterator[Found]:
    positions = _positions(call.func)
    if positions is None:
        return
    context, singular, plural = (_argument(call, position, path) for position in positions)
    for text in singular:
        yield Found(path, call.lineno, text, next(iter(plural), ""), next(iter(context), ""))


def _positions(function: ast.expr) -> tuple[int | None, int | None, int | None] | None:
    match function:
        case ast.Name(id="t" | "msgid") | ast.Attribute(attr="t"):
            return PLAIN
        case ast.Attribute(attr=method, value=ast.Name(id="t") | ast.Attribute(attr="t")):
            return POSITIONS.get(method)
    return None


def _argument(call: ast.Call, position: int | None, path: str) -> list[str]:
    if position is None or position >= len(call.args):
        return []
    try:
        return list(_literals(call.args[position]))
    except BadSource:
        raise BadSource(f"{path} line {call.lineno}: expected one literal text in the call") from None


def _literals(node: ast.expr) -> Iterable[str]:
    """The texts an argument may be; none for a name or a table's entry, which is marked where it is made."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return [*_literals(one), *_literals(other)]
        case ast.JoinedStr() | ast.BinOp():
            raise BadSource
    return []
