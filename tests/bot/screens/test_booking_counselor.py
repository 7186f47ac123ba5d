"""Step 1: the picker and the profile card."""

from datetime import timedelta

from bot.callbacks import Book, Home, Leave, PickCounselor, ScheduleLater, ShowCounselors, ShowProfile
from bot.screens.booking_counselor import (
    Card,
    CounselorsState,
    ProfileState,
    counselors,
    no_counselors,
    profile,
)
from core.domain.review import Rating
from tests.bot.screens.reading import NEW_YORK, buttons, in_english, labels, said
from tests.bot.screens.samples.afterwards import REVIEW
from tests.bot.screens.samples.people import ANN, COUNSELORS, FOLLOW_UP, INTRO, NOW, START

CARDS = tuple(Card(counselor=each, next_free=START) for each in COUNSELORS[:2])


def test_each_card_tells_the_next_free_time_and_leads_to_the_counselor_and_the_profile() -> None:
    screen = counselors(NEW_YORK, CounselorsState(draft=5, cards=CARDS[:1]))
    assert said(screen) == [
        "Book a session",
        "Who would you like to talk to?",
        "Ann Example",
        "I work with people under pressure: exams, new jobs, new countries. Warm and clear.",
        "Next free: Tue 3 Nov, 10:00 AM (New York time)",
    ]
    assert buttons(screen) == {
        "Ann Example": PickCounselor(5, 1),
        "ℹ️ Profile": ShowProfile(5, 1),
        "✕ Leave": Leave(5),
    }


def test_a_card_has_the_average_of_the_reviews_where_there_are_any() -> None:
    rated = Card(counselor=ANN, next_free=START, rating=Rating(count=12, average=4.75))
    screen = counselors(NEW_YORK, CounselorsState(draft=5, cards=(rated,)))
    assert said(screen)[2] == "Ann Example · ⭐ 4.8 (12 reviews)"


def test_the_profile_ends_with_the_latest_words_and_nobody_s_name() -> None:
    rated = Card(counselor=ANN, next_free=START, rating=Rating(count=1, average=4.0))
    state = ProfileState(draft=5, card=rated, session_types=(), now=NOW, latest=(REVIEW,))
    lines = said(profile(NEW_YORK, state))
    assert lines[:2] == ["Ann Example", "⭐ 4.0 (1 review)"]
    assert lines[-2:] == ["★★★★☆ · Tue 3 Nov", "Warm and clear. I would come again."]


def test_schedule_later_is_offered_where_the_program_allows_it() -> None:
    state = CounselorsState(draft=5, cards=CARDS, program="Python 101", later=True)
    screen = counselors(NEW_YORK, state)
    assert said(screen)[0] == "Book a session for Python 101"
    assert buttons(screen)["🗓 Schedule later"] == ScheduleLater(5)


def test_many_counselors_come_in_pages() -> None:
    screen = counselors(NEW_YORK, CounselorsState(draft=5, cards=CARDS, page=1, pages=3))
    assert buttons(screen)["›"] == ShowCounselors(5, 2)


def test_nobody_available_is_said_with_a_way_to_try_again() -> None:
    screen = no_counselors(NEW_YORK, Book())
    assert said(screen) == ["No counselors available. Try later."]
    assert buttons(screen) == {"↻ Try again": Book(), "🏠 Home": Home()}


def test_the_profile_shows_bio_offers_and_the_counselor_s_clock() -> None:
    state = ProfileState(draft=5, card=CARDS[0], session_types=(INTRO, FOLLOW_UP), now=NOW, page=2)
    screen = profile(in_english("Europe/Berlin"), state)
    assert said(screen) == [
        ANN.name,
        ANN.bio,
        "• Introductory session · 45 min, 1 h, 1 h 30 min · $60.00, pay the counselor",
        "• Follow-up · 30 min · Free of charge",
        "Their clock now: 9:02 AM (New York time)",
        "Next free: Tue 3 Nov, 4:00 PM (Berlin time)",
    ]
    assert labels(screen) == [["Book with Ann Example"], ["‹ Back"]]
    assert buttons(screen)["‹ Back"] == ShowCounselors(5, 2)


def test_a_profile_without_free_time_says_so() -> None:
    card = Card(counselor=ANN, next_free=None)
    state = ProfileState(draft=5, card=card, session_types=(), now=NOW + timedelta(days=1))
    assert said(profile(NEW_YORK, state)) == [ANN.name, ANN.bio, "No free time at the moment"]
