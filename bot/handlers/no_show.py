"""No-show reports: the client says so, the counselor answers."""

from bot.callbacks import (
    AskReport,
    AskReportAnswer,
    ReportMenu,
    SendReport,
    SendReportAnswer,
    ShowReport,
)
from bot.drafts import Asking
from bot.handlers.bookings import card_of
from bot.handlers.question import ask, asked_about, heard, stop_asking
from bot.handlers.wizard import Run
from bot.screens.no_show import ReportState, report_card
from bot.screens.no_show_ask import AskState, ask_report, ask_report_answer, report_menu
from bot.turn import Reply, Turn
from core.domain.actions import Action, Party, require
from core.domain.errors import Conflict
from core.domain.outcome import Outcome
from core.domain.side import Side
from core.services.listing import BookingDetails
from core.services.no_show import claims
from core.services.running import check_seen


async def menu(turn: Turn, tap: ReportMenu) -> Reply:
    """What the client may say; what they were about to write is no longer waited for."""
    await stop_asking(turn)
    found = await _reportable(turn, tap.booking_id, tap.version)
    return Reply(screen=report_menu(turn.texts, _asking(found), claims(found.booking)))


async def ask_for_report(turn: Turn, tap: AskReport) -> Reply:
    """Wait for the client's words."""
    found = await _reportable(turn, tap.booking_id, tap.version)
    if tap.claim not in claims(found.booking):
        raise Conflict("moved_on", booking_id=tap.booking_id)
    run = await ask(turn, Asking.REPORT, tap.booking_id, seen=tap.version, outcome=tap.claim)
    return run.reply(ask_report(turn.texts, _asking(found), tap.claim))


async def send_report(turn: Turn, tap: SendReport) -> Reply:
    """The report without words."""
    await turn.core.no_shows.report(turn.actor, tap.booking_id, tap.version, tap.claim)
    await stop_asking(turn)
    return await report_reply(turn, tap.booking_id)


async def typed_report(run: Run) -> Reply:
    """The report with words."""
    turn, booking_id = run.turn, asked_about(run)
    claim = run.draft.outcome or Outcome.COUNSELOR_ABSENT
    words = turn.text.strip()
    run = await heard(run, turn.core.no_shows.report(turn.actor, booking_id, run.draft.seen, claim, words))
    return run.reply(report_card(turn.texts, await _state(turn, booking_id)))


async def show_report(turn: Turn, tap: ShowReport) -> Reply:
    """The report as it stands, for either side; the admin has a card of their own."""
    await stop_asking(turn)
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    if found.case.party is Party.ADMIN:
        return await card_of(turn, found)
    return await report_reply(turn, tap.booking_id)


async def ask_for_answer(turn: Turn, tap: AskReportAnswer) -> Reply:
    """Wait for the counselor's words."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.ANSWER_REPORT, found.case)
    state = await _state(turn, tap.booking_id)
    check_seen(found.booking, tap.version, state.report.version)
    run = await ask(turn, Asking.REPORT_ANSWER, tap.booking_id, seen=tap.version, outcome=tap.outcome)
    return run.reply(ask_report_answer(turn.texts, state, tap.outcome))


async def send_answer(turn: Turn, tap: SendReportAnswer) -> Reply:
    """The answer without words."""
    await turn.core.no_shows.answer(turn.actor, tap.booking_id, tap.version, tap.outcome)
    await stop_asking(turn)
    return await report_reply(turn, tap.booking_id)


async def typed_answer(run: Run) -> Reply:
    """The answer with words."""
    turn, booking_id = run.turn, asked_about(run)
    outcome = run.draft.outcome or Outcome.TOOK_PLACE
    words = turn.text.strip()
    run = await heard(run, turn.core.no_shows.answer(turn.actor, booking_id, run.draft.seen, outcome, words))
    return run.reply(report_card(turn.texts, await _state(turn, booking_id)))


async def report_reply(turn: Turn, booking_id: int) -> Reply:
    """The report as the viewer's side sees it."""
    return Reply(screen=report_card(turn.texts, await _state(turn, booking_id)))


async def _reportable(turn: Turn, booking_id: int, version: int) -> BookingDetails:
    found = await turn.core.listing.look(turn.actor, booking_id)
    require(Action.REPORT_NO_SHOW, found.case)
    check_seen(found.booking, version, found.booking.version)
    return found


def _asking(found: BookingDetails) -> AskState:
    return AskState(booking=found.booking, session_type=found.session_type.title, other=found.counselor.name)


async def _state(turn: Turn, booking_id: int) -> ReportState:
    found = await turn.core.no_shows.details(turn.actor, booking_id)
    mine = found.client.id == turn.person.id
    return ReportState(
        report=found.report,
        booking=found.booking,
        session_type=found.session_type.title,
        other=found.counselor.name if mine else found.client.name,
        side=Side.CLIENT if mine else Side.COUNSELOR,
    )
