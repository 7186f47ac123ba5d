"""A series: all its sessions, and the counselor's answer to its requests."""

from bot.callbacks import ApproveSeries, DeclineSeries, DeclineSeriesMenu, ShowSeries
from bot.screens.series_card import (
    SeriesState,
    approved_toast,
    decline_series,
    declined_toast,
    series_card,
)
from bot.turn import Reply, Turn
from core.domain.errors import Conflict


async def show_series(turn: Turn, tap: ShowSeries) -> Reply:
    """Every session as it stands now."""
    return await series_reply(turn, tap.series_id)


async def approve_series(turn: Turn, tap: ApproveSeries) -> Reply:
    """The counselor says yes to all."""
    answered = await turn.core.series.approve(turn.actor, tap.series_id, tap.edition)
    return await series_reply(turn, tap.series_id, approved_toast(turn.texts, len(answered)))


async def decline_series_menu(turn: Turn, tap: DeclineSeriesMenu) -> Reply:
    """Ask for the reason, while the requests still stand as they were seen."""
    state = await _state(turn, tap.series_id)
    first = state.bookings[0]
    if not state.waiting:
        raise Conflict("moved_on", booking_id=first.id)
    if state.seen != tap.edition:
        raise Conflict("stale", booking_id=state.waiting[0].id)
    return Reply(screen=decline_series(turn.texts, state))


async def decline_series_for(turn: Turn, tap: DeclineSeries) -> Reply:
    """The counselor says no to all."""
    answered = await turn.core.series.decline(turn.actor, tap.series_id, tap.edition, tap.reason)
    return await series_reply(turn, tap.series_id, declined_toast(turn.texts, len(answered)))


async def series_reply(turn: Turn, series_id: int, toast: str | None = None) -> Reply:
    """The series as the reader may see it."""
    return Reply(screen=series_card(turn.texts, await _state(turn, series_id)), toast=toast)


async def _state(turn: Turn, series_id: int) -> SeriesState:
    bookings = await turn.core.series.look(turn.actor, series_id)
    found = await turn.core.listing.look(turn.actor, bookings[0].id)
    return SeriesState(
        bookings=tuple(bookings),
        party=found.case.party,
        session_type=found.session_type.title,
        counselor=found.counselor.name,
        client=found.client.name,
        now=turn.now,
        client_zone=found.client.zone,
    )
