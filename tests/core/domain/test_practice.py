"""The practice: who can be booked, what they offer, and how far ahead."""

from dataclasses import replace

import pytest

from core.domain.availability import Schedule
from core.domain.counselor import Confirmation, Counselor
from core.domain.errors import NotFound
from core.domain.money import Money
from core.domain.practice import Practice, notice_seconds
from core.domain.session_type import Location, SessionType


def counselor(number: int, name: str, *, active: bool = True) -> Counselor:
    return Counselor(
        id=number,
        person_id=100 + number,
        slug=f"c{number}",
        name=name,
        active=active,
        schedule=Schedule(zone="Europe/Berlin"),
    )


def kind(number: int, *counselor_ids: int, active: bool = True) -> SessionType:
    return SessionType(
        id=number,
        slug=f"t{number}",
        title=f"Type {number}",
        durations=(45,),
        locations=(Location.VIDEO,),
        counselor_ids=counselor_ids,
        price=Money(minor=0, currency="USD"),
        active=active,
    )


COUNSELORS = [
    counselor(1, "zoë"),
    counselor(2, "Ann"),
    counselor(3, "ann"),
    counselor(4, "Away", active=False),
    counselor(5, "Idle"),
    counselor(6, "Formerly"),
]
KINDS = [kind(3, 2, 1), kind(1, 1, 4, 3), kind(2, 6, 1, active=False)]
PRACTICE = Practice(
    counselors={each.id: each for each in COUNSELORS}, session_types={each.id: each for each in KINDS}
)


def test_who_is_active_and_offers_something_can_be_booked_in_order_of_names() -> None:
    assert [each.id for each in PRACTICE.bookable_counselors()] == [2, 3, 1]


@pytest.mark.parametrize(("who", "offered"), [(1, [1, 3]), (2, [3]), (5, []), (6, []), (99, [])])
def test_a_counselor_offers_the_active_session_types_in_the_order_of_their_making(
    who: int, offered: list[int]
) -> None:
    assert [each.id for each in PRACTICE.offered_by(who)] == offered


def test_a_counselor_is_found_by_who_they_are() -> None:
    found = PRACTICE.counselor_of_person(103)
    assert (found and found.id, PRACTICE.counselor_of_person(3)) == (3, None)


def test_rows_are_found_by_id_or_refused() -> None:
    assert (PRACTICE.counselor(4).name, PRACTICE.session_type(2).title) == ("Away", "Type 2")
    with pytest.raises(NotFound, match=r"^counselor_not_found$"):
        PRACTICE.counselor(99)
    with pytest.raises(NotFound, match=r"^session_type_not_found$"):
        PRACTICE.session_type(99)
    with pytest.raises(NotFound, match=r"^program_not_found$"):
        PRACTICE.program(99)


INSTANT, REQUEST = Confirmation.INSTANT, Confirmation.REQUEST


@pytest.mark.parametrize(
    ("counselors", "own", "hours", "own_hours", "wanted"),
    [
        (REQUEST, None, 2, None, 2),
        (REQUEST, None, 0, None, 1),
        (REQUEST, None, 24, 0, 1),
        (REQUEST, INSTANT, 0, None, 0),
        (INSTANT, REQUEST, 0, None, 1),
        (INSTANT, REQUEST, 3, 1, 1),
        (INSTANT, None, 3, 0, 0),
        (INSTANT, None, 3, 5, 5),
    ],
)
def test_the_session_type_s_own_notice_comes_first_and_a_request_needs_an_hour(
    counselors: Confirmation, own: Confirmation | None, hours: int, own_hours: int | None, wanted: int
) -> None:
    ann = replace(COUNSELORS[1], confirmation=counselors, notice_hours=hours)
    intro = replace(KINDS[0], confirmation=own, notice_hours=own_hours)
    assert intro.confirmation_with(ann) is (own or counselors)
    assert notice_seconds(ann, intro) == wanted * 3600
