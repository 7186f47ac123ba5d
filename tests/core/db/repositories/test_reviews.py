"""Reviews in the database: one of a booking, guarded by their version, counted for many at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.booking import Status
from core.domain.errors import Conflict
from core.domain.review import Rating, Review
from tests.core.db.queries import counted
from tests.core.db.samples import NOON, Sample, a_booking, fill, store_on

DAY = timedelta(days=1)


async def add(
    store: Store, sample: Sample, day: int, stars: int, *, counselor: int = 0, **changes: object
) -> Review:
    """A review of a completed session some days after noon."""
    status = changes.pop("status", Status.COMPLETED)
    assert isinstance(status, Status)
    async with store.write() as uow:
        booked = a_booking(sample, NOON + day * DAY, counselor=counselor, status=status)
        booking = await uow.bookings.add(booked)
        review = Review(
            booking_id=booking.id,
            counselor_id=booking.counselor_id,
            client_id=booking.client_id,
            stars=stars,
            comment="Good.",
            created_at=booking.ends_at,
        )
        review = replace(review, **changes)  # type: ignore[arg-type]
        await uow.reviews.add(review)
        return review


async def test_a_review_comes_back_as_it_was_kept(database: Database) -> None:
    store = store_on(database)
    review = await add(store, await fill(store), 0, 4, answer="Thanks", hidden_reason="No", version=1)
    async with store.read() as uow:
        assert await uow.reviews.get(review.booking_id) == review
        assert await uow.reviews.get(review.booking_id + 1) is None


async def test_a_booking_has_one_review(database: Database) -> None:
    store = store_on(database)
    review = await add(store, await fill(store), 0, 4)
    async with store.write() as uow:
        with pytest.raises(Conflict, match=r"^stale$"):
            await uow.reviews.add(replace(review, stars=1))
    async with store.read() as uow:
        assert await uow.reviews.get(review.booking_id) == review


async def test_only_the_next_version_is_stored(database: Database) -> None:
    store = store_on(database)
    review = await add(store, await fill(store), 0, 4)
    async with store.write() as uow:
        await uow.reviews.save(review.with_(stars=5))
        with pytest.raises(Conflict, match=r"^stale$"):
            await uow.reviews.save(review.with_(stars=1))
    async with store.read() as uow:
        assert await uow.reviews.get(review.booking_id) == replace(review, stars=5, version=2)


async def test_a_rating_leaves_out_what_is_hidden_and_what_did_not_take_place(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    for day, stars in enumerate([5, 4, 4]):
        await add(store, sample, day, stars)
    await add(store, sample, 3, 1, hidden_reason="Rude")
    await add(store, sample, 4, 1, status=Status.NO_SHOW)
    ann, bob = sample.counselors
    async with store.read() as uow:
        assert await uow.reviews.ratings([ann, bob]) == {ann: Rating(count=3, average=13 / 3)}
        assert await uow.reviews.ratings([]) == {}


async def test_the_latest_comments_are_the_newest_that_count_and_say_something(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    kept = [await add(store, sample, day, 4, comment=f"No. {day}") for day in range(3)]
    await add(store, sample, 3, 5, comment="")
    await add(store, sample, 4, 1, hidden_reason="Rude")
    await add(store, sample, 5, 1, counselor=1)
    async with store.read() as uow:
        assert await uow.reviews.latest(sample.counselors[0], 2) == [kept[2], kept[1]]


async def test_the_list_has_all_of_them_page_by_page_the_newest_first(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    kept = [await add(store, sample, day, 4) for day in range(3)]
    hidden = await add(store, sample, 3, 1, hidden_reason="Rude")
    missed = await add(store, sample, 4, 2, status=Status.NO_SHOW)
    async with store.read() as uow:
        assert await uow.reviews.count() == 5
        found = await uow.reviews.page(0, 3) + await uow.reviews.page(3, 3)
    assert [(each.review, each.counts) for each in found] == [
        (missed, False),
        (hidden, False),
        (kept[2], True),
        (kept[1], True),
        (kept[0], True),
    ]
    assert {(each.client_name, each.counselor_name) for each in found} == {("Client 0", "Ann")}


@pytest.mark.parametrize("many", [1, 30])
async def test_the_ratings_of_a_page_of_counselors_are_one_query(database: Database, many: int) -> None:
    store = store_on(database)
    sample = await fill(store)
    for day in range(many):
        await add(store, sample, day, 4, counselor=day % 2)
    async with store.read() as uow:
        with counted(database) as sent:
            await uow.reviews.ratings(sample.counselors)
    assert len(sent) == 1
