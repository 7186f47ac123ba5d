"""The card of one booking: every field, and a button for exactly what the viewer may do now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.callbacks import (
    AcceptTime,
    Approve,
    BookAgain,
    Bookings,
    BookSameTime,
    Callback,
    CancelMenu,
    Counter,
    Decline,
    DeclineMenu,
    DeclineReason,
    Home,
    InsteadMenu,
    KeepTime,
    NoShowMenu,
    ReportMenu,
    Reschedule,
    SetOutcome,
    ShowAnyReview,
    ShowDispute,
    ShowPrivateNote,
    ShowReport,
    ShowReview,
    ShowSeries,
    StartSession,
    Withdraw,
)
from bot.screens.booking_facts import CardState, facts, moves, standing, terms_line
from bot.screens.calendar import calendar_row
from bot.screens.meeting import join_button
from bot.screens.navigation import back
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.session import described
from bot.screens.wording import paragraphs
from core.domain.actions import Action, Case, Party, actions
from core.domain.outcome import Outcome
from core.domain.reschedule import Proposal
from core.kit.i18n import Texts, msgid

__all__ = ["BUTTONS", "ActionButton", "CardState", "action_rows", "booking_card"]


@dataclass(frozen=True, slots=True)
class ActionButton:
    """How an action is offered: the label's msgid, what the tap means, and its colour."""

    label: str
    callback: Callable[[Case], Callback]
    style: Style | None = None


def offer(case: Case) -> Proposal:
    """The open proposal of a case whose actions need one."""
    if case.proposal is None:
        raise ValueError(f"booking {case.booking.id} has no open proposal")
    return case.proposal


def seen(case: Case) -> tuple[int, int]:
    """The booking and its version, as buttons carry them."""
    return case.booking.id, case.booking.version


BUTTONS: Mapping[Action, ActionButton] = {
    Action.START: ActionButton(
        msgid("▶️ Start the session"), lambda case: StartSession(*seen(case)), Style.SUCCESS
    ),
    Action.COMPLETE: ActionButton(
        msgid("✅ It took place"), lambda case: SetOutcome(*seen(case), Outcome.TOOK_PLACE), Style.SUCCESS
    ),
    Action.NO_SHOW: ActionButton(msgid("🚫 Somebody did not come"), lambda case: NoShowMenu(*seen(case))),
    Action.ANSWER_REPORT: ActionButton(
        msgid("✋ Answer the report"), lambda case: ShowReport(case.booking.id), Style.PRIMARY
    ),
    Action.DECIDE_REPORT: ActionButton(
        msgid("⚖️ Decide"), lambda case: ShowDispute(case.booking.id), Style.PRIMARY
    ),
    Action.REVIEW: ActionButton(msgid("⭐ Review"), lambda case: ShowReview(case.booking.id)),
    Action.ANSWER_REVIEW: ActionButton(
        msgid("💬 Answer the review"), lambda case: ShowReview(case.booking.id)
    ),
    Action.HIDE_REVIEW: ActionButton(
        msgid("🙈 Hide the review"), lambda case: ShowAnyReview(case.booking.id)
    ),
    Action.SHOW_REVIEW: ActionButton(
        msgid("👁 Show the review again"), lambda case: ShowAnyReview(case.booking.id)
    ),
    Action.ACCEPT_TIME: ActionButton(
        msgid("✅ Accept the new time"),
        lambda case: AcceptTime(offer(case).id, offer(case).version),
        Style.SUCCESS,
    ),
    Action.COUNTER: ActionButton(
        msgid("🔄 Propose another time"), lambda case: Counter(offer(case).id, offer(case).version)
    ),
    Action.KEEP_TIME: ActionButton(
        msgid("🗓 Keep the old time"), lambda case: KeepTime(offer(case).id, offer(case).version)
    ),
    Action.CANCEL_INSTEAD: ActionButton(
        msgid("✖️ Cancel instead"),
        lambda case: InsteadMenu(offer(case).id, offer(case).version),
        Style.DANGER,
    ),
    Action.WITHDRAW: ActionButton(
        msgid("↩️ Withdraw the proposal"), lambda case: Withdraw(offer(case).id, offer(case).version)
    ),
    Action.APPROVE: ActionButton(
        msgid("✅ Approve"), lambda case: Approve(case.booking.id, case.booking.version), Style.SUCCESS
    ),
    Action.DECLINE: ActionButton(
        msgid("✖️ Decline"), lambda case: DeclineMenu(case.booking.id, case.booking.version), Style.DANGER
    ),
    Action.RESCHEDULE: ActionButton(
        msgid("🔄 Propose another time"), lambda case: Reschedule(case.booking.id)
    ),
    Action.CANCEL: ActionButton(
        msgid("✖️ Cancel the session"), lambda case: CancelMenu(case.booking.id), Style.DANGER
    ),
    Action.NOTE: ActionButton(msgid("🔒 Private note"), lambda case: ShowPrivateNote(case.booking.id)),
    Action.REPORT_NO_SHOW: ActionButton(msgid("✋ Report a problem"), lambda case: ReportMenu(*seen(case))),
    Action.BOOK_AGAIN: ActionButton(msgid("📅 Book again"), lambda case: BookAgain(case.booking.id)),
}
"""Every action as a button, but `JOIN` and `ADD_TO_CALENDAR`, which are links; in the order of the card."""
TO_CLIENT: Mapping[Action, ActionButton] = {
    Action.APPROVE: ActionButton(msgid("✅ Accept"), BUTTONS[Action.APPROVE].callback, Style.SUCCESS),
    Action.DECLINE: ActionButton(
        msgid("✖️ Decline"), lambda case: Decline(*seen(case), DeclineReason.OTHER), Style.DANGER
    ),
}
"""A client who is asked answers by one tap, without a reason."""
BESIDE = {Action.DECLINE: Action.APPROVE}
"""Short ones that share the row of the one before."""
BETTER = {Action.CANCEL: Action.CANCEL_INSTEAD}
"""What is not shown where something else does the same on better terms."""


def booking_card(t: Texts, state: CardState) -> Screen:
    """Everything about a booking."""
    case = state.case
    allowed = actions(case)
    in_calendar = Action.ADD_TO_CALENDAR in allowed
    again = Tap(t("↩️ Book the same time again"), BookSameTime(case.booking.id), Style.PRIMARY)
    return Screen(
        text=paragraphs(
            standing(t, state),
            facts(t, state),
            described(t, case.booking.topic, case.booking.note),
            moves(t, case),
            terms_line(t, state),
            t("Add to calendar:") if in_calendar else None,
        ),
        rows=rows(
            join_button(t, case.booking, state.join) if Action.JOIN in allowed else None,
            calendar_row(t, case.booking, state.session_type, state.other) if in_calendar else None,
            again if state.same_time else None,
            *action_rows(t, case),
            _series(t, case),
            _back(t, state),
        ),
    )


def action_rows(t: Texts, case: Case, among: frozenset[Action] = frozenset(Action)) -> tuple[Row, ...]:
    """The buttons of what may be done now, all of it or only some."""
    allowed = (actions(case) - _together(case)) & among
    buttons = {**BUTTONS, **TO_CLIENT} if case.party is Party.CLIENT else BUTTONS
    found: list[list[Tap]] = []
    for action, button in buttons.items():
        if action in allowed and BETTER.get(action) not in allowed:
            tap = Tap(t(button.label), button.callback(case), button.style)
            if BESIDE.get(action) in allowed:
                found[-1].append(tap)
            else:
                found.append([tap])
    return tuple(map(tuple, found))


def _together(case: Case) -> frozenset[Action]:
    """What is done to a whole series, on its own screen."""
    in_series = case.booking.series_id is not None
    return frozenset({Action.APPROVE, Action.DECLINE}) if in_series else frozenset()


def _series(t: Texts, case: Case) -> Tap | None:
    if case.booking.series_id is None:
        return None
    if Action.APPROVE in actions(case):
        return Tap(
            t("📨 Answer the request for the series"), ShowSeries(case.booking.series_id), Style.PRIMARY
        )
    return Tap(t("🔁 The whole series"), ShowSeries(case.booking.series_id))


def _back(t: Texts, state: CardState) -> Tap:
    own = Home() if state.case.party is Party.ADMIN else Bookings(side=state.case.side)
    return back(t, state.back or own)
