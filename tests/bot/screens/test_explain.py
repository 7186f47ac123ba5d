"""Why a time is not offered."""

from dataclasses import replace

import pytest

from bot.callbacks import AskExplain, ExplainMenu, Home
from bot.screens.explain import PAGE_SIZE, SENTENCES, answer, ask, pick_counselor, sentence
from core.domain.refusal import Reason
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.menus import ASKED, refused_because
from tests.bot.screens.samples.people import COUNSELORS, START, counselor


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


def test_the_admin_picks_whose_time_it_is_about() -> None:
    screen = pick_counselor(NEW_YORK, COUNSELORS)
    assert said(screen) == ["Why is a time not offered?", "Whose time is it about?"]
    assert buttons(screen) == {
        "Ann Example": AskExplain(1),
        "Ben Beispiel": AskExplain(2),
        "Chandra Udaharan": AskExplain(3),
        "🏠 Home": Home(),
    }


@pytest.mark.parametrize(("page", "shown", "label"), [(0, 0, "1 of 2"), (1, 1, "2 of 2"), (9, 1, "2 of 2")])
def test_many_counselors_stand_on_several_pages(page: int, shown: int, label: str) -> None:
    many = tuple(counselor(number, f"Counselor {number}") for number in range(1, PAGE_SIZE + 3))
    found = buttons(pick_counselor(NEW_YORK, many, page))
    picks = [each.counselor_id for each in found.values() if isinstance(each, AskExplain)]
    assert picks == [each.id for each in (many[:PAGE_SIZE], many[PAGE_SIZE:])[shown]]
    assert label in found
    assert ExplainMenu(1 - shown) in found.values()


def test_without_counselors_there_is_nobody_to_pick() -> None:
    assert said(pick_counselor(NEW_YORK, ())) == [
        "Why is a time not offered?",
        "No counselors available. Try later.",
    ]


@pytest.mark.parametrize("menu", [True, False])
def test_back_leads_to_the_others_for_those_who_may_pick(menu: bool) -> None:
    found = buttons(ask(NEW_YORK, replace(ASKED, menu=menu)))
    assert (ExplainMenu() in found.values()) is menu
