"""Private notes: for the session's counselor alone, and nowhere else."""

import pytest

from core.domain.errors import Conflict, DomainError, Invalid
from core.kit.logs import QUIET
from tests.core.services.sessions import begun
from tests.core.services.small_practice import SmallPractice, on_sqlite

SECRET = "Sleeps badly since the move."


async def test_a_counselor_writes_changes_and_removes_a_note(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ben, notes = practice.actor("ben"), practice.core.notes
    assert await notes.read(ben, booked.id) is None
    first = await notes.write(ben, booked.id, SECRET)
    assert await notes.read(ben, booked.id) == first
    second = await notes.write(ben, booked.id, "Sleeps better.")
    assert (second.text, second.version) == ("Sleeps better.", 2)
    await notes.remove(ben, booked.id, second.version)
    assert await notes.read(ben, booked.id) is None


@on_sqlite
@pytest.mark.parametrize("who", ["dora", "emil", "ada", "ann"])
async def test_nobody_else_reads_or_writes_it_the_admin_included(practice: SmallPractice, who: str) -> None:
    booked = await begun(practice)
    note = await practice.core.notes.write(practice.actor("ben"), booked.id, SECRET)
    actor, notes = practice.actor(who), practice.core.notes
    for attempt in (
        notes.read(actor, booked.id),
        notes.write(actor, booked.id, "Mine now."),
        notes.remove(actor, booked.id, note.version),
    ):
        with pytest.raises(DomainError):
            await attempt
    assert await notes.read(practice.actor("ben"), booked.id) == note


async def test_the_words_are_in_no_audit_entry_and_in_no_log(
    practice: SmallPractice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for name in QUIET:  # as the program sets them: drivers would tell what they send
        caplog.set_level("WARNING", name)
    booked = await begun(practice)
    note = await practice.core.notes.write(practice.actor("ben"), booked.id, SECRET)
    await practice.core.notes.remove(practice.actor("ben"), booked.id, note.version)
    assert [(row["action"], row["details"]) for row in (await practice.audit())[-2:]] == [
        ("note.written", {}),
        ("note.removed", {}),
    ]
    assert SECRET not in str(await practice.audit()) + str(await practice.jobs()) + caplog.text


async def test_removing_takes_only_the_words_that_were_seen(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ben, notes = practice.actor("ben"), practice.core.notes
    first = await notes.write(ben, booked.id, SECRET)
    await notes.remove(ben, booked.id, first.version)
    again = await notes.write(ben, booked.id, "Something new.")
    with pytest.raises(Conflict, match=r"^stale$"):
        await notes.remove(ben, booked.id, first.version)
    assert await notes.read(ben, booked.id) == again


async def test_writing_the_same_twice_and_removing_nothing_change_nothing(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ben, notes = practice.actor("ben"), practice.core.notes
    await notes.remove(ben, booked.id, 1)
    note = await notes.write(ben, booked.id, SECRET)
    assert await notes.write(ben, booked.id, SECRET) == note
    assert [row["action"] for row in await practice.audit()][1:] == ["note.written"]


@on_sqlite
@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("x" * 2001, "too_long")])
async def test_a_note_is_some_words_and_not_too_many(practice: SmallPractice, text: str, code: str) -> None:
    booked = await begun(practice)
    with pytest.raises(Invalid, match=f"^{code}$"):
        await practice.core.notes.write(practice.actor("ben"), booked.id, text)
