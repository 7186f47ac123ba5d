"""The set-up as it is read: whole, cheap while nothing changes, and never one that was not committed."""

from dataclasses import replace

import pytest

from core.db.engine import Database
from core.db.types import JsonValue
from core.db.uow import Store
from core.domain.errors import Conflict
from core.domain.person import Role
from core.domain.policy import Policy
from core.domain.practice import Practice
from tests.core.db.queries import counted
from tests.core.db.samples import a_counselor, a_program, a_session_type, store_on


async def practice_of(store: Store) -> Practice:
    async with store.read() as uow:
        return await uow.practice()


async def rename(store: Store, name: str) -> None:
    async with store.write() as uow:
        await uow.settings.put("name", name)


async def test_an_empty_practice_has_the_defaults(database: Database) -> None:
    assert await practice_of(store_on(database)) == Practice()


async def test_everything_that_was_set_up_comes_back(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.settings.put("name", "Riverside Counseling")
        await uow.settings.put("zone", "America/New_York")
        await uow.settings.put("locale", "de")
        await uow.settings.put("policy", {"hold_minutes": 5, "reminder_offsets": [48, 2]})
        people = [await uow.people.add(name=name) for name in ("Ann", "Bob")]
        ann, bob = [
            await uow.counselors.save(a_counselor(slug, person_id=person.id))
            for slug, person in zip(("ann", "bob"), people, strict=True)
        ]
        program = await uow.programs.save(a_program("python-101", (bob.id, ann.id)))
        kind = await uow.session_types.save(a_session_type("intro", (bob.id, ann.id), program.id))
    assert await practice_of(store_on(database)) == Practice(
        revision=1,
        name="Riverside Counseling",
        zone="America/New_York",
        locale="de",
        policy=Policy(chosen={"hold_minutes": 5, "reminder_offsets": (48, 2)}),
        counselors={ann.id: ann, bob.id: bob},
        session_types={kind.id: kind},
        programs={program.id: program},
    )


async def test_saving_by_the_same_slug_changes_the_row_and_replaces_its_parts(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        person = await uow.people.add(name="Ann")
        ann = await uow.counselors.save(a_counselor("ann", person_id=person.id))
        program = await uow.programs.save(a_program("python-101", (ann.id,)))
        kind = await uow.session_types.save(a_session_type("intro", (ann.id,)))
    other_hours = replace(ann.schedule, weekly=ann.schedule.weekly[1:], overrides=(), out_of_office=())
    changed = replace(ann, id=0, name="Ann Other", schedule=other_hours, daily_limit=None)
    nobodys = replace(kind, id=0, counselor_ids=(), confirmation=None, buffer_minutes=None)
    shorter = replace(program, id=0, sessions=4, counselor_ids=(), enrollment_code=None)
    async with store.write() as uow:
        assert await uow.counselors.save(changed) == replace(changed, id=ann.id)
        assert await uow.session_types.save(nobodys) == replace(nobodys, id=kind.id)
        assert await uow.programs.save(shorter) == replace(shorter, id=program.id)
    practice = await practice_of(store)
    assert practice.counselors == {ann.id: replace(changed, id=ann.id)}
    assert practice.session_types == {kind.id: replace(nobodys, id=kind.id)}
    assert practice.programs == {program.id: replace(shorter, id=program.id)}


async def test_a_save_without_a_digest_keeps_that_of_the_last_load(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        ann = a_counselor("ann", person_id=(await uow.people.add(name="Ann")).id)
        ann = await uow.counselors.save(ann, "c1")
        kind, program = a_session_type("intro", (ann.id,)), a_program("python-101", (ann.id,))
        await uow.session_types.save(kind, "s1")
        await uow.programs.save(program, "p1")
    async with store.write() as uow:
        await uow.counselors.save(replace(ann, name="Other"))
        await uow.session_types.save(replace(kind, title="Other"))
        await uow.programs.save(replace(program, title="Other"))
    async with store.read() as uow:
        kept = [
            await uow.counselors.get_digest("ann"),
            await uow.session_types.get_digest("intro"),
            await uow.programs.get_digest("python-101"),
            await uow.counselors.get_digest("nobody"),
        ]
    assert kept == ["c1", "s1", "p1", None]


async def test_a_counselors_person_plays_that_role_and_is_no_second_counselor(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        person = await uow.people.add(name="Ann")
        await uow.counselors.save(a_counselor("ann", person_id=person.id))
        assert (await uow.people.get(person.id)).roles == {Role.CLIENT, Role.COUNSELOR}
    async with store.write() as uow:
        with pytest.raises(Conflict, match="already_counselor"):
            await uow.counselors.save(a_counselor("anna", person_id=person.id))


async def test_an_unchanged_practice_costs_one_tiny_query_or_none(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.people.add(name="Client", telegram_id=1001)
    first = await practice_of(store)
    with counted(database) as sent:
        assert await practice_of(store) is first
    assert len(sent) == 1
    with counted(database) as sent:
        async with store.read() as uow:
            await uow.people.by_telegram(1001)
            assert await uow.practice() is first
            assert await uow.practice() is first
    assert len(sent) == 1


async def test_a_change_made_elsewhere_is_seen_by_the_next_transaction(database: Database) -> None:
    here, elsewhere = store_on(database), store_on(database)
    assert (await practice_of(here)).name == "Confer"
    await rename(elsewhere, "Elsewhere")
    async with here.read() as uow:
        assert await uow.people.by_telegram(1) is None
        assert (await uow.practice()).name == "Elsewhere"
    assert (await practice_of(elsewhere)).name == "Elsewhere"


async def test_a_change_is_seen_in_its_own_transaction_and_elsewhere_only_after_the_commit(
    database: Database,
) -> None:
    store = store_on(database)
    await practice_of(store)
    async with store.write() as uow:
        await uow.settings.put("name", "First")
        assert (await uow.practice()).name == "First"
        await uow.settings.put("name", "Second")
        assert (await uow.practice()).name == "Second"
        assert (await practice_of(store)).name == "Confer"
    assert (await practice_of(store)).name == "Second"


async def test_a_change_that_was_rolled_back_is_never_served(database: Database) -> None:
    store = store_on(database)
    before = await practice_of(store)
    with pytest.raises(RuntimeError, match="undo"):
        await _rename_and_fail(store)
    assert await practice_of(store) == before
    await rename(store, "Later")  # takes the revision that the failed one had
    later = await practice_of(store)
    assert (later.name, later.revision) == ("Later", before.revision + 1)


async def _rename_and_fail(store: Store) -> None:
    async with store.write() as uow:
        await uow.settings.put("name", "Never")
        await uow.practice()
        raise RuntimeError("undo")


async def test_settings_hold_any_json_by_name(database: Database) -> None:
    store = store_on(database)
    value: JsonValue = {"list": [1, None, "\N{SNOWMAN}"], "yes": True}
    async with store.write() as uow:
        assert await uow.settings.get("other") is None
        assert await uow.settings.get("other", 7) == 7
        await uow.settings.put("other", "first")
        await uow.settings.put("other", value)
    async with store.read() as uow:
        assert await uow.settings.get("other") == value
