"""Offering another time, and the messages about each step."""

from dataclasses import replace

import pytest

from bot.callbacks import (
    AcceptTime,
    Approve,
    CalendarFile,
    Callback,
    Counter,
    DeclineMenu,
    InsteadMenu,
    Join,
    KeepTime,
    Leave,
    SendOffer,
    ShowBooking,
    ShowTimes,
)
from bot.screens.booking_date import month
from bot.screens.notification import notification_screen
from bot.screens.reschedule import accept_refused, offer
from core.domain.booking import Status
from core.domain.money import Money
from core.domain.notification import Kind, Notification
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, in_english, said
from tests.bot.screens.samples.cards import NEW_START, OFFER, THEIRS
from tests.bot.screens.samples.changes import MOVE, MOVING
from tests.bot.screens.samples.people import ANN, HOUR, INTRO, NOW, booking, person

BERLIN = in_english("Europe/Berlin")
DETAILS = ShowBooking(42)
STAYS = "Until then the session stays at the old time."
REJECTED, WITHDRAWN = ProposalStatus.REJECTED, ProposalStatus.WITHDRAWN
EXPIRED = ProposalStatus.EXPIRED


def about(
    kind: Kind, side: Side, proposal: Proposal = THEIRS, status: Status = Status.CONFIRMED
) -> Notification:
    """A message about another time for the sample booking."""
    return Notification(
        kind=kind,
        to=person(),
        side=side,
        booking=booking(status),
        counselor=ANN,
        client=person(),
        session_type=INTRO,
        proposal=proposal,
    )


def taps(notification: Notification) -> list[Callback]:
    return list(buttons(notification_screen(notification, NEW_YORK, NOW)).values())


def test_the_old_and_the_new_time_are_compared_on_both_clocks_before_the_offer_is_sent() -> None:
    screen = offer(BERLIN, MOVE)
    assert said(screen) == [
        "Propose this time?",
        "Introductory session · 1 h · Ann Example",
        "🗓 Now: Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "🔄 New: Wed 4 Nov, 9:00–10:00 PM (Berlin time)",
        "For Ann Example: Wed 4 Nov, 3:00–4:00 PM (New York time)",
        "On your device: Wed 4 Nov, 9:00 PM (Berlin time)",
        f"Ann Example has until Tue 3 Nov, 4:00 PM (Berlin time) to answer. {STAYS}",
    ]
    assert list(buttons(screen).values()) == [SendOffer(5), ShowTimes(5), Leave(5)]
    assert said(offer(BERLIN, replace(MOVE, request=True)))[-1] == "Accepting also confirms the session."


def test_the_slot_picker_says_what_is_moved_from_when() -> None:
    screen = month(NEW_YORK, MOVING)
    assert said(screen)[:3] == [
        "Propose another time",
        "Ann Example · Introductory session · 1 h",
        "🗓 Now: Tue 3 Nov, 10:00 AM (New York time)",
    ]
    assert "‹ Back" not in buttons(screen)


def test_a_client_is_asked_with_every_answer_and_the_comparison_on_their_clock() -> None:
    told = about(Kind.RESCHEDULE_REQUESTED, Side.CLIENT)
    assert said(notification_screen(told, BERLIN, NOW)) == [
        "🔄 Ann Example would like to move your session",
        "Introductory session · 1 h · Ann Example",
        "🗓 Now: Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "🔄 New: Wed 4 Nov, 9:00–10:00 PM (Berlin time)",
        "For Ann Example: Wed 4 Nov, 3:00–4:00 PM (New York time)",
        "On your device: Wed 4 Nov, 9:00 PM (Berlin time)",
        "If no time suits you, you may cancel instead; then everything comes back to you.",
        f"⏰ Please answer by Tue 3 Nov, 4:00 PM (Berlin time) (1 day left). {STAYS}",
    ]
    assert taps(told) == [AcceptTime(8, 1), Counter(8, 1), KeepTime(8, 1), InsteadMenu(8, 1), DETAILS]


def test_a_counselor_has_no_way_to_cancel_instead() -> None:
    told = about(Kind.RESCHEDULE_REQUESTED, Side.COUNSELOR, OFFER, Status.PENDING)
    assert taps(told) == [AcceptTime(8, 1), Counter(8, 1), KeepTime(8, 1), DETAILS]
    lines = said(notification_screen(told, NEW_YORK, NOW))
    assert lines[0] == "🔄 Dora Client would like to move your session"
    assert "Accepting also confirms the session." in lines


def test_after_the_last_round_there_is_no_further_proposal() -> None:
    last = replace(THEIRS, counters=3)
    told = about(Kind.RESCHEDULE_COUNTERED, Side.CLIENT, last)
    assert taps(told) == [AcceptTime(8, 1), KeepTime(8, 1), InsteadMenu(8, 1), DETAILS]
    lines = said(notification_screen(told, NEW_YORK, NOW))
    assert lines[0] == "🔄 Ann Example proposes another time instead"
    assert "No further counter-proposal is possible: accept this time, or keep the old one." in lines


def test_of_money_nothing_is_said_where_there_is_none() -> None:
    free = about(Kind.RESCHEDULE_REQUESTED, Side.CLIENT)
    free = replace(free, booking=replace(free.booking, price=Money(minor=0, currency="USD")))
    assert "If no time suits you, you may cancel instead." in said(notification_screen(free, NEW_YORK, NOW))


def test_an_agreement_tells_the_new_time_and_puts_it_into_the_calendar() -> None:
    told = about(Kind.RESCHEDULE_ACCEPTED, Side.CLIENT, replace(OFFER, status=ProposalStatus.ACCEPTED))
    told = replace(told, booking=replace(told.booking, starts_at=NEW_START, ends_at=NEW_START + HOUR))
    lines = said(notification_screen(told, NEW_YORK, NOW))
    assert lines[:2] == [
        "✅ Ann Example has accepted the new time",
        "🗓 Wed 4 Nov, 3:00–4:00 PM (New York time)",
    ]
    assert "It was at Tue 3 Nov, 10:00 AM (New York time) before." in lines
    assert taps(told) == [Join(42), CalendarFile(42), DETAILS]


@pytest.mark.parametrize(
    ("kind", "status", "side", "title"),
    [
        (Kind.RESCHEDULE_REJECTED, REJECTED, Side.CLIENT, "🗓 Ann Example would like to keep the old time"),
        (Kind.RESCHEDULE_WITHDRAWN, WITHDRAWN, Side.COUNSELOR, "↩️ Dora Client has withdrawn the proposal"),
        (
            Kind.RESCHEDULE_EXPIRED,
            EXPIRED,
            Side.CLIENT,
            "⌛ Ann Example has not answered your proposal in time",
        ),
        (Kind.RESCHEDULE_EXPIRED, EXPIRED, Side.COUNSELOR, "⌛ The proposal of Dora Client has expired"),
    ],
    ids=["rejected", "withdrawn", "expired, asked by the reader", "expired, asked of the reader"],
)
def test_what_came_to_nothing_leaves_the_session_where_it_is(
    kind: Kind, status: ProposalStatus, side: Side, title: str
) -> None:
    told = about(kind, side, replace(OFFER, status=status))
    assert said(notification_screen(told, NEW_YORK, NOW))[:3] == [
        title,
        "The session stays where it is:",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
    ]
    assert taps(told) == [DETAILS]


def test_a_request_that_goes_on_waiting_can_be_answered_at_once() -> None:
    ended = replace(THEIRS, status=ProposalStatus.REJECTED)
    told = about(Kind.RESCHEDULE_REJECTED, Side.COUNSELOR, ended, Status.PENDING)
    assert taps(told) == [Approve(42, 1), DeclineMenu(42, 1), DETAILS]
    deadline = "The request is still open until Tue 3 Nov, 7:02 AM (New York time)."
    assert said(notification_screen(told, NEW_YORK, NOW))[-1] == deadline


def test_a_message_about_a_proposal_has_one() -> None:
    with pytest.raises(ValueError, match="is about a proposal"):
        notification_screen(
            replace(about(Kind.RESCHEDULE_REJECTED, Side.CLIENT), proposal=None), NEW_YORK, NOW
        )


def test_a_refused_acceptance_is_explained_to_each_side() -> None:
    told = {
        (code, side): accept_refused(NEW_YORK, code, side)
        for code in ("slot_taken", "client_busy")
        for side in Side
    }
    assert told["client_busy", Side.CLIENT].startswith("You have another session at the new time.")
    assert told["client_busy", Side.COUNSELOR].startswith("The client has another session at the new time.")
    assert told["slot_taken", Side.CLIENT] == told["slot_taken", Side.COUNSELOR]
    assert all(len(each) <= 200 for each in told.values())
