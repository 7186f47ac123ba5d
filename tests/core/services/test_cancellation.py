"""Calling a session off, through the real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.access import SYSTEM
from core.domain.booking import Booking, Refund, Status
from core.domain.cancellation import Reason
from core.domain.errors import Conflict, Invalid, NotFound
from core.domain.money import Money
from core.domain.reschedule import ProposalStatus
from core.domain.side import Side
from core.services.cancellation import DETAILS_LENGTH
from core.services.subscribers import COMPLETE_SESSION, EXPIRE_REQUEST, NOTIFY
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice

INSTANT = timedelta(microseconds=1)
WORDS = "A cold. Sorry!"


async def approved(practice: SmallPractice) -> Booking:
    """A session of dora's with ann tomorrow at noon that stands."""
    asked = await practice.book()
    return await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)


async def cancel(
    practice: SmallPractice, who: str, booking: Booking, reason: Reason | None = Reason.ILL, **more: object
) -> Booking:
    return await practice.core.cancellations.cancel(
        practice.actor(who),
        booking.id,
        booking.version,
        reason,
        **more,  # type: ignore[arg-type]
    )


def back(percent: int) -> Refund:
    return Refund(percent=percent, amount=Money(minor=60 * percent, currency="EUR"))


@pytest.mark.parametrize(
    ("who", "side", "left", "percent"),
    [
        ("dora", Side.CLIENT, 24 * HOUR + INSTANT, 100),
        ("dora", Side.CLIENT, 24 * HOUR, 50),
        ("dora", Side.CLIENT, 2 * HOUR + INSTANT, 50),
        ("ann", Side.COUNSELOR, 24 * HOUR, 100),
        ("ann", Side.COUNSELOR, INSTANT, 100),
        ("ada", Side.COUNSELOR, INSTANT, 100),
    ],
)
async def test_what_comes_back_depends_on_who_calls_off_and_when(
    practice: SmallPractice, who: str, side: Side, left: timedelta, percent: int
) -> None:
    booking = await approved(practice)
    await practice.clock.advance(NOON - START - left)
    cancelled = await cancel(practice, who, booking, details=WORDS)
    assert cancelled == replace(
        booking,
        status=Status.CANCELLED,
        version=booking.version + 1,
        sequence=booking.sequence + 1,
        reason="ill",
        details=WORDS,
        cancelled_by=side,
        refund=back(percent),
    )
    assert await practice.booking(booking.id) == cancelled


async def test_the_client_is_refused_from_the_cutoff_on_and_the_counselor_from_the_start_on(
    practice: SmallPractice,
) -> None:
    booking = await approved(practice)
    await practice.clock.advance(NOON - START - 2 * HOUR)
    with pytest.raises(Conflict, match=r"^cancellation_cutoff$"):
        await cancel(practice, "dora", booking)
    await practice.clock.advance(2 * HOUR)
    for who in ("dora", "ann", "ada"):
        with pytest.raises(Conflict, match=r"^started$"):
            await cancel(practice, who, booking)
    assert await practice.booking(booking.id) == booking


async def test_a_request_is_called_off_and_no_longer_waits(practice: SmallPractice) -> None:
    asked = await practice.book()
    cancelled = await cancel(practice, "dora", asked)
    assert (cancelled.status, cancelled.expires_at, cancelled.refund) == (Status.CANCELLED, None, back(100))
    assert await practice.jobs(EXPIRE_REQUEST) == []
    assert [job["payload"]["kind"] for job in await practice.jobs(NOTIFY)] == ["cancelled"]
    assert (await practice.book("emil")).starts_at == asked.starts_at


async def test_all_that_waited_for_the_session_is_dropped_and_the_other_side_is_told(
    practice: SmallPractice,
) -> None:
    booking = await approved(practice)
    await practice.run_due()
    practice.messenger.sent.clear()
    await cancel(practice, "dora", booking)
    assert [job["payload"]["kind"] for job in await practice.jobs(NOTIFY)] == ["cancelled"]
    assert await practice.jobs(COMPLETE_SESSION) == []
    await practice.clock.advance(2 * DAY)
    await practice.run_due()
    assert practice.messenger.messages() == [("cancelled", "Ann")]


async def test_what_the_admin_does_is_told_to_both(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.run_due()
    practice.messenger.sent.clear()
    await cancel(practice, "ada", booking)
    await practice.run_due()
    assert practice.messenger.messages() == [("cancelled", "Dora"), ("cancelled", "Ann")]
    assert (await practice.audit())[-1]["details"]["party"] == "admin"


async def test_an_open_offer_of_another_time_ends_with_the_session(practice: SmallPractice) -> None:
    booking = await approved(practice)
    core = practice.core.reschedules
    offer = await core.propose(practice.actor("ann"), booking.id, booking.version, NOON + DAY)
    cancelled = await cancel(practice, "dora", booking)
    async with practice.store.read() as uow:
        assert (await uow.proposals.get(offer.id)).status is ProposalStatus.CANCELLED
    for act in (core.accept, core.keep_time, practice.core.cancellations.cancel_instead):
        with pytest.raises(Conflict, match=r"^moved_on$"):
            await act(practice.actor("dora"), offer.id, offer.version)
    assert await practice.booking(booking.id) == cancelled


async def test_a_client_may_rather_cancel_than_move_and_gets_everything_back(
    practice: SmallPractice,
) -> None:
    booking = await approved(practice)
    await practice.clock.advance(24 * HOUR)
    offer = await practice.core.reschedules.propose(
        practice.actor("ann"), booking.id, booking.version, NOON + DAY
    )
    await practice.clock.advance(2 * HOUR)
    with pytest.raises(Conflict, match=r"^cancellation_cutoff$"):
        await cancel(practice, "dora", booking)
    instead = practice.core.cancellations.cancel_instead
    with pytest.raises(Conflict, match=r"^stale$"):
        await instead(practice.actor("dora"), offer.id, offer.version + 1)
    cancelled = await instead(practice.actor("dora"), offer.id, offer.version)
    assert (cancelled.status, cancelled.cancelled_by) == (Status.CANCELLED, Side.CLIENT)
    assert (cancelled.refund, cancelled.reason) == (back(100), "new_time")


async def test_who_asked_for_another_time_cannot_cancel_instead(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await practice.core.reschedules.propose(
        practice.actor("dora"), booking.id, booking.version, NOON + DAY
    )
    offer = await practice.core.reschedules.counter(
        practice.actor("ann"), offer.id, offer.version, NOON + 2 * DAY
    )
    for who, code in (("dora", "proposal_closed"), ("ann", "moved_on"), ("ada", "moved_on")):
        with pytest.raises(Conflict, match=rf"^{code}$"):
            await practice.core.cancellations.cancel_instead(practice.actor(who), offer.id, offer.version)


async def test_a_quote_that_no_longer_holds_cancels_nothing(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.clock.advance(NOON - START - 24 * HOUR)
    with pytest.raises(Conflict, match=r"^refund_changed$") as refused:
        await cancel(practice, "dora", booking, quoted=100)
    assert refused.value.details == {"booking_id": booking.id, "percent": 50}
    assert await practice.booking(booking.id) == booking
    assert (await cancel(practice, "dora", booking, quoted=50)).refund == back(50)


async def test_a_reason_is_asked_for_where_the_policy_wants_one(practice: SmallPractice) -> None:
    booking = await approved(practice)
    with pytest.raises(Invalid, match=r"^reason_required$"):
        await cancel(practice, "dora", booking, None)
    await practice.set_policy(require_cancellation_reason=False)
    assert (await cancel(practice, "dora", booking, None)).reason == ""


async def test_words_have_a_length(practice: SmallPractice) -> None:
    booking = await approved(practice)
    with pytest.raises(Invalid, match=r"^too_long$") as refused:
        await cancel(practice, "dora", booking, details="x" * (DETAILS_LENGTH + 1))
    assert refused.value.details == {"most": DETAILS_LENGTH, "got": DETAILS_LENGTH + 1}
    assert (await cancel(practice, "dora", booking, details="ü" * DETAILS_LENGTH)).details[-1] == "ü"


async def test_an_old_card_and_a_stranger_cancel_nothing(practice: SmallPractice) -> None:
    asked = await practice.book()
    booking = await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    with pytest.raises(Conflict, match=r"^stale$"):
        await cancel(practice, "dora", asked)
    for who in ("emil", "ben"):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await cancel(practice, who, booking)
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await practice.core.cancellations.cancel(SYSTEM, booking.id, booking.version, Reason.ILL)
    hold = await practice.hold("emil", NOON + DAY)
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await cancel(practice, "emil", hold)
    await cancel(practice, "ann", booking)
    with pytest.raises(Conflict, match=r"^moved_on$"):
        await cancel(practice, "dora", booking)


async def test_the_audit_trail_keeps_why_and_on_which_terms(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.set_policy(late_cancellation_refund_percent=30)
    await practice.clock.advance(NOON - START - 3 * HOUR)
    await cancel(practice, "dora", booking, details=WORDS)
    entry = (await practice.audit())[-1]
    assert (entry["actor_id"], entry["action"]) == (practice.people["dora"].id, "booking.cancelled")
    assert entry["details"].pop("policy")["late_cancellation_refund_percent"] == 30
    assert entry["details"] == {
        "status": "cancelled",
        "version": booking.version + 1,
        "starts_at": NOON.isoformat(),
        "party": "client",
        "reason": "ill",
        "details": WORDS,
        "refund": {"percent": 30, "minor": 1800, "status": "none"},
        "proposal": None,
    }


async def test_a_request_that_is_declined_or_lapses_gives_everything_back(practice: SmallPractice) -> None:
    declined, lapsing = await practice.book(), await practice.book("emil", NOON + 2 * HOUR)
    ann = practice.actor("ann")
    assert (await practice.core.bookings.decline(ann, declined.id, declined.version, "time")).refund == back(
        100
    )
    await practice.clock.advance(DAY)
    expired = await practice.core.bookings.expire(lapsing.id)
    assert expired is not None
    assert expired.refund == back(100)
