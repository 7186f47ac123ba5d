"""Saying where one is."""

from dataclasses import replace

from bot.callbacks import Region, Settings, SetZone, ShowTimes, ZoneLocation, ZonePractice, ZoneRegion
from bot.screens.screen import LocationKeyboard, RemoveKeyboard
from bot.screens.zone import (
    MatchesState,
    RegionState,
    ZoneState,
    ask_zone,
    located,
    matches,
    region,
    share_location,
    zone_set,
)
from bot.screens.zone_list import zones_of
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.people import NOW

ASK = ZoneState(practice_zone="America/New_York", now=NOW, draft=5)


def test_there_are_four_ways_to_say_where_one_is() -> None:
    screen = ask_zone(NEW_YORK, ASK)
    found = buttons(screen)
    assert found["📍 Share my location"] == ZoneLocation(5)
    assert found["As the practice: New York (UTC−5)"] == ZonePractice(5)
    assert {each.region for each in found.values() if isinstance(each, ZoneRegion)} == set(Region)
    assert said(screen)[1].endswith("or write the name of your city.")


def test_the_way_back_is_where_one_came_from() -> None:
    assert buttons(ask_zone(NEW_YORK, ASK))["‹ Back"] == ShowTimes(5)
    assert buttons(ask_zone(NEW_YORK, replace(ASK, draft=None)))["‹ Back"] == Settings()
    assert "‹ Back" not in buttons(ask_zone(NEW_YORK, replace(ASK, draft=None, first=True)))


def test_the_location_key_hides_what_was_there_and_gives_it_back() -> None:
    asked = share_location(NEW_YORK)
    assert asked.keyboard == LocationKeyboard(label="📍 Share my location", placeholder="or write your city")
    done = located(BERLIN, NOW)
    assert done.keyboard == RemoveKeyboard()
    assert said(done) == ["🌐 Verstanden: Berlin (UTC+1), dort ist es 15:02."]


def test_a_region_is_listed_in_pages_that_keep_the_draft() -> None:
    state = RegionState(region=Region.EUROPE, zones=zones_of(Region.EUROPE, "en"), now=NOW, draft=5)
    found = buttons(region(NEW_YORK, state))
    assert found["Amsterdam (UTC+1)"] == SetZone("Europe/Amsterdam", 5)
    assert found["›"] == ZoneRegion(Region.EUROPE, 1, 5)


def test_cities_that_are_found_are_buttons() -> None:
    screen = matches(NEW_YORK, MatchesState(typed="berlin", zones=("Europe/Berlin",), now=NOW))
    assert labels(screen) == [["Berlin (UTC+1)"], ["‹ Back"]]


def test_an_unknown_city_is_quoted_and_cannot_flood_the_screen() -> None:
    screen = matches(NEW_YORK, MatchesState(typed="<b>" * 20_000, zones=(), now=NOW))
    assert said(screen)[0] == f"I do not know “{'<b>' * 19}<b…”."


def test_the_toast_names_the_zone() -> None:
    assert zone_set(BERLIN, NOW) == "Zeiten gelten nun für Berlin (UTC+1)."
