"""The words for a value of a practice file that does not fit its table."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from core.kit.problems import expected, unknown
from core.services.practice_file_tables import LIST, PracticeToml, Table


def lines_of(error: ValidationError, data: Mapping[str, Any]) -> Iterator[str]:
    """One line for every value of `data` that does not fit."""
    return (_line(each, data) for each in error.errors(include_url=False))


def entry(where: str, index: int, slug: object) -> str:
    """How an entry of a list is named: `counselor[2] 'ann'`, counted from 1."""
    return f"{where}[{index + 1}]" + (f" '{slug}'" if isinstance(slug, str) else "")


def _line(error: ErrorDetails, data: Any) -> str:
    """Follows the path of the error through the data and the tables at once."""
    table: type[Table] | None = PracticeToml
    fields, where, wanted = dict[str, FieldInfo](), "", ""
    for part in error["loc"]:
        data = _inside(data, part)
        if isinstance(part, int):
            where = entry(where, part, data.get("slug") if isinstance(data, dict) else None)
            wanted = wanted.removeprefix(LIST)
            continue
        fields = _fields(table)
        field = fields.get(part)
        where = f"{where}.{part}" if where else part
        wanted = (field.description if field else None) or wanted
        table = _table_in(field.annotation) if field else None
    if error["type"] == "extra_forbidden":
        return unknown(where, str(error["loc"][-1]), fields)
    if error["type"] == "missing":
        return f"{where}: expected {wanted}, but it is missing"
    return expected(where, wanted, data)


def _inside(data: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return data[part] if isinstance(data, list) else None
    return data.get(part) if isinstance(data, dict) else None


def _fields(table: type[Table] | None) -> dict[str, FieldInfo]:
    """The fields of a table by the names they have in the file."""
    return {field.alias or name: field for name, field in table.model_fields.items()} if table else {}


def _table_in(annotation: Any) -> type[Table] | None:
    """The table that a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for each in get_args(annotation) if (found := _table_in(each))), None)
