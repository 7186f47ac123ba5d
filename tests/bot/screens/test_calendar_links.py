"""Addresses that open web calendars."""

from urllib.parse import parse_qs, urlsplit

from bot.screens.booking_done import DoneState, done
from bot.screens.calendar_links import Entry, google_url, outlook_url
from bot.screens.screen import Link, Screen
from core.domain.booking import Status
from core.domain.session_type import Location
from tests.bot.screens.reading import NEW_YORK, in_english
from tests.bot.screens.samples.people import ADDRESS, ANN, HOUR, INTRO, START, booking


def after(status: Status) -> Screen:
    """The last step for the sample booking."""
    made = booking(status, topic="Secret worries", note="Very private", location=Location.IN_PERSON)
    return done(NEW_YORK, DoneState(booking=made, counselor=ANN.name, session_type=INTRO.title))


def links(screen: Screen) -> list[str]:
    """The addresses on a screen."""
    return [button.url for row in screen.rows for button in row if isinstance(button, Link)]


def query(url: str) -> dict[str, list[str]]:
    """What a form is filled in with."""
    return parse_qs(urlsplit(url).query)


def test_calendar_links_tell_when_and_where_but_neither_topic_nor_note() -> None:
    google, outlook = links(after(Status.CONFIRMED))
    assert query(google) == {
        "action": ["TEMPLATE"],
        "text": ["Introductory session with Ann Example"],
        "dates": ["20261103T150000Z/20261103T160000Z"],
        "location": [ADDRESS],
    }
    assert query(outlook) == {
        "rru": ["addevent"],
        "subject": ["Introductory session with Ann Example"],
        "startdt": ["2026-11-03T15:00:00Z"],
        "enddt": ["2026-11-03T16:00:00Z"],
        "location": [ADDRESS],
    }


def test_a_request_says_so_in_the_calendar() -> None:
    assert query(links(after(Status.PENDING))[0])["text"] == [
        "Requested: Introductory session with Ann Example"
    ]


def test_links_are_in_utc_whatever_zone_the_times_come_in() -> None:
    berlin = START.astimezone(in_english("Europe/Berlin").zone)
    one, other = (Entry(title="T", start=start, end=start + HOUR) for start in (START, berlin))
    assert google_url(one) == google_url(other)
    assert outlook_url(one) == outlook_url(other)
