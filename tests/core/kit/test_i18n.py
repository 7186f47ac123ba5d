"""Texts: translated, escaped, and with every time on the reader's clock."""

import gettext
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from core.kit.i18n import Texts, msgid, texts

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
EN, DE = texts("en", NEW_YORK), texts("de-AT", BERLIN)
START = datetime(2026, 11, 3, 19, 0, tzinfo=UTC)
END = START + timedelta(minutes=45)


def test_texts_of_a_person_are_of_the_nearest_language_and_made_once() -> None:
    assert Texts("de", BERLIN) == DE
    assert texts("de-AT", BERLIN) is DE
    assert texts(None, BERLIN) == Texts("en", BERLIN)
    assert DE.in_zone(NEW_YORK) == Texts("de", NEW_YORK)


def test_plain_text_is_translated_and_filled_in() -> None:
    assert EN("{city} time", city="<Rome> & {x}") == "<Rome> & {x} time"
    assert DE("{city} time", city="<Rom> & {x}") == "Ortszeit <Rom> & {x}"


def test_a_forgotten_value_is_an_error_not_a_gap() -> None:
    with pytest.raises(KeyError, match="city"):
        EN("{city} time")


def test_html_keeps_its_own_tags_and_escapes_every_value() -> None:
    shown = EN.html("<b>{name}</b> {safe}", name="<i>&\"'", safe=Markup("<u>x</u>"))
    assert shown == Markup("<b>&lt;i&gt;&amp;&#34;&#39;</b> <u>x</u>")
    assert isinstance(shown, Markup)


@given(st.text())
def test_no_value_breaks_out_of_html(name: str) -> None:
    shown = str(EN.html("{name}", name=name)) + str(EN.n_html("{name}", "{name}", 1, name=name))
    assert not set(shown) & set("<>\"'")


def test_counts_choose_their_form() -> None:
    assert [EN.n("{n} session", "{n} sessions", n) for n in (0, 1, 2)] == [
        "0 sessions",
        "1 session",
        "2 sessions",
    ]
    assert EN.n_html("<b>{n}</b> for {who}", "<b>{n}</b> with {who}", 2, who="<x>") == Markup(
        "<b>2</b> with &lt;x&gt;"
    )


def test_a_word_of_several_meanings_is_told_apart_by_context() -> None:
    assert EN.context("month", "May {n}", n=1) == "May 1"


def test_a_marked_msgid_is_the_text_itself() -> None:
    assert msgid("Confirmed") == "Confirmed"


def test_days_and_times_are_those_of_the_zone() -> None:
    late = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
    assert (EN.day(late), EN.time(late)) == ("Tue 3 Nov", "9:00 PM")
    assert (DE.day(late), DE.time(late)) == ("Mi, 4. Nov.", "03:00")
    assert EN.long_day(late) == "Tuesday 3 November 2026"
    assert EN.day(date(2026, 11, 4)) == "Wed 4 Nov"
    assert EN.day(late.astimezone(timezone(timedelta(hours=9)))) == "Tue 3 Nov"


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = START.replace(tzinfo=None)
    for show in (EN.day, EN.long_day, EN.time, EN.moment):
        with pytest.raises(ValueError, match="an instant needs a zone: 2026-11-03T19:00:00"):
            show(naive)


def test_a_moment_and_a_span_name_the_zone() -> None:
    assert EN.moment(START) == "Tue 3 Nov, 2:00 PM (New York time)"
    assert EN.span(START, END) == "Tue 3 Nov, 2:00–2:45 PM (New York time)"
    assert EN.times(START, END) == "2:00–2:45 PM"
    assert DE.moment(START) == "Di, 3. Nov., 20:00 (Ortszeit Berlin)"
    assert DE.span(START, END) == "Di, 3. Nov., 20:00–20:45 (Ortszeit Berlin)"
    assert texts("de", ZoneInfo("UTC")).moment(START) == "Di, 3. Nov., 19:00 (UTC)"


def test_a_zone_to_choose_shows_its_offset_at_that_time() -> None:
    assert EN.zone_name(NEW_YORK, START) == "New York (UTC−5)"
    assert EN.zone_name(NEW_YORK, datetime(2026, 7, 1, tzinfo=UTC)) == "New York (UTC−4)"
    assert DE.zone_name(ZoneInfo("Europe/Vienna"), START) == "Wien (UTC+1)"
    assert EN.zone_name(ZoneInfo("Europe/London"), START) == "London (UTC)"
    assert EN.zone_name(ZoneInfo("UTC"), START) == "UTC"


def test_the_head_of_a_calendar() -> None:
    assert (EN.month(2026, 3), DE.month(2026, 3)) == ("March 2026", "März 2026")
    assert [EN.weekday_short(i) for i in range(7)] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [DE.weekday_short(i) for i in range(7)] == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    assert (EN.first_weekday, DE.first_weekday) == (0, 0)


def test_money() -> None:
    assert (EN.money(6000, "USD"), DE.money(6000, "EUR")) == ("$60.00", "60,00\u00a0€")


@pytest.mark.parametrize(
    ("minutes", "english", "german"),
    [(45, "45 min", "45 Min."), (60, "1 h", "1 Std."), (90, "1 h 30 min", "1 Std. 30 Min.")],
)
def test_a_duration(minutes: int, english: str, german: str) -> None:
    assert (EN.duration(minutes), DE.duration(minutes)) == (english, german)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "under a minute"),
        (59.9, "under a minute"),
        (60, "1 min"),
        (599, "9 min"),
        (3600, "1 h"),
        (12_345, "3 h 25 min"),
        (86_400, "1 day"),
        (183_600, "2 days 3 h"),
    ],
)
def test_a_countdown_never_promises_more_than_is_left(seconds: float, shown: str) -> None:
    assert EN.countdown(seconds) == shown


def test_an_english_reader_needs_no_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gettext, "find", lambda *_, **__: pytest.fail("looked for a catalog"))
    assert EN("anything at all") == "anything at all"


def test_one_decimal_place() -> None:
    assert [texts.decimal(4.7647) for texts in (EN, DE)] == ["4.8", "4,8"]
    assert [texts.decimal(5) for texts in (EN, DE)] == ["5.0", "5,0"]
