"""Waiting for a time that is taken: joining, leaving, and answering an offer."""

from datetime import date, timedelta

import pytest

from core.db.tables.bookings import bookings
from core.db.tables.waitlist import waitlist
from core.domain.access import SYSTEM
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.notification import Kind, Notification
from core.domain.side import Side
from core.domain.waitlist import MOST_WAITS, WaitlistEntry, WaitStatus
from core.services.booking import Details
from core.services.hold import END_HOLD
from core.services.offers import Wanted
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice

TUESDAY = date(2026, 11, 3)
MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 8)


async def join(
    practice: SmallPractice,
    who: str = "emil",
    first: date = TUESDAY,
    last: date | None = None,
    wanted: Wanted | None = None,
) -> WaitlistEntry:
    """Wait for an hour with Ann on a Tuesday, or for what is given."""
    wish = wanted or practice.wanted("intro")
    return await practice.core.waitlist.join(practice.actor(who), wish, first, last or first)


async def fill_tuesday(practice: SmallPractice) -> Booking:
    """Dora has the only session that fits into Ann's Tuesday."""
    await practice.set_counselor("ann", daily_limit=1)
    return await practice.book("dora")


async def offered(practice: SmallPractice, who: str = "emil") -> Booking:
    """Somebody is alone on the waitlist, and Dora's time has just been offered to them."""
    asked = await fill_tuesday(practice)
    await join(practice, who)
    await practice.run_due()
    await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "time")
    await practice.run_due()
    return await hold_of(practice, who)


async def hold_of(practice: SmallPractice, who: str) -> Booking:
    """The hold that somebody has."""
    async with practice.store.read() as uow:
        hold = await uow.bookings.hold_of(practice.people[who].id)
    assert hold is not None
    return hold


async def entry_of(practice: SmallPractice, entry: WaitlistEntry) -> WaitlistEntry:
    """An entry as it is now."""
    async with practice.store.read() as uow:
        return await uow.waitlist.get(entry.id)


async def test_a_wait_is_kept_as_it_was_wished_for(practice: SmallPractice) -> None:
    await fill_tuesday(practice)
    entry = await join(practice)
    assert entry == WaitlistEntry(
        id=entry.id,
        counselor_id=practice.ids["ann"],
        session_type_id=practice.ids["intro"],
        minutes=60,
        client_id=practice.people["emil"].id,
        first=TUESDAY,
        last=TUESDAY,
        created_at=START,
    )
    assert await practice.core.waitlist.mine(practice.actor("emil")) == [entry]
    assert await practice.core.waitlist.mine(practice.actor("dora")) == []
    assert [row["action"] for row in await practice.audit()][-1] == "waitlist.joined"


async def test_what_is_part_of_a_wait_is_not_waited_for_twice(practice: SmallPractice) -> None:
    week = await join(practice, first=MONDAY, last=SUNDAY)
    assert await join(practice, first=MONDAY, last=SUNDAY) == week
    assert await join(practice) == week
    longer = await join(practice, first=date(2026, 11, 7), last=date(2026, 11, 13))
    other_length = await join(practice, wanted=practice.wanted("intro", 30))
    assert await practice.core.waitlist.mine(practice.actor("emil")) == [week, longer, other_length]


async def test_nobody_waits_for_too_much_at_a_time(practice: SmallPractice) -> None:
    made = [await join(practice, first=TUESDAY + n * DAY) for n in range(MOST_WAITS)]
    with pytest.raises(Conflict, match=r"^too_many_waits$") as refused:
        await join(practice, first=TUESDAY + 10 * DAY)
    assert refused.value.details == {"most": MOST_WAITS}
    await practice.core.waitlist.leave(practice.actor("emil"), made[0].id)
    assert (await join(practice, first=TUESDAY + 10 * DAY)).open


async def test_a_wait_ends_by_itself_when_its_dates_are_over(practice: SmallPractice) -> None:
    made = [await join(practice, first=TUESDAY + n * DAY) for n in range(MOST_WAITS)]
    await practice.clock.advance(2 * DAY + 3 * HOUR)
    assert await practice.core.waitlist.mine(practice.actor("emil")) == made[1:]
    assert (await join(practice, first=TUESDAY + 10 * DAY)).open
    await practice.core.waitlist_rounds.look()
    assert [row["status"] for row in await practice.rows(waitlist)] == ["done", *["waiting"] * 5]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 1), date(2026, 11, 1)),
        (TUESDAY, MONDAY),
        (TUESDAY, date(2026, 11, 10)),
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
        (date(1, 1, 1), date(1, 1, 1)),
    ],
    ids=["yesterday", "backwards", "eight days", "beyond the window", "the last date", "the first date"],
)
async def test_only_a_coming_day_or_week_is_waited_for(
    practice: SmallPractice, first: date, last: date
) -> None:
    with pytest.raises(Invalid, match=r"^wait_dates$"):
        await join(practice, first=first, last=last)
    assert await practice.rows(waitlist) == []


async def test_today_is_the_client_s_today(practice: SmallPractice) -> None:
    await practice.core.people.set_zone(practice.actor("emil"), "Pacific/Kiritimati")
    practice.people["emil"] = await practice.person("emil")
    await practice.clock.advance(2 * HOUR)
    with pytest.raises(Invalid, match=r"^wait_dates$"):
        await join(practice, first=MONDAY)
    assert (await join(practice)).first == TUESDAY


async def test_only_what_is_on_offer_is_waited_for(practice: SmallPractice) -> None:
    for kind, minutes, counselor in (("intro", 45, "ann"), ("quick", 60, "ben"), ("asked", 60, "ann")):
        with pytest.raises(NotFound, match=r"^session_type_not_found$"):
            await join(practice, wanted=practice.wanted(kind, minutes, counselor))
    with pytest.raises(Forbidden, match=r"^not_enrolled$"):
        await join(practice, wanted=practice.wanted("lesson"))
    await practice.enroll("emil")
    assert (await join(practice, wanted=practice.wanted("lesson"))).open
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.waitlist.join(SYSTEM, practice.wanted("intro"), TUESDAY, TUESDAY)


async def test_one_leaves_what_one_waits_for_and_nobody_else_does(practice: SmallPractice) -> None:
    entry = await join(practice)
    with pytest.raises(NotFound, match=r"^wait_not_found$"):
        await practice.core.waitlist.leave(practice.actor("dora"), entry.id)
    for _ in range(2):
        left = await practice.core.waitlist.leave(practice.actor("emil"), entry.id)
        assert left.status is WaitStatus.LEFT
    assert await practice.core.waitlist.mine(practice.actor("emil")) == []
    assert [row["action"] for row in await practice.audit()] == ["waitlist.joined", "waitlist.left"]


async def test_an_offer_is_a_hold_of_one_s_own_that_is_told_at_once(practice: SmallPractice) -> None:
    hold = await offered(practice)
    assert (hold.status, hold.starts_at) == (Status.HELD, NOON)
    assert hold.expires_at == START + timedelta(minutes=15)
    notifications = [each for each in practice.messenger.sent if isinstance(each, Notification)]
    (told,) = [each for each in notifications if each.kind is Kind.WAITLIST_OPENING]
    assert (told.to.name, told.side, told.booking) == ("Emil", Side.CLIENT, hold)
    assert await practice.core.waitlist.offered(practice.actor("emil"), hold.id) == hold


async def test_what_is_offered_becomes_a_booking_and_the_wait_is_over(practice: SmallPractice) -> None:
    hold = await offered(practice)
    (entry,) = await practice.core.waitlist.mine(practice.actor("emil"))
    wanted = practice.wanted("intro")
    kept = await practice.core.holds.take(practice.actor("emil"), wanted, hold.starts_at, 5)
    assert kept == hold
    booked = await practice.core.bookings.request(practice.actor("emil"), hold.id, Details())
    assert booked.status is Status.PENDING
    assert (await entry_of(practice, entry)).status is WaitStatus.DONE
    with pytest.raises(Conflict, match=r"^already_booked$") as refused:
        await practice.core.waitlist.offered(practice.actor("emil"), hold.id)
    assert refused.value.details == {"booking_id": hold.id}
    await practice.clock.advance(HOUR)
    await practice.run_due()
    assert (await practice.booking(booked.id)).status is Status.PENDING


async def test_who_books_such_a_session_otherwise_waits_no_longer(practice: SmallPractice) -> None:
    day = await join(practice)
    other_day = await join(practice, first=SUNDAY)
    other_type = await join(practice, wanted=practice.wanted("quick"))
    await practice.run_due()
    await practice.book("emil", NOON)
    assert (await entry_of(practice, day)).status is WaitStatus.DONE
    for each in (other_day, other_type):
        assert (await entry_of(practice, each)).open


async def test_an_offer_is_answered_by_nobody_else(practice: SmallPractice) -> None:
    hold = await offered(practice)
    for who in ("dora", "ann", "ada"):
        for answer in (practice.core.waitlist.offered, practice.core.waitlist.refuse):
            with pytest.raises(Conflict, match=r"^offer_ended$"):
                await answer(practice.actor(who), hold.id)
    assert await practice.booking(hold.id) == hold


async def test_a_refused_offer_is_free_again_and_one_waits_on(practice: SmallPractice) -> None:
    hold = await offered(practice)
    entry = await practice.core.waitlist.refuse(practice.actor("emil"), hold.id)
    assert (entry.status, entry.hold_id) == (WaitStatus.WAITING, None)
    assert await practice.jobs(END_HOLD) == []
    await practice.run_due()
    assert await held(practice) == []
    for answer in (practice.core.waitlist.offered, practice.core.waitlist.refuse):
        with pytest.raises(Conflict, match=r"^offer_ended$"):
            await answer(practice.actor("emil"), hold.id)


async def test_leaving_during_an_offer_gives_it_up(practice: SmallPractice) -> None:
    hold = await offered(practice)
    (entry,) = await practice.core.waitlist.mine(practice.actor("emil"))
    left = await practice.core.waitlist.leave(practice.actor("emil"), entry.id)
    assert (left.status, left.hold_id) == (WaitStatus.LEFT, None)
    await practice.run_due()
    assert await held(practice) == []
    with pytest.raises(DomainError, match=r"^offer_ended$"):
        await practice.core.waitlist.offered(practice.actor("emil"), hold.id)


async def test_an_offer_that_has_run_out_is_over_before_its_job_has_run(practice: SmallPractice) -> None:
    hold = await offered(practice)
    await practice.clock.advance(timedelta(minutes=15))
    for answer in (practice.core.waitlist.offered, practice.core.waitlist.refuse):
        with pytest.raises(Conflict, match=r"^offer_ended$"):
            await answer(practice.actor("emil"), hold.id)


async def held(practice: SmallPractice) -> list[int]:
    """Whose holds there are."""
    return [row["client_id"] for row in await practice.rows(bookings) if row["status"] == "held"]
