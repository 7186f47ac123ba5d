"""The waitlist's own rules: what is one wish, what was offered before, and for which dates one may wait."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.errors import Invalid
from core.domain.timespan import Timespan
from core.domain.waitlist import LOOK, Asked, Opening, WaitlistEntry, WaitStatus, check_dates

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
TODAY, FINAL = date(2026, 11, 2), date(2026, 12, 4)
ENTRY = WaitlistEntry(
    id=1,
    counselor_id=2,
    session_type_id=3,
    minutes=60,
    client_id=4,
    first=date(2026, 11, 3),
    last=date(2026, 11, 5),
    created_at=NOW,
)


@pytest.mark.parametrize(
    ("changes", "covered"),
    [
        ({}, True),
        ({"first": date(2026, 11, 4), "last": date(2026, 11, 4)}, True),
        ({"client_id": 5}, True),
        ({"first": date(2026, 11, 2)}, False),
        ({"last": date(2026, 11, 6)}, False),
        ({"minutes": 30}, False),
        ({"counselor_id": 9}, False),
        ({"session_type_id": 9}, False),
    ],
)
def test_a_wish_covers_what_lies_within_its_dates(changes: dict[str, object], covered: bool) -> None:
    assert ENTRY.covers(replace(ENTRY, **changes)) is covered  # type: ignore[arg-type]


def test_the_dates_are_those_of_the_client_s_zone() -> None:
    day = replace(ENTRY, last=ENTRY.first)
    assert day.span("Pacific/Auckland") == Timespan(
        start=datetime(2026, 11, 2, 11, tzinfo=UTC), end=datetime(2026, 11, 3, 11, tzinfo=UTC)
    )
    back = replace(ENTRY, first=date(2026, 10, 25), last=date(2026, 10, 25))
    span = back.span("Europe/Berlin")
    assert span.end - span.start == timedelta(hours=25)


def test_an_offer_is_kept_in_mind_when_it_came_to_nothing() -> None:
    offered = ENTRY.offer(7, NOON, NOW + HALF_HOUR, "42:3")
    assert (offered.status, offered.hold_id, offered.offered_until) == (
        WaitStatus.OFFERED,
        7,
        NOW + HALF_HOUR,
    )
    waiting = offered.wait_on()
    assert waiting == replace(ENTRY, asked=(Asked(round="42:3", start=NOON),))
    assert (waiting.was_asked("42:3"), waiting.was_asked("42:4")) == (True, False)
    near = [NOON + n * HALF_HOUR for n in range(-2, 3)]
    assert [waiting.was_offered(each) for each in near] == [False, True, True, True, False]


def test_only_a_round_about_a_certain_time_asks_again_about_it() -> None:
    assert Opening(counselor_id=2, round="42:3").was_taken
    assert not Opening(counselor_id=2, round=f"{LOOK}17").was_taken


def test_those_who_are_through_do_not_wait() -> None:
    found = {status: replace(ENTRY, status=status).open for status in WaitStatus}
    assert [status for status, still_open in found.items() if still_open] == ["waiting", "offered"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, TODAY),
        (date(2026, 10, 28), date(2026, 11, 3)),
        (FINAL, FINAL + timedelta(days=6)),
    ],
)
def test_a_coming_week_may_be_waited_for(first: date, last: date) -> None:
    check_dates(first, last, TODAY, FINAL)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 11, 4), date(2026, 11, 3)),
        (date(2026, 11, 3), date(2026, 11, 10)),
        (FINAL + timedelta(days=1), FINAL + timedelta(days=1)),
        (date.max, date.max),
        (date.min, date.max),
    ],
)
def test_other_dates_may_not(first: date, last: date) -> None:
    with pytest.raises(Invalid, match=r"^wait_dates$"):
        check_dates(first, last, TODAY, FINAL)
