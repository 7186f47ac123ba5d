"""Zones by region and by what people type."""

import pytest

from bot.callbacks import Region
from bot.screens.zone_list import MOST_FOUND, places, search, zones_of
from core.domain.zones import zone_names


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Berlin", ("Europe/Berlin",)),
        ("new YORK", ("America/New_York",)),
        ("sao paulo", ("America/Sao_Paulo",)),
        ("São Paulo", ("America/Sao_Paulo",)),
        ("calcutta", ("Asia/Kolkata",)),
        ("Kiew", ("Europe/Kyiv",)),
        ("Deutschland", ("Europe/Berlin", "Europe/Busingen")),
        ("utc", ("UTC",)),
        ("", ()),
        ("🙂", ()),
        ("x" * 65_000, ()),
    ],
)
def test_a_city_or_country_is_found_by_what_people_write(typed: str, wanted: tuple[str, ...]) -> None:
    assert search(typed, "de") == wanted


def test_main_zones_come_first_and_not_too_many() -> None:
    found = search("united states", "en")
    assert len(found) == MOST_FOUND
    assert {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"} <= set(found)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_zone_of_the_list_is_in_one_region_and_known(locale: str) -> None:
    listed = [name for each in Region for name in zones_of(each, locale)]
    assert sorted(listed) == sorted(place.zone for place in places())
    assert set(listed) <= zone_names()
