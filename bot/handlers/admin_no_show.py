"""No-show reports on which the two sides disagree: the admin's list, and the decision."""

from dataclasses import replace

from bot.callbacks import DecideDispute, Disputes, ShowDispute
from bot.screens.admin_no_show import DisputeEntry, DisputesState, DisputeState, dispute, disputes
from bot.screens.refusal import words
from bot.turn import Reply, Turn
from core.domain.access import require
from core.domain.errors import Conflict
from core.domain.person import Role


async def show_disputes(turn: Turn, tap: Disputes) -> Reply:
    """A page of what waits."""
    found = await turn.core.no_shows.disputes(turn.actor, tap.page)
    entries = tuple(
        DisputeEntry(
            booking_id=each.report.booking_id,
            client=each.client_name,
            counselor=each.counselor_name,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
        )
        for each in found.lines
    )
    return Reply(
        screen=disputes(turn.texts, DisputesState(entries=entries, page=found.page, total=found.total))
    )


async def show_dispute(turn: Turn, tap: ShowDispute) -> Reply:
    """What the two sides say, as it stands now."""
    require(turn.actor, Role.ADMIN)
    found = await turn.core.no_shows.details(turn.actor, tap.booking_id)
    state = DisputeState(
        report=found.report,
        booking=found.booking,
        session_type=found.session_type.title,
        client=found.client.name,
        counselor=found.counselor.name,
    )
    return Reply(screen=dispute(turn.texts, state))


async def decide_dispute(turn: Turn, tap: DecideDispute) -> Reply:
    """Keep the decision; where something has changed since, show what the two sides say now."""
    toast: str | None = None
    try:
        await turn.core.no_shows.decide(turn.actor, tap.booking_id, tap.version, tap.outcome)
    except Conflict as refused:
        toast = words(turn.texts, refused.code)
    reply = await show_dispute(turn, ShowDispute(tap.booking_id))
    return replace(reply, toast=toast, alert=toast is not None)
