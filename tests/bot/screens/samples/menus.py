"""Samples of first contact, menus, settings, programs, refusals and the admin's screens."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.callbacks import Home, Region, ShowDetails, ShowMonth
from bot.screens import admin, explain, programs, refusal, zone
from bot.screens.home import HomeState, menu
from bot.screens.screen import Screen
from bot.screens.settings import SettingsState, languages, settings
from bot.screens.start import WelcomeState, not_agreed, welcome
from bot.screens.zone_list import search, zones_of
from core.domain.refusal import Reason, Refusal
from core.domain.timespan import Timespan
from core.kit.i18n import Texts
from tests.bot.screens.samples.messages import ENTRY
from tests.bot.screens.samples.people import (
    COUNSELORS,
    EXTREME_COUNSELORS,
    EXTREME_NAMES,
    HOUR,
    LONG_NAME,
    NOW,
    START,
)

PRACTICE = "Riverside Counseling"
PROGRAM = programs.ProgramState(program_id=3, title="Python 101", draft=5)
PROGRESS = programs.ProgressState(program_id=3, title="Python 101", remaining=5)
ASKED = explain.ExplainState(
    counselor_id=1, counselor="Ann Example", session_type="Introductory session", minutes=60
)
INVITE = admin.InviteState(
    counselor="Ann Example",
    url="https://t.me/riverside_bot?start=c-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    days=14,
)


def refused_because(reason: Reason) -> Refusal:
    """A refusal with everything that any reason may carry."""
    return Refusal(
        reason=reason,
        span=Timespan(start=START, end=START + HOUR),
        limit=START,
        dates=(date(2026, 11, 3), date(2026, 11, 10)),
    )


def explained(reason: Reason) -> Callable[[Texts], Screen]:
    """The answer for one reason."""
    return lambda t: explain.answer(t, ASKED, START, refused_because(reason))


def refused(code: str) -> Callable[[Texts], Screen]:
    """A refusal as a screen."""
    return lambda t: refusal.refused(t, code, {"most": 200, "got": 65_000})


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "welcome": lambda t: welcome(t, WelcomeState(practice=PRACTICE, name="Dora")),
    "welcome: extreme": lambda t: welcome(t, WelcomeState(practice=LONG_NAME, name=EXTREME_NAMES[1])),
    "welcome: not agreed": not_agreed,
    "zone: first": lambda t: zone.ask_zone(
        t, zone.ZoneState(practice_zone="America/New_York", now=NOW, first=True)
    ),
    "zone: change": lambda t: zone.ask_zone(
        t,
        zone.ZoneState(practice_zone="America/Argentina/ComodRivadavia", now=NOW, draft=2**63 - 1),
    ),
    "zone: location": zone.share_location,
    "zone: located": lambda t: zone.located(t, NOW),
    **{
        f"zone: {region}": lambda t, region=region: zone.region(  # type: ignore[misc]
            t, zone.RegionState(region=region, zones=zones_of(region, t.locale), now=NOW, draft=2**63 - 1)
        )
        for region in Region
    },
    "zone: found": lambda t: zone.matches(
        t, zone.MatchesState(typed="united", zones=search("united", t.locale), now=NOW)
    ),
    "zone: not found": lambda t: zone.matches(t, zone.MatchesState(typed="x" * 4000, zones=(), now=NOW)),
    "home": lambda t: menu(t, HomeState(practice=PRACTICE, name="Dora", upcoming=2, next_session=ENTRY)),
    "home: admin": lambda t: menu(t, HomeState(practice=PRACTICE, name="Ada", admin=True)),
    "home: new": lambda t: menu(t, HomeState(practice=PRACTICE, name="Dora")),
    "home: everything": lambda t: menu(
        t,
        HomeState(
            practice=LONG_NAME,
            name=EXTREME_NAMES[2],
            upcoming=1234,
            next_session=ENTRY,
            programs=tuple(
                programs.ProgressState(program_id=n, title=name, remaining=12)
                for n, name in enumerate(EXTREME_NAMES)
            ),
            counselor_id=2**63 - 1,
            requests=1234,
            admin=True,
        ),
    ),
    "settings": lambda t: settings(t, SettingsState(reminders=True, now=NOW)),
    "settings: no reminders": lambda t: settings(t, SettingsState(reminders=False, now=NOW)),
    "settings: languages": languages,
    "program: not enrolled": lambda t: programs.not_enrolled(t, PROGRAM),
    "program: code": lambda t: programs.ask_code(
        t, programs.ProgramState(program_id=3, title=EXTREME_NAMES[1])
    ),
    "program: enrolled": lambda t: programs.enrolled(t, PROGRESS),
    "program: later": lambda t: programs.scheduled_later(t, PROGRESS),
    "program: stopped": lambda t: programs.nudges_stopped(
        t, programs.ProgressState(program_id=3, title=LONG_NAME, remaining=0)
    ),
    "admin: claimed": lambda t: admin.claimed(t, PRACTICE),
    "admin: invites": lambda t: admin.invites(t, COUNSELORS + EXTREME_COUNSELORS),
    "admin: all connected": lambda t: admin.invites(t, ()),
    "admin: invite link": lambda t: admin.invite_link(t, INVITE),
    "counselor: joined": lambda t: admin.joined(t, EXTREME_NAMES[2]),
    "explain: pick": lambda t: explain.pick_counselor(t, COUNSELORS),
    "explain: pick, extreme": lambda t: explain.pick_counselor(t, EXTREME_COUNSELORS * 4, page=1),
    "explain: pick, nobody": lambda t: explain.pick_counselor(t, ()),
    "explain: ask": lambda t: explain.ask(t, ASKED),
    "explain: ask, the admin": lambda t: explain.ask(t, replace(ASKED, menu=True)),
    "explain: offered": lambda t: explain.answer(t, ASKED, START, None),
    **{f"explain: {reason}": explained(reason) for reason in Reason},
    **{f"refused: {code}": refused(code) for code in refusal.WORDS},
    "refused: unheard of": refused("unheard_of"),
    "refused: on our side": lambda t: refusal.failed(t, ShowMonth(5)),
    "refused: unknown text": refusal.unknown_text,
    "refused: too long": lambda t: refusal.too_long(t, 200, 65_000, ShowDetails(5)),
    "refused: date not understood": lambda t: refusal.date_not_understood(t, Home()),
}
