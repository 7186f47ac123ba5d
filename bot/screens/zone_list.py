"""The time zones people choose from, by part of the world and by what they type."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from bot.callbacks import Region
from core.domain.zones import zone
from core.kit.dates import dates
from core.kit.translations import SOURCE

MOST_FOUND = 8
_AREAS = {
    "Africa": Region.AFRICA,
    "America": Region.AMERICA,
    "Antarctica": Region.OCEANIA,
    "Arctic": Region.ISLANDS,
    "Asia": Region.ASIA,
    "Atlantic": Region.ISLANDS,
    "Australia": Region.OCEANIA,
    "Europe": Region.EUROPE,
    "Indian": Region.ISLANDS,
    "Pacific": Region.OCEANIA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A zone and the ISO 3166 code of the country whose clocks it describes."""

    zone: str
    country: str


@cache
def places() -> tuple[Place, ...]:
    """Every zone with a country, from the list that the tz database keeps for choosing (`zone.tab`)."""
    return tuple(Place(country=columns[0], zone=columns[2]) for columns in _table("zone.tab"))


@cache
def zones_of(region: Region, locale: str) -> tuple[str, ...]:
    """The zones of a part of the world, by the name of their city in a locale."""
    names = [each.zone for each in places() if _AREAS[each.zone.partition("/")[0]] is region]
    return tuple(sorted(names, key=lambda name: (_plain(dates(locale).city(zone(name))), name)))


def search(typed: str, locale: str) -> tuple[str, ...]:
    """The zones whose city or country has words that begin as typed: whole names and main zones first."""
    wanted = _plain(typed)
    if not wanted:
        return ()
    ranked = sorted(
        (rank, name not in _main_zones(), name)
        for name, words in _index(locale).items()
        if (rank := min((_rank(wanted, each) for each in words), default=3)) < 3
    )
    return tuple(name for *_, name in ranked[:MOST_FOUND])


@cache
def _main_zones() -> frozenset[str]:
    """One zone for each set of clocks that agree from now on (`zonenow.tab`)."""
    return frozenset(columns[2] for columns in _table("zonenow.tab"))


def _table(name: str) -> Iterator[list[str]]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _index(locale: str) -> Mapping[str, frozenset[str]]:
    index = {place.zone: frozenset(_plain(each) for each in _names(place, locale)) for place in places()}
    return {**index, "UTC": frozenset({"utc", "gmt"})}


def _names(place: Place, locale: str) -> Iterator[str]:
    for name in (place.zone, *_former_names().get(place.zone, ())):
        yield name.rpartition("/")[2]
    for each in {locale, SOURCE}:
        yield dates(each).city(zone(place.zone))
        yield Locale.parse(each).territories.get(place.country, "")


@cache
def _former_names() -> Mapping[str, list[str]]:
    """Other names of zones, such as Asia/Calcutta for Asia/Kolkata (CLDR)."""
    found: dict[str, list[str]] = {}
    for former, name in get_global("zone_aliases").items():
        found.setdefault(name, []).append(former)
    return found


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if any(each.startswith(wanted) for each in name.split()) else 3


def _plain(text: str) -> str:
    """The text as it is compared: without case, accents and punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())
