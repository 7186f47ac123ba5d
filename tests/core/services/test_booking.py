"""Making a booking and answering it, through the real store."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.tables.bookings import bookings
from core.domain.access import SYSTEM, Actor
from core.domain.booking import Booking, Refund, Status
from core.domain.counselor import Confirmation
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.money import Money
from core.domain.session_type import Location
from core.services.booking import NOTE_LENGTH, TOPIC_LENGTH, Details
from core.services.people import Contact
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite

EVERYTHING = Refund(percent=100, amount=Money(minor=6000, currency="EUR"))
DETAILS = Details(topic="Sleep", note="Quietly, please.", location=Location.IN_PERSON, reminders=False)


@pytest.mark.parametrize(
    ("kind", "counselor", "status"),
    [
        ("intro", "ann", Status.PENDING),
        ("intro", "ben", Status.CONFIRMED),
        ("quick", "ann", Status.CONFIRMED),
        ("asked", "ben", Status.PENDING),
    ],
    ids=["asking counselor", "instant counselor", "instant type, asking counselor", "the other way round"],
)
@on_sqlite
async def test_the_session_type_s_own_mode_decides_before_the_counselor_s(
    practice: SmallPractice, kind: str, counselor: str, status: Status
) -> None:
    booked = await practice.book(kind=kind, counselor=counselor)
    assert booked.status is status
    assert booked.expires_at == (START + DAY if status is Status.PENDING else None)


async def test_a_request_is_the_hold_with_what_the_client_added(practice: SmallPractice) -> None:
    hold = await practice.hold()
    await practice.clock.advance(2 * MINUTE)
    asked = await practice.core.bookings.request(practice.actor("dora"), hold.id, DETAILS)
    assert asked == replace(
        hold,
        status=Status.PENDING,
        version=2,
        created_at=START + 2 * MINUTE,
        expires_at=START + 2 * MINUTE + DAY,
        topic="Sleep",
        note="Quietly, please.",
        location=Location.IN_PERSON,
        address="12 Example Street",
        reminders=False,
    )
    assert await practice.booking(hold.id) == asked


async def test_a_session_that_is_not_in_person_has_no_address(practice: SmallPractice) -> None:
    booked = await practice.book(kind="quick")
    assert (booked.location, booked.address) == (Location.AUDIO, "")


async def test_asking_twice_gives_the_same_booking_and_no_second_trace(practice: SmallPractice) -> None:
    hold = await practice.hold()
    asks = [practice.core.bookings.request(practice.actor("dora"), hold.id, Details()) for _ in range(5)]
    results = await asyncio.gather(*asks, return_exceptions=True)
    booked = [each for each in results if isinstance(each, Booking)]
    assert {each.status for each in booked} == {Status.PENDING}
    again = await practice.core.bookings.request(practice.actor("dora"), hold.id, DETAILS)
    assert again == await practice.booking(hold.id) == booked[0]
    assert [row["action"] for row in await practice.audit()] == ["booking.requested"]
    assert len(await practice.jobs("notify")) == 2


async def test_a_hold_that_has_run_out_is_not_booked(practice: SmallPractice) -> None:
    hold = await practice.hold()
    await practice.clock.advance(10 * MINUTE)
    for _ in range(2):
        with pytest.raises(Conflict, match=r"^hold_expired$"):
            await practice.core.bookings.request(practice.actor("dora"), hold.id, Details())
        await practice.core.holds.sweep()
    assert (await practice.rows(bookings), await practice.audit(), await practice.funnel()) == ([], [], [])


async def test_a_hold_is_booked_until_its_last_moment_but_not_after_the_start(
    practice: SmallPractice,
) -> None:
    late = await practice.hold()
    await practice.clock.advance(10 * MINUTE - timedelta(microseconds=1))
    booked = await practice.core.bookings.request(practice.actor("dora"), late.id, Details())
    assert booked.status is Status.PENDING
    await practice.clock.advance(16 * MINUTE)
    at_once = await practice.hold("emil", START + 30 * MINUTE, counselor="ben")
    await practice.clock.advance(4 * MINUTE + timedelta(microseconds=1))
    with pytest.raises(Conflict, match=r"^hold_expired$"):
        await practice.core.bookings.request(practice.actor("emil"), at_once.id, Details())


async def test_another_s_hold_does_not_exist(practice: SmallPractice) -> None:
    hold = await practice.hold()
    for who in ("emil", "ann", "ada"):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await practice.core.bookings.request(practice.actor(who), hold.id, Details())
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.bookings.request(SYSTEM, hold.id, Details())
    assert await practice.booking(hold.id) == hold


async def test_a_counselor_who_has_become_inactive_is_not_booked(practice: SmallPractice) -> None:
    hold = await practice.hold()
    await practice.set_counselor("ann", active=False)
    with pytest.raises(NotFound, match=r"^counselor_not_found$"):
        await practice.core.bookings.request(practice.actor("dora"), hold.id, Details())
    assert await practice.booking(hold.id) == hold


async def test_a_program_that_has_become_shorter_is_used_up_sooner(practice: SmallPractice) -> None:
    program = await practice.enroll()
    await practice.book(kind="lesson")
    hold = await practice.hold(start=NOON + DAY, kind="lesson")
    async with practice.store.write() as uow:
        await uow.programs.save(replace(program, sessions=1))
    with pytest.raises(Forbidden, match=r"^program_used_up$"):
        await practice.core.bookings.request(practice.actor("dora"), hold.id, Details())


async def test_details_that_cannot_be_kept_leave_the_hold_as_it_is(practice: SmallPractice) -> None:
    hold = await practice.hold()
    for details, code in (
        (Details(topic="x" * (TOPIC_LENGTH + 1)), "too_long"),
        (Details(note="x" * (NOTE_LENGTH + 1)), "too_long"),
        (Details(location=Location.CHAT), "unknown_location"),
    ):
        with pytest.raises(Invalid, match=rf"^{code}$"):
            await practice.core.bookings.request(practice.actor("dora"), hold.id, details)
    assert await practice.booking(hold.id) == hold
    longest = Details(topic="ü" * TOPIC_LENGTH, note="🧘" * NOTE_LENGTH)
    booked = await practice.core.bookings.request(practice.actor("dora"), hold.id, longest)
    assert (booked.topic, booked.note) == (longest.topic, longest.note)


async def test_the_deadline_follows_the_policy_and_the_start(practice: SmallPractice) -> None:
    await practice.set_policy(request_expiry_hours=5)
    far = await practice.book()
    near = await practice.book("emil", START + 3 * HOUR)
    nearer = await practice.book("ada", START + HOUR, "asked", counselor="ben")
    found = [(each.expires_at or START) - START for each in (far, near, nearer)]
    assert found == [5 * HOUR, HOUR, 30 * MINUTE]


async def test_a_request_never_waits_beyond_its_start(practice: SmallPractice) -> None:
    await practice.set_policy(hold_minutes=60)
    hold = await practice.hold(start=START + HOUR, kind="asked", counselor="ben")
    await practice.clock.advance(50 * MINUTE)
    asked = await practice.core.bookings.request(practice.actor("dora"), hold.id, Details())
    assert (asked.status, asked.expires_at) == (Status.PENDING, asked.starts_at)


async def test_a_counselor_approves_with_one_tap(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.clock.advance(HOUR)
    approved = await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    assert approved == replace(asked, status=Status.CONFIRMED, version=3, sequence=1, expires_at=None)
    assert await practice.booking(asked.id) == approved


async def test_a_counselor_declines_with_a_reason_and_the_time_is_free_again(practice: SmallPractice) -> None:
    asked = await practice.book()
    declined = await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "full")
    assert declined == replace(
        asked,
        status=Status.DECLINED,
        version=3,
        sequence=1,
        expires_at=None,
        reason="full",
        refund=EVERYTHING,
    )
    assert await practice.booking(asked.id) == declined
    assert (await practice.book("emil")).starts_at == NOON


Answer = Callable[[Actor, int, int], Awaitable[Booking]]


def answers(practice: SmallPractice) -> list[Answer]:
    core = practice.core.bookings
    return [core.approve, lambda who, booking, version: core.decline(who, booking, version, "time")]


async def test_nobody_but_its_counselor_answers_a_request(practice: SmallPractice) -> None:
    asked = await practice.book()
    for actor in [*map(practice.actor, ("ben", "dora", "ada")), SYSTEM]:
        for answer in answers(practice):
            with pytest.raises(NotFound, match=r"^booking_not_found$"):
                await answer(actor, asked.id, asked.version)
    for answer in answers(practice):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await answer(practice.actor("ann"), asked.id + 1000, 1)
    assert await practice.booking(asked.id) == asked


async def test_a_hold_cannot_be_answered(practice: SmallPractice) -> None:
    hold = await practice.hold()
    for answer in answers(practice):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await answer(practice.actor("ann"), hold.id, hold.version)
    assert await practice.booking(hold.id) == hold


async def test_an_old_card_never_acts_on_a_newer_state(practice: SmallPractice) -> None:
    asked = await practice.book()
    for answer in answers(practice):
        with pytest.raises(Conflict, match=r"^stale$") as refused:
            await answer(practice.actor("ann"), asked.id, asked.version - 1)
        assert refused.value.details == {"booking_id": asked.id, "status": Status.PENDING}
    assert await practice.booking(asked.id) == asked


async def test_what_has_been_decided_stays_decided(practice: SmallPractice) -> None:
    asked = await practice.book()
    approved = await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    for version in (asked.version, approved.version):
        for answer in answers(practice):
            with pytest.raises(Conflict, match=r"^moved_on$") as refused:
                await answer(practice.actor("ann"), asked.id, version)
            assert refused.value.details == {"booking_id": asked.id, "status": Status.CONFIRMED}
    assert await practice.booking(asked.id) == approved


async def test_an_answer_comes_before_the_deadline_or_not_at_all(practice: SmallPractice) -> None:
    in_time, late = await practice.book(), await practice.book("emil", NOON + 2 * HOUR)
    await practice.clock.advance(DAY - timedelta(microseconds=1))
    await practice.core.bookings.approve(practice.actor("ann"), in_time.id, in_time.version)
    await practice.clock.advance(timedelta(microseconds=1))
    for answer in answers(practice):
        with pytest.raises(Conflict, match=r"^request_expired$") as refused:
            await answer(practice.actor("ann"), late.id, late.version)
        assert refused.value.details == {"booking_id": late.id}
    assert await practice.booking(late.id) == late


async def test_of_many_answers_at_once_one_counts(practice: SmallPractice) -> None:
    asked = await practice.book()
    taps = [
        each(practice.actor("ann"), asked.id, asked.version) for _ in range(5) for each in answers(practice)
    ]
    results = await asyncio.gather(*taps, return_exceptions=True)
    won = [each for each in results if isinstance(each, Booking)]
    lost = {each.code for each in results if isinstance(each, DomainError)}
    assert [await practice.booking(asked.id)] == won
    assert lost <= {"moved_on", "stale"}
    assert [row["action"] for row in await practice.audit()][1:] == [
        "booking.confirmed" if won[0].status is Status.CONFIRMED else "booking.declined"
    ]


async def test_a_request_lapses_at_its_deadline_and_not_before(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.clock.advance(DAY - timedelta(microseconds=1))
    assert await practice.core.bookings.expire(asked.id) is None
    await practice.clock.advance(timedelta(microseconds=1))
    expired = await practice.core.bookings.expire(asked.id)
    assert expired == replace(
        asked, status=Status.EXPIRED, version=3, sequence=1, expires_at=None, refund=EVERYTHING
    )
    assert await practice.booking(asked.id) == expired
    assert await practice.core.bookings.expire(asked.id) is None
    assert (await practice.book("emil", NOON + DAY)).starts_at == NOON + DAY


async def test_what_is_no_waiting_request_never_lapses(practice: SmallPractice) -> None:
    asked = await practice.book()
    approved = await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    await practice.clock.advance(2 * DAY)
    assert await practice.core.bookings.expire(asked.id) is None
    assert await practice.core.bookings.expire(asked.id + 1000) is None
    assert await practice.booking(asked.id) == approved


async def test_every_step_leaves_its_trace(practice: SmallPractice) -> None:
    asked, other = await practice.book(), await practice.book("emil", NOON + 2 * HOUR)
    await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "time")
    await practice.clock.advance(DAY)
    await practice.core.bookings.expire(other.id)
    dora, emil, ann = (practice.people[name].id for name in ("dora", "emil", "ann"))
    assert [
        (row["booking_id"], row["actor_id"], row["action"], row["at"], row["details"])
        for row in await practice.audit()
    ] == [
        (asked.id, dora, "booking.requested", START, _trail(asked, "pending", 2)),
        (other.id, emil, "booking.requested", START, _trail(other, "pending", 2)),
        (asked.id, ann, "booking.declined", START, _trail(asked, "declined", 3, "time")),
        (other.id, None, "booking.expired", START + DAY, _trail(other, "expired", 3)),
    ]
    assert await practice.funnel() == [
        ("booking_success", dora, {"booking": asked.id}),
        ("booking_success", emil, {"booking": other.id}),
    ]


async def test_a_booking_stands_with_the_person_who_is_the_counselor_now(practice: SmallPractice) -> None:
    asked = await practice.book()
    newcomer, _ = await practice.core.people.meet(Contact(telegram_id=9, name="Anna"))
    await practice.set_counselor("ann", person_id=newcomer.id, confirmation=Confirmation.INSTANT)
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    approved = await practice.core.bookings.approve(Actor(person=newcomer), asked.id, asked.version)
    assert approved.status is Status.CONFIRMED


def _trail(booking: Booking, status: str, version: int, reason: str = "") -> dict[str, object]:
    return {
        "status": status,
        "version": version,
        "starts_at": booking.starts_at.isoformat(),
        "reason": reason,
    }
