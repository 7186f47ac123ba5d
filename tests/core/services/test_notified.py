"""What a message is about is decided when it is sent: of several sessions those of which it is still true."""

from core.domain.cancellation import Reason
from core.domain.notification import Kind, Notification
from core.domain.series import edition
from tests.core.services.repeated import approved, repeated, seen
from tests.core.services.sessions import told
from tests.core.services.small_practice import HOUR, NOON, SmallPractice, on_sqlite


def messages(practice: SmallPractice, kind: Kind) -> list[Notification]:
    """Those of a kind that have been sent."""
    return [each for each in practice.messenger.sent if isinstance(each, Notification) and each.kind is kind]


async def test_a_session_called_off_before_the_message_goes_out_is_not_in_it(practice: SmallPractice) -> None:
    made = await repeated(practice)
    first = made[0]
    await practice.core.cancellations.cancel(practice.actor("dora"), first.id, first.version, Reason.ILL)
    await told(practice)
    (message,) = messages(practice, Kind.NEW_REQUEST)
    assert message.together == tuple(made[1:])
    assert message.booking == made[1]
    assert message.edition == await seen(practice, made) == edition(made) + 1


async def test_a_message_of_which_nothing_is_true_any_more_is_not_sent(practice: SmallPractice) -> None:
    made = await repeated(practice)
    dora = practice.actor("dora")
    await practice.core.series.cancel(dora, made[0].id, edition(made), Reason.ILL)
    assert await told(practice) == [("cancelled", "Ann")]


async def test_an_offer_that_was_answered_otherwise_is_not_told_any_more(practice: SmallPractice) -> None:
    made = await approved(practice)
    await told(practice)
    dora, ann = practice.actor("dora"), practice.actor("ann")
    offer = await practice.core.reschedules.propose(
        dora, made[0].id, edition(made), NOON + HOUR, following=True
    )
    await practice.core.reschedules.counter(ann, offer.id, offer.version, NOON + 2 * HOUR)
    assert await told(practice) == [("reschedule_countered", "Dora")]
    (message,) = messages(practice, Kind.RESCHEDULE_COUNTERED)
    assert [each.starts_at for each in message.offers] == [each.starts_at + 2 * HOUR for each in made]


async def test_an_offer_is_told_of_those_that_may_still_move(practice: SmallPractice) -> None:
    made = await approved(practice)
    await told(practice)
    dora, first = practice.actor("dora"), made[0]
    await practice.core.reschedules.propose(dora, first.id, edition(made), NOON + HOUR, following=True)
    await practice.core.cancellations.cancel(dora, first.id, first.version, Reason.TIME)
    await told(practice)
    (message,) = messages(practice, Kind.RESCHEDULE_REQUESTED)
    assert message.booking == made[1]
    assert message.proposal == message.offers[0]
    assert [each.booking_id for each in message.offers] == [each.id for each in made[1:]]


@on_sqlite
async def test_a_message_about_a_single_session_names_no_others(practice: SmallPractice) -> None:
    await practice.book()
    await told(practice)
    (message,) = messages(practice, Kind.NEW_REQUEST)
    assert (message.together, message.offers, message.edition) == ((), (), 0)
