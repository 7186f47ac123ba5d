"""Within a snapshot a task reads one state, until it writes; nobody else is touched by it."""

import asyncio

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.errors import NotFound
from tests.core.db.samples import store_on


async def say(store: Store, value: str) -> None:
    async with store.write() as uow:
        await uow.settings.put("word", value)


async def heard(store: Store) -> str:
    async with store.read() as uow:
        return str(await uow.settings.get("word"))


async def elsewhere(database: Database, value: str) -> None:
    """Somebody else's write, through a store of their own."""
    await say(store_on(database), value)


async def test_what_is_read_within_a_snapshot_is_one_state(database: Database) -> None:
    store = store_on(database)
    await say(store, "before")
    async with store.snapshot():
        assert await heard(store) == "before"
        await elsewhere(database, "after")
        assert await heard(store) == "before"
    assert await heard(store) == "after"


async def test_what_is_written_within_a_snapshot_is_seen_by_what_is_read_next(database: Database) -> None:
    store = store_on(database)
    await say(store, "before")
    async with store.snapshot():
        assert await heard(store) == "before"
        await say(store, "mine")
        assert await heard(store) == "mine"
        await elsewhere(database, "after")
        assert await heard(store) == "mine"


async def test_the_set_up_is_that_of_the_snapshot(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.settings.put("name", "Riverside")
    async with store.snapshot():
        async with store.read() as uow:
            assert (await uow.practice()).name == "Riverside"
        async with store_on(database).write() as other:
            await other.settings.put("name", "Hillside")
        async with store.read() as uow:
            assert (await uow.practice()).name == "Riverside"
        async with store.write() as uow:
            assert (await uow.practice()).name == "Hillside"


async def test_a_failed_read_does_not_spoil_the_next(database: Database) -> None:
    store = store_on(database)
    await say(store, "word")

    async def look_for_nobody() -> None:
        async with store.read() as uow:
            await uow.people.get(12345)

    async with store.snapshot():
        with pytest.raises(NotFound):
            await look_for_nobody()
        assert await heard(store) == "word"


async def test_a_task_started_within_a_snapshot_reads_on_its_own(database: Database) -> None:
    store = store_on(database)
    await say(store, "before")
    async with store.snapshot():
        assert await heard(store) == "before"
        await elsewhere(database, "after")
        assert await asyncio.create_task(heard(store)) == "after"
        assert await heard(store) == "before"


async def test_snapshots_give_their_connections_back(database_url: str) -> None:
    database = Database(database_url, pool_size=2, wait=0.5)
    store = store_on(database)
    await say(store, "word")

    async def visit(*, fail: bool) -> None:
        async with store.snapshot():
            assert await heard(store) == "word"
            await say(store, "word")
            if fail:
                raise LookupError
            assert await heard(store) == "word"

    visits = (visit(fail=turn % 2 == 0) for turn in range(12))
    outcomes = await asyncio.gather(*visits, return_exceptions=True)
    assert [type(each) for each in outcomes] == [LookupError, type(None)] * 6
    assert await heard(store) == "word"
    await database.close()
