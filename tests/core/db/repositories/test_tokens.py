"""Single-use links work once, in time, and for what they were made."""

import asyncio
import hashlib

from core.db.engine import Database
from tests.core.db.samples import HOUR, MADE, store_on

DIGEST = hashlib.sha256(b"secret").digest()


async def test_a_link_works_once(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.tokens.add("counselor", "ann", DIGEST, MADE + HOUR)
    async with store.write() as uow:
        assert await uow.tokens.redeem("counselor", DIGEST, MADE) == "ann"
        assert await uow.tokens.redeem("counselor", DIGEST, MADE) is None
    async with store.write() as uow:
        assert await uow.tokens.redeem("counselor", DIGEST, MADE) is None


async def test_a_link_that_is_late_unknown_or_of_another_kind_does_nothing(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.tokens.add("counselor", "ann", DIGEST, MADE + HOUR)
        assert await uow.tokens.redeem("counselor", DIGEST, MADE + HOUR) is None
        assert await uow.tokens.redeem("admin", DIGEST, MADE) is None
        assert await uow.tokens.redeem("counselor", b"unknown", MADE) is None
        assert await uow.tokens.redeem("counselor", DIGEST, MADE) == "ann"


async def test_of_many_who_redeem_one_link_at_once_one_succeeds(database: Database) -> None:
    store = store_on(database)
    async with store.write() as uow:
        await uow.tokens.add("admin", "", DIGEST, MADE + HOUR)

    async def redeem() -> str | None:
        async with store.write() as uow:
            return await uow.tokens.redeem("admin", DIGEST, MADE)

    redeemed = await asyncio.gather(*(redeem() for _ in range(16)))
    assert sorted(redeemed, key=str) == ["", *[None] * 15]
