"""Facts from outside are known once, until they are forgotten."""

from datetime import timedelta

from core.db.engine import Database
from tests.core.db.samples import MADE, store_on

DAY = timedelta(days=1)


async def test_a_fact_is_finished_once_and_then_known(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        assert not await uow.inbox.finished("telegram", "1")
        assert not await uow.inbox.begin("telegram", "1", MADE)
        assert not await uow.inbox.begin("telegram", "1", MADE)
        assert not await uow.inbox.finished("telegram", "1")
        await uow.inbox.finish("telegram", "1", MADE)
    async with store.write() as uow:
        assert await uow.inbox.finished("telegram", "1")
        assert await uow.inbox.begin("telegram", "1", MADE + DAY)
        assert not await uow.inbox.begin("google", "1", MADE)


async def test_a_fact_whose_handling_failed_comes_again(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.inbox.begin("telegram", "1", MADE)
    async with store.write() as uow:
        assert not await uow.inbox.begin("telegram", "1", MADE + DAY)


async def test_many_facts_are_finished_at_once_known_ones_too(database: Database) -> None:
    store = store_on(database)
    facts = [("telegram", str(number)) for number in range(5)]
    async with store.write() as uow:
        await uow.inbox.begin(*facts[2], MADE)
        await uow.inbox.finish_all(facts[:3], MADE)
        await uow.inbox.finish_all(facts[2:4], MADE)
        await uow.inbox.finish_all([], MADE)
    async with store.read() as uow:
        assert [await uow.inbox.finished(*each) for each in facts] == [True] * 4 + [False]


async def test_old_facts_are_forgotten(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.inbox.finish("telegram", "old", MADE - DAY)
        await uow.inbox.finish("telegram", "new", MADE)
        await uow.inbox.purge(MADE)
        assert [await uow.inbox.finished("telegram", each) for each in ("old", "new")] == [False, True]
