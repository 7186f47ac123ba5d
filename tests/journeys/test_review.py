"""A review in the chat: stars, words, the counselor's answer, and the admin's hand; in both languages."""

from datetime import timedelta

import pytest

from bot.callbacks import (
    AdminMenu,
    AskComment,
    AskHideReview,
    AskReviewAnswer,
    Book,
    ClearComment,
    Rate,
    Reviews,
    SetOutcome,
    ShowAnyReview,
    ShowProfile,
    ShowReview,
    UnhideReview,
    pack,
    unpack,
)
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.db.tables.reviews import reviews
from core.domain.outcome import Outcome
from core.services.subscribers import REVIEW_SETTLES
from tests.journeys.aftermath import CASTS, ENGLISH, Cast, Session, admin, agreed
from tests.journeys.conftest import House, arrive, data_of, forge, labels, on_sqlite, press, say, start

DAY = timedelta(days=1)
both = pytest.mark.parametrize("cast", CASTS, ids=["en", "de"])

WORDS = {
    "en": {
        "yours": "⭐ Your review",
        "until": "You can change it until",
        "written": "⭐ Maya Okafor has reviewed your session",
        "answered": "💬 Ann Rivera has answered your review",
        "rating": "⭐ 5.0 (1 review)",
        "closed": "This review cannot be changed any more.",
        "hidden": "🙈 The admin has hidden this review: Names somebody",
        "too long": "That is too long",
    },
    "de": {
        "yours": "⭐ Ihre Bewertung",
        "until": "Sie können sie bis",
        "written": "⭐ Lukas Braun hat Ihre Sitzung bewertet",
        "answered": "💬 Jonas Weber hat auf Ihre Bewertung geantwortet",
        "rating": "⭐ 5,0 (1 Bewertung)",
        "closed": "Diese Bewertung lässt sich nicht mehr ändern.",
        "hidden": "🙈 Die Praxisleitung hat diese Bewertung ausgeblendet: Names somebody",
        "too long": "Das ist zu lang",
    },
}


async def over(house: House, cast: Cast) -> Session:
    """A session that took place."""
    session = await agreed(house, cast)
    await session.until(end=True)
    row = await session.row()
    await forge(session.counselor, pack(SetOutcome(row["id"], row["version"], Outcome.TOOK_PLACE)))
    await house.settle()
    return session


async def stars(session: Session, number: int) -> None:
    """Tap so many stars on the newest message that has them."""
    await forge(session.client, pack(Rate(session.booking_id, number)))


async def profile(phone: Phone, cast: Cast) -> str:
    """The counselor's profile card, as somebody sees it who wants to book."""
    await start(phone)
    await press(phone, Book)
    row = next(
        index
        for index, each in enumerate(buttons_of(phone.last))
        if cast.counselor_name.split()[0] in each["text"]
    )
    shown = buttons_of(phone.last)[row + 1]["callback_data"]
    assert isinstance(unpack(shown), ShowProfile)
    await forge(phone, shown)
    return text_of(phone.last)


@both
async def test_a_session_is_reviewed_and_the_review_answered(house: House, cast: Cast) -> None:
    words, session = WORDS[cast.language], await over(house, cast)
    client, counselor = session.client, session.counselor
    await press(client, Rate)  # one star, by mistake
    assert words["yours"] in text_of(client.last)
    assert "★☆☆☆☆" in text_of(client.last)
    await stars(session, 5)
    assert "★★★★★" in text_of(client.last)
    assert words["until"] in text_of(client.last)
    await press(client, AskComment)
    await say(client, "x" * 1001)
    assert words["too long"] in text_of(client.last)
    await say(client, "Warm and clear.")
    assert "Warm and clear." in text_of(client.last)
    assert words["written"] not in text_of(counselor.last)
    await house.pass_time(REVIEW_SETTLES)
    news = await counselor.wait_for(words["written"])
    assert "★★★★★\nWarm and clear." in text_of(news)
    await forge(counselor, data_of(news, "💬"), news["message_id"])
    await say(counselor, "Thank you!")
    assert "Thank you!" in text_of(counselor.last)
    await house.settle()
    told = await client.wait_for(words["answered"])
    assert "Thank you!" in text_of(told)
    assert await forge(client, pack(Rate(session.booking_id, 1))) == words["closed"]
    (row,) = await house.rows(reviews)
    assert (row["stars"], row["comment"], row["answer"]) == (5, "Warm and clear.", "Thank you!")


@both
async def test_others_see_the_average_and_the_words_and_nobody_sees_them_while_they_are_hidden(
    house: House, cast: Cast
) -> None:
    words, session = WORDS[cast.language], await over(house, cast)
    robin = await admin(house, cast.language)
    await stars(session, 5)
    await press(session.client, AskComment)
    await say(session.client, "Warm and clear.")
    seen = await profile(robin, cast)
    assert words["rating"] in seen
    assert "Warm and clear." in seen
    assert cast.client_name not in seen
    await forge(robin, pack(AdminMenu()))
    await press(robin, Reviews, ShowAnyReview)
    assert cast.client_name in text_of(robin.last)
    await press(robin, AskHideReview)
    await say(robin, "Names somebody")
    assert "Names somebody" in text_of(robin.last)
    hidden = await profile(robin, cast)
    assert words["rating"] not in hidden
    assert "Warm and clear." not in hidden
    await session.card(session.client, ShowReview)
    assert words["hidden"] in text_of(session.client.last)
    await session.card(session.counselor)
    assert "★" not in text_of(session.counselor.last)
    await forge(robin, pack(AdminMenu()))
    await press(robin, Reviews, ShowAnyReview, UnhideReview)
    assert words["rating"] in await profile(robin, cast)


@on_sqlite
async def test_a_review_can_be_changed_for_a_day_and_no_longer(house: House) -> None:
    session = await over(house, ENGLISH)
    await stars(session, 2)
    await press(session.client, AskComment)
    await say(session.client, "Hm.")
    await press(session.client, AskComment, ClearComment)
    assert "Hm." not in text_of(session.client.last)
    await house.pass_time(DAY)
    assert await forge(session.client, pack(Rate(session.booking_id, 5))) == WORDS["en"]["closed"]
    assert "⭐ Review: ★★☆☆☆" in text_of(session.client.last)
    assert "⭐ Review" not in labels(session.client.last)


@on_sqlite
async def test_who_goes_back_instead_of_writing_has_written_nothing(house: House) -> None:
    session = await over(house, ENGLISH)
    await stars(session, 4)
    await press(session.client, AskComment, ShowReview)
    await say(session.client, "Just thinking aloud.")
    (row,) = await house.rows(reviews)
    assert row["comment"] == ""


@on_sqlite
async def test_an_answer_to_words_that_have_changed_meanwhile_is_not_kept(house: House) -> None:
    session = await over(house, ENGLISH)
    await stars(session, 5)
    await house.pass_time(REVIEW_SETTLES)
    await session.counselor.wait_for(WORDS["en"]["written"])
    await press(session.counselor, AskReviewAnswer)
    await stars(session, 1)
    await say(session.counselor, "Thank you for the five stars!")
    (row,) = await house.rows(reviews)
    assert (row["stars"], row["answer"]) == (1, "")
    await say(session.counselor, "Hello?")  # nothing waits for a text any more
    assert "I did not understand that." in text_of(session.counselor.last)


@on_sqlite
async def test_nobody_else_reviews_hides_or_lists(house: House) -> None:
    session = await over(house, ENGLISH)
    await stars(session, 5)
    stranger = house.phone("Lukas")
    await arrive(stranger)
    for callback in (
        Rate(session.booking_id, 1),
        ShowReview(session.booking_id),
        AskHideReview(session.booking_id, 1),
        Reviews(),
        ShowAnyReview(session.booking_id),
    ):
        await forge(stranger, pack(callback))
        assert "★" not in text_of(stranger.last)
    (row,) = await house.rows(reviews)
    assert (row["stars"], row["hidden_reason"]) == (5, "")
