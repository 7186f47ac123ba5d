"""What is taken: exactly the rows that a plain look over all bookings finds."""

import random
from collections import Counter
from datetime import timedelta

from core.db.engine import Database
from core.db.uow import Store
from core.domain.booking import Booking, Status
from core.domain.slots import Taken, TakenKind
from tests.core.db.samples import BUFFER, HOUR, MADE, NOON, Sample, a_booking, fill, store_on

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def expected(
    standing: list[Booking], counselor_id: int, client_id: int | None, except_id: int | None
) -> Counter[Taken]:
    """By definition, for the day from NOON on, asked at MADE."""
    found: Counter[Taken] = Counter()
    for each in standing:
        theirs = each.client_id == client_id
        over = each.status is Status.HELD and (theirs or (each.expires_at or MADE) <= MADE)
        if not each.active or over or each.id == except_id or each.starts_at >= NOON + DAY:
            continue
        if each.counselor_id == counselor_id and each.busy_until > NOON:
            kind = TakenKind.HOLD if each.status is Status.HELD else TakenKind.BOOKING
            found[Taken.between(each.starts_at, each.ends_at, kind, each.busy_until)] += 1
        elif each.counselor_id != counselor_id and theirs and each.ends_at > NOON:
            found[Taken.between(each.starts_at, each.ends_at, TakenKind.CLIENT)] += 1
    return found


async def stand(store: Store, *wanted: Booking) -> list[Booking]:
    async with store.write() as uow:
        return [await uow.bookings.add(each) for each in wanted]


async def look(
    store: Store, counselor_id: int, client_id: int | None = None, except_id: int | None = None
) -> Counter[Taken]:
    async with store.read() as uow:
        return Counter(
            await uow.bookings.taken(
                counselor_id, NOON, NOON + DAY, now=MADE, client_id=client_id, except_id=except_id
            )
        )


def somewhere(chance: random.Random, sample: Sample, slot: int) -> Booking:
    """A booking in its own two hours around the day that is asked for."""
    start = NOON + (slot - 6) * 2 * HOUR + chance.randrange(0, 20) * timedelta(minutes=1, microseconds=7)
    held = slot % 5 == 0
    return a_booking(
        sample,
        start,
        counselor=chance.randrange(2),
        client=slot if held else 19,
        status=Status.HELD if held else chance.choice([each for each in Status if each is not Status.HELD]),
        expires=MADE + chance.choice((-1, 0, 1)) * SECOND,
    )


async def test_what_is_taken_equals_a_plain_look_at_every_booking(database: Database) -> None:
    store, chance = store_on(database), random.Random(7)
    sample = await fill(store, clients=20)
    standing = await stand(store, *(somewhere(chance, sample, slot) for slot in range(20)))
    for counselor in sample.counselors:
        for client in (None, sample.clients[19], *sample.clients[:11:5]):
            for left_out in (None, standing[7].id, standing[10].id):
                found = await look(store, counselor, client, left_out)
                assert found == expected(standing, counselor, client, left_out)


async def test_what_reaches_in_from_before_is_taken_and_what_only_touches_is_not(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    long_ago = a_booking(sample, NOON - 30 * DAY, length=HOUR)
    reaching = a_booking(sample, NOON - HOUR - BUFFER + SECOND, client=1)
    touching = a_booking(sample, NOON - HOUR - BUFFER, client=2, counselor=1)
    last = a_booking(sample, NOON + DAY - SECOND, client=1)
    after = a_booking(sample, NOON + DAY, client=2, counselor=1)
    await stand(store, long_ago, reaching, touching, last, after)
    assert await look(store, sample.counselors[0]) == {
        Taken.between(each.starts_at, each.ends_at, TakenKind.BOOKING, each.busy_until): 1
        for each in (reaching, last)
    }
    assert await look(store, sample.counselors[1]) == {}


async def test_one_long_session_that_covers_everything_is_found(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    [long_one] = await stand(store, a_booking(sample, NOON - 3 * DAY, length=9 * DAY))
    assert await look(store, sample.counselors[0]) == {
        Taken.between(long_one.starts_at, long_one.ends_at, TakenKind.BOOKING, long_one.busy_until): 1
    }
