"""Drafts: each person's own, with the steps of the funnel beside them."""

from datetime import timedelta

import pytest

from core.domain.access import SYSTEM
from core.domain.analytics import FunnelEvent
from core.domain.errors import Forbidden, NotFound
from core.services.drafts import KEPT
from tests.core.services.small_practice import SmallPractice, on_sqlite


async def test_a_draft_is_its_person_s_alone(practice: SmallPractice) -> None:
    drafts = practice.core.drafts
    row = await drafts.start(practice.actor("dora"), {"counselor_id": 1}, message_id=5)
    assert (row.payload, row.message_id) == ({"counselor_id": 1}, 5)
    assert await drafts.get(practice.actor("dora"), row.id) == row
    for who, draft_id in (("emil", row.id), ("ann", row.id), ("dora", row.id + 1000)):
        with pytest.raises(NotFound, match=r"^draft_not_found$"):
            await drafts.get(practice.actor(who), draft_id)


async def test_typed_text_belongs_to_the_draft_begun_last(practice: SmallPractice) -> None:
    drafts, dora = practice.core.drafts, practice.actor("dora")
    assert await drafts.latest(dora) is None
    first, second = await drafts.start(dora, {"n": 1}), await drafts.start(dora, {"n": 2})
    await drafts.start(practice.actor("emil"), {"n": 3})
    await drafts.save(dora, first, {"n": 4})
    assert await drafts.latest(dora) == second


async def test_a_choice_is_kept_with_its_step(practice: SmallPractice) -> None:
    drafts, dora = practice.core.drafts, practice.actor("dora")
    row = await drafts.start(dora, {}, FunnelEvent.PAGE_VIEW, program=None, preselected=False)
    await drafts.save(dora, row, {"counselor_id": 1}, FunnelEvent.COUNSELOR_SELECTED, counselor=1)
    await drafts.count(dora, FunnelEvent.BOOKING_FAILED, error_type="slot_taken")
    assert (await drafts.get(dora, row.id)).payload == {"counselor_id": 1}
    person = practice.people["dora"].id
    assert await practice.funnel() == [
        ("page_view", person, {"program": None, "preselected": False}),
        ("counselor_selected", person, {"counselor": 1}),
        ("booking_failed", person, {"error_type": "slot_taken"}),
    ]


async def test_an_unchanged_choice_is_written_only_for_its_step(practice: SmallPractice) -> None:
    drafts, dora = practice.core.drafts, practice.actor("dora")
    row = await drafts.start(dora, {"n": 1})
    await drafts.save(dora, row, {"n": 1})
    assert (await drafts.get(dora, row.id)).version == row.version
    await drafts.save(dora, row, {"n": 1}, FunnelEvent.DATE_SELECTED)
    assert [name for name, *_ in await practice.funnel()] == ["date_selected"]


async def test_a_message_shows_the_draft_begun_in_it_last_until_it_shows_something_else(
    practice: SmallPractice,
) -> None:
    drafts, dora, emil = practice.core.drafts, practice.actor("dora"), practice.actor("emil")
    first = await drafts.start(dora, {}, message_id=5)
    other = await drafts.start(emil, {}, message_id=5)
    second = await drafts.start(dora, {}, message_id=5)

    async def shown() -> list[int | None]:
        rows = [await drafts.get(dora, first.id), await drafts.get(dora, second.id)]
        return [each.message_id for each in [*rows, await drafts.get(emil, other.id)]]

    assert await shown() == [None, 5, 5]
    await drafts.left(dora, 6)
    assert await shown() == [None, 5, 5]
    await drafts.left(dora, 5)
    assert await shown() == [None, None, 5]


async def test_the_message_that_shows_a_draft_is_remembered(practice: SmallPractice) -> None:
    drafts, dora = practice.core.drafts, practice.actor("dora")
    row = await drafts.start(dora, {})
    assert row.message_id is None
    await drafts.shown(row, 41)
    await drafts.shown(row, 42)
    assert (await drafts.get(dora, row.id)).message_id == 42


async def test_a_draft_that_is_gone_is_not_saved(practice: SmallPractice) -> None:
    drafts, dora = practice.core.drafts, practice.actor("dora")
    row = await drafts.start(dora, {})
    await practice.clock.advance(KEPT + timedelta(seconds=1))
    await drafts.forget_old()
    with pytest.raises(NotFound, match=r"^draft_not_found$"):
        await drafts.save(dora, row, {"n": 1}, FunnelEvent.DATE_SELECTED)
    assert await practice.funnel() == []


async def test_a_draft_is_forgotten_a_month_after_it_was_touched_last(practice: SmallPractice) -> None:
    drafts, dora = practice.core.drafts, practice.actor("dora")
    touched, untouched = await drafts.start(dora, {}), await drafts.start(dora, {})
    await practice.clock.advance(KEPT)
    await drafts.save(dora, touched, {"n": 1})
    await practice.clock.advance(timedelta(seconds=1))
    await drafts.forget_old()
    assert (await drafts.get(dora, touched.id)).payload == {"n": 1}
    with pytest.raises(NotFound, match=r"^draft_not_found$"):
        await drafts.get(dora, untouched.id)


@on_sqlite
async def test_the_system_fills_nothing_in(practice: SmallPractice) -> None:
    drafts = practice.core.drafts
    for act in (drafts.start(SYSTEM, {}), drafts.get(SYSTEM, 1), drafts.latest(SYSTEM)):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await act


async def test_drafts_are_filled_in_for_the_practice_as_it_is(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", name="Anna")
    assert (await practice.core.drafts.practice()).counselor(practice.ids["ann"]).name == "Anna"
