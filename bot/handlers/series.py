"""Repeating the session that is held: how often, each date, and booking all of them."""

from dataclasses import replace
from datetime import datetime

from bot.callbacks import (
    BookSeries,
    RepeatMenu,
    RepeatTimes,
    RepeatUntil,
    SkipDate,
    TakeInstead,
)
from bot.drafts import Asking
from bot.handlers.booking_confirm import count_attempt
from bot.handlers.booking_details import held
from bot.handlers.series_card import series_reply
from bot.handlers.wizard import Run, open_run
from bot.screens.refusal import date_not_understood, words
from bot.screens.series import (
    PlanState,
    RepeatState,
    SeriesDoneState,
    plan,
    repeat_menu,
    repeat_until,
    series_done,
)
from bot.turn import Reply, Turn
from bot.typed_time import understand
from core.domain.booking import Status
from core.domain.errors import Conflict
from core.domain.series import MOST, Plan, Repeat, Rhythm, occurrences
from core.domain.zones import wall_time, zone


async def show_repeat(turn: Turn, tap: RepeatMenu) -> Reply:
    """Ask how often."""
    run = await _open(turn, tap.draft)
    run = await run.keep(plan=None, fortnightly=tap.fortnightly, asking=None)
    return run.reply(repeat_menu(turn.texts, await _repeat(run)))


async def show_until(turn: Turn, tap: RepeatUntil) -> Reply:
    """Ask for the last date; it may be typed."""
    run = await (await _open(turn, tap.draft)).keep(fortnightly=tap.fortnightly, asking=Asking.UNTIL)
    return run.reply(repeat_until(turn.texts, await _repeat(run)))


async def repeat_times(turn: Turn, tap: RepeatTimes) -> Reply:
    """So many sessions: look at each date."""
    run = await _open(turn, tap.draft)
    rhythm = Rhythm.FORTNIGHTLY if tap.fortnightly else Rhythm.WEEKLY
    chosen = Plan(repeat=Repeat(rhythm=rhythm, times=tap.times))
    return await _plan_step(await run.keep(plan=chosen, fortnightly=tap.fortnightly, asking=None))


async def typed_until(run: Run) -> Reply:
    """The last session is the one before or on the typed date, on the client's calendar."""
    turn = run.turn
    typed = understand(turn.text, wall_time(turn.now, turn.zone), turn.texts.locale)
    again = RepeatUntil(run.id, run.draft.fortnightly)
    if typed is None or typed.day is None:
        return run.reply(date_not_understood(turn.texts, again))
    state = await _repeat(run)
    where = zone(turn.zone)
    times = 1 + sum(each.astimezone(where).date() <= typed.day for each in state.dates)
    return await repeat_times(turn, RepeatTimes(run.id, times, run.draft.fortnightly))


async def take_instead(turn: Turn, tap: TakeInstead) -> Reply:
    """Another start for one of the dates."""
    run = await _open(turn, tap.draft)
    chosen = _chosen(run)
    other = {**chosen.other, tap.number: tap.start}
    return await _plan_step(await run.keep(plan=_with(chosen, other, chosen.skipped - {tap.number})))


async def skip_date(turn: Turn, tap: SkipDate) -> Reply:
    """Leave one of the dates out."""
    run = await _open(turn, tap.draft)
    chosen = _chosen(run)
    other = {number: start for number, start in chosen.other.items() if number != tap.number}
    return await _plan_step(await run.keep(plan=_with(chosen, other, chosen.skipped | {tap.number})))


async def book_series(turn: Turn, tap: BookSeries) -> Reply:
    """Book all; where a date has gone meanwhile, show what is in the way. Tapping twice books once."""
    run = await _open(turn, tap.draft)
    if run.draft.hold_id is None:
        raise Conflict("hold_expired")
    await count_attempt(run)
    try:
        made = await turn.core.series.book(turn.actor, run.draft.hold_id, _chosen(run), run.draft.details)
    except Conflict as conflict:
        if conflict.code != "series_clash":
            raise
        return replace(await _plan_step(run), toast=words(turn.texts, conflict.code), alert=True)
    await run.keep(booked_id=made[0].id, asking=None)
    first = made[0]
    if first.series_id is not None and first.status not in {Status.PENDING, Status.CONFIRMED}:
        return await series_reply(turn, first.series_id)
    state = SeriesDoneState(
        bookings=tuple(made),
        counselor=turn.practice.counselor(first.counselor_id).name,
        session_type=turn.practice.session_type(first.session_type_id).title,
    )
    return run.reply(series_done(turn.texts, state))


async def _open(turn: Turn, draft_id: int) -> Run:
    """The run whose time is held. Conflict `hold_expired`, or `draft_incomplete` if it books otherwise."""
    run = await open_run(turn, draft_id)
    if run.draft.client_id is not None or run.draft.moving is not None:
        raise Conflict("draft_incomplete")
    held(run)
    return run


async def _repeat(run: Run) -> RepeatState:
    room = await run.turn.core.series.room(run.turn.actor, run.draft.hold_id or 0)
    rhythm = Rhythm.FORTNIGHTLY if run.draft.fortnightly else Rhythm.WEEKLY
    most = room[rhythm]
    return RepeatState(
        held=held(run), fortnightly=run.draft.fortnightly, most=most, dates=_dates(run, rhythm, most)
    )


def _dates(run: Run, rhythm: Rhythm, most: int) -> tuple[datetime, ...]:
    """When the sessions after the first would be, as far as clocks show that time."""
    if most < 2:
        return ()
    where = run.turn.practice.counselor(run.wanted.counselor_id).zone
    repeat = Repeat(rhythm=rhythm, times=min(most, MOST))
    found = occurrences(held(run).starts_at, where, repeat)[1:]
    return tuple(each.start or each.wall.replace(tzinfo=zone(where)) for each in found)


async def _plan_step(run: Run) -> Reply:
    """Each date as it stands now."""
    turn = run.turn
    dates = await turn.core.series.preview(turn.actor, run.draft.hold_id or 0, _chosen(run))
    counselor = turn.practice.counselor(run.wanted.counselor_id)
    kind = turn.practice.session_type(run.wanted.session_type_id)
    state = PlanState(
        held=held(run),
        fortnightly=run.draft.fortnightly,
        dates=tuple(dates),
        price=kind.price,
        confirmation=kind.confirmation_with(counselor),
    )
    return run.reply(plan(turn.texts, state))


def _chosen(run: Run) -> Plan:
    if run.draft.plan is None:
        raise Conflict("draft_incomplete")
    return run.draft.plan


def _with(chosen: Plan, other: dict[int, datetime], skipped: frozenset[int]) -> Plan:
    return Plan(repeat=chosen.repeat, other=other, skipped=skipped)
