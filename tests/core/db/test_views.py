"""Lists of bookings: what is on them, in which order, at the same cost however long they are."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.db.views import BookingLine, Page, past, requests, upcoming
from core.domain.booking import Booking, Status
from core.domain.side import Side
from tests.core.db.queries import counted
from tests.core.db.samples import HOUR, MADE, NOON, Sample, a_booking, fill, store_on

DAY = timedelta(days=1)


@pytest.fixture
def store(database: Database) -> Store:
    return store_on(database)


@pytest.fixture
async def sample(store: Store) -> Sample:
    return await fill(store)


async def stand(store: Store, wanted: Iterable[Booking]) -> list[Booking]:
    async with store.write() as uow:
        return [await uow.bookings.add(each) for each in wanted]


async def read(store: Store, person_id: int, page: int = 0, side: Side = Side.CLIENT) -> tuple[Page, Page]:
    """Both lists, ten a page, as they stand at NOON."""
    async with store.read() as uow:
        return (
            await upcoming(uow.conn, person_id, now=NOON, page=page, size=10, side=side),
            await past(uow.conn, person_id, now=NOON, page=page, size=10, side=side),
        )


def shown(page: Page) -> list[Booking]:
    return [each.booking for each in page.lines]


async def test_a_line_names_everybody(store: Store, sample: Sample) -> None:
    [booking] = await stand(store, [a_booking(sample, client=1)])
    ahead, _ = await read(store, sample.clients[1])
    assert ahead == Page(
        lines=(
            BookingLine(
                booking=booking,
                counselor_name="Ann",
                counselor_zone="Europe/Berlin",
                client_name="Client 1",
                client_zone=None,
                session_type_title="Introductory session",
            ),
        ),
        page=0,
        pages=1,
        upcoming=1,
        past=0,
    )


async def test_what_is_active_and_not_over_is_upcoming_the_rest_is_past(store: Store, sample: Sample) -> None:
    running = a_booking(sample, NOON - HOUR / 2, status=Status.IN_PROGRESS)
    over = a_booking(sample, NOON - 2 * HOUR)  # its end has come, nobody has said how it went
    later = [a_booking(sample, NOON + n * DAY, status=each) for n, each in enumerate(Status, start=1)]
    running, over, *later = await stand(store, [running, over, *later])
    by_status = {each.status: each for each in later}
    ahead, behind = await read(store, sample.clients[0])
    coming = (Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS)
    assert shown(ahead) == [running, *(by_status[each] for each in coming)]
    finished = [each for each in reversed(later) if not each.active]
    assert shown(behind) == [*finished, over]
    assert (ahead.upcoming, ahead.past, behind.upcoming, behind.past) == (4, 6, 4, 6)


async def test_each_side_sees_its_own(store: Store, sample: Sample) -> None:
    mine, foreign = await stand(store, [a_booking(sample), a_booking(sample, counselor=1, client=1)])
    async with store.read() as uow:
        hosts = [each.person_id for each in (await uow.practice()).counselors.values()]
    seen = [
        shown((await read(store, person, side=side))[0])
        for person, side in (
            (sample.clients[0], Side.CLIENT),
            (hosts[0], Side.COUNSELOR),
            (hosts[1], Side.COUNSELOR),
            (hosts[0], Side.CLIENT),
            (sample.clients[0], Side.COUNSELOR),
        )
    ]
    assert seen == [[mine], [mine], [foreign], [], []]


async def test_pages_follow_each_other_and_one_too_far_is_the_last(store: Store, sample: Sample) -> None:
    standing = await stand(store, [a_booking(sample, NOON + n * 2 * HOUR) for n in range(23)])
    pages = [(await read(store, sample.clients[0], page))[0] for page in (0, 1, 2, 9, -1)]
    assert [shown(each) for each in pages] == [
        standing[:10],
        standing[10:20],
        standing[20:],
        standing[20:],
        standing[:10],
    ]
    assert [(each.page, each.pages) for each in pages] == [(0, 3), (1, 3), (2, 3), (2, 3), (0, 3)]


async def test_requests_come_in_the_order_in_which_they_are_due(store: Store, sample: Sample) -> None:
    due = [3, 1, 2]
    wanted = [
        a_booking(sample, NOON + n * 2 * HOUR, status=Status.PENDING, expires=MADE + hours * HOUR)
        for n, hours in enumerate(due)
    ]
    foreign = a_booking(sample, NOON + DAY, counselor=1, status=Status.PENDING, expires=MADE)
    third, first, second, *_ = await stand(store, [*wanted, a_booking(sample, NOON + DAY / 2), foreign])
    async with store.read() as uow:
        lines = await requests(uow.conn, sample.counselors[0])
    assert [each.booking for each in lines] == [first, second, third]


async def test_a_long_list_costs_as_many_queries_as_a_short_one(
    database: Database, store: Store, sample: Sample
) -> None:
    await stand(store, [a_booking(sample, NOON + n * 2 * HOUR) for n in range(60)])
    await stand(store, [a_booking(sample, NOON, client=1, counselor=1)])
    costs = []
    for client in sample.clients[:2]:
        with counted(database) as sent:
            await read(store, client)
        costs.append(len(sent))
    assert costs == [4, 4]
