"""What people are told of an outcome."""

import pytest

from bot.callbacks import (
    BookAgain,
    NoShowMenu,
    Rate,
    ReportMenu,
    SetOutcome,
    ShowBooking,
)
from bot.screens.outcome import completed, no_show, outcome_asked
from core.domain.notification import Kind, Notification
from core.domain.outcome import Outcome
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import END, REPORTS, REVIEW, notification

DECIDED = REPORTS["decided"]


def test_the_counselor_is_asked_with_an_answer_for_each_outcome() -> None:
    screen = outcome_asked(NEW_YORK, notification(Kind.OUTCOME_ASKED, None, Side.COUNSELOR), END)
    assert said(screen)[-1] == (
        "If I hear nothing, it counts as taken place from Wed 4 Nov, 11:00 AM (New York time) on."
    )
    assert buttons(screen) == {
        "✅ It took place": SetOutcome(42, 1, Outcome.TOOK_PLACE),
        "🚫 The client did not come": SetOutcome(42, 1, Outcome.CLIENT_ABSENT),
        "🙇 I could not make it": SetOutcome(42, 1, Outcome.COUNSELOR_ABSENT),
        "📄 Details": ShowBooking(42),
    }


def completion(side: Side, **more: object) -> Notification:
    return notification(Kind.COMPLETED, Outcome.TOOK_PLACE, side, **more)


def test_the_client_gives_stars_by_one_tap() -> None:
    screen = completed(NEW_YORK, completion(Side.CLIENT), END)
    assert [each for each in buttons(screen).values() if isinstance(each, Rate)] == [
        Rate(42, number) for number in range(1, 6)
    ]


def test_a_client_who_has_reviewed_is_not_asked_again() -> None:
    screen = completed(NEW_YORK, completion(Side.CLIENT, review=REVIEW), END)
    assert buttons(screen) == {"📄 Details": ShowBooking(42)}


def test_a_counselor_who_said_nothing_may_set_it_right() -> None:
    screen = completed(NEW_YORK, completion(Side.COUNSELOR), END)
    assert said(screen)[-1] == "You can set this right until Tue 10 Nov, 11:00 AM (New York time)."
    assert buttons(screen)["🚫 Somebody did not come"] == NoShowMenu(42, 2)


@pytest.mark.parametrize("side", Side)
def test_a_decision_is_called_one_and_offers_no_correction(side: Side) -> None:
    decided = completed(NEW_YORK, completion(side, report=DECIDED, review=REVIEW), END)
    assert said(decided)[-1] == "⚖️ The admin of the practice has decided this."
    assert buttons(decided) == {"📄 Details": ShowBooking(42)}


def absence(outcome: Outcome, side: Side, **more: object) -> Notification:
    return notification(Kind.NO_SHOW, outcome, side, **more)


def test_an_absent_client_reads_what_it_costs_and_may_object() -> None:
    screen = no_show(NEW_YORK, absence(Outcome.CLIENT_ABSENT, Side.CLIENT), END)
    lines = said(screen)
    assert lines[0] == "🚫 You did not come to your session with Ann Example"
    assert lines[-2:] == [
        "↩️ Refund: 0% ($0.00)",
        "Ann Example says so. If you see it otherwise, tell me.",
    ]
    assert buttons(screen)["✋ That is not right"] == ReportMenu(42, 2)


def test_after_a_decision_there_is_nothing_left_to_object_to() -> None:
    screen = no_show(NEW_YORK, absence(Outcome.CLIENT_ABSENT, Side.CLIENT, report=DECIDED), END)
    assert list(buttons(screen)) == ["📅 Find another time", "📄 Details"]


def test_where_the_counselor_did_not_come_the_client_gets_everything_back_and_another_time() -> None:
    screen = no_show(NEW_YORK, absence(Outcome.COUNSELOR_ABSENT, Side.CLIENT), END)
    assert said(screen)[0] == "🙇 Sorry, Ann Example could not make it to your session"
    assert said(screen)[-1] == "↩️ Refund: 100% ($60.00)"
    assert buttons(screen)["📅 Find another time"] == BookAgain(42)


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        (Outcome.CLIENT_ABSENT, "🚫 Dora Client did not come to your session"),
        (Outcome.COUNSELOR_ABSENT, "🙇 You did not come"),
    ],
)
def test_the_counselor_is_told_what_was_decided(outcome: Outcome, title: str) -> None:
    screen = no_show(NEW_YORK, absence(outcome, Side.COUNSELOR, report=DECIDED), END)
    assert said(screen)[0] == title
    assert buttons(screen) == {"📄 Details": ShowBooking(42)}
