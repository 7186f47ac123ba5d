"""Why a time is not offered."""

from dataclasses import replace

import pytest

from bot.callbacks import AskExplain
from bot.screens.explain import SENTENCES, answer, sentence
from core.domain.refusal import Reason
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.menus import ASKED, refused_because
from tests.bot.screens.samples.people import START


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        (
            Reason.NOTICE,
            (
                "It is too soon: bookings need notice, so the earliest start is "
                "Tue 3 Nov, 10:00 AM (New York time)."
            ),
        ),
        (Reason.BEYOND_WINDOW, "It is too far ahead: the booking window ends on Tue 10 Nov."),
        (Reason.OUT_OF_OFFICE, "Out of office from Tue 3 Nov to Tue 10 Nov."),
        (
            Reason.BUFFER,
            "It is too close to another session: Tue 3 Nov, 10:00–11:00 AM (New York time) is kept free.",
        ),
        (Reason.DAILY_LIMIT, "The daily limit is reached on Tue 3 Nov."),
    ],
)
def test_a_reason_tells_what_stands_in_the_way(reason: Reason, wanted: str) -> None:
    assert sentence(NEW_YORK, refused_because(reason)) == wanted


def test_every_reason_has_one_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Reason)
    assert len(set(SENTENCES.values())) == len(Reason)


def test_a_reason_without_details_still_has_words() -> None:
    bare = replace(refused_because(Reason.PAST), span=None, limit=None, dates=None)
    assert sentence(NEW_YORK, bare) == "This time is over."


def test_an_offered_time_is_said_to_be_offered() -> None:
    screen = answer(NEW_YORK, ASKED, START, None)
    assert said(screen) == [
        "Tue 3 Nov, 10:00 AM (New York time)",
        "Ann Example · Introductory session · 1 h",
        "✅ This time is offered.",
    ]
    assert buttons(screen)["❓ Another time"] == AskExplain(1)
