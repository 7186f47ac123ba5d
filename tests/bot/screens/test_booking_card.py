"""The card of one booking."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import (
    AcceptTime,
    Approve,
    BookAgain,
    Bookings,
    BookSameTime,
    CalendarFile,
    CancelMenu,
    Counter,
    DeclineMenu,
    DeclineReason,
    Home,
    InsteadMenu,
    Join,
    KeepTime,
    Reschedule,
    ShowPrivateNote,
    Tab,
    Withdraw,
)
from bot.screens.booking_card import BUTTONS, TO_CLIENT, CardState, booking_card
from bot.screens.screen import Screen, Tap
from core.domain.actions import Action, Case, Party, actions
from core.domain.booking import Status
from core.domain.money import Money
from core.domain.policy import Policy
from core.domain.session_type import Location
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, in_english, said
from tests.bot.screens.samples.cards import OFFER, THEIRS, called_off, card, case
from tests.bot.screens.samples.people import HOUR, NOW, START, booking
from tests.core.domain.action_table import cells
from tests.core.domain.situations import favourable

CALENDAR = {"Apple, .ics": CalendarFile(42)}
BACK = {"‹ Back": Bookings()}
MOVE, CANCEL = {"🔄 Propose another time": Reschedule(42)}, {"✖️ Cancel the session": CancelMenu(42)}
NOTE = {"🔒 Private note": ShowPrivateNote(42)}
TERMS = (
    "Free cancellation until Mon 2 Nov, 4:00 PM (Berlin time); "
    "after that 50% is refunded, until Tue 3 Nov, 2:00 PM."
)
TOO_LATE = (
    "It is too close to the start to cancel this session. "
    "Ann Example can still call it off: please get in touch."
)
STRICT = Policy(chosen={"max_reschedules": 0, "cancellation_cutoff_hours": 48})
AGAIN = {"📅 Book again": BookAgain(42)}


def shown(state: CardState) -> Screen:
    """The card as somebody in New York reads it."""
    return booking_card(NEW_YORK, state)


def test_the_card_shows_every_field() -> None:
    made = replace(booking(Status.PENDING, note="A note", location=Location.IN_PERSON), client_reschedules=1)
    screen = booking_card(in_english("Europe/Berlin"), card(case(made)))
    assert said(screen) == [
        "Introductory session",
        "🕓 Pending",
        "An answer comes by Tue 3 Nov, 1:02 PM (Berlin time).",
        "🗓 Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "For Ann Example: Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "⏳ Starts in 1 day",
        "👤 Counselor: Ann Example",
        "⏱ 1 h",
        "📍 In person, 12 Example Street, New York",
        "$60.00, pay the counselor",
        "🔔 Reminders on",
        "Made in the chat on Mon 2 Nov, 3:02 PM (Berlin time)",
        "🔖 Reference: K3M9Q2T",
        "💭 Topic: Exam nerves",
        "📝 Note:",
        "A note",
        "🔄 Moved by the client: 1, by the counselor: 0",
        "You may move this session once more, until Tue 3 Nov, 12:00 PM (Berlin time).",
        TERMS,
        "Add to calendar:",
    ]


def test_the_client_may_move_cancel_and_book_again() -> None:
    assert buttons(shown(card(case(), back=Bookings(Tab.PAST, 2)))) == {
        **CALENDAR,
        **MOVE,
        **CANCEL,
        **AGAIN,
        "‹ Back": Bookings(Tab.PAST, 2),
    }


def test_the_counselor_answers_a_request_on_its_card() -> None:
    screen = shown(card(case(booking(Status.PENDING), Party.COUNSELOR)))
    assert buttons(screen) == {
        **CALENDAR,
        "✅ Approve": Approve(42, 1),
        "✖️ Decline": DeclineMenu(42, 1),
        **MOVE,
        **CANCEL,
        **NOTE,
        "‹ Back": Bookings(side=Side.COUNSELOR),
    }
    assert said(screen)[2] == "Please answer by Tue 3 Nov, 7:02 AM (New York time)."


def test_the_admin_sees_both_names_and_goes_back_to_the_menu() -> None:
    screen = shown(card(case(party=Party.ADMIN)))
    assert {"👤 Counselor: Ann Example", "👤 Client: Dora Client"} <= set(said(screen))
    assert buttons(screen)["‹ Back"] == Home()


@pytest.mark.parametrize(
    ("seen", "line", "taps"),
    [
        (
            case(proposal=OFFER),
            "Ann Example has until Tue 3 Nov, 10:00 AM (New York time) to answer.",
            {"↩️ Withdraw the proposal": Withdraw(8, 1), **CANCEL, **AGAIN},
        ),
        (
            case(proposal=THEIRS),
            "Ann Example asks for your answer by Tue 3 Nov, 10:00 AM (New York time).",
            {
                "✅ Accept the new time": AcceptTime(8, 1),
                "🔄 Propose another time": Counter(8, 1),
                "🗓 Keep the old time": KeepTime(8, 1),
                "✖️ Cancel instead": InsteadMenu(8, 1),  # on better terms than the usual way, so alone
                **AGAIN,
            },
        ),
        (
            case(party=Party.COUNSELOR, proposal=OFFER),
            "Dora Client asks for your answer by Tue 3 Nov, 10:00 AM (New York time).",
            {
                "✅ Accept the new time": AcceptTime(8, 1),
                "🔄 Propose another time": Counter(8, 1),
                "🗓 Keep the old time": KeepTime(8, 1),
                **CANCEL,
                **NOTE,
            },
        ),
    ],
    ids=["by the client", "for the client", "for the counselor"],
)
def test_another_time_on_offer_is_told_with_its_answers(
    seen: Case, line: str, taps: dict[str, object]
) -> None:
    screen = shown(card(seen))
    assert said(screen)[2:5] == [
        "🔄 New time proposed: Wed 4 Nov, 3:00–4:00 PM (New York time)",
        line,
        "Until then the session stays where it is.",
    ]
    assert buttons(screen) == {**CALENDAR, **taps, "‹ Back": Bookings(side=seen.side)}


@pytest.mark.parametrize("party", [Party.CLIENT, Party.COUNSELOR])
def test_of_a_session_that_has_begun_nothing_is_said_about_moving_it(party: Party) -> None:
    words = said(shown(card(case(party=party, now=START))))
    assert [each for each in words if "move this session" in each] == []


def test_too_late_to_cancel_is_told_with_what_helps() -> None:
    screen = shown(card(case(now=START - HOUR)))
    assert said(screen)[-3:-1] == [
        "It is too close to the start to move this session.",
        TOO_LATE,
    ]
    assert buttons(screen) == {**CALENDAR, **AGAIN, **BACK}


def test_what_was_cancelled_tells_by_whom_why_and_what_comes_back() -> None:
    screen = shown(card(case(called_off())))
    assert said(screen)[1:6] == [
        "✖️ Cancelled",
        "Cancelled by the client.",
        "Reason: Illness",
        "A cold. Sorry!",
        "↩️ Refund: 50% ($30.00)",
    ]
    assert buttons(screen) == {**AGAIN, **BACK}
    again = buttons(shown(card(case(called_off()), same_time=True)))
    assert again == {"↩️ Book the same time again": BookSameTime(42), **AGAIN, **BACK}
    by_practice = said(shown(card(case(called_off(Side.COUNSELOR)))))
    assert by_practice[2] == "Cancelled by the practice."
    assert by_practice[5] == "↩️ Refund: 100% ($60.00)"


def test_nothing_is_said_of_money_where_there_was_nothing_to_pay() -> None:
    free = replace(called_off(), price=Money(minor=0, currency="USD"))
    assert not any("Refund" in line for line in said(shown(card(case(free)))))


def test_a_decline_tells_its_reason() -> None:
    declined = booking(Status.DECLINED, reason=DeclineReason.FULL)
    screen = shown(card(case(declined)))
    assert said(screen)[2] == "The counselor has no room for more sessions at the moment."
    assert buttons(screen) == {**AGAIN, **BACK}


def test_nobody_books_again_with_a_counselor_who_has_left() -> None:
    assert buttons(shown(card(case(counselor_active=False)))) == {**CALENDAR, **CANCEL, **BACK}


def test_what_happened_is_told_when_it_is_over() -> None:
    over = replace(booking(Status.COMPLETED), started_at=START, ended_at=START + HOUR)
    lines = said(shown(card(case(over, now=START + 9 * HOUR))))
    assert {"Started at 10:00 AM", "Ended at 11:00 AM"} <= set(lines)


LINKS = {Action.JOIN, Action.ADD_TO_CALENDAR}


def test_every_action_has_a_button_or_is_a_link() -> None:
    assert set(BUTTONS) == set(Action) - LINKS


STATUSES = [each for each in Status if each is not Status.HELD]
MOMENTS = st.timedeltas(-timedelta(days=2), timedelta(days=9)).map(lambda ahead: START + ahead)


@given(
    status=st.sampled_from(STATUSES),
    party=st.sampled_from(Party),
    now=MOMENTS,
    proposal=st.sampled_from([None, OFFER, THEIRS, replace(OFFER, counters=3, expires_at=NOW)]),
    active=st.booleans(),
    policy=st.sampled_from([Policy(), STRICT]),
)
def test_a_card_shows_exactly_what_may_be_done(
    status: Status, party: Party, now: datetime, proposal: object, active: bool, policy: Policy
) -> None:
    ahead = status in {Status.PENDING, Status.CONFIRMED}
    seen = case(
        booking(status), party, now=now, proposal=proposal if ahead else None, counselor_active=active
    )
    seen = replace(seen, policy=policy)
    allowed = actions(seen)
    screen = shown(card(seen))
    taps = {each.callback for row in screen.rows for each in row if isinstance(each, Tap)}
    calendar = {CalendarFile(42)} if Action.ADD_TO_CALENDAR in allowed else set()
    wanted = {BUTTONS[each].callback(seen) for each in allowed - LINKS}
    joining = {Join(42)} if Action.JOIN in allowed else set()
    leave = Home() if party is Party.ADMIN else Bookings(side=seen.side)
    assert taps == wanted | joining | calendar | {leave}


@pytest.mark.parametrize("party", Party)
def test_the_card_offers_what_the_table_says_in_every_status(party: Party) -> None:
    for action, status, parties in cells():
        if status is Status.HELD:  # nobody sees a card of it
            continue
        seen = favourable(action, status, party)
        taps = [each for row in shown(card(seen)).rows for each in row if isinstance(each, Tap)]
        better = action is Action.CANCEL and Action.CANCEL_INSTEAD in actions(seen)
        offered = any(is_for(action, seen, each) for each in taps) or better
        assert offered is (party in parties), f"{action} of what is {status}"


def is_for(action: Action, seen: Case, tap: Tap) -> bool:
    """Whether this button of a card does that."""
    if action in LINKS:
        number = seen.booking.id
        return tap.callback == (Join(number) if action is Action.JOIN else CalendarFile(number))
    buttons = {**BUTTONS, **TO_CLIENT} if seen.party is Party.CLIENT else BUTTONS
    button = buttons[action]
    return (tap.label, tap.callback) == (button.label, button.callback(seen))
