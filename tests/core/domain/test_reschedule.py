"""The negotiation about another time as plain values."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, Forbidden
from core.domain.policy import POLICIES, Policy
from core.domain.reschedule import (
    PROPOSAL_MOVES,
    Proposal,
    ProposalStatus,
    check_may_open,
    cutoff,
    expiry,
    moved,
    moves_left,
    opened,
    resumed,
)
from core.domain.side import Side
from tests.core.domain.booking_examples import MADE, START, a_booking

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NEW = START + 2 * DAY
INSTANT = timedelta(microseconds=1)
OFFER = opened(a_booking(status=Status.CONFIRMED), Side.CLIENT, NEW, MADE, Policy())
SIDES = st.sampled_from(Side)
STARTS = st.datetimes(datetime(2026, 11, 2, 10), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=MADE.tzinfo)
)


def test_an_offer_keeps_the_duration_and_waits_for_the_other_side() -> None:
    assert replace(OFFER, id=0) == Proposal(
        id=0,
        booking_id=7,
        opened_by=Side.CLIENT,
        asked_by=Side.CLIENT,
        starts_at=NEW,
        ends_at=NEW + timedelta(minutes=45),
        original_starts_at=START,
        created_at=MADE,
        asked_at=MADE,
        expires_at=MADE + 2 * DAY,
    )
    assert OFFER.turn is Side.COUNSELOR


def test_an_offer_lapses_after_two_days_or_when_either_time_has_come() -> None:
    far, near = MADE + 30 * DAY, MADE + HOUR
    assert expiry(MADE, far, far, Policy()) == MADE + 2 * DAY
    assert expiry(MADE, near, far, Policy()) == near
    assert expiry(MADE, far, near, Policy()) == near
    assert expiry(MADE, far, far, Policy(chosen={"reschedule_expiry_hours": 5})) == MADE + 5 * HOUR


@pytest.mark.parametrize("status", ProposalStatus)
@pytest.mark.parametrize("end", [each for each in ProposalStatus if each is not ProposalStatus.OPEN])
def test_what_has_ended_stays_so(status: ProposalStatus, end: ProposalStatus) -> None:
    standing = replace(OFFER, status=status)
    if status is ProposalStatus.OPEN:
        assert standing.close(end) == replace(OFFER, status=end, version=2)
        return
    assert PROPOSAL_MOVES[status] == frozenset()
    with pytest.raises(Conflict, match=r"^proposal_closed$"):
        standing.close(end)
    with pytest.raises(Conflict, match=r"^proposal_closed$"):
        standing.counter(Side.COUNSELOR, NEW + HOUR, MADE, Policy())


def test_an_offer_is_countered_by_the_side_that_was_asked() -> None:
    with pytest.raises(Forbidden, match=r"^not_your_turn$"):
        OFFER.counter(Side.CLIENT, NEW + HOUR, MADE + DAY, Policy())
    countered = OFFER.counter(Side.COUNSELOR, NEW + HOUR, MADE + DAY, Policy())
    assert countered == replace(
        OFFER,
        asked_by=Side.COUNSELOR,
        starts_at=NEW + HOUR,
        ends_at=NEW + HOUR + timedelta(minutes=45),
        asked_at=MADE + DAY,
        expires_at=MADE + 3 * DAY,
        counters=1,
        version=2,
    )


@given(most=st.integers(POLICIES["max_counter_proposals"].least, POLICIES["max_counter_proposals"].most))
def test_turns_alternate_until_the_rounds_are_used_up(most: int) -> None:
    policy, offer = Policy(chosen={"max_counter_proposals": most}), OFFER
    for number in range(1, most + 1):
        offer = offer.counter(offer.turn, NEW + number * HOUR, MADE, policy)
        assert offer.asked_by is (Side.COUNSELOR if number % 2 else Side.CLIENT)
    assert (offer.counters, offer.opened_by) == (most, Side.CLIENT)
    with pytest.raises(Conflict, match=r"^too_many_rounds$") as refused:
        offer.counter(offer.turn, NEW, MADE, policy)
    assert refused.value.details == {"most": most}


@given(opener=SIDES, start=STARTS, status=st.sampled_from([Status.PENDING, Status.CONFIRMED]))
def test_agreeing_moves_the_same_booking_and_nothing_else(
    opener: Side, start: datetime, status: Status
) -> None:
    booking = a_booking(status=status, expires_at=MADE + HOUR, sequence=3, version=5)
    offer = opened(booking, opener, start, MADE, Policy())
    after = moved(booking, offer, "Europe/Berlin")
    length, buffer = booking.ends_at - booking.starts_at, booking.busy_until - booking.ends_at
    assert (after.starts_at, after.ends_at - after.starts_at, after.busy_until - after.ends_at) == (
        start,
        length,
        buffer,
    )
    assert (after.status, after.expires_at) == (Status.CONFIRMED, None)
    assert (after.uid, after.sequence, after.version) == (booking.uid, 4, 6)
    assert {opener: 1, opener.other: 0} == {
        Side.CLIENT: after.client_reschedules,
        Side.COUNSELOR: after.counselor_reschedules,
    }
    assert (after.zone, after.wall_start) == ("Europe/Berlin", _wall(start))
    assert _changed(booking, after) <= {
        "status",
        "expires_at",
        "zone",
        "wall_start",
        "starts_at",
        "ends_at",
        "busy_until",
        "sequence",
        "version",
        "client_reschedules",
        "counselor_reschedules",
    }


def _wall(start: datetime) -> str:
    """Berlin keeps winter time in these months."""
    return (start + HOUR).strftime("%Y-%m-%dT%H:%M")


def _changed(before: Booking, after: Booking) -> set[str]:
    return {each.name for each in fields(Booking) if getattr(before, each.name) != getattr(after, each.name)}


@given(
    deadline=st.timedeltas(timedelta(), START - MADE),
    paused=st.timedeltas(timedelta(), timedelta(days=5)),
)
def test_a_paused_deadline_loses_no_time_and_never_passes_the_start(
    deadline: timedelta, paused: timedelta
) -> None:
    booking = a_booking(expires_at=MADE + deadline)
    after = resumed(booking, OFFER, MADE + paused)
    wanted = min(MADE + deadline + paused, START)
    assert after == replace(booking, expires_at=wanted, version=booking.version + 1)


def test_nothing_but_a_request_has_a_deadline_to_go_on() -> None:
    for standing in (a_booking(status=Status.CONFIRMED), a_booking(expires_at=None)):
        assert resumed(standing, OFFER, MADE + DAY) is standing


@pytest.mark.parametrize(
    ("side", "hours", "most"), [(Side.CLIENT, 4, 2), (Side.COUNSELOR, 2, 2)], ids=["client", "counselor"]
)
def test_each_side_has_its_cutoff_and_its_number_of_moves(side: Side, hours: int, most: int) -> None:
    counts = {Side.CLIENT: "client_reschedules", Side.COUNSELOR: "counselor_reschedules"}
    for used in range(most + 2):
        booking = a_booking(**{counts[side]: used, counts[side.other]: 9})
        assert moves_left(booking, side, Policy()) == most - used
        assert cutoff(booking, side, Policy()) == START - hours * HOUR
        if used < most:
            check_may_open(booking, side, START - hours * HOUR - INSTANT, Policy())
            with pytest.raises(Conflict, match=r"^reschedule_cutoff$"):
                check_may_open(booking, side, START - hours * HOUR, Policy())
        else:
            with pytest.raises(Conflict, match=r"^no_moves_left$"):
                check_may_open(booking, side, MADE, Policy())
