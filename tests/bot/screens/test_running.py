"""Who did not come: the question with its consequences, and what the answer comes to."""

from dataclasses import replace

from bot.callbacks import SetOutcome, ShowBooking
from bot.screens.running import NoShowState, absent_line, settled_toast, who_was_absent
from core.domain.actions import Party
from core.domain.money import Money
from core.domain.outcome import Outcome
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import DORA, OVER
from tests.bot.screens.samples.people import ANN, INTRO, booking

STATE = NoShowState(
    booking=booking(),
    client=DORA,
    counselor=ANN.name,
    session_type=INTRO.title,
    party=Party.COUNSELOR,
)


def test_the_counselor_reads_what_each_answer_costs_before_the_tap() -> None:
    screen = who_was_absent(NEW_YORK, STATE)
    assert said(screen)[-2:] == [
        "If Dora Client did not come, nothing is refunded.",
        "If Ann Example did not come, Dora Client gets everything back ($60.00).",
    ]
    assert buttons(screen) == {
        "🚫 The client did not come": SetOutcome(42, 1, Outcome.CLIENT_ABSENT),
        "🙇 I could not make it": SetOutcome(42, 1, Outcome.COUNSELOR_ABSENT),
        "‹ Back": ShowBooking(42),
    }


def test_the_admin_does_not_say_i() -> None:
    assert list(buttons(who_was_absent(NEW_YORK, replace(STATE, party=Party.ADMIN)))) == [
        "The client did not come",
        "The counselor did not come",
        "‹ Back",
    ]


def test_a_no_show_can_be_corrected_into_the_other_one_only() -> None:
    state = replace(STATE, booking=OVER[Outcome.CLIENT_ABSENT])
    assert list(buttons(who_was_absent(NEW_YORK, state))) == ["🙇 I could not make it", "‹ Back"]


def test_where_nothing_is_paid_nothing_is_said_of_refunds() -> None:
    free = replace(booking(), price=Money(minor=0, currency="USD"))
    assert said(who_was_absent(NEW_YORK, replace(STATE, booking=free)))[-1] == "Dora Client will be told."


def test_the_toast_says_what_was_noted() -> None:
    found = [settled_toast(NEW_YORK, OVER[each], DORA, ANN.name) for each in Outcome]
    assert found == [
        "Noted. The session took place.",
        "Noted. Dora Client did not come.",
        "Noted. Ann Example did not come.",
    ]


def test_the_card_says_who_did_not_come() -> None:
    assert absent_line(BERLIN, OVER[Outcome.TOOK_PLACE], DORA, ANN.name) is None
    line = absent_line(BERLIN, OVER[Outcome.COUNSELOR_ABSENT], DORA, ANN.name)
    assert line == "Ann Example ist nicht gekommen."
