"""Bookings: what goes in comes out, and every refusal has its name and changes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from core.db.engine import Database
from core.db.tables.bookings import bookings
from core.db.uow import Store
from core.domain.booking import Booking, Source, Status
from core.domain.errors import Conflict, NotFound
from core.domain.money import Money
from core.domain.session_type import Location
from tests.core.db.samples import BUFFER, HOUR, MADE, NOON, Sample, a_booking, fill, store_on

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def store(database: Database) -> Store:
    return store_on(database)


@pytest.fixture
async def sample(store: Store) -> Sample:
    return await fill(store)


async def add(store: Store, *wanted: Booking) -> list[Booking]:
    """Each in a transaction of its own."""
    added = []
    for booking in wanted:
        async with store.write() as uow:
            added.append(await uow.bookings.add(booking))
    return added


async def refused(store: Store, booking: Booking) -> str:
    """Why it cannot be added."""
    with pytest.raises(Conflict) as conflict:
        await add(store, booking)
    return conflict.value.code


async def rows(database: Database) -> list[Booking]:
    """Everything there is."""
    store = store_on(database)
    async with database.read() as conn:
        ids = (await conn.scalars(sa.select(bookings.c.id).order_by(bookings.c.id))).all()
    async with store.read() as uow:
        return [await uow.bookings.get(each) for each in ids]


async def test_every_field_of_a_booking_comes_back(store: Store, sample: Sample) -> None:
    full = replace(
        a_booking(sample, status=Status.PENDING, expires=MADE + HOUR),
        price=Money(minor=1250, currency="EUR"),
        location=Location.IN_PERSON,
        address="12 Example Street",
        topic="Sch\N{LATIN SMALL LETTER O WITH DIAERESIS}n \N{SLEEPING FACE} <b>",
        note="line\nline",
        reminders=False,
        source=Source.API,
        reason="illness",
        sequence=3,
        version=7,
    )
    [added] = await add(store, full)
    async with store.read() as uow:
        assert await uow.bookings.get(added.id) == replace(full, id=added.id)
        assert await uow.bookings.by_reference(full.reference) == added


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    async with store.read() as uow:
        with pytest.raises(NotFound, match="booking_not_found"):
            await uow.bookings.get(1)
        with pytest.raises(NotFound, match="booking_not_found"):
            await uow.bookings.by_reference("R000000")
        assert await uow.bookings.hold_of(1) is None


async def test_each_refusal_has_its_name(store: Store, sample: Sample) -> None:
    [first] = await add(store, a_booking(sample))
    assert await refused(store, a_booking(sample, NOON + HOUR, client=1)) == "slot_taken"
    assert await refused(store, a_booking(sample, counselor=1)) == "client_busy"
    assert await refused(store, a_booking(sample)) == "client_busy"
    later = a_booking(sample, NOON + 9 * HOUR)
    assert await refused(store, replace(later, reference=first.reference)) == "reference_taken"


async def test_a_refused_booking_leaves_the_transaction_usable(store: Store, sample: Sample) -> None:
    await add(store, a_booking(sample))
    async with store.write() as uow:
        with pytest.raises(Conflict, match="slot_taken"):
            await uow.bookings.add(a_booking(sample, client=1))
        later = await uow.bookings.add(a_booking(sample, NOON + 2 * HOUR, client=1))
    async with store.read() as uow:
        assert await uow.bookings.get(later.id) == later


async def test_a_second_hold_takes_the_place_of_the_first(store: Store, sample: Sample) -> None:
    first = a_booking(sample, status=Status.HELD)
    second = a_booking(sample, NOON + 2 * HOUR, counselor=1, status=Status.HELD)
    earlier, held = await add(store, first, second)
    async with store.read() as uow:
        assert await uow.bookings.hold_of(sample.clients[0]) == held
        with pytest.raises(NotFound):
            await uow.bookings.get(earlier.id)


async def test_a_hold_that_cannot_move_stays_where_it_is(store: Store, sample: Sample) -> None:
    held, _ = await add(
        store, a_booking(sample, status=Status.HELD), a_booking(sample, NOON + 2 * HOUR, client=1)
    )
    async with store.write() as uow:
        with pytest.raises(Conflict, match="slot_taken"):
            await uow.bookings.add(a_booking(sample, NOON + 2 * HOUR, status=Status.HELD))
    async with store.read() as uow:
        assert await uow.bookings.hold_of(sample.clients[0]) == held


async def test_a_hold_that_has_run_out_gives_way_and_one_that_runs_stays(
    store: Store, sample: Sample
) -> None:
    hold = a_booking(sample, status=Status.HELD)
    [held] = await add(store, hold)
    assert await refused(store, a_booking(sample, client=1, made=MADE + TEN_MINUTES / 2)) == "slot_taken"
    [taken] = await add(store, a_booking(sample, client=1, made=MADE + TEN_MINUTES))
    async with store.read() as uow:
        assert await uow.bookings.get(taken.id) == taken
        with pytest.raises(NotFound):
            await uow.bookings.get(held.id)


async def test_sweeping_deletes_what_has_run_out_and_nothing_else(
    database: Database, store: Store, sample: Sample
) -> None:
    holds = [
        a_booking(sample, NOON + n * 2 * HOUR, client=n, counselor=n % 2, status=Status.HELD)
        for n in range(3)
    ]
    lasting = a_booking(sample, NOON + 6 * HOUR, client=3, status=Status.HELD, expires=MADE + HOUR)
    pending = a_booking(sample, NOON + 9 * HOUR, status=Status.PENDING, expires=MADE)
    first, second, third, *kept = await add(store, *holds, lasting, pending)
    swept = []
    async with store.write() as uow:
        swept.append(await uow.bookings.sweep_holds(MADE + TEN_MINUTES / 2))
        swept.append(await uow.bookings.sweep_holds(MADE + TEN_MINUTES, client_id=first.client_id))
        swept.append(await uow.bookings.sweep_holds(MADE + TEN_MINUTES, counselor_id=second.counselor_id))
    assert swept == [0, 1, 1]
    assert await rows(database) == [third, *kept]
    async with store.write() as uow:
        assert await uow.bookings.sweep_holds(MADE + TEN_MINUTES) == 1
    assert await rows(database) == kept


async def test_only_a_hold_can_be_released_and_its_id_is_not_given_again(
    store: Store, sample: Sample
) -> None:
    booked, held = await add(
        store, a_booking(sample), a_booking(sample, NOON + 2 * HOUR, client=1, status=Status.HELD)
    )
    async with store.write() as uow:
        released = [await uow.bookings.delete_hold(each.id) for each in (booked, held, held)]
    assert released == [False, True, False]
    [next_one] = await add(store, a_booking(sample, NOON + 2 * HOUR, client=2, status=Status.HELD))
    assert next_one.id > held.id


async def test_a_change_is_stored_under_its_version(store: Store, sample: Sample) -> None:
    [pending] = await add(store, a_booking(sample, status=Status.PENDING, expires=MADE + HOUR))
    confirmed = pending.move(Status.CONFIRMED, sequence=1, expires_at=None)
    async with store.write() as uow:
        assert await uow.bookings.save(confirmed) == confirmed
    async with store.write() as uow:
        with pytest.raises(Conflict, match="stale"):
            await uow.bookings.save(pending.move(Status.DECLINED))
    async with store.read() as uow:
        assert await uow.bookings.get(pending.id) == confirmed


async def test_a_booking_that_is_over_can_still_be_corrected(store: Store, sample: Sample) -> None:
    [done] = await add(store, a_booking(sample, status=Status.COMPLETED))
    no_show = done.move(Status.NO_SHOW)
    async with store.write() as uow:
        await uow.bookings.save(no_show)
    async with store.read() as uow:
        assert await uow.bookings.get(done.id) == no_show


async def test_a_booking_moves_only_where_there_is_room(store: Store, sample: Sample) -> None:
    first, second, other = await add(
        store,
        a_booking(sample),
        a_booking(sample, NOON + 2 * HOUR, client=1),
        a_booking(sample, NOON + 4 * HOUR, counselor=1, client=1),
    )
    for to, code in ((NOON + HOUR, "slot_taken"), (other.starts_at, "client_busy")):
        async with store.write() as uow:
            with pytest.raises(Conflict, match=code):
                await uow.bookings.save(moved(second, to))
            assert await uow.bookings.get(second.id) == second  # the transaction goes on
    free = moved(second, NOON - 2 * HOUR)
    async with store.write() as uow:
        await uow.bookings.save(free)
        await uow.bookings.save(moved(first, NOON + 2 * HOUR))
    async with store.write() as uow:
        with pytest.raises(Conflict, match="stale"):
            await uow.bookings.save(moved(second, NOON + 9 * HOUR))


def moved(booking: Booking, to: datetime) -> Booking:
    """The next version at another time."""
    return replace(
        booking,
        version=booking.version + 1,
        starts_at=to,
        ends_at=to + HOUR,
        busy_until=to + HOUR + BUFFER,
    )
