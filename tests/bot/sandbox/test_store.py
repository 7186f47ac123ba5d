"""Documents are there after `saved()`, whatever happens next."""

import asyncio
from pathlib import Path

from bot.sandbox.store import Kept, Store


async def test_what_was_saved_is_found_again_in_order(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "sandbox.db"
    store = Store(path)
    assert await store.open() == []
    for number in (10, 9, 1):
        store.put("update", number, {"number": number})
    store.put("gone", "x", {})
    await store.saved()
    store.put("update", 9, {"number": "nine"})
    store.drop("gone", "x")
    await store.saved()
    reader = Store(path)
    assert await reader.open() == [
        Kept("update", "1", {"number": 1}),
        Kept("update", "9", {"number": "nine"}),
        Kept("update", "10", {"number": 10}),
    ]
    await reader.close()
    await store.close()


async def test_many_savers_at_once_all_find_their_change_saved(tmp_path: Path) -> None:
    store = Store(tmp_path / "sandbox.db")
    await store.open()

    async def save(number: int) -> None:
        store.put("n", number, {"n": number})
        await store.saved()

    await asyncio.gather(*map(save, range(50)))
    reader = Store(tmp_path / "sandbox.db")
    assert [kept.body["n"] for kept in await reader.open()] == list(range(50))
    await reader.close()
    await store.close()


async def test_without_a_path_nothing_is_kept() -> None:
    store = Store(None)
    assert await store.open() == []
    store.put("n", 1, {})
    await store.saved()
    await store.close()
    assert await store.open() == []
