"""Why a time is not offered, asked by the counselor or the admin."""

from datetime import timedelta

from bot.callbacks import AskExplain, ExplainMenu
from bot.drafts import Asking, Draft
from bot.handlers.wizard import Run, start_run
from bot.screens.explain import ExplainState, answer, ask, pick_counselor
from bot.screens.refusal import date_not_understood
from bot.turn import Reply, Turn
from bot.typed_time import understand
from core.domain.access import SYSTEM
from core.domain.errors import Forbidden, NotFound
from core.domain.person import Role
from core.domain.zones import instants_at, wall_time

FURTHEST = timedelta(days=3660)
"""A date after that is no question about a booking, and the calendar ends somewhere."""


async def ask_explain(turn: Turn, tap: AskExplain) -> Reply:
    """Wait for a date and time."""
    counselor = turn.practice.counselor(tap.counselor_id)
    if counselor.person_id != turn.person.id and not turn.person.has(Role.ADMIN):
        raise Forbidden("not_yours")
    kinds = turn.practice.offered_by(counselor.id)
    chosen = [each for each in kinds if tap.session_type_id in (None, each.id)]
    if not chosen:
        raise NotFound("session_type_not_found")
    draft = Draft(counselor_id=counselor.id, session_type_id=chosen[0].id, wizard=False)
    run = await start_run(turn, draft.with_(minutes=chosen[0].durations[0], asking=Asking.EXPLAIN))
    return run.reply(ask(turn.texts, _state(run)))


async def explain_menu(turn: Turn, tap: ExplainMenu) -> Reply:
    """The admin picks whose time it is about."""
    if not turn.person.has(Role.ADMIN):
        raise Forbidden("not_yours")
    counselors = tuple(turn.practice.bookable_counselors())
    return Reply(screen=pick_counselor(turn.texts, counselors, tap.page))


async def explain_command(turn: Turn) -> Reply:
    """`/why`: counselors ask about their own times, the admin picks whose."""
    counselor = turn.practice.counselor_of_person(turn.person.id)
    if counselor is None:
        return await explain_menu(turn, ExplainMenu())
    return await ask_explain(turn, AskExplain(counselor.id))


async def typed_moment(run: Run) -> Reply:
    """Answer for the typed time, on the asker's clock."""
    turn = run.turn
    today = wall_time(turn.now, turn.zone)
    typed = understand(turn.text, today, turn.texts.locale)
    again = AskExplain(run.wanted.counselor_id)
    if typed is None or typed.clock is None:
        return run.reply(date_not_understood(turn.texts, again))
    day = typed.day or today.date()
    near = day <= today.date() + FURTHEST
    starts = instants_at(today.combine(day, typed.clock), turn.zone) if near else ()
    if not starts:
        return run.reply(date_not_understood(turn.texts, again))
    refusal = await turn.core.offers.why_not(SYSTEM, run.wanted, starts[0])
    return run.reply(answer(turn.texts, _state(run), starts[0], refusal))


def _state(run: Run) -> ExplainState:
    chosen = run.chosen()
    return ExplainState(
        counselor_id=run.wanted.counselor_id,
        counselor=chosen.counselor,
        session_type=chosen.session_type,
        minutes=chosen.minutes,
        menu=run.turn.person.has(Role.ADMIN),
    )
