"""The way into a meeting, and who came: the same for every order and repetition of what was told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.booking import Status
from core.domain.meeting import (
    NOBODY,
    Attendance,
    Door,
    Happening,
    MeetingFact,
    Visit,
    attendance,
    closes_at,
    door,
    opens_at,
)
from core.domain.session_type import Location
from core.domain.side import Side
from tests.core.domain.booking_examples import START, a_booking

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
SESSION = a_booking(status=Status.CONFIRMED)
END = SESSION.ends_at
SIDES = {"c1": Side.CLIENT, "c2": Side.CLIENT, "k1": Side.COUNSELOR, "x": None}
"""Connections by their provider's ids: the client's phone and laptop, the counselor, somebody unknown."""


def told(happening: Happening, visit: str, minute: float) -> MeetingFact:
    """Something so many minutes after the session's start."""
    return MeetingFact(happening=happening, at=START + minute * MINUTE, visit=visit, side=SIDES.get(visit))


def joined(visit: str, minute: float) -> MeetingFact:
    return told(Happening.JOINED, visit, minute)


def left(visit: str, minute: float) -> MeetingFact:
    return told(Happening.LEFT, visit, minute)


def closed(minute: float) -> MeetingFact:
    return told(Happening.CLOSED, "", minute)


def seen(*facts: MeetingFact) -> Attendance:
    return attendance(facts, SESSION)


def minutes(instant: datetime | None) -> float | None:
    return None if instant is None else (instant - START) / MINUTE


@pytest.mark.parametrize(
    ("now", "way"),
    [
        (opens_at(SESSION) - INSTANT, Door.EARLY),
        (START - 15 * MINUTE, Door.OPEN),
        (END, Door.OPEN),
        (END + 30 * MINUTE - INSTANT, Door.OPEN),
        (closes_at(SESSION), Door.OVER),
    ],
)
def test_a_meeting_is_open_from_a_quarter_before_to_half_an_hour_after(now: datetime, way: Door) -> None:
    assert door(SESSION, now) is way


@pytest.mark.parametrize(
    ("status", "way"),
    [
        (Status.HELD, Door.NOT_AGREED),
        (Status.PENDING, Door.NOT_AGREED),
        (Status.IN_PROGRESS, Door.OPEN),
        (Status.NO_SHOW, Door.OVER),
        (Status.DECLINED, Door.CALLED_OFF),
        (Status.CANCELLED, Door.CALLED_OFF),
        (Status.EXPIRED, Door.CALLED_OFF),
    ],
)
def test_the_status_says_whether_there_is_a_meeting(status: Status, way: Door) -> None:
    assert door(a_booking(status=status), START) is way


def test_those_who_talk_on_after_the_counselor_has_closed_the_session_can_come_back_until_its_end() -> None:
    done = a_booking(status=Status.COMPLETED)
    assert [door(done, at) for at in (END - INSTANT, END)] == [Door.OPEN, Door.OVER]


def test_in_person_there_is_no_meeting() -> None:
    assert door(a_booking(status=Status.CONFIRMED, location=Location.IN_PERSON), START) is Door.ELSEWHERE


def test_a_session_starts_when_two_are_there_and_ends_when_the_last_one_left() -> None:
    found = seen(joined("k1", -5), joined("c1", 2), left("c1", 40), left("k1", 42))
    assert (minutes(found.started_at), minutes(found.ended_at)) == (2, 42)
    assert (found.came, found.missing) == (frozenset(Side), None)


def test_it_has_not_ended_while_somebody_is_there() -> None:
    found = seen(joined("k1", 0), joined("c1", 0), left("c1", 40))
    assert (minutes(found.started_at), found.ended_at) == (0, None)


def test_whoever_comes_back_ends_the_end() -> None:
    facts = [joined("k1", 0), joined("c1", 0), left("c1", 10), left("k1", 11)]
    assert minutes(seen(*facts).ended_at) == 11
    assert seen(*facts, joined("c2", 12)).ended_at is None


def test_two_devices_of_one_person_are_no_session() -> None:
    found = seen(joined("c1", 0), joined("c2", 1))
    assert found.started_at is None
    assert found.came == {Side.CLIENT}
    assert found.missing is Side.COUNSELOR


def test_two_who_never_met_have_started_nothing() -> None:
    found = seen(joined("k1", 0), left("k1", 10), joined("c1", 10), left("c1", 20))
    assert (found.started_at, found.ended_at, found.missing) == (None, None, None)


def test_somebody_unknown_may_be_either_so_nobody_is_missing() -> None:
    found = seen(joined("k1", 0), joined("x", 1))
    assert (minutes(found.started_at), found.missing) == (1, None)


def test_nothing_told_says_nothing() -> None:
    assert seen() == NOBODY
    assert (NOBODY.came, NOBODY.missing, NOBODY.started_at, NOBODY.ended_at) == (
        frozenset(),
        None,
        None,
        None,
    )


def test_a_closed_meeting_is_left_by_all() -> None:
    found = seen(joined("k1", 0), joined("c1", 0), closed(45))
    assert [minutes(visit.until) for visit in found.visits] == [45, 45]


def test_a_leave_without_its_join_still_says_that_somebody_was_there() -> None:
    found = seen(left("c1", 7))
    assert found.visits == (
        Visit(who="c1", side=Side.CLIENT, since=START + 7 * MINUTE, until=START + 7 * MINUTE),
    )


def test_joining_and_leaving_within_one_tick_of_the_provider_is_over() -> None:
    assert [minutes(visit.until) for visit in seen(joined("c1", 3), left("c1", 3)).visits] == [3]


def test_what_happened_at_another_time_than_the_session_now_has_is_left_out() -> None:
    assert seen(joined("c1", -60), left("c1", -16)) == NOBODY
    assert seen(joined("c1", 75)) == NOBODY
    assert seen(joined("c1", -60), left("c1", -15)).came == {Side.CLIENT}


def test_a_stay_from_before_the_opening_starts_nothing_while_its_end_is_not_known() -> None:
    facts = [joined("c1", -60), joined("k1", -60)]
    found = seen(*facts)
    assert (found.came, found.started_at, found.ended_at) == (frozenset(Side), None, None)
    stayed = seen(*facts, left("c1", 5), left("k1", 6))
    assert (minutes(stayed.started_at), minutes(stayed.ended_at)) == (-60, 6)


facts_of_a_meeting = st.lists(
    st.builds(
        told,
        st.sampled_from([Happening.JOINED, Happening.LEFT]),
        st.sampled_from(sorted(SIDES)),
        st.integers(-20, 80),
    )
    | st.builds(closed, st.integers(-20, 80)),
    max_size=14,
)


@given(facts_of_a_meeting, st.data())
def test_order_and_repetition_change_nothing(facts: Sequence[MeetingFact], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(facts), max_size=8)) if facts else []
    shuffled = data.draw(st.permutations([*facts, *again]))
    assert attendance(shuffled, SESSION) == attendance(facts, SESSION)


@given(facts_of_a_meeting)
def test_stays_of_one_connection_never_overlap_and_never_run_backwards(facts: Sequence[MeetingFact]) -> None:
    found = attendance(facts, SESSION)
    for who in SIDES:
        stays = [visit for visit in found.visits if visit.who == who]
        ends = [visit.until for visit in stays]
        assert all(
            end is not None and visit.since <= end for visit, end in zip(stays, ends[:-1], strict=False)
        )
        assert all(
            end is not None and end <= later.since for end, later in zip(ends, stays[1:], strict=False)
        )


@given(facts_of_a_meeting)
def test_who_came_is_exactly_who_was_told_of_in_its_time(facts: Sequence[MeetingFact]) -> None:
    found = attendance(facts, SESSION)
    told_of = {fact.visit for fact in facts if fact.visit}
    assert {visit.who for visit in found.visits} <= told_of
    inside = {
        fact.visit for fact in facts if fact.visit and opens_at(SESSION) <= fact.at < closes_at(SESSION)
    }
    assert inside <= {visit.who for visit in found.visits}
    started, ended = found.started_at, found.ended_at
    assert ended is None or (started is not None and started <= ended)
