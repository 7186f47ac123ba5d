"""Reviews by booking, what they come to for each counselor, and the admin's list of all."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_leave
from core.db.tables.bookings import bookings
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.db.tables.reviews import reviews
from core.domain.booking import Status
from core.domain.errors import Conflict
from core.domain.review import Rating, Review

FIELDS = tuple(each.name for each in fields(Review))
OF_BOOKING = sa.select(reviews).where(reviews.c.booking_id == sa.bindparam("booking_id"))
ADD = insert_or_leave(reviews, reviews.c.booking_id)
SAVE = sa.update(reviews).where(
    reviews.c.booking_id == sa.bindparam("of_booking"), reviews.c.version == sa.bindparam("seen")
)
HAPPENED = bookings.c.status == Status.COMPLETED.value
COUNTED = sa.and_(reviews.c.hidden_reason == "", HAPPENED)
"""Neither hidden nor of a session that turned out to be a no-show."""
RATINGS = (
    sa.select(
        reviews.c.counselor_id, sa.func.count().label("count"), sa.func.sum(reviews.c.stars).label("stars")
    )
    .join(bookings)
    .where(reviews.c.counselor_id.in_(sa.bindparam("counselor_ids", expanding=True)), COUNTED)
    .group_by(reviews.c.counselor_id)
)
LATEST = (
    sa.select(reviews)
    .join(bookings)
    .where(reviews.c.counselor_id == sa.bindparam("counselor_id"), COUNTED, reviews.c.comment != "")
    .order_by(reviews.c.created_at.desc(), reviews.c.booking_id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
CLIENT, HOST = people.alias("client"), counselors.alias("host")
COUNT = sa.select(sa.func.count()).select_from(reviews)
PAGE = (
    sa.select(
        reviews,
        CLIENT.c.name.label("client_name"),
        HOST.c.name.label("counselor_name"),
        HAPPENED.label("happened"),
    )
    .join(bookings, bookings.c.id == reviews.c.booking_id)
    .join(CLIENT, CLIENT.c.id == reviews.c.client_id)
    .join(HOST, HOST.c.id == reviews.c.counselor_id)
    .order_by(reviews.c.created_at.desc(), reviews.c.booking_id.desc())
    .limit(sa.bindparam("size", type_=sa.Integer))
    .offset(sa.bindparam("skip", type_=sa.Integer))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review with its names; `counts` says whether it is shown and goes into the average."""

    review: Review
    client_name: str
    counselor_name: str
    counts: bool


class Reviews:
    """Reviews, one at most of a booking."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, booking_id: int) -> Review | None:
        """The review of a booking, if there is one."""
        row = (await self._conn.execute(OF_BOOKING, {"booking_id": booking_id})).first()
        return None if row is None else _review(row)

    async def add(self, review: Review) -> None:
        """The first review of a booking; Conflict `stale` when there is one."""
        added = await self._conn.execute(ADD[self._conn.dialect.name], _row(review))
        if added.scalar() is None:
            raise Conflict("stale", booking_id=review.booking_id)

    async def save(self, review: Review) -> None:
        """Store the next version of a review; Conflict `stale` unless the row is at the version before."""
        key = {"of_booking": review.booking_id, "seen": review.version - 1}
        if (await self._conn.execute(SAVE, key | _row(review))).rowcount == 0:
            raise Conflict("stale", booking_id=review.booking_id)

    async def ratings(self, counselor_ids: Iterable[int]) -> dict[int, Rating]:
        """The rating of each of these counselors who has one, in one query."""
        found = await self._conn.execute(RATINGS, {"counselor_ids": list(counselor_ids)})
        return {
            row["counselor_id"]: Rating(count=row["count"], average=int(row["stars"]) / row["count"])
            for row in found.mappings()
        }

    async def latest(self, counselor_id: int, most: int) -> list[Review]:
        """A counselor's newest reviews that count and have a comment."""
        found = await self._conn.execute(LATEST, {"counselor_id": counselor_id, "most": most})
        return [_review(row) for row in found]

    async def count(self) -> int:
        """How many reviews there are in all."""
        return (await self._conn.scalars(COUNT)).one()

    async def page(self, skip: int, size: int) -> list[ReviewLine]:
        """Some of all reviews, hidden ones included, the newest first."""
        return [_line(row) for row in await self._conn.execute(PAGE, {"skip": skip, "size": size})]


def _row(review: Review) -> dict[str, Any]:
    return {name: getattr(review, name) for name in FIELDS}


def _review(row: sa.Row[Any]) -> Review:
    return Review(**{name: getattr(row, name) for name in FIELDS})


def _line(row: sa.Row[Any]) -> ReviewLine:
    review = _review(row)
    return ReviewLine(
        review=review,
        client_name=row.client_name,
        counselor_name=row.counselor_name,
        counts=bool(row.happened) and not review.hidden,
    )
