"""Lists and cards of bookings cost the same number of queries for three and for three thousand.

Those of the schedule, the numbers and the clients have such tests of their own.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.booking import Booking, Status
from core.domain.side import Side
from tests.core.db.many_bookings import add_all, one_after_the_other
from tests.core.db.queries import counted
from tests.core.services.small_practice import DAY, SmallPractice

APART = timedelta(hours=2)

Look = Callable[[SmallPractice, Booking], Awaitable[object]]
LOOKS: dict[str, Look] = {
    "a client's bookings": lambda practice, _: practice.core.listing.upcoming(practice.actor("dora"), 0),
    "what is over": lambda practice, _: practice.core.listing.past(practice.actor("dora"), 0),
    "a counselor's sessions": lambda practice, _: practice.core.listing.upcoming(
        practice.actor("ann"), 0, Side.COUNSELOR
    ),
    "a client's card": lambda practice, booking: practice.core.listing.look(
        practice.actor("dora"), booking.id
    ),
    "a counselor's card": lambda practice, booking: practice.core.listing.look(
        practice.actor("ann"), booking.id
    ),
    "requests": lambda practice, _: practice.core.listing.requests(practice.actor("ann")),
}


@pytest.mark.parametrize("look", LOOKS)
async def test_it_costs_the_same_for_three_and_for_three_thousand(practice: SmallPractice, look: str) -> None:
    booked = await practice.book()
    costs = []
    for more, first in ((2, 40 * DAY), (1499, 400 * DAY), (1498, -400 * DAY)):
        await add_all(practice.store, like(booked, more, first))
        await LOOKS[look](practice, booked)  # the practice itself is read once
        with counted(practice.database) as sent:
            await LOOKS[look](practice, booked)
        costs.append(len(sent))
    assert costs == [costs[0]] * 3
    assert costs[0] <= 6


def like(booked: Booking, count: int, ahead: timedelta) -> list[Booking]:
    """So many sessions like it, the first so far ahead of it; those of the past are over."""
    over = ahead < timedelta()
    first = replace(
        booked,
        status=Status.COMPLETED if over else Status.CONFIRMED,
        starts_at=booked.starts_at + ahead,
        ends_at=booked.ends_at + ahead,
        busy_until=booked.busy_until + ahead,
        expires_at=None,
    )
    made = one_after_the_other(first, count, APART)
    return [
        replace(each, reference=f"{ahead.days}{each.reference}", uid=f"{ahead.days}{each.uid}")
        for each in made
    ]
