"""A series as each party sees it, and the changes of several of its sessions."""

from dataclasses import replace

from bot.callbacks import (
    ApproveSeries,
    CancelBooking,
    CancelFollowing,
    CancelScope,
    DeclineReason,
    DeclineSeries,
    DeclineSeriesMenu,
    MoveScope,
    ShowBooking,
    ShowSeries,
)
from bot.screens.booking_card import booking_card
from bot.screens.series_card import decline_series, series_card
from bot.screens.series_change import cancel_series_reasons, confirm_cancel_series, scope
from bot.screens.series_message import series_message
from core.domain.actions import Party
from core.domain.booking import Status
from core.domain.cancellation import Reason
from core.domain.notification import Kind
from core.domain.series import Place
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.cards import card, case
from tests.bot.screens.samples.people import NOW, START
from tests.bot.screens.samples.repeats import CANCEL, MESSAGES, SCOPE, SERIES, WEEK, sessions, told


def test_the_counselor_answers_all_of_them_as_they_were_seen() -> None:
    screen = series_card(NEW_YORK, SERIES)
    assert buttons(screen)["✅ Approve all 4 sessions"] == ApproveSeries(7, 4)
    assert buttons(screen)["✖️ Decline all 4 sessions"] == DeclineSeriesMenu(7, 4)
    assert [buttons(screen)[str(n)] for n in range(1, 5)] == [ShowBooking(42 + n) for n in range(4)]
    declined = decline_series(NEW_YORK, SERIES)
    assert DeclineSeries(7, 4, DeclineReason.FULL) in buttons(declined).values()


def test_nobody_else_and_nothing_settled_has_an_answer() -> None:
    settled = replace(SERIES, bookings=sessions())
    late = replace(SERIES, now=SERIES.bookings[0].expires_at or NOW)
    for state in (settled, late, replace(SERIES, party=Party.CLIENT), replace(SERIES, party=Party.ADMIN)):
        kinds = {type(each) for each in buttons(series_card(NEW_YORK, state)).values()}
        assert not kinds & {ApproveSeries, DeclineSeriesMenu}


def test_a_card_says_where_it_stands_and_leads_to_the_whole_series() -> None:
    screen = booking_card(NEW_YORK, card(case(sessions()[1]), place=Place(number=2, size=4)))
    assert "🔁 2 of 4 in a series" in said(screen)
    assert buttons(screen)["🔁 The whole series"] == ShowSeries(7)


def test_a_request_of_a_series_is_answered_there_and_not_on_its_own_card() -> None:
    screen = booking_card(NEW_YORK, card(case(sessions(Status.PENDING)[1], Party.COUNSELOR)))
    found = buttons(screen)
    assert found["📨 Answer the request for the series"] == ShowSeries(7)
    assert [each for each in found if "Approve" in each or "Decline" in each] == []


def test_one_is_asked_which_sessions_are_meant() -> None:
    screen = scope(NEW_YORK, SCOPE)
    assert buttons(screen)["Only this session"] == CancelScope(43, following=False)
    assert buttons(screen)["This and the 4 following"] == CancelScope(43, following=True)
    moving = scope(NEW_YORK, replace(SCOPE, cancelling=False))
    assert buttons(moving)["This and the 4 following"] == MoveScope(43, following=True)


def test_what_keeps_all_from_being_cancelled_is_named() -> None:
    screen = scope(NEW_YORK, replace(SCOPE, refused=(START + WEEK, "proposal_open")))
    assert labels(screen) == [["Only this session"], ["‹ Back"]]
    assert (
        "All 5 together is not possible because of Tue 10 Nov, 10:00 AM:"
        " Another time is being proposed already. It has to be answered first."
    ) in said(screen)


def test_what_comes_back_is_said_for_each_and_for_all() -> None:
    screen = cancel_series_reasons(NEW_YORK, CANCEL)
    assert "Tue 24 Nov, 10:00 AM: 100% back ($60.00)" in said(screen)
    assert "↩️ If you cancel now you get back $240.00 in all." in said(screen)
    assert buttons(screen)["Illness"] == CancelFollowing(42, Reason.ILL)
    last = confirm_cancel_series(NEW_YORK, CANCEL)
    assert buttons(last)["✖️ Yes, cancel 4 sessions"] == CancelBooking(5)


def test_a_message_answers_with_the_edition_it_was_sent_with() -> None:
    screen = series_message(NEW_YORK, replace(MESSAGES["new request"], edition=9), NOW)
    assert buttons(screen)["✅ Approve all 4 sessions"] == ApproveSeries(7, 9)


def test_a_message_names_every_session_and_what_comes_back() -> None:
    text = said(series_message(NEW_YORK, MESSAGES["cancelled by the counselor"], NOW))
    assert text[0] == "✖️ Your sessions with Ann Example are cancelled"
    assert "4. Tue 24 Nov, 10:00–11:00 AM" in text
    assert "↩️ Refund in all: $240.00" in text


def test_each_new_time_stands_beside_the_old_one() -> None:
    text = said(series_message(NEW_YORK, told(Kind.RESCHEDULE_REQUESTED, Status.CONFIRMED, Side.CLIENT), NOW))
    assert "2. Tue 10 Nov, 10:00 AM → Tue 10 Nov, 12:00 PM" in text
