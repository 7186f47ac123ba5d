"""Saying where one is; afterwards everything goes on where it was."""

from dataclasses import replace

from bot.callbacks import SetZone, ZoneLocation, ZoneMenu, ZonePractice, ZoneRegion
from bot.drafts import Asking, Draft, load
from bot.handlers.booking_steps import resume
from bot.handlers.settings import settings_reply
from bot.handlers.start import arrived, go_on
from bot.handlers.wizard import Run, open_run, start_run
from bot.screens.screen import Screen
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
from bot.screens.zone_list import search, zones_of
from bot.turn import Reply, Turn
from core.kit.geography import zone_at


async def zone_menu(turn: Turn, tap: ZoneMenu) -> Reply:
    """The ways to say where one is; a city may be typed from now on."""
    if tap.draft is not None:
        run = await (await open_run(turn, tap.draft)).keep(asking=Asking.ZONE)
        first = not run.draft.wizard
    else:
        first = turn.person.zone is None
        run = await start_run(turn, Draft(asking=Asking.ZONE, wizard=False, link=await _link(turn)))
    state = ZoneState(practice_zone=turn.practice.zone, now=turn.now, draft=tap.draft, first=first)
    return run.reply(ask_zone(turn.texts, state))


async def zone_region(turn: Turn, tap: ZoneRegion) -> Reply:
    """A page of a region's cities."""
    zones = zones_of(tap.region, turn.texts.locale)
    state = RegionState(region=tap.region, zones=zones, now=turn.now, page=tap.page, draft=tap.draft)
    return Reply(screen=region(turn.texts, state))


async def zone_location(turn: Turn, _: ZoneLocation) -> Reply:
    """Show the key that shares the phone's location."""
    return Reply(screen=share_location(turn.texts), fresh=True)


async def zone_practice(turn: Turn, tap: ZonePractice) -> Reply:
    """The same zone as the practice."""
    return await set_zone(turn, SetZone(turn.practice.zone, tap.draft))


async def set_zone(turn: Turn, tap: SetZone) -> Reply:
    """Use this zone from now on."""
    first = turn.person.zone is None
    run = await open_run(turn, tap.draft) if tap.draft is not None else None
    turn = turn.as_person(await turn.core.people.set_zone(turn.actor, tap.zone))
    toast = zone_set(turn.texts, turn.now)
    if run is not None:
        run = replace(run, turn=turn)
        return replace(await (resume(run) if run.draft.wizard else arrived(run)), toast=toast)
    reply = await go_on(turn) if first else settings_reply(turn)
    return replace(reply, toast=toast)


async def place_shared(turn: Turn, latitude: float, longitude: float) -> Reply:
    """The zone of a shared location; the location itself is not kept."""
    first = turn.person.zone is None
    turn = turn.as_person(await turn.core.people.set_zone(turn.actor, zone_at(latitude, longitude)))
    said: Screen = located(turn.texts, turn.now)
    row = await turn.core.drafts.latest(turn.actor)
    draft = load(row.payload) if row else None
    if row and draft and draft.wizard and draft.asking is Asking.ZONE:
        reply = await resume(Run(turn=turn, row=row, draft=draft))
    else:
        reply = await go_on(turn) if first else settings_reply(turn)
    return replace(reply, before=said)


async def typed_city(run: Run) -> Reply:
    """The zones that the typed name may mean."""
    turn = run.turn
    draft_id = run.id if run.draft.wizard or turn.person.zone is None else None
    found = search(turn.text, turn.texts.locale)
    state = MatchesState(typed=turn.text, zones=found, now=turn.now, draft=draft_id)
    return run.reply(matches(turn.texts, state))


async def _link(turn: Turn) -> str:
    row = await turn.core.drafts.latest(turn.actor)
    return load(row.payload).link if row else ""
