"""A counselor's clients: their own and nobody else's, at the same cost however many."""

from dataclasses import replace

import pytest

from core.domain.errors import Forbidden, NotFound
from tests.core.db.many_bookings import add_all, one_after_the_other
from tests.core.db.queries import counted
from tests.core.services.sessions import over
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice


@pytest.mark.parametrize("who", ["dora", "ada"])
async def test_only_counselors_have_clients(practice: SmallPractice, who: str) -> None:
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.clients.page(practice.actor(who), 0)
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.clients.history(practice.actor(who), practice.people["dora"].id, 0)


async def test_a_counselor_sees_only_those_who_booked_with_them(practice: SmallPractice) -> None:
    await practice.book("dora", NOON)
    await practice.book("emil", NOON, counselor="ben")
    seen = {
        who: [each.name for each in (await practice.core.clients.page(practice.actor(who), 0)).clients]
        for who in ("ann", "ben")
    }
    assert seen == {"ann": ["Dora"], "ben": ["Emil"]}
    with pytest.raises(NotFound, match=r"^person_not_found$"):
        await practice.core.clients.history(practice.actor("ann"), practice.people["emil"].id, 0)


async def test_a_history_leaves_out_what_was_with_others(practice: SmallPractice) -> None:
    done = await over(practice)
    ahead = await practice.book("dora", NOON + 3 * DAY, counselor="ben")
    await practice.book("dora", NOON + 4 * DAY)
    found = await practice.core.clients.history(practice.actor("ben"), practice.people["dora"].id, 0)
    assert [line.booking for line in found.bookings.lines] == [ahead, done]
    assert (found.client.sessions, found.client.completed) == (2, 1)
    assert (found.client.last, found.client.next) == (done.starts_at, ahead.starts_at)


async def test_a_history_says_what_there_are_notes_about(practice: SmallPractice) -> None:
    done = await over(practice)
    ahead = await practice.book("dora", NOON + 3 * DAY, counselor="ben")
    for booking in (done, ahead):
        await practice.core.notes.write(practice.actor("ben"), booking.id, "Slept well.")
    await practice.core.notes.remove(practice.actor("ben"), ahead.id, 1)
    found = await practice.core.clients.history(practice.actor("ben"), practice.people["dora"].id, 0)
    assert found.bookings.noted == {done.id}


async def test_many_bookings_cost_as_many_queries_as_one(practice: SmallPractice) -> None:
    first = await practice.book("dora", NOON, counselor="ben")
    actor, dora = practice.actor("ben"), practice.people["dora"].id
    costs = []
    for number in (0, 2999):
        start = first.starts_at - 100 * DAY
        made = replace(first, starts_at=start, ends_at=start + 20 * MINUTE, busy_until=start + 20 * MINUTE)
        if number:
            await add_all(practice.store, one_after_the_other(made, number, HOUR / 2))
        with counted(practice.database) as sent:
            listed = await practice.core.clients.page(actor, 0)
            found = await practice.core.clients.history(actor, dora, 0)
        costs.append((listed.clients[0].sessions, found.bookings.pages, len(sent)))
    assert costs == [(1, 1, 7), (3000, 300, 7)]
