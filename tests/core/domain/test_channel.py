"""Choices of channels, and quiet hours over midnight and over the change of clocks."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.channel import ESSENTIAL, MARGIN, TOPICS, Channel, Choices, QuietHours, Topic
from core.domain.notification import Kind

NIGHT = QuietHours(start=time(22), end=time(7))
NAP = QuietHours(start=time(13), end=time(15))
BERLIN = "Europe/Berlin"
BOTH = frozenset(Channel)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_every_kind_has_a_topic() -> None:
    assert set(TOPICS) == set(Kind)


@pytest.mark.parametrize(
    ("instant", "held"),
    [
        (utc(2026, 7, 1, 19, 59), False),
        (utc(2026, 7, 1, 20), True),
        (utc(2026, 7, 2, 4, 59), True),
        (utc(2026, 7, 2, 5), False),
    ],
)
def test_the_night_is_held_from_its_first_minute_to_its_last(instant: datetime, held: bool) -> None:
    assert (NIGHT.around(instant, BERLIN) is not None) == held


def test_quiet_hours_of_one_day_are_known_too() -> None:
    assert NAP.around(utc(2026, 7, 1, 12), BERLIN) == (utc(2026, 7, 1, 11), utc(2026, 7, 1, 13))
    assert NAP.around(utc(2026, 7, 1, 23), BERLIN) is None


def test_the_night_of_the_change_of_clocks_is_an_hour_longer() -> None:
    assert NIGHT.around(utc(2026, 10, 25, 0), BERLIN) == (utc(2026, 10, 24, 20), utc(2026, 10, 25, 6))


def test_a_reminder_waits_for_the_morning_where_that_is_early_enough_else_it_comes_in_the_evening() -> None:
    choices = Choices(quiet=NIGHT)
    due = utc(2026, 7, 2, 4, 30)
    assert choices.reminded_at(due, utc(2026, 7, 2, 6), BERLIN) == utc(2026, 7, 2, 5)
    assert choices.reminded_at(due, utc(2026, 7, 2, 5, 59), BERLIN) == utc(2026, 7, 1, 20)
    assert Choices().reminded_at(due, utc(2026, 7, 2, 6), BERLIN) == due


@settings(deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(minutes=1), timedelta(days=2)),
    st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from(["UTC", BERLIN, "America/New_York", "Africa/Casablanca", "Pacific/Apia"]),
)
def test_no_reminder_comes_in_quiet_hours_nor_after_the_start(
    due: datetime, lead: timedelta, hours: tuple[time, time], zone: str
) -> None:
    quiet = QuietHours(start=hours[0], end=hours[1])
    at = Choices(quiet=quiet).reminded_at(due, due + lead, zone)
    assert at < due + lead
    held = quiet.around(due, zone)
    assert at == due if held is None else at in held
    assert at <= due or at + MARGIN <= due + lead


def test_what_everybody_has_to_know_goes_out_once_where_all_is_turned_off() -> None:
    for topic in Topic:
        choices = Choices().switched(topic, Channel.CHAT, on=False).switched(topic, Channel.MAIL, on=False)
        told = [channel for channel in Channel if choices.allow(topic, channel, BOTH)]
        assert told == ([Channel.CHAT] if topic in ESSENTIAL else [])
        assert choices.allow(topic, Channel.MAIL, frozenset({Channel.MAIL})) == (topic in ESSENTIAL)


def test_a_topic_is_turned_on_again() -> None:
    off = Choices().switched(Topic.OFFERS, Channel.MAIL, on=False)
    assert not off.allow(Topic.OFFERS, Channel.MAIL, BOTH)
    assert off.switched(Topic.OFFERS, Channel.MAIL, on=True) == Choices()
