"""The programs and session types of a practice file."""

from dataclasses import replace

from core.domain.program import Program
from core.domain.session_type import SessionType
from core.services.practice_file import ProgramEntry, SessionTypeEntry
from core.services.practice_rows import Loading, load_row


async def load_programs(loading: Loading) -> None:
    """Save each; their counselors are there already."""
    practice = await loading.uow.practice()
    counselors = {each.slug: each.id for each in practice.counselors.values()}
    known = {each.slug: each for each in practice.programs.values()}
    for entry in loading.file.programs:
        current = known.get(entry.slug)
        wanted = replace(
            _program(entry),
            counselor_ids=tuple(counselors[slug] for slug in entry.counselors),
            active=current is None or current.active,
        )
        change = await load_row(loading, loading.uow.programs, _program_content, current, wanted)
        loading.note("program", entry.slug, change)


async def load_session_types(loading: Loading) -> None:
    """Save each; their counselors and programs are there already."""
    practice = await loading.uow.practice()
    counselors = {each.slug: each.id for each in practice.counselors.values()}
    programs = {each.slug: each.id for each in practice.programs.values()}
    admitted_by = {kind: programs[each.slug] for each in loading.file.programs for kind in each.session_types}
    known = {each.slug: each for each in practice.session_types.values()}
    for entry in loading.file.session_types:
        current = known.get(entry.slug)
        wanted = replace(
            _session_type(entry),
            counselor_ids=tuple(counselors[slug] for slug in entry.counselors),
            program_id=admitted_by.get(entry.slug),
            active=current is None or current.active,
        )
        change = await load_row(loading, loading.uow.session_types, _session_type_content, current, wanted)
        loading.note("session_type", entry.slug, change)


def _program(entry: ProgramEntry) -> Program:
    return Program(
        id=0,
        slug=entry.slug,
        title=entry.title,
        sessions=entry.sessions,
        counselor_ids=(),
        enrollment_code=entry.enrollment_code,
    )


def _session_type(entry: SessionTypeEntry) -> SessionType:
    return SessionType(
        id=0,
        slug=entry.slug,
        title=entry.title,
        durations=entry.durations,
        locations=entry.locations,
        counselor_ids=(),
        price=entry.price,
        address=entry.address,
        confirmation=entry.confirmation,
        buffer_minutes=entry.buffer_minutes,
        notice_hours=entry.notice_hours,
        slot_interval_minutes=entry.slot_interval_minutes,
    )


def _program_content(program: Program) -> Program:
    """Whether a program is offered is decided in the chat."""
    return replace(program, id=0, active=True)


def _session_type_content(kind: SessionType) -> SessionType:
    """Whether a session type is offered is decided in the chat."""
    return replace(kind, id=0, active=True)
