"""Reviews: once for a completed session, changed for a day, answered once, hidden with a reason."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from core.domain.booking import Booking
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.outcome import Outcome
from core.domain.person import Role
from core.domain.review import Rating, Review
from core.services.subscribers import REVIEW_SETTLES
from tests.core.services.sessions import over, told
from tests.core.services.small_practice import DAY, HOUR, MINUTE, SmallPractice, on_sqlite

Act = Callable[[SmallPractice, Booking, Review], Awaitable[object]]


async def reviewed(practice: SmallPractice, stars: int = 4, comment: str = "") -> tuple[Booking, Review]:
    """A session with Ben that Dora has reviewed."""
    done = await over(practice)
    review = await practice.core.reviews.rate(practice.actor("dora"), done.id, stars)
    if comment:
        review = await practice.core.reviews.comment(practice.actor("dora"), done.id, comment)
    return done, review


async def rating(practice: SmallPractice) -> Rating | None:
    """What Ben's reviews come to."""
    return (await practice.core.reviews.ratings([practice.ids["ben"]])).get(practice.ids["ben"])


async def seen(practice: SmallPractice, who: str, booking: Booking) -> Review | None:
    """The review as somebody sees it."""
    return (await practice.core.reviews.details(practice.actor(who), booking.id)).review


async def test_a_completed_session_gets_its_stars_and_then_its_words(practice: SmallPractice) -> None:
    done, review = await reviewed(practice, 4, "A good start.")
    assert (review.stars, review.comment, review.version) == (4, "A good start.", 2)
    assert await seen(practice, "dora", done) == review
    assert await rating(practice) == Rating(count=1, average=4.0)


@on_sqlite
@pytest.mark.parametrize("outcome", [Outcome.CLIENT_ABSENT, Outcome.COUNSELOR_ABSENT])
async def test_a_session_that_did_not_take_place_has_no_review(
    practice: SmallPractice, outcome: Outcome
) -> None:
    done = await over(practice, outcome)
    with pytest.raises(Conflict, match=r"^moved_on$"):
        await practice.core.reviews.rate(practice.actor("dora"), done.id, 1)


@on_sqlite
async def test_a_session_that_is_not_over_has_no_review(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    with pytest.raises(Conflict, match=r"^moved_on$"):
        await practice.core.reviews.rate(practice.actor("dora"), booked.id, 5)


@on_sqlite
@pytest.mark.parametrize("who", ["ben", "emil", "ada"])
async def test_only_the_client_reviews(practice: SmallPractice, who: str) -> None:
    done = await over(practice)
    with pytest.raises(DomainError):
        await practice.core.reviews.rate(practice.actor(who), done.id, 5)
    assert await rating(practice) is None


@on_sqlite
async def test_words_need_stars_first(practice: SmallPractice) -> None:
    done = await over(practice)
    with pytest.raises(NotFound, match=r"^review_not_found$"):
        await practice.core.reviews.comment(practice.actor("dora"), done.id, "Good.")


@on_sqlite
@pytest.mark.parametrize("stars", [0, 6])
async def test_there_are_one_to_five_stars(practice: SmallPractice, stars: int) -> None:
    done = await over(practice)
    with pytest.raises(Invalid, match=r"^bad_stars$"):
        await practice.core.reviews.rate(practice.actor("dora"), done.id, stars)


async def test_a_review_can_be_changed_for_a_day(practice: SmallPractice) -> None:
    done, _ = await reviewed(practice, 2, "Hm.")
    dora = practice.actor("dora")
    await practice.clock.advance(DAY - MINUTE)
    await practice.core.reviews.rate(dora, done.id, 5)
    changed = await practice.core.reviews.comment(dora, done.id, "")
    assert (changed.stars, changed.comment) == (5, "")
    assert await rating(practice) == Rating(count=1, average=5.0)
    await practice.clock.advance(MINUTE)
    with pytest.raises(Conflict, match=r"^review_closed$"):
        await practice.core.reviews.rate(dora, done.id, 1)
    assert await seen(practice, "dora", done) == changed


async def test_the_counselor_is_told_of_a_new_review_once_with_the_words_that_followed(
    practice: SmallPractice,
) -> None:
    done, _ = await reviewed(practice)
    assert ("review_written", "Ben") not in await told(practice)
    await practice.clock.advance(REVIEW_SETTLES / 2)
    await practice.core.reviews.comment(practice.actor("dora"), done.id, "A good start.")
    await practice.clock.advance(REVIEW_SETTLES / 2)
    assert await told(practice) == [("review_written", "Ben")]
    (message,) = practice.messenger.sent
    assert getattr(message, "review", None) == await seen(practice, "ben", done)
    await practice.core.reviews.rate(practice.actor("dora"), done.id, 5)
    await practice.clock.advance(HOUR)
    assert await told(practice) == []


async def test_a_review_that_was_hidden_meanwhile_is_not_told(practice: SmallPractice) -> None:
    done, review = await reviewed(practice, 1, "Names somebody.")
    await practice.core.reviews.hide(practice.actor("ada"), done.id, review.version, "Names somebody")
    await practice.clock.advance(HOUR)
    assert ("review_written", "Ben") not in await told(practice)


async def test_the_counselor_answers_once_and_the_client_is_told(practice: SmallPractice) -> None:
    done, review = await reviewed(practice)
    ben, dora = practice.actor("ben"), practice.actor("dora")
    answered = await practice.core.reviews.answer(ben, done.id, review.version, "Thank you!")
    assert await practice.core.reviews.answer(ben, done.id, review.version, "Thank you!") == answered
    assert ("review_answered", "Dora") in await told(practice)
    with pytest.raises(Conflict, match=r"^review_answered$"):
        await practice.core.reviews.answer(ben, done.id, answered.version, "And one thing more.")
    with pytest.raises(Conflict, match=r"^review_closed$"):
        await practice.core.reviews.rate(dora, done.id, 1)
    assert await seen(practice, "dora", done) == answered


async def test_an_answer_to_a_review_that_has_changed_is_refused(practice: SmallPractice) -> None:
    done, review = await reviewed(practice, 5)
    await practice.core.reviews.rate(practice.actor("dora"), done.id, 1)
    with pytest.raises(Conflict, match=r"^stale$"):
        await practice.core.reviews.answer(practice.actor("ben"), done.id, review.version, "Thank you!")


async def test_a_hidden_review_counts_for_nobody_until_it_is_shown_again(practice: SmallPractice) -> None:
    done, review = await reviewed(practice, 1, "Names somebody.")
    ada = practice.actor("ada")
    hidden = await practice.core.reviews.hide(ada, done.id, review.version, "Names somebody")
    assert (hidden.hidden_reason, await rating(practice)) == ("Names somebody", None)
    assert await practice.core.reviews.latest(practice.ids["ben"]) == []
    assert [await seen(practice, who, done) for who in ("dora", "ben", "ada")] == [hidden, None, hidden]
    with pytest.raises(Conflict, match=r"^review_not_found$"):
        await _answer(practice, done, hidden)
    shown = await practice.core.reviews.show(ada, done.id, hidden.version)
    assert (shown.hidden_reason, await rating(practice)) == ("", Rating(count=1, average=1.0))
    audit = [(row["action"], row["details"]) for row in await practice.audit()]
    assert audit[-2:] == [
        ("review.hidden", {"stars": 1, "hidden_reason": "Names somebody"}),
        ("review.shown", {"stars": 1, "hidden_reason": ""}),
    ]


async def test_hiding_needs_a_reason_and_the_version_that_was_seen(practice: SmallPractice) -> None:
    done, review = await reviewed(practice)
    ada = practice.actor("ada")
    with pytest.raises(Invalid, match=r"^empty$"):
        await practice.core.reviews.hide(ada, done.id, review.version, "")
    await practice.core.reviews.comment(practice.actor("dora"), done.id, "Better words.")
    with pytest.raises(Conflict, match=r"^stale$"):
        await practice.core.reviews.hide(ada, done.id, review.version, "Rude")
    assert await rating(practice) == Rating(count=1, average=4.0)


async def test_nobody_hides_what_is_said_of_them_while_there_is_another_admin(
    practice: SmallPractice,
) -> None:
    done, review = await reviewed(practice, 1)
    ben = practice.people["ben"]
    practice.people["ben"] = replace(ben, roles=ben.roles | {Role.ADMIN})
    async with practice.store.write() as uow:
        await uow.people.save(practice.people["ben"])
    with pytest.raises(Forbidden, match=r"^own_case$"):
        await practice.core.reviews.hide(practice.actor("ben"), done.id, review.version, "Not nice")


@on_sqlite
@pytest.mark.parametrize("who", ["dora", "ben", "emil"])
async def test_only_the_admin_hides_shows_and_lists(practice: SmallPractice, who: str) -> None:
    done, review = await reviewed(practice)
    actor, reviews = practice.actor(who), practice.core.reviews
    for attempt in (
        reviews.hide(actor, done.id, review.version, "Rude"),
        reviews.show(actor, done.id, review.version),
        reviews.every(actor, 0),
    ):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await attempt
    assert await seen(practice, "ada", done) == review


async def test_a_session_that_turns_out_to_be_a_no_show_keeps_its_review_without_counting_it(
    practice: SmallPractice,
) -> None:
    done, review = await reviewed(practice, 5, "Wonderful.")
    ben, running = practice.actor("ben"), practice.core.running
    wrong = await running.settle(ben, done.id, done.version, Outcome.CLIENT_ABSENT)
    assert (await rating(practice), await practice.core.reviews.latest(practice.ids["ben"])) == (None, [])
    with pytest.raises(Conflict, match=r"^moved_on$"):
        await practice.core.reviews.rate(practice.actor("dora"), done.id, 1)
    await running.settle(ben, done.id, wrong.version, Outcome.TOOK_PLACE)
    assert await rating(practice) == Rating(count=1, average=5.0)
    assert await practice.core.reviews.latest(practice.ids["ben"]) == [review]


async def test_the_audit_trail_knows_the_stars_and_not_the_words(practice: SmallPractice) -> None:
    done, review = await reviewed(practice, 4, "Words that stay here.")
    await _answer(practice, done, review)
    assert "Words that stay here." not in str(await practice.audit())
    assert [row["action"] for row in await practice.audit()][-3:] == [
        "review.written",
        "review.changed",
        "review.answered",
    ]


async def test_the_admins_list_has_every_review_the_newest_first(practice: SmallPractice) -> None:
    ada = practice.actor("ada")
    assert (await practice.core.reviews.every(ada, 7)).lines == ()
    first, review = await reviewed(practice, 2)
    await practice.core.reviews.hide(ada, first.id, review.version, "Rude")
    second = await practice.book("emil", first.ends_at + HOUR, counselor="ben")
    await practice.clock.advance(4 * HOUR)
    await practice.core.running.settle(practice.actor("ben"), second.id, second.version, Outcome.TOOK_PLACE)
    await practice.core.reviews.rate(practice.actor("emil"), second.id, 5)
    page = await practice.core.reviews.every(ada, 7)
    assert (page.page, page.total) == (0, 2)
    assert [
        (each.client_name, each.counselor_name, each.review.stars, each.counts) for each in page.lines
    ] == [
        ("Emil", "Ben", 5, True),
        ("Dora", "Ben", 2, False),
    ]


async def _answer(practice: SmallPractice, done: Booking, review: Review) -> Review:
    return await practice.core.reviews.answer(practice.actor("ben"), done.id, review.version, "Thank you!")
