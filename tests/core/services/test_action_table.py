"""The use cases refuse exactly what the table of actions does not allow."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from core.db.metadata import metadata
from core.domain.actions import Action, Party
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason
from core.domain.errors import DomainError
from core.domain.outcome import Outcome
from core.domain.reschedule import Proposal
from tests.core.domain.action_table import cells
from tests.core.domain.situations import AHEAD_OF_THE_START, favourable
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice, on_sqlite

WHO = {Party.CLIENT: "dora", Party.COUNSELOR: "ann", Party.ADMIN: "ada"}
WRITTEN = ("audit_entries", "private_notes", "reviews", "no_show_reports", "proposals", "jobs", "bookings")
NOT_USED = {Action.JOIN, Action.ADD_TO_CALENDAR, Action.BOOK_AGAIN}
"""What changes nothing: links, and the beginning of another booking."""

Use = Callable[[SmallPractice, str, Booking, Proposal | None], Awaitable[object]]


def _said(outcome: Outcome) -> Use:
    return lambda practice, who, booking, _: practice.core.running.settle(
        practice.actor(who), booking.id, 1, outcome
    )


def _offered(name: str) -> Use:
    """A use case about the offer that is open, or about one that is not there."""

    def use(practice: SmallPractice, who: str, _: Booking, offer: Proposal | None) -> Awaitable[object]:
        use_case: Any = getattr(practice.core.reschedules, name)
        more = (NOON + 2 * DAY + 2 * HOUR,) if name == "counter" else ()
        return use_case(practice.actor(who), offer.id if offer else 0, 1, *more)  # type: ignore[no-any-return]

    return use


USES: Mapping[Action, Use] = {
    Action.APPROVE: lambda practice, who, booking, _: practice.core.bookings.approve(
        practice.actor(who), booking.id, 1
    ),
    Action.DECLINE: lambda practice, who, booking, _: practice.core.bookings.decline(
        practice.actor(who), booking.id, 1, "time"
    ),
    Action.CANCEL: lambda practice, who, booking, _: practice.core.cancellations.cancel(
        practice.actor(who), booking.id, 1, Reason.ILL
    ),
    Action.RESCHEDULE: lambda practice, who, booking, _: practice.core.reschedules.propose(
        practice.actor(who), booking.id, 1, NOON + 2 * DAY
    ),
    Action.ACCEPT_TIME: _offered("accept"),
    Action.COUNTER: _offered("counter"),
    Action.KEEP_TIME: _offered("keep_time"),
    Action.WITHDRAW: _offered("withdraw"),
    Action.CANCEL_INSTEAD: lambda practice, who, _, offer: practice.core.cancellations.cancel_instead(
        practice.actor(who), offer.id if offer else 0, 1
    ),
    Action.START: lambda practice, who, booking, _: practice.core.running.start(
        practice.actor(who), booking.id, 1
    ),
    Action.COMPLETE: _said(Outcome.TOOK_PLACE),
    Action.NO_SHOW: _said(Outcome.CLIENT_ABSENT),
    Action.REPORT_NO_SHOW: lambda practice, who, booking, _: practice.core.no_shows.report(
        practice.actor(who), booking.id, 1, Outcome.COUNSELOR_ABSENT
    ),
    Action.ANSWER_REPORT: lambda practice, who, booking, _: practice.core.no_shows.answer(
        practice.actor(who), booking.id, 1, Outcome.TOOK_PLACE
    ),
    Action.DECIDE_REPORT: lambda practice, who, booking, _: practice.core.no_shows.decide(
        practice.actor(who), booking.id, 1, Outcome.COUNSELOR_ABSENT
    ),
    Action.REVIEW: lambda practice, who, booking, _: practice.core.reviews.rate(
        practice.actor(who), booking.id, 5
    ),
    Action.ANSWER_REVIEW: lambda practice, who, booking, _: practice.core.reviews.answer(
        practice.actor(who), booking.id, 1, "Thanks"
    ),
    Action.HIDE_REVIEW: lambda practice, who, booking, _: practice.core.reviews.hide(
        practice.actor(who), booking.id, 1, "Names a person."
    ),
    Action.SHOW_REVIEW: lambda practice, who, booking, _: practice.core.reviews.show(
        practice.actor(who), booking.id, 1
    ),
    Action.NOTE: lambda practice, who, booking, _: practice.core.notes.write(
        practice.actor(who), booking.id, "Bring the form."
    ),
}

REFUSED = {"moved_on", "booking_not_found", "not_yours", "report_not_found", "review_not_found"}
"""What somebody is told for whom there is nothing to do, in whichever words."""


@on_sqlite
@pytest.mark.parametrize("action", sorted(set(Action) - NOT_USED))
async def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(
    practice: SmallPractice, action: Action
) -> None:
    sample = await practice.book()
    if action not in AHEAD_OF_THE_START:
        await practice.clock.advance(NOON + DAY - practice.clock.now())
    for each, status, parties in cells():
        for party in Party if each is action else ():
            booking, offer = await set_up(practice, sample, action, status, party)
            refused = await attempt(USES[action](practice, WHO[party], booking, offer))
            assert (refused is None) is (party in parties), f"{party} of what is {status}: {refused}"
            if refused is not None:
                assert refused.code in REFUSED
                assert await practice.booking(booking.id) == booking


def test_every_use_case_of_the_table_is_tried() -> None:
    assert set(USES) == set(Action) - NOT_USED


async def set_up(
    practice: SmallPractice, sample: Booking, action: Action, status: Status, party: Party
) -> tuple[Booking, Proposal | None]:
    """The only booking there is, in that status, and everything else as is best for the action."""
    best = favourable(action, status, party)
    deadline = NOON if status in {Status.HELD, Status.PENDING} else None
    async with practice.store.write() as uow:
        for name in WRITTEN:
            await uow.conn.execute(sa.delete(metadata.tables[name]))
        wanted = replace(sample, status=status, awaits=best.booking.awaits, expires_at=deadline, version=1)
        booking = await uow.bookings.add(wanted)
        if best.report is not None:
            await uow.no_shows.add(replace(best.report, booking_id=booking.id))
        if best.review is not None:
            review = replace(
                best.review,
                booking_id=booking.id,
                counselor_id=booking.counselor_id,
                client_id=booking.client_id,
                created_at=practice.clock.now(),
            )
            await uow.reviews.add(review)
        offer = best.proposal and await uow.proposals.add(offered(best.proposal, booking))
    return booking, offer


def offered(offer: Proposal, booking: Booking) -> Proposal:
    """The same offer about this booking: the day after, open until the session begins."""
    return replace(
        offer,
        booking_id=booking.id,
        starts_at=booking.starts_at + DAY,
        ends_at=booking.ends_at + DAY,
        original_starts_at=booking.starts_at,
        expires_at=booking.starts_at,
    )


async def attempt(work: Awaitable[object]) -> DomainError | None:
    """The refusal, None where it was done."""
    try:
        await work
    except DomainError as error:
        return error
    return None
