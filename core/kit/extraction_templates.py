"""Finding the msgids in our templates: literal arguments of `t(…)` and `t.n(…)`, as in the sources."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from core.kit.found import BadSource, Found

PATTERN = "*.j2"
PARSER = Environment(autoescape=True)


def msgids_in_templates(folder: Path, root: Path) -> Iterator[Found]:
    """Every msgid in the templates under a folder; paths are given from `root`."""
    for path in folder.rglob(PATTERN):
        yield from msgids_in_template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())


def msgids_in_template(source: str, path: str) -> list[Found]:
    """Every msgid in one template, in order of line; BadSource names the line of what is wrong."""
    try:
        tree = PARSER.parse(source)
    except TemplateSyntaxError as error:
        raise BadSource(f"{path} line {error.lineno}: {error.message}") from error
    return sorted(found for call in tree.find_all(nodes.Call) for found in _in_call(call, path))


def _in_call(call: nodes.Call, path: str) -> Iterator[Found]:
    match call.node:
        case nodes.Name(name="t"):
            yield Found(path, call.lineno, _literal(call, 0, path))
        case nodes.Getattr(node=nodes.Name(name="t"), attr="n"):
            yield Found(path, call.lineno, _literal(call, 0, path), _literal(call, 1, path))


def _literal(call: nodes.Call, position: int, path: str) -> str:
    argument = call.args[position] if position < len(call.args) else None
    if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
        raise BadSource(f"{path} line {call.lineno}: expected one literal text in the call")
    return argument.value
