"""Where a person is: by the phone's location, from a list, by the name of a city, or as the practice."""

from dataclasses import dataclass
from datetime import datetime

from bot.callback_codec import Callback
from bot.callbacks import (
    Region,
    Settings,
    SetZone,
    ShowTimes,
    ZoneLocation,
    ZoneMenu,
    ZonePractice,
    ZoneRegion,
)
from bot.screens.navigation import back, pager
from bot.screens.screen import LocationKeyboard, RemoveKeyboard, Screen, Style, Tap, in_columns, rows
from bot.screens.wording import ROOM, bold, fitted, lines, paragraphs, shown, width
from core.domain.zones import zone
from core.kit.i18n import Texts, msgid

PAGE_SIZE = 12
QUERY_SHOWN = 60

REGIONS = {
    Region.EUROPE: msgid("Europe"),
    Region.AMERICA: msgid("America"),
    Region.ASIA: msgid("Asia"),
    Region.AFRICA: msgid("Africa"),
    Region.OCEANIA: msgid("Oceania"),
    Region.ISLANDS: msgid("Other islands"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneState:
    """How to ask: with a draft the wizard goes on afterwards; `first` when nothing has been said before."""

    practice_zone: str
    now: datetime
    draft: int | None = None
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionState:
    """All zones of a region, opened at a page."""

    region: Region
    zones: tuple[str, ...]
    now: datetime
    page: int = 0
    draft: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchesState:
    """What was typed, and the zones it may mean."""

    typed: str
    zones: tuple[str, ...]
    now: datetime
    draft: int | None = None


def ask_zone(t: Texts, state: ZoneState) -> Screen:
    """The ways to say where one is."""
    practice = t("As the practice: {zone}", zone=t.zone_name(zone(state.practice_zone), state.now))
    regions = (Tap(t(name), ZoneRegion(region, 0, state.draft)) for region, name in REGIONS.items())
    return Screen(
        text=paragraphs(
            bold(t("Where are you?")),
            t("Then I show all times on your clock. Choose below, or write the name of your city."),
            None if state.first else t("At the moment: {zone}", zone=t.zone_name(t.zone, state.now)),
        ),
        rows=rows(
            Tap(t("📍 Share my location"), ZoneLocation(state.draft), Style.PRIMARY),
            Tap(fitted(practice, ROOM[1]), ZonePractice(state.draft)),
            *in_columns(regions, 2),
            None if state.first else back(t, _origin(state.draft)),
        ),
    )


def share_location(t: Texts) -> Screen:
    """The key that shares the phone's location; a new message, as an edit cannot carry it."""
    return Screen(
        text=lines(t("Tap the key below. I only look up your time zone and do not keep the location.")),
        keyboard=LocationKeyboard(label=t("📍 Share my location"), placeholder=t("or write your city")),
    )


def located(t: Texts, now: datetime) -> Screen:
    """The zone is set, in whose texts this is; the phone's own keyboard comes back."""
    return Screen(
        text=lines(
            t("🌐 Got it: {zone}, it is {time} there.", zone=t.zone_name(t.zone, now), time=t.time(now))
        ),
        keyboard=RemoveKeyboard(),
    )


def region(t: Texts, state: RegionState) -> Screen:
    """A page of a region's zones."""
    pages = max(1, -(-len(state.zones) // PAGE_SIZE))
    page = min(state.page, pages - 1)
    listed = state.zones[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return Screen(
        text=paragraphs(
            bold(t(REGIONS[state.region])), t("Which city is near you? You may also write its name.")
        ),
        rows=rows(
            *in_columns((_zone_button(t, name, state, ROOM[2]) for name in listed), 2),
            pager(t, page, pages, lambda to: ZoneRegion(state.region, to, state.draft)),
            back(t, ZoneMenu(state.draft)),
        ),
    )


def matches(t: Texts, state: MatchesState) -> Screen:
    """The cities that may be meant, or that none was found."""
    typed = fitted(shown(state.typed), QUERY_SHOWN)
    words = t("Which one do you mean?") if state.zones else t("I do not know “{city}”.", city=typed)
    hint = None if state.zones else t("Try a bigger city nearby, or choose from the list.")
    return Screen(
        text=lines(words, hint),
        rows=rows(
            *(_zone_button(t, name, state, ROOM[1]) for name in state.zones), back(t, ZoneMenu(state.draft))
        ),
    )


def zone_set(t: Texts, now: datetime) -> str:
    """The toast after a zone was chosen, in its texts."""
    return t("Times are now shown in {zone}.", zone=t.zone_name(t.zone, now))


def _zone_button(t: Texts, name: str, state: RegionState | MatchesState, room: int) -> Tap:
    label = t.zone_name(zone(name), state.now)
    if width(label) > room:
        label = fitted(label.rpartition(" (")[0], room)
    return Tap(label, SetZone(name, state.draft))


def _origin(draft: int | None) -> Callback:
    return Settings() if draft is None else ShowTimes(draft)
