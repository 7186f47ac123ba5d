"""What must hold between the entries of a practice file: names met once, references that lead somewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.domain.policy import POLICIES
from core.kit.money import NO_CURRENCY, is_known_currency, parse_minor
from core.kit.problems import expected, unknown
from core.services.practice_file_lines import entry
from core.services.practice_file_tables import (
    CURRENCY,
    CounselorTable,
    PracticeToml,
    ProgramTable,
    SessionTypeTable,
)

NAMES = {
    "counselor": ("slug", "telegram_id", "email"),
    "session_type": ("slug",),
    "program": ("slug", "enrollment_code"),
}


def check_practice(file: PracticeToml) -> Iterator[str]:
    """One line for everything that does not hold."""
    yield from _policies(file.policy)
    for section, keys in NAMES.items():
        for key in keys:
            yield from _met_once(section, getattr(file, section), key)
    counselors = {each.slug for each in file.counselor}
    kinds = {each.slug for each in file.session_type}
    for index, counselor in enumerate(file.counselor):
        yield from _counselor(entry("counselor", index, counselor.slug), counselor)
    for index, kind in enumerate(file.session_type):
        where = entry("session_type", index, kind.slug)
        yield from _references(f"{where}.counselors", "counselor", kind.counselors, counselors)
        yield from _session_type(where, kind)
    for index, program in enumerate(file.program):
        where = entry("program", index, program.slug)
        yield from _references(f"{where}.counselors", "counselor", program.counselors, counselors)
        yield from _references(f"{where}.session_types", "session type", program.session_types, kinds)
    yield from _one_program(file.program)


def _policies(policy: Mapping[str, Any]) -> Iterator[str]:
    for name, value in policy.items():
        where = f"policy.{name}"
        if name not in POLICIES:
            yield unknown(where, name, POLICIES)
        elif wanted := POLICIES[name].check(value):
            yield expected(where, wanted, value)


def _met_once(section: str, entries: Sequence[Any], key: str) -> Iterator[str]:
    met: dict[object, str] = {}
    for index, each in enumerate(entries):
        value, where = getattr(each, key), entry(section, index, each.slug)
        if value is not None and met.setdefault(value, where) != where:
            yield expected(f"{where}.{key}", f"another than {met[value]} has", value)


def _counselor(where: str, counselor: CounselorTable) -> Iterator[str]:
    for index, each in enumerate(counselor.out_of_office):
        if each.last < each.first:
            place = f"{entry(f'{where}.out_of_office', index, None)}.to"
            yield f"{place}: expected a date on or after {each.first}, got {each.last}"


def _session_type(where: str, kind: SessionTypeTable) -> Iterator[str]:
    yield from _repeated(f"{where}.durations", kind.durations)
    yield from _repeated(f"{where}.locations", kind.locations)
    if "in_person" in kind.locations and not kind.address:
        yield f"{where}.address: expected an address, as in_person is one of the locations, but it is missing"
    yield from _price(where, kind)


def _price(where: str, kind: SessionTypeTable) -> Iterator[str]:
    currency = kind.currency or NO_CURRENCY
    if not is_known_currency(currency):
        yield expected(f"{where}.currency", CURRENCY, currency)
        return
    try:
        minor = parse_minor(kind.price, currency)
    except ValueError as error:
        yield expected(f"{where}.price", str(error), kind.price)
        return
    if minor and kind.currency is None:
        yield f"{where}.currency: expected {CURRENCY}, as there is a price, but it is missing"


def _references(where: str, what: str, slugs: Sequence[str], known: Iterable[str]) -> Iterator[str]:
    yield from _repeated(where, slugs)
    for slug in slugs:
        if slug not in known:
            yield expected(where, f"the slug of a {what} in this file", slug)


def _repeated(where: str, values: Sequence[object]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{where}: expected each once, got {value!r} {times} times"


def _one_program(programs: Sequence[ProgramTable]) -> Iterator[str]:
    met: dict[str, str] = {}
    for index, program in enumerate(programs):
        where = entry("program", index, program.slug)
        for slug in program.session_types:
            if met.setdefault(slug, where) != where:
                yield expected(f"{where}.session_types", f"none that {met[slug]} has", slug)
