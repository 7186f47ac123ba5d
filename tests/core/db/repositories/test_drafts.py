"""Drafts: the latest is found, and a change meant for an older one is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.engine import Database
from core.domain.errors import Conflict, NotFound
from tests.core.db.samples import MADE, fill, store_on

HOUR = timedelta(hours=1)


async def test_a_draft_is_kept_changed_and_dropped(database: Database) -> None:
    store = store_on(database)
    person = (await fill(store)).clients[0]
    payload = {"day": "2027-03-01", "topic": "\N{SNOWMAN}"}
    async with store.write() as uow:
        draft = await uow.drafts.new(person, payload, at=MADE)
        await uow.drafts.set_message(draft.id, 2**40)
    shown = replace(draft, message_id=2**40)
    async with store.write() as uow:
        assert await uow.drafts.get(draft.id) == shown
        changed = await uow.drafts.put(draft.id, {"day": None}, at=MADE)
    assert changed == replace(shown, payload={"day": None}, version=2)
    async with store.write() as uow:
        assert await uow.drafts.get(draft.id) == changed
        await uow.drafts.delete(draft.id)
        assert await uow.drafts.get(draft.id) is None
        with pytest.raises(NotFound, match="draft_not_found"):
            await uow.drafts.put(draft.id, {}, at=MADE)


async def test_a_change_of_an_older_version_is_refused(database: Database) -> None:
    store = store_on(database)
    person = (await fill(store)).clients[0]
    async with store.write() as uow:
        draft = await uow.drafts.new(person, {}, at=MADE)
        second = await uow.drafts.put(draft.id, {"step": 2}, at=MADE, version=draft.version)
        with pytest.raises(Conflict, match="stale"):
            await uow.drafts.put(draft.id, {"step": 3}, at=MADE, version=draft.version)
        assert await uow.drafts.get(draft.id) == second


async def test_the_latest_draft_is_the_persons_own_and_the_last_worked_on(database: Database) -> None:
    store = store_on(database)
    one, other, nobody, _ = (await fill(store)).clients
    async with store.write() as uow:
        first = await uow.drafts.new(one, {}, at=MADE)
        last = await uow.drafts.new(one, {}, at=MADE)
        foreign = await uow.drafts.new(other, {}, at=MADE)
        begun = [await uow.drafts.latest_of(each) for each in (one, other, nobody)]
        first = await uow.drafts.put(first.id, {"step": 1}, at=MADE + HOUR)
        worked_on = await uow.drafts.latest_of(one)
    assert begun == [last, foreign, None]
    assert worked_on == first


async def test_drafts_that_nobody_touched_for_long_are_dropped_and_their_ids_stay_theirs(
    database: Database,
) -> None:
    store = store_on(database)
    person = (await fill(store)).clients[0]
    async with store.write() as uow:
        touched, left = [await uow.drafts.new(person, {}, at=MADE) for _ in range(2)]
        await uow.drafts.put(touched.id, {}, at=MADE + HOUR)
        await uow.drafts.purge(MADE + HOUR)
        assert await uow.drafts.get(left.id) is None
        assert await uow.drafts.get(touched.id) is not None
        assert (await uow.drafts.new(person, {}, at=MADE)).id > left.id
