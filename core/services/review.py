"""Reviews: written by the client, answered by the counselor, hidden and shown again by the admin."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.db.repositories.reviews import ReviewLine
from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, require
from core.domain.actions import Action, Case, Party
from core.domain.actions import require as require_action
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.errors import Forbidden, Invalid, NotFound
from core.domain.events import EventName
from core.domain.person import Person, Role
from core.domain.review import Rating, Review
from core.domain.session_type import SessionType
from core.ports.clock import Clock
from core.services.case import case_of, locked_case
from core.services.no_show import judges
from core.services.running import check_seen, record

__all__ = ["ReviewDetails", "ReviewLine", "ReviewPage", "Reviews"]

PAGE_SIZE = 10
LATEST = 3
"""Comments on a counselor's card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDetails:
    """A session as somebody may look at it, with everybody it names, and its review if they may see one."""

    review: Review | None
    case: Case
    counselor: Counselor
    client: Person
    session_type: SessionType


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """A page of all reviews, `page` counted from 0, and how many there are."""

    lines: tuple[ReviewLine, ...]
    page: int
    total: int


class Reviews:
    """Use cases about reviews."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def rate(self, actor: Actor, booking_id: int, stars: int) -> Review:
        """Give a completed session 1 to 5 stars, or change them within a day.

        Conflict `moved_on` or `review_closed`; Invalid `bad_stars`.
        """
        return await self._write(actor, booking_id, stars=stars)

    async def comment(self, actor: Actor, booking_id: int, comment: str) -> Review:
        """Add, change or (empty) remove the words to the stars, within a day.

        NotFound `review_not_found` before there are stars; Conflict as for `rate`; Invalid `too_long`.
        """
        return await self._write(actor, booking_id, comment=comment)

    async def _write(self, actor: Actor, booking_id: int, **changes: object) -> Review:
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            require_action(Action.REVIEW, case)
            if case.review is not None:
                return await _save(uow, actor, "review.changed", case, **changes)
            stars = changes.get("stars")
            if not isinstance(stars, int):
                raise NotFound("review_not_found")
            review = _first(case, stars)
            await uow.reviews.add(review)
            await record(uow, actor, EventName.REVIEW_WRITTEN, case, case.booking, stars=stars)
            return review

    async def answer(self, actor: Actor, booking_id: int, version: int, answer: str) -> Review:
        """The counselor's one reply; after it the client changes nothing any more.

        `version` is the review's. Conflict as `actions.require` says, or `stale`; Invalid `empty` or
        `too_long`. Saying the same twice changes nothing.
        """
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            if case.party is Party.COUNSELOR and case.review and answer and case.review.answer == answer:
                return case.review
            require_action(Action.ANSWER_REVIEW, case)
            known = written(case)
            check_seen(case.booking, version, known.version)
            if not answer:
                raise Invalid("empty")
            review = known.with_(answer=answer)
            await uow.reviews.save(review)
            await record(uow, actor, EventName.REVIEW_ANSWERED, case, case.booking)
            return review

    async def hide(self, actor: Actor, booking_id: int, version: int, reason: str) -> Review:
        """The admin takes a review from sight, with a reason; it does not count then.

        `version` is the review's. Conflict as `actions.require` says, or `stale`; Invalid `empty` or
        `too_long`; Forbidden `own_case` for one about oneself, while there is another admin.
        """
        if not reason:
            raise Invalid("empty")
        return await self._moderate(actor, booking_id, version, Action.HIDE_REVIEW, reason)

    async def show(self, actor: Actor, booking_id: int, version: int) -> Review:
        """The admin lets a hidden review be seen again; Conflict as `actions.require` says, or `stale`."""
        return await self._moderate(actor, booking_id, version, Action.SHOW_REVIEW, "")

    async def _moderate(
        self, actor: Actor, booking_id: int, version: int, action: Action, reason: str
    ) -> Review:
        admin = require(actor, Role.ADMIN)
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            case = replace(case, party=Party.ADMIN)
            known = written(case)
            if admin.id not in {each.id for each in await judges(uow, case.booking)}:
                raise Forbidden("own_case")
            if known.hidden and known.hidden_reason == reason:
                return known
            require_action(action, case)
            check_seen(case.booking, version, known.version)
            done = "review.hidden" if reason else "review.shown"
            return await _save(uow, actor, done, case, hidden_reason=reason)

    async def details(self, actor: Actor, booking_id: int) -> ReviewDetails:
        """A session and its review, for either side and the admin; NotFound `booking_not_found`.

        Of a hidden review the counselor learns nothing.
        """
        async with self._store.read() as uow:
            booking = await uow.bookings.get(booking_id)
            case = await case_of(uow, actor, booking, self._clock.now())
            practice = await uow.practice()
            return ReviewDetails(
                review=seen_by(actor, booking, case.review),
                case=case,
                counselor=practice.counselor(booking.counselor_id),
                client=await uow.people.get(booking.client_id),
                session_type=practice.session_type(booking.session_type_id),
            )

    async def ratings(self, counselor_ids: Iterable[int]) -> dict[int, Rating]:
        """The rating of each of these counselors who has one, in one query."""
        async with self._store.read() as uow:
            return await uow.reviews.ratings(counselor_ids)

    async def latest(self, counselor_id: int) -> list[Review]:
        """A counselor's newest comments."""
        async with self._store.read() as uow:
            return await uow.reviews.latest(counselor_id, LATEST)

    async def every(self, actor: Actor, page: int) -> ReviewPage:
        """All reviews, hidden ones included, the newest first; for the admin."""
        require(actor, Role.ADMIN)
        async with self._store.read() as uow:
            total = await uow.reviews.count()
            page = min(page, max(0, (total - 1) // PAGE_SIZE))
            lines = await uow.reviews.page(page * PAGE_SIZE, PAGE_SIZE)
            return ReviewPage(lines=tuple(lines), page=page, total=total)


def seen_by(actor: Actor, booking: Booking, review: Review | None) -> Review | None:
    """The review as far as this person may see it: a hidden one is for its client and the admin."""
    if review is None or not review.hidden or actor.person is None:
        return review
    allowed = actor.person.id == booking.client_id or actor.person.has(Role.ADMIN)
    return review if allowed else None


def written(case: Case) -> Review:
    """The review of a case; NotFound `review_not_found`."""
    if case.review is None:
        raise NotFound("review_not_found")
    return case.review


def _first(case: Case, stars: int) -> Review:
    return Review(
        booking_id=case.booking.id,
        counselor_id=case.booking.counselor_id,
        client_id=case.booking.client_id,
        stars=stars,
        comment="",
        created_at=case.now,
    )


async def _save(uow: UnitOfWork, actor: Actor, done: str, case: Case, **changes: object) -> Review:
    """Store a change that nobody else needs to be told of; none is none."""
    known = written(case)
    review = known.with_(**changes)
    if review is not known:
        await uow.reviews.save(review)
        await uow.audit.add(
            booking_id=known.booking_id,
            actor_id=actor.person_id,
            action=done,
            at=case.now,
            details={"stars": review.stars, "hidden_reason": review.hidden_reason},
        )
    return review
