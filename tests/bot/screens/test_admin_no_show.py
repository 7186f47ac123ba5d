"""What the two sides say, as the admin decides it."""

import pytest

from bot.callbacks import AdminMenu, DecideDispute, Disputes, Home, ShowDispute
from bot.screens.admin_no_show import DisputesState, DisputeState, dispute, dispute_message, disputes
from core.domain.notification import Dispute
from core.domain.outcome import Outcome
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import DORA, ENTRY, REPORTS
from tests.bot.screens.samples.people import ANN, INTRO, booking, person


def state(name: str) -> DisputeState:
    return DisputeState(
        report=REPORTS[name],
        booking=booking(),
        session_type=INTRO.title,
        client=DORA,
        counselor=ANN.name,
    )


def test_both_sides_are_heard_and_every_outcome_is_a_button() -> None:
    screen = dispute(NEW_YORK, state("disputed"))
    assert said(screen)[5:11] == [
        "Dora Client · Client",
        "The counselor did not come.",
        "I waited for half an hour, and nobody came.",
        "Ann Example · Counselor",
        "The client did not come.",
        "I was there from ten on, alone.",
    ]
    assert buttons(screen) == {
        "The session took place": DecideDispute(42, 2, Outcome.TOOK_PLACE),
        "The client did not come": DecideDispute(42, 2, Outcome.CLIENT_ABSENT),
        "The counselor did not come": DecideDispute(42, 2, Outcome.COUNSELOR_ABSENT),
        "‹ Back": Disputes(),
    }


def test_silence_is_shown_as_such() -> None:
    assert "No answer." in said(dispute(NEW_YORK, state("unanswered")))


@pytest.mark.parametrize("name", ["asked", "agreed", "decided"])
def test_what_does_not_wait_for_the_admin_cannot_be_decided(name: str) -> None:
    assert buttons(dispute(NEW_YORK, state(name))) == {"‹ Back": Disputes()}


def test_what_was_decided_is_shown() -> None:
    assert said(dispute(NEW_YORK, state("decided")))[-2:] == [
        "⚖️ The admin of the practice has decided this.",
        "Outcome: The session took place.",
    ]


def test_the_message_is_the_card() -> None:
    message = Dispute(
        to=person(),
        report=REPORTS["disputed"],
        booking=booking(),
        counselor=ANN,
        client=person(),
        session_type=INTRO,
    )
    assert dispute_message(message, NEW_YORK) == dispute(NEW_YORK, state("disputed"))


def test_every_line_of_the_list_has_its_number() -> None:
    screen = disputes(NEW_YORK, DisputesState(entries=(ENTRY,), page=2, total=21))
    assert said(screen)[1:3] == ["21. Dora Client · Ann Example", "Tue 3 Nov, 10:00–11:00 AM"]
    found = buttons(screen)
    assert found["21"] == ShowDispute(42)
    assert (found["‹"], found["‹ Back"], found["🏠 Home"]) == (Disputes(1), AdminMenu(), Home())
