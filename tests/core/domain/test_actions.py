"""Who may do what with a booking: the whole table, and everything else that must hold."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from core.domain.actions import (
    ALLOWED,
    CONDITIONS,
    CORRECTABLE,
    START_EARLY,
    Action,
    Case,
    Party,
    actions,
    refusal,
    require,
)
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict
from core.domain.policy import Policy
from core.domain.review import EDITABLE
from core.domain.session_type import Location
from core.domain.side import Side
from tests.core.domain.action_table import LETTERS, TABLE
from tests.core.domain.booking_examples import MADE, START, a_booking
from tests.core.domain.situations import AFTER, PROPOSAL, REPORT, REVIEW, favourable

INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_the_table_is_exactly_this() -> None:
    assert as_table() == [line.split() for line in TABLE.strip().splitlines()]


def as_table() -> list[list[str]]:
    """What is allowed in favourable cases, written as above."""
    rows = [[status.value for status in Status]]
    for action in Action:
        cells = ["".join(letter(action, status, party) for party in Party) or "." for status in Status]
        rows.append([action.value, *cells])
    return rows


def letter(action: Action, status: Status, party: Party) -> str:
    code = refusal(action, favourable(action, status, party))
    assert code in (None, "moved_on"), f"{action} by {party}: the case is not favourable but {code}"
    return "" if code else LETTERS[party]


def test_both_tables_name_every_action() -> None:
    assert set(ALLOWED) == set(Action)
    assert set(CONDITIONS) <= set(Action)


def a_case(
    party: Party,
    *,
    now: datetime = MADE,
    booking: Booking | None = None,
    status: Status = Status.CONFIRMED,
    **more: object,
) -> Case:
    policy = Policy(chosen=more.pop("policy", {}))  # type: ignore[arg-type]
    standing = booking or a_booking(status=status)
    return Case(booking=standing, party=party, now=now, policy=policy, **more)  # type: ignore[arg-type]


client, counselor, admin = (partial(a_case, party) for party in Party)
DONE = Status.COMPLETED
ASKED = a_booking(expires_at=MADE + HOUR)
BY_CLIENT = replace(PROPOSAL, opened_by=Side.CLIENT, asked_by=Side.CLIENT)
LAST = replace(PROPOSAL, counters=3)
COUNTERED_BY_CLIENT = replace(PROPOSAL, asked_by=Side.CLIENT)
COUNTERED_BY_COUNSELOR = replace(BY_CLIENT, asked_by=Side.COUNSELOR)
MOVED_BY_COUNSELOR = a_booking(counselor_reschedules=2)
SETTLED, SETTLED_UNTIL = a_booking(status=DONE, closed_at=AFTER), AFTER + CORRECTABLE
IN_PERSON = a_booking(status=Status.CONFIRMED, location=Location.IN_PERSON)
ABSENT = a_booking(status=Status.NO_SHOW, absent=Side.COUNSELOR)
EDITABLE_UNTIL = AFTER + EDITABLE
ANSWERED, HIDDEN = replace(REVIEW, answer="Thanks"), replace(REVIEW, hidden_reason="Rude.")

REFUSED: dict[Action, list[tuple[str, Case, str | None]]] = {
    Action.APPROVE: [
        ("not asked", client(booking=ASKED), "not_your_turn"),
        ("new time on offer", counselor(booking=ASKED, proposal=PROPOSAL), "proposal_open"),
        ("in time", counselor(booking=ASKED, now=MADE + HOUR - INSTANT), None),
        ("too late", counselor(booking=ASKED, now=MADE + HOUR), "request_expired"),
    ],
    Action.DECLINE: [
        ("too late", counselor(booking=ASKED, now=MADE + HOUR), "request_expired"),
    ],
    Action.CANCEL: [
        ("client in time", client(now=START - 2 * HOUR - INSTANT), None),
        ("client too late", client(now=START - 2 * HOUR), "cancellation_cutoff"),
        (
            "client's own cutoff",
            client(now=START - HOUR, policy={"cancellation_cutoff_hours": 1}),
            "cancellation_cutoff",
        ),
        ("counselor in time", counselor(now=START - INSTANT), None),
        ("counselor too late", counselor(now=START), "started"),
        ("admin in time", admin(now=START - INSTANT), None),
        ("admin too late", admin(now=START), "started"),
        ("while a new time is on offer", client(proposal=BY_CLIENT), None),
    ],
    Action.RESCHEDULE: [
        ("client in time", client(now=START - 4 * HOUR - INSTANT), None),
        ("client too late", client(now=START - 4 * HOUR), "reschedule_cutoff"),
        ("counselor in time", counselor(now=START - 2 * HOUR - INSTANT), None),
        ("counselor too late", counselor(now=START - 2 * HOUR), "reschedule_cutoff"),
        ("admin for whoever still may", admin(now=START - 3 * HOUR), None),
        (
            "admin for the client, too late",
            admin(now=START - 3 * HOUR, acting_for=Side.CLIENT),
            "reschedule_cutoff",
        ),
        ("one left", client(booking=a_booking(client_reschedules=1)), None),
        ("none left", client(booking=a_booking(client_reschedules=2)), "no_moves_left"),
        ("the other's are none of one's own", client(booking=MOVED_BY_COUNSELOR), None),
        ("already on offer", client(proposal=BY_CLIENT), "proposal_open"),
        ("a request in time", client(booking=ASKED, now=MADE + HOUR - INSTANT), None),
        ("a request that has lapsed", client(booking=ASKED, now=MADE + HOUR), "request_expired"),
        ("counselor has left", client(counselor_active=False), "counselor_not_found"),
    ],
    Action.JOIN: [
        ("too early", client(now=START - 15 * MINUTE - INSTANT), "meeting_not_open"),
        ("in time", client(now=START - 15 * MINUTE), None),
        ("too late", counselor(now=START + 75 * MINUTE), "meeting_over"),
        ("not online", client(now=START, booking=IN_PERSON), "not_online"),
    ],
    Action.ACCEPT_TIME: [
        ("nothing on offer", client(), "proposal_closed"),
        ("one's own", client(proposal=BY_CLIENT), "not_your_turn"),
        ("in time", client(proposal=PROPOSAL, now=PROPOSAL.expires_at - INSTANT), None),
        ("too late", client(proposal=PROPOSAL, now=PROPOSAL.expires_at), "proposal_expired"),
    ],
    Action.COUNTER: [
        ("last round", client(proposal=replace(PROPOSAL, counters=2)), None),
        ("too many rounds", client(proposal=LAST), "too_many_rounds"),
        ("as many as the policy has it", client(proposal=LAST, policy={"max_counter_proposals": 4}), None),
        ("one's own", counselor(proposal=PROPOSAL), "not_your_turn"),
    ],
    Action.KEEP_TIME: [
        ("one's own", counselor(proposal=PROPOSAL), "not_your_turn"),
        ("after the last round", client(proposal=LAST), None),
    ],
    Action.WITHDRAW: [
        ("nothing on offer", client(), "proposal_closed"),
        ("the other's", client(proposal=PROPOSAL), "not_your_turn"),
    ],
    Action.CANCEL_INSTEAD: [
        ("nothing on offer", client(), "proposal_closed"),
        ("the client began", client(proposal=COUNTERED_BY_COUNSELOR), "proposal_closed"),
        ("after a counter", client(proposal=COUNTERED_BY_CLIENT), "not_your_turn"),
        (
            "past the usual cutoff",
            client(proposal=replace(PROPOSAL, expires_at=START), now=START - HOUR),
            None,
        ),
    ],
    Action.START: [
        ("early enough", counselor(now=START - START_EARLY), None),
        ("too early", counselor(now=START - START_EARLY - INSTANT), "too_early"),
    ],
    Action.COMPLETE: [
        ("begun", counselor(now=START), None),
        ("not begun", counselor(now=START - INSTANT), "too_early"),
        ("the client has spoken", counselor(now=AFTER, report=REPORT), "reported"),
    ],
    Action.NO_SHOW: [
        ("corrected in time", counselor(booking=SETTLED, now=SETTLED_UNTIL - INSTANT), None),
        ("corrected too late", counselor(booking=SETTLED, now=SETTLED_UNTIL), "too_late"),
    ],
    Action.REPORT_NO_SHOW: [
        ("twice", client(now=AFTER, report=REPORT), "reported"),
        ("said already", client(booking=ABSENT, now=AFTER), "moved_on"),
        ("not begun", client(now=START - INSTANT), "too_early"),
    ],
    Action.ANSWER_REPORT: [
        ("none", counselor(now=AFTER), "report_closed"),
    ],
    Action.DECIDE_REPORT: [
        ("nobody disagrees", admin(now=AFTER, report=REPORT), "report_closed"),
    ],
    Action.REVIEW: [
        ("changed in time", client(status=DONE, now=EDITABLE_UNTIL - INSTANT, review=REVIEW), None),
        ("changed too late", client(status=DONE, now=EDITABLE_UNTIL, review=REVIEW), "review_closed"),
    ],
    Action.ANSWER_REVIEW: [
        ("none", counselor(status=DONE), "review_not_found"),
        ("twice", counselor(status=DONE, review=ANSWERED), "review_answered"),
    ],
    Action.HIDE_REVIEW: [
        ("none", admin(status=DONE), "review_not_found"),
        ("twice", admin(status=DONE, review=HIDDEN), "review_hidden"),
    ],
    Action.SHOW_REVIEW: [
        ("none", admin(status=DONE), "review_not_found"),
        ("not hidden", admin(status=DONE, review=REVIEW), "review_shown"),
    ],
    Action.BOOK_AGAIN: [
        ("counselor has left", client(counselor_active=False), "counselor_not_found"),
    ],
}


@pytest.mark.parametrize(
    ("action", "case", "code"),
    [
        pytest.param(action, case, code, id=f"{action}: {what}")
        for action, each in REFUSED.items()
        for what, case, code in each
    ],
)
def test_what_must_hold_beside_the_status(action: Action, case: Case, code: str | None) -> None:
    assert refusal(action, case) == code
    assert (action in actions(case)) is (code is None)
    if code is None:
        require(action, case)
        return
    with pytest.raises(Conflict, match=rf"^{code}$") as refused:
        require(action, case)
    assert refused.value.details == {"booking_id": 7, "status": case.booking.status}


def test_every_condition_refuses_something_here() -> None:
    refusing = {action for action, each in REFUSED.items() if any(code for *_, code in each)}
    assert refusing == set(CONDITIONS)


def test_the_admin_is_on_the_counselor_s_side_unless_it_is_said_otherwise() -> None:
    sides = [admin(acting_for=side).side for side in (None, Side.CLIENT, Side.COUNSELOR)]
    assert sides == [Side.COUNSELOR, Side.CLIENT, Side.COUNSELOR]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("party", Party)
def test_all_that_may_be_done_is_what_is_not_refused(status: Status, party: Party) -> None:
    case = a_case(party, status=status)
    assert actions(case) == {action for action in Action if refusal(action, case) is None}
