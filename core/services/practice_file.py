"""Reading a practice file: the set-up of a practice as plain values, or a line for all that is wrong."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.session_type import Location
from core.kit.money import NO_CURRENCY, parse_minor
from core.kit.problems import Problems
from core.services.practice_file_checks import check_practice
from core.services.practice_file_lines import lines_of
from core.services.practice_file_tables import (
    CounselorTable,
    PracticeToml,
    ProgramTable,
    SessionTypeTable,
    WeeklyTable,
)


class BadPracticeFile(Problems):
    """The file cannot be loaded; one line per problem, naming the key and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounselorEntry:
    """A counselor as the file describes one; `schedule.zone` is the practice's unless named."""

    slug: str
    name: str
    telegram_id: int | None
    email: str | None
    bio: str
    active: bool
    schedule: Schedule
    confirmation: Confirmation
    buffer_minutes: int
    notice_hours: int
    window_days: int
    slot_interval_minutes: int
    daily_limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTypeEntry:
    """A session type; counselors by slug, durations in minutes, ascending; None: as the counselor has it."""

    slug: str
    title: str
    counselors: tuple[str, ...]
    durations: tuple[int, ...]
    locations: tuple[Location, ...]
    address: str
    confirmation: Confirmation | None
    buffer_minutes: int | None
    notice_hours: int | None
    slot_interval_minutes: int | None
    price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramEntry:
    """A program; counselors and session types by slug."""

    slug: str
    title: str
    sessions: int
    counselors: tuple[str, ...]
    session_types: tuple[str, ...]
    enrollment_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFile:
    """A practice, complete and consistent; `policy` holds only what the file names, in the file's order."""

    name: str
    zone: str
    locale: str
    policy: Mapping[str, Any]
    counselors: tuple[CounselorEntry, ...]
    session_types: tuple[SessionTypeEntry, ...]
    programs: tuple[ProgramEntry, ...]


def read_practice_file(path: Path) -> PracticeFile:
    """The practice in the TOML file at `path`; BadPracticeFile otherwise."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadPracticeFile([f"{path}: {error.strerror or 'cannot be read'}"]) from error
    except UnicodeDecodeError as error:
        raise BadPracticeFile([f"{path}: expected a text file in UTF-8"]) from error
    return parse_practice_file(text, str(path))


def parse_practice_file(text: str, name: str = "practice file") -> PracticeFile:
    """The practice in a TOML text; `name` is what the text is called when it is no TOML at all."""
    try:
        data = tomllib.loads(text)
        file = PracticeToml.model_validate(data)
    except ValidationError as error:
        raise BadPracticeFile(lines_of(error, data)) from error
    except (ValueError, RecursionError) as error:
        raise BadPracticeFile([f"{name}: expected TOML: {error}"]) from error
    if lines := list(check_practice(file)):
        raise BadPracticeFile(lines)
    return PracticeFile(
        name=file.practice.name,
        zone=file.practice.timezone,
        locale=file.practice.locale,
        policy={
            name: tuple(value) if isinstance(value, list) else value for name, value in file.policy.items()
        },
        counselors=tuple(_counselor(each, file.practice.timezone) for each in file.counselor),
        session_types=tuple(_session_type(each) for each in file.session_type),
        programs=tuple(_program(each) for each in file.program),
    )


def _counselor(table: CounselorTable, zone: str) -> CounselorEntry:
    schedule = Schedule(
        zone=table.timezone or zone,
        weekly=_weekly(table.weekly),
        overrides=tuple(DateOverride(date=each.day, windows=tuple(each.windows)) for each in table.override),
        out_of_office=tuple(OutOfOffice(first=each.first, last=each.last) for each in table.out_of_office),
    )
    return CounselorEntry(
        slug=table.slug,
        name=table.name,
        telegram_id=table.telegram_id,
        email=table.email,
        bio=table.bio,
        active=table.active,
        schedule=schedule,
        confirmation=Confirmation(table.confirmation),
        buffer_minutes=table.buffer_minutes,
        notice_hours=table.notice_hours,
        window_days=table.window_days,
        slot_interval_minutes=table.slot_interval_minutes,
        daily_limit=table.daily_limit,
    )


def _weekly(table: WeeklyTable) -> tuple[AvailabilityRule, ...]:
    days = enumerate(WeeklyTable.model_fields)
    return tuple(
        AvailabilityRule(weekday=weekday, window=window)
        for weekday, name in days
        for window in getattr(table, name)
    )


def _session_type(table: SessionTypeTable) -> SessionTypeEntry:
    currency = table.currency or NO_CURRENCY
    return SessionTypeEntry(
        slug=table.slug,
        title=table.title,
        counselors=tuple(table.counselors),
        durations=tuple(sorted(table.durations)),
        locations=tuple(Location(each) for each in table.locations),
        address=table.address,
        confirmation=Confirmation(table.confirmation) if table.confirmation else None,
        buffer_minutes=table.buffer_minutes,
        notice_hours=table.notice_hours,
        slot_interval_minutes=table.slot_interval_minutes,
        price=Money(minor=parse_minor(table.price, currency), currency=currency),
    )


def _program(table: ProgramTable) -> ProgramEntry:
    return ProgramEntry(
        slug=table.slug,
        title=table.title,
        sessions=table.sessions,
        counselors=tuple(table.counselors),
        session_types=tuple(table.session_types),
        enrollment_code=table.enrollment_code,
    )
