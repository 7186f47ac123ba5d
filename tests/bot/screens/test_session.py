"""What is said of a session."""

from bot.screens.session import place, price, when_elsewhere
from core.domain.money import Money
from core.domain.session_type import Location
from tests.bot.screens.reading import NEW_YORK, in_english
from tests.bot.screens.samples.people import HOUR, START


def test_until_payments_exist_one_pays_the_counselor() -> None:
    assert price(NEW_YORK, Money(minor=6000, currency="USD")) == "$60.00, pay the counselor"
    assert price(NEW_YORK, Money(minor=0, currency="USD")) == "Free of charge"


def test_an_address_belongs_to_sessions_in_person() -> None:
    assert place(NEW_YORK, Location.IN_PERSON, "12 Example Street") == "📍 In person, 12 Example Street"
    assert place(NEW_YORK, Location.VIDEO, "12 Example Street") == "📹 Video call"


def test_the_other_side_s_clock_is_told_where_it_differs() -> None:
    found = when_elsewhere(NEW_YORK, START, START + HOUR, "Europe/Berlin", "Dora")
    assert found == "For Dora: Tue 3 Nov, 4:00–5:00 PM (Berlin time)"


def test_zones_that_show_the_same_time_are_told_once() -> None:
    assert when_elsewhere(in_english("Europe/Paris"), START, START + HOUR, "Europe/Berlin", "Dora") is None
