"""Moving a session and those after it: one negotiation, all by as much on the clock, all or none."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.db.tables.proposals import proposals
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason
from core.domain.errors import Conflict, DomainError
from core.domain.notification import Notification
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.series import edition
from core.domain.side import Side
from tests.core.services.repeated import (
    WEEK,
    approved,
    far_ahead,
    repeated,
    seen,
    series_of,
    standing,
    weekly,
)
from tests.core.services.sessions import told
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite


async def propose(
    practice: SmallPractice, who: str, made: list[Booking], start: datetime, number: int = 0
) -> Proposal:
    """Offer to move a session of a series and those after it."""
    was = await seen(practice, made)
    return await practice.core.reschedules.propose(
        practice.actor(who), made[number].id, was, start, following=True
    )


async def accept(practice: SmallPractice, who: str, offer: Proposal) -> Booking:
    return await practice.core.reschedules.accept(practice.actor(who), offer.id, offer.version)


async def starts(practice: SmallPractice, made: list[Booking]) -> list[datetime]:
    return [each.starts_at for each in await standing(practice, made)]


async def statuses(practice: SmallPractice) -> list[str]:
    return [row["status"] for row in await practice.rows(proposals)]


async def refused(practice: SmallPractice, who: str, made: list[Booking], start: datetime) -> DomainError:
    with pytest.raises(Conflict) as refusal:
        await propose(practice, who, made, start)
    assert await statuses(practice) == []
    return refusal.value


async def test_this_and_the_following_move_by_as_much(practice: SmallPractice) -> None:
    made = await approved(practice)
    await told(practice)
    offer = await propose(practice, "dora", made, made[1].starts_at + 2 * HOUR, number=1)
    assert await told(practice) == [("reschedule_requested", "Ann")]
    (message,) = practice.messenger.sent
    assert isinstance(message, Notification)
    assert message.together == tuple(made[1:])
    assert [each.starts_at for each in message.offers] == [each.starts_at + 2 * HOUR for each in made[1:]]
    assert await starts(practice, made) == [each.starts_at for each in made]
    moved = await accept(practice, "ann", offer)
    expected = [
        made[0],
        *(
            replace(
                each,
                starts_at=each.starts_at + 2 * HOUR,
                ends_at=each.ends_at + 2 * HOUR,
                busy_until=each.busy_until + 2 * HOUR,
                wall_start=each.wall_start.replace("T13:", "T15:"),
                sequence=each.sequence + 1,
                version=each.version + 1,
                client_reschedules=1,
            )
            for each in made[1:]
        ),
    ]
    assert await standing(practice, made) == expected
    assert moved == expected[1]
    assert await told(practice) == [("reschedule_accepted", "Dora")]
    assert await statuses(practice) == ["accepted"] * 3


@pytest.mark.parametrize("by", [WEEK, 2 * WEEK, 30 * MINUTE, -30 * MINUTE, -DAY])
async def test_they_move_into_each_others_times_without_tripping(
    practice: SmallPractice, by: timedelta
) -> None:
    await far_ahead(practice)
    made = await approved(practice, weekly(5))
    offer = await propose(practice, "ann", made, made[2].starts_at + by, number=2)
    await accept(practice, "dora", offer)
    assert await starts(practice, made) == [
        *(each.starts_at for each in made[:2]),
        *(each.starts_at + by for each in made[2:]),
    ]


async def test_they_move_back_into_times_that_were_given_up(practice: SmallPractice) -> None:
    made = await approved(practice)
    ann = practice.actor("ann")
    await practice.core.cancellations.cancel(ann, made[0].id, made[0].version, Reason.TIME)
    offer = await propose(practice, "dora", made, made[0].starts_at, number=1)
    await accept(practice, "ann", offer)
    assert await starts(practice, made[1:]) == [each.starts_at for each in made[:3]]


async def test_over_the_change_of_clocks_they_keep_the_same_wall_time(practice: SmallPractice) -> None:
    await far_ahead(practice)
    made = await approved(practice, weekly(22))
    offer = await propose(practice, "dora", made, NOON + HOUR)
    await accept(practice, "ann", offer)
    moved = await standing(practice, made)
    assert {each.wall_start[11:] for each in moved} == {"14:00"}
    assert {each.starts_at.hour for each in moved} == {12, 13}


async def test_where_one_cannot_follow_none_is_offered(practice: SmallPractice) -> None:
    made = await approved(practice)
    await practice.book("emil", NOON + 2 * WEEK + 2 * HOUR)
    refusal = await refused(practice, "dora", made, NOON + 2 * HOUR)
    assert (refusal.code, refusal.details["at"]) == ("series_clash", NOON + 2 * WEEK)
    assert (await refused(practice, "dora", made, NOON)).code == "same_time"
    await practice.book("emil", NOON + 3 * HOUR)
    assert (await refused(practice, "dora", made, NOON + 3 * HOUR)).code == "slot_taken"


async def test_only_times_to_which_all_can_follow_are_offered(practice: SmallPractice) -> None:
    made, dora = await approved(practice), practice.actor("dora")
    await practice.book("emil", NOON + 2 * WEEK + 2 * HOUR)
    day = (NOON - 4 * HOUR, NOON + 4 * HOUR)
    alone = await practice.core.move_times.between(dora, made[0].id, *day)
    all_of_them = await practice.core.move_times.between(dora, made[0].id, *day, following=True)
    near_emil = [NOON + HOUR + n * 30 * MINUTE for n in range(5)]
    assert [each for each in alone if each not in all_of_them] == near_emil
    for start in alone:
        if start in all_of_them:
            await practice.core.move_times.check(dora, made[0].id, start, following=True)
        else:
            with pytest.raises(Conflict, match="series_clash"):
                await practice.core.move_times.check(dora, made[0].id, start, following=True)
    week_later = made[0].starts_at + WEEK
    assert week_later in await practice.core.move_times.between(
        dora, made[0].id, week_later, week_later + MINUTE, following=True
    )


async def test_one_that_may_not_move_keeps_all(practice: SmallPractice) -> None:
    await practice.set_policy(max_reschedules=1)
    made, dora = await approved(practice), practice.actor("dora")
    single = await practice.core.reschedules.propose(
        dora, made[2].id, made[2].version, made[2].starts_at + 2 * HOUR
    )
    with pytest.raises(Conflict, match="proposal_open"):
        await propose(practice, "ann", made, NOON + HOUR)
    await accept(practice, "ann", single)
    with pytest.raises(Conflict, match="no_moves_left"):
        await propose(practice, "dora", made, NOON + HOUR)
    await propose(practice, "ann", made, NOON + HOUR)
    with pytest.raises(Conflict, match="proposal_open"):
        await practice.core.reschedules.propose(dora, made[1].id, made[1].version, NOON + DAY)


async def test_an_older_edition_of_the_series_is_not_moved(practice: SmallPractice) -> None:
    made, dora = await approved(practice), practice.actor("dora")
    await practice.core.cancellations.cancel(dora, made[3].id, made[3].version, Reason.TIME)
    with pytest.raises(Conflict, match="stale"):
        await practice.core.reschedules.propose(dora, made[0].id, edition(made), NOON + HOUR, following=True)


async def test_the_answer_to_any_of_them_is_the_answer_to_all(practice: SmallPractice) -> None:
    made, ann = await approved(practice), practice.actor("ann")
    await propose(practice, "dora", made, NOON + HOUR)
    async with practice.store.read() as uow:
        last = await uow.proposals.open_of(made[3].id)
    assert last is not None
    countered = await practice.core.reschedules.counter(ann, last.id, last.version, NOON + 2 * HOUR)
    assert (countered.booking_id, countered.counters, countered.turn) == (made[0].id, 1, Side.CLIENT)
    await accept(practice, "dora", countered)
    assert await starts(practice, made) == [each.starts_at + 2 * HOUR for each in made]


@pytest.mark.parametrize(("who", "act"), [("ann", "keep_time"), ("dora", "withdraw")])
async def test_an_offer_that_comes_to_nothing_leaves_all_where_they_are(
    practice: SmallPractice, who: str, act: str
) -> None:
    made = await approved(practice)
    offer = await propose(practice, "dora", made, NOON + HOUR)
    await told(practice)
    await getattr(practice.core.reschedules, act)(practice.actor(who), offer.id, offer.version)
    assert await standing(practice, made) == made
    assert len(await told(practice)) == 1
    assert await practice.jobs("expire_proposal") == []


async def test_an_offer_that_nobody_answers_lapses_for_all_with_one_message_to_each(
    practice: SmallPractice,
) -> None:
    made = await approved(practice)
    offer = await propose(practice, "dora", made, NOON + HOUR)
    assert offer.expires_at == NOON
    await told(practice)
    await practice.clock.advance(NOON - practice.clock.now())
    lapsed = [each for each in await told(practice) if each[0] == "reschedule_expired"]
    assert sorted(lapsed) == [("reschedule_expired", "Ann"), ("reschedule_expired", "Dora")]
    assert await statuses(practice) == ["expired"] * 4
    assert await standing(practice, made) == made


async def test_cancel_instead_calls_off_all_that_were_to_move(practice: SmallPractice) -> None:
    made, dora = await approved(practice), practice.actor("dora")
    offer = await propose(practice, "ann", made, made[1].starts_at + HOUR, number=1)
    await told(practice)
    await practice.core.cancellations.cancel_instead(dora, offer.id, offer.version)
    ended = await standing(practice, made)
    assert ended[0] == made[0]
    assert {(each.status, each.refund and each.refund.percent) for each in ended[1:]} == {
        (Status.CANCELLED, 100)
    }
    assert await statuses(practice) == ["cancelled"] * 3
    assert await told(practice) == [("cancelled", "Ann")]


async def test_one_that_is_called_off_meanwhile_does_not_move(practice: SmallPractice) -> None:
    made = await approved(practice)
    offer = await propose(practice, "dora", made, NOON + HOUR)
    ann = practice.actor("ann")
    await practice.core.cancellations.cancel(ann, made[0].id, made[0].version, Reason.ILL)
    async with practice.store.read() as uow:
        still_open = await uow.proposals.open_with(offer)
    assert [each.booking_id for each in still_open] == [each.id for each in made[1:]]
    with pytest.raises(Conflict, match="moved_on"):
        await accept(practice, "ann", offer)
    await accept(practice, "ann", still_open[0])
    assert await starts(practice, made) == [NOON, *(each.starts_at + HOUR for each in made[1:])]


async def test_a_time_taken_meanwhile_keeps_all_and_the_offer_open(practice: SmallPractice) -> None:
    made = await approved(practice)
    offer = await propose(practice, "dora", made, NOON + 2 * HOUR)
    await practice.book("emil", NOON + 3 * WEEK + 2 * HOUR)
    with pytest.raises(Conflict, match="slot_taken") as refusal:
        await accept(practice, "ann", offer)
    assert refusal.value.details == {"booking_id": made[0].id}
    assert await standing(practice, made) == made
    assert await statuses(practice) == ["open"] * 4


async def test_agreeing_about_requests_confirms_all_of_them(practice: SmallPractice) -> None:
    made = await repeated(practice)
    offer = await propose(practice, "dora", made, NOON + HOUR)
    await accept(practice, "ann", offer)
    assert {each.status for each in await standing(practice, made)} == {Status.CONFIRMED}
    assert await practice.jobs("expire_request") == []


@on_sqlite
async def test_a_session_without_a_series_moves_alone(practice: SmallPractice) -> None:
    booked = await practice.book()
    offer = await practice.core.reschedules.propose(
        practice.actor("dora"), booked.id, booked.version, NOON + HOUR, following=True
    )
    assert (offer.together, offer.status) == (None, ProposalStatus.OPEN)
    assert (await accept(practice, "ann", offer)).starts_at == NOON + HOUR


@on_sqlite
async def test_an_admin_moves_them_on_behalf_of_a_side(practice: SmallPractice) -> None:
    made = await approved(practice)
    was = await seen(practice, made)
    offer = await practice.core.reschedules.propose(
        practice.actor("ada"), made[0].id, was, NOON + HOUR, Side.CLIENT, following=True
    )
    assert (offer.opened_by, offer.together) == (Side.CLIENT, made[0].id)
    assert series_of(made)


async def test_an_offer_for_several_is_looked_at_from_its_first(practice: SmallPractice) -> None:
    made, ann = await approved(practice), practice.actor("ann")
    offer = await propose(practice, "dora", made, NOON + HOUR)
    async with practice.store.read() as uow:
        last = await uow.proposals.open_of(made[3].id)
    assert last is not None
    found = await practice.core.listing.offer(ann, last.id, last.version)
    assert (found.booking.id, found.case.proposal) == (made[0].id, offer)
    assert await practice.core.move_times.together(ann, made[3].id) == made
    await practice.core.reschedules.withdraw(practice.actor("dora"), offer.id, offer.version)
    assert await practice.core.move_times.together(ann, made[3].id) == [made[3]]
