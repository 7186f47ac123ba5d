"""The card of a no-show report, from each side and at each step."""

from dataclasses import replace

import pytest

from bot.callbacks import AskReportAnswer, Callback, SendReportAnswer, ShowBooking
from bot.screens.no_show import ReportState, no_show_decided, no_show_reported, report_card, report_line
from core.domain.notification import Kind
from core.domain.outcome import Outcome
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import (
    DORA,
    END,
    NOTIFICATIONS,
    OBJECTION,
    REPORT,
    REPORTS,
    notification,
)
from tests.bot.screens.samples.people import INTRO, booking

STATE = ReportState(
    report=REPORT, booking=booking(), session_type=INTRO.title, other=DORA, side=Side.COUNSELOR
)
BACK: dict[str, Callback] = {"‹ Back": ShowBooking(42)}


def test_the_counselor_agrees_by_one_tap_or_is_asked_for_words() -> None:
    screen = report_card(NEW_YORK, STATE)
    assert said(screen)[0] == "✋ Dora Client says that you did not come"
    assert "I waited for half an hour, and nobody came." in said(screen)
    assert buttons(screen) == {
        "🙇 I could not make it": SendReportAnswer(42, 1, Outcome.COUNSELOR_ABSENT),
        "✅ It took place": AskReportAnswer(42, 1, Outcome.TOOK_PLACE),
        "🚫 The client did not come": AskReportAnswer(42, 1, Outcome.CLIENT_ABSENT),
        **BACK,
    }


def test_an_objection_is_agreed_to_by_saying_that_it_took_place() -> None:
    assert buttons(report_card(NEW_YORK, replace(STATE, report=OBJECTION))) == {
        "✅ It took place": SendReportAnswer(42, 1, Outcome.TOOK_PLACE),
        "🚫 The client did not come": AskReportAnswer(42, 1, Outcome.CLIENT_ABSENT),
        **BACK,
    }


def test_the_counselor_may_come_round_while_the_admin_has_not_decided() -> None:
    screen = report_card(NEW_YORK, replace(STATE, report=REPORTS["disputed"]))
    assert said(screen)[-3:] == [
        "You say: The client did not come.",
        "I was there from ten on, alone.",
        "⚖️ The admin of the practice decides.",
    ]
    assert list(buttons(screen)) == ["🙇 I could not make it", "✅ It took place", "‹ Back"]


@pytest.mark.parametrize("name", ["agreed", "decided"])
def test_what_is_settled_has_no_answers_any_more(name: str) -> None:
    assert buttons(report_card(NEW_YORK, replace(STATE, report=REPORTS[name]))) == BACK


@pytest.mark.parametrize("name", REPORTS)
def test_the_client_only_reads(name: str) -> None:
    state = replace(STATE, report=REPORTS[name], side=Side.CLIENT, other="Ann Example")
    assert buttons(report_card(NEW_YORK, state)) == BACK


def test_what_the_counselor_wrote_to_the_admin_is_not_for_the_client() -> None:
    state = replace(STATE, report=REPORTS["disputed"], side=Side.CLIENT, other="Ann Example")
    assert said(report_card(NEW_YORK, state))[-2:] == [
        "Ann Example says: The client did not come.",
        "⚖️ The admin of the practice decides.",
    ]


def test_the_decision_is_on_the_card() -> None:
    assert said(report_card(NEW_YORK, replace(STATE, report=REPORTS["decided"])))[-1] == (
        "Outcome: The session took place."
    )


def test_the_message_to_the_counselor_is_the_card() -> None:
    told = NOTIFICATIONS[Kind.NO_SHOW_REPORTED]
    assert no_show_reported(NEW_YORK, told, END) == report_card(NEW_YORK, STATE)
    with pytest.raises(ValueError, match="needs one"):
        no_show_reported(NEW_YORK, notification(Kind.NO_SHOW_REPORTED, None, Side.COUNSELOR), END)


def test_a_decision_that_changes_nothing_is_told_as_such() -> None:
    lines = said(no_show_decided(NEW_YORK, NOTIFICATIONS[Kind.NO_SHOW_DECIDED], END))
    assert (lines[0], lines[-1]) == (
        "⚖️ The admin of the practice has decided",
        "It stays as it was: The client did not come.",
    )


def test_the_bookings_card_says_where_the_report_stands() -> None:
    assert {report_line(NEW_YORK, each) for each in REPORTS.values()} == {
        "✋ The client sees it otherwise; the counselor is asked.",
        "⚖️ The admin of the practice decides.",
        "🤝 The two sides agree on this.",
        "⚖️ The admin of the practice has decided this.",
    }
