"""Cancelling step by step."""

from dataclasses import replace

import pytest

from bot.callbacks import CancelBooking, CancelInstead, CancelMenu, CancelReason, Leave, ShowBooking
from bot.screens.cancellation import WORDS
from bot.screens.cancelling import CHOICES, cancel_reasons, confirm_cancel, confirm_instead
from core.domain.actions import Party
from core.domain.cancellation import Reason
from core.domain.policy import Policy
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.cards import case
from tests.bot.screens.samples.changes import CANCEL, FREE, LATE

TERMS = (
    "Free cancellation until Mon 2 Nov, 10:00 AM (New York time); after that 50% is refunded, until "
    "Tue 3 Nov, 8:00 AM."
)


def test_the_refund_and_the_deadline_come_before_the_reasons() -> None:
    screen = cancel_reasons(NEW_YORK, CANCEL)
    assert said(screen) == [
        "Cancel this session?",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "Introductory session · 1 h · Ann Example",
        "↩️ If you cancel now you get back 100% ($60.00).",
        TERMS,
        "Please choose a reason; Ann Example will be told.",
    ]
    assert list(buttons(screen).values()) == [
        *(CancelReason(42, reason) for reason in CHOICES[Side.CLIENT]),
        ShowBooking(42),
    ]


def test_where_no_reason_is_required_none_may_be_given() -> None:
    lenient = replace(case(), policy=Policy(chosen={"require_cancellation_reason": False}))
    found = buttons(cancel_reasons(NEW_YORK, replace(CANCEL, case=lenient)))
    assert found["No reason"] == CancelReason(42)
    assert "No reason" not in buttons(cancel_reasons(NEW_YORK, CANCEL))


def test_a_late_client_reads_what_is_left() -> None:
    assert said(confirm_cancel(NEW_YORK, LATE))[3:6] == [
        "Reason: Illness",
        "↩️ If you cancel now you get back 50% ($30.00).",
        "You can cancel until Tue 3 Nov, 8:00 AM (New York time); 50% is refunded.",
    ]


def test_the_last_tap_is_the_draft_s_and_there_are_two_ways_back() -> None:
    assert buttons(confirm_cancel(NEW_YORK, CANCEL)) == {
        "✖️ Yes, cancel the session": CancelBooking(5),
        "✔️ Keep the session": Leave(5),
        "‹ Back": CancelMenu(42),
    }


def test_words_that_were_written_are_shown_instead_of_the_hint() -> None:
    hint = "If you like, write a few words to explain it now."
    assert said(confirm_cancel(NEW_YORK, CANCEL))[-1] == hint
    written = said(confirm_cancel(NEW_YORK, replace(CANCEL, details="A <cold>.")))
    assert "A <cold>." in written
    assert hint not in written


@pytest.mark.parametrize(
    ("party", "told"),
    [
        (Party.COUNSELOR, "Please choose a reason; Dora Client will be told."),
        (Party.ADMIN, "Please choose a reason; both sides will be told."),
    ],
)
def test_whoever_cancels_for_the_practice_reads_what_the_client_gets(party: Party, told: str) -> None:
    screen = cancel_reasons(NEW_YORK, replace(CANCEL, case=case(party=party)))
    assert said(screen)[3:] == [
        "↩️ If you cancel now Dora Client gets back 100% ($60.00).",
        "A counselor may cancel until the start; the client then gets everything back.",
        told,
    ]
    reasons = [each.reason for each in buttons(screen).values() if isinstance(each, CancelReason)]
    assert reasons == list(CHOICES[Side.COUNSELOR])


def test_a_session_that_costs_nothing_has_no_refund() -> None:
    for party, terms in (
        (Party.CLIENT, "You can cancel until Tue 3 Nov, 8:00 AM (New York time)."),
        (Party.COUNSELOR, "A counselor may cancel until the start."),
    ):
        screen = confirm_cancel(NEW_YORK, replace(CANCEL, case=case(FREE, party)))
        assert said(screen)[4] == terms
    instead = confirm_instead(NEW_YORK, replace(CANCEL, case=case(FREE)), 8, 1)
    assert len(said(instead)) == 3


def test_cancelling_instead_is_confirmed_with_everything_that_comes_back() -> None:
    screen = confirm_instead(NEW_YORK, CANCEL, 8, 3)
    assert said(screen)[-2:] == [
        "↩️ If you cancel now you get back 100% ($60.00).",
        "Ann Example asked for another time, so everything comes back to you.",
    ]
    assert buttons(screen) == {
        "✖️ Yes, cancel the session": CancelInstead(8, 3),
        "‹ Back": ShowBooking(42),
    }


def test_every_reason_has_its_words_and_is_offered_to_somebody() -> None:
    assert set(WORDS) == set(Reason)
    assert {*CHOICES[Side.CLIENT], *CHOICES[Side.COUNSELOR]} == set(Reason) - {Reason.NEW_TIME}
