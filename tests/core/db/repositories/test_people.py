"""People: found by what they are known by, added once however many add them."""

import asyncio
from dataclasses import replace

import pytest

from core.db.engine import Database
from core.domain.errors import Conflict, NotFound
from core.domain.person import Person, Role
from tests.core.db.samples import MADE, store_on


async def test_every_field_of_a_person_comes_back(database: Database) -> None:
    store = store_on(database)
    roles = frozenset({Role.CLIENT, Role.ADMIN})
    async with store.write() as uow:
        added = await uow.people.add(
            name="<b>\N{HEBREW LETTER ALEF}",
            telegram_id=2**51,
            email="a@example.org",
            locale="de",
            roles=roles,
        )
    assert added == Person(
        id=added.id,
        name="<b>\N{HEBREW LETTER ALEF}",
        telegram_id=2**51,
        email="a@example.org",
        locale="de",
        roles=roles,
    )
    changed = replace(
        added,
        zone="Asia/Kathmandu",
        roles=frozenset({Role.COUNSELOR}),
        reminders=False,
        chat_blocked=True,
        consented_at=MADE,
    )
    async with store.write() as uow:
        await uow.people.save(changed)
    async with store.read() as uow:
        assert await uow.people.get(added.id) == changed
        assert await uow.people.by_telegram(2**51) == changed
        assert await uow.people.by_telegram(2**51 + 1) is None


async def test_a_person_who_is_not_there_is_not_found(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        with pytest.raises(NotFound, match="person_not_found"):
            await uow.people.get(1)
        with pytest.raises(NotFound, match="person_not_found"):
            await uow.people.save(Person(id=1, name="Nobody"))


async def test_of_many_who_add_one_telegram_account_all_get_the_same_person(database: Database) -> None:
    store = store_on(database)

    async def meet(number: int) -> Person:
        async with store.write() as uow:
            return await uow.people.add(name=f"Name {number}", telegram_id=1001)

    met = await asyncio.gather(*(meet(number) for number in range(8)))
    assert {each.id for each in met} == {met[0].id}
    assert len(set(met)) == 1


async def test_a_guest_is_known_by_the_address_and_nobody_else_gets_it(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        guest = await uow.people.add(name="Guest", email="guest@example.org")
        assert await uow.people.add(name="Again", email="guest@example.org") == guest
        with pytest.raises(Conflict, match="email_taken"):
            await uow.people.add(name="Other", telegram_id=1001, email="guest@example.org")
        other = await uow.people.add(name="Other", telegram_id=1001)
    async with store.write() as uow:
        with pytest.raises(Conflict, match="contact_taken"):
            await uow.people.save(replace(other, email="guest@example.org"))


async def test_people_are_found_by_each_role_they_play(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        client = await uow.people.add(name="Client")
        admin = await uow.people.add(name="Admin", roles=(Role.ADMIN, Role.CLIENT))
        counselor = await uow.people.add(name="Counselor", roles=(Role.COUNSELOR,))
    async with store.read() as uow:
        found = {role: await uow.people.with_role(role) for role in Role}
    assert found == {Role.CLIENT: [client, admin], Role.COUNSELOR: [counselor], Role.ADMIN: [admin]}
