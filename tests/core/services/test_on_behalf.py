"""The admin finds people and what they have booked, and acts for them."""

import pytest

from core.domain.access import SYSTEM
from core.domain.booking import Status
from core.domain.cancellation import Reason
from core.domain.errors import Forbidden, NotFound
from core.domain.side import Side
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice


async def test_an_admin_finds_everybody_by_name(practice: SmallPractice) -> None:
    find = practice.core.on_behalf.find
    assert [each.name for each in await find(practice.actor("ada"), "")] == [
        "Ada",
        "Ann",
        "Ben",
        "Dora",
        "Emil",
    ]
    assert [each.name for each in await find(practice.actor("ada"), "NN")] == ["Ann"]
    for actor in (practice.actor("ann"), practice.actor("dora"), SYSTEM):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await find(actor, "")


async def test_an_admin_reads_the_lists_of_both_sides(practice: SmallPractice) -> None:
    booked = await practice.book()
    other = await practice.book("dora", NOON + DAY)
    declined = await practice.core.bookings.decline(practice.actor("ann"), other.id, other.version, "time")
    ada, look = practice.actor("ada"), practice.core.on_behalf.bookings
    dora, ann = practice.people["dora"].id, practice.people["ann"].id
    theirs = await look(ada, dora, 0, Side.CLIENT)
    assert ([each.booking.id for each in theirs.page.lines], theirs.counselor) == ([booked.id], False)
    over = await look(ada, dora, 0, Side.CLIENT, over=True)
    assert [each.booking.id for each in over.page.lines] == [declined.id]
    hers = await look(ada, ann, 0, Side.COUNSELOR)
    assert ([each.booking.id for each in hers.page.lines], hers.counselor) == ([booked.id], True)
    assert (await look(ada, ann, 0, Side.CLIENT)).page.lines == ()
    with pytest.raises(NotFound, match=r"^person_not_found$"):
        await look(ada, 10**9, 0, Side.CLIENT)
    for who in ("ann", "dora"):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await look(practice.actor(who), dora, 0, Side.CLIENT)


async def test_an_admin_cancels_for_the_practice_and_both_hear_of_it(practice: SmallPractice) -> None:
    booked = await practice.book(kind="quick")
    await practice.clock.advance(NOON - practice.clock.now() - HOUR)
    await practice.run_due()
    practice.messenger.sent.clear()
    cancelled = await practice.core.cancellations.cancel(
        practice.actor("ada"), booked.id, booked.version, Reason.ILL, "Ann is ill."
    )
    assert cancelled.status is Status.CANCELLED
    assert (cancelled.cancelled_by, cancelled.refund and cancelled.refund.percent) == (Side.COUNSELOR, 100)
    row = (await practice.audit())[-1]
    assert (row["action"], row["actor_id"], row["details"]["party"]) == (
        "booking.cancelled",
        practice.people["ada"].id,
        "admin",
    )
    await practice.run_due()
    assert sorted(practice.messenger.messages()) == [("cancelled", "Ann"), ("cancelled", "Dora")]
