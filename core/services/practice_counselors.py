"""The counselors of a practice file, and the people who play them."""

from dataclasses import replace

from core.domain.counselor import Counselor
from core.domain.errors import Conflict
from core.domain.person import Person, Role
from core.services.practice_file import BadPracticeFile, CounselorEntry
from core.services.practice_rows import Change, Loading, load_row

ROLES = frozenset({Role.CLIENT, Role.COUNSELOR})


async def load_counselors(loading: Loading) -> None:
    """Save each, tied to the Telegram account that the file names; notes whom nobody plays yet."""
    known = {each.slug: each for each in (await loading.uow.practice()).counselors.values()}
    for entry in loading.file.counselors:
        try:
            change = await _load(loading, entry, known.get(entry.slug))
        except Conflict as error:
            raise BadPracticeFile([f"counselor '{entry.slug}': {_CONFLICTS[error.code]}"]) from error
        loading.note("counselor", entry.slug, change)


_CONFLICTS = {
    "already_counselor": "this telegram_id or email is that of another counselor",
    "contact_taken": "this telegram_id or email is somebody else's",
    "email_taken": "this email is somebody else's",
}


async def _load(loading: Loading, entry: CounselorEntry, current: Counselor | None) -> Change:
    standing = await loading.uow.people.get(current.person_id) if current else None
    if standing is not None and _played_by_another(entry, standing) and not loading.force:
        return Change.REFUSED
    person = await _person(loading, entry, standing)
    if person.telegram_id is None:
        loading.unclaimed.append(entry.slug)
    wanted = _counselor(entry, person.id)
    change = await load_row(loading, loading.uow.counselors, _content, current, wanted)
    if current is None or standing is None or person == standing:
        return change
    await _hand_over(loading, current, standing, person, change)
    return Change.CHANGED if change is Change.UNCHANGED else change


async def _hand_over(
    loading: Loading, current: Counselor, standing: Person, person: Person, change: Change
) -> None:
    """Let another person play the counselor, also where the rest of the row has not been saved."""
    if person.id == standing.id:
        return
    if change is not Change.CHANGED:
        await loading.uow.counselors.save(replace(current, person_id=person.id))
    await loading.uow.people.save(replace(standing, roles=standing.roles - {Role.COUNSELOR}))


def _played_by_another(entry: CounselorEntry, person: Person) -> bool:
    accounts = {entry.telegram_id, person.telegram_id}
    return None not in accounts and len(accounts) == 2


async def _person(loading: Loading, entry: CounselorEntry, standing: Person | None) -> Person:
    """Who plays the counselor from now on, with the contacts that the file names."""
    people = loading.uow.people
    named = None if entry.telegram_id is None else await people.by_telegram(entry.telegram_id)
    if named is None and standing is not None and not _played_by_another(entry, standing):
        named = standing
    if named is None:
        return await people.add(
            name=entry.name,
            telegram_id=entry.telegram_id,
            email=entry.email,
            locale=loading.file.locale,
            zone=entry.schedule.zone,
            roles=ROLES,
        )
    person = replace(
        named,
        telegram_id=entry.telegram_id or named.telegram_id,
        email=named.email or entry.email,
        roles=named.roles | ROLES,
    )
    if person != named:
        await people.save(person)
    return person


def _counselor(entry: CounselorEntry, person_id: int) -> Counselor:
    return Counselor(
        id=0,
        person_id=person_id,
        slug=entry.slug,
        name=entry.name,
        bio=entry.bio,
        active=entry.active,
        schedule=entry.schedule,
        confirmation=entry.confirmation,
        buffer_minutes=entry.buffer_minutes,
        notice_hours=entry.notice_hours,
        window_days=entry.window_days,
        slot_interval_minutes=entry.slot_interval_minutes,
        daily_limit=entry.daily_limit,
    )


def _content(counselor: Counselor) -> Counselor:
    """Without the ids: who plays a counselor may change by an invite."""
    return replace(counselor, id=0, person_id=0)
