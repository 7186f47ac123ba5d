"""At the door of a meeting: one link for each side for the booking's life, an address for each click."""

import pytest

from core.db.tables.meetings import meetings
from core.domain.booking import Booking
from core.domain.errors import Conflict, DomainError, NotFound
from core.domain.meeting import Door
from core.domain.side import Side
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from tests.core.services.sessions import DURATION, at
from tests.core.services.small_practice import HOUR, MINUTE, SmallPractice, on_sqlite
from tests.core.services.test_meeting import call_off, shift

BASE = "https://confer.test/meeting/"


async def link(practice: SmallPractice, who: str, booked: Booking) -> str:
    """The capability in the link that somebody sees on their card."""
    found = await practice.core.listing.look(practice.actor(who), booked.id)
    assert found.join is not None
    assert found.join.startswith(BASE)
    return found.join.removeprefix(BASE)


async def refused(practice: SmallPractice, capability: str) -> str:
    with pytest.raises(DomainError) as refusal:
        await practice.core.joining.enter(capability)
    return refusal.value.code


async def test_each_side_joins_by_its_own_link_in_time(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    capabilities = {who: await link(practice, who, booked) for who in ("dora", "ben")}
    await practice.run_due()
    await at(practice, -15 * MINUTE)
    address = f"https://meet.test/{practice.place.name(booked)}"
    assert {who: await practice.core.joining.enter(each) for who, each in capabilities.items()} == {
        "dora": f"{address}?client=Dora&at=1145-1330",
        "ben": f"{address}?counselor=Ben&at=1145-1330",
    }


async def test_looking_tells_who_stands_there_and_changes_nothing(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    guest = await practice.core.joining.look(await link(practice, "dora", booked))
    assert (guest.side, guest.person, guest.name, guest.other, guest.door) == (
        Side.CLIENT,
        practice.people["dora"],
        "Dora",
        "Ben",
        Door.EARLY,
    )
    await at(practice)
    assert (await practice.core.joining.look(await link(practice, "ben", booked))).door is Door.OPEN
    assert practice.provider.calls == []


@on_sqlite
async def test_the_link_stays_when_the_session_moves(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    capability = await link(practice, "dora", booked)
    await shift(practice, booked)
    await at(practice, HOUR)
    assert await link(practice, "dora", booked) == capability
    assert "at=1300-1430" in await practice.core.joining.enter(capability)


@on_sqlite
async def test_nobody_joins_too_early_too_late_or_what_was_called_off(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    capability = await link(practice, "dora", booked)
    await practice.run_due()
    assert await refused(practice, capability) == "moved_on"
    await at(practice, DURATION + 30 * MINUTE)
    assert await refused(practice, capability) == "moved_on"
    other = await practice.book("emil", practice.clock.now() + 2 * HOUR - 30 * MINUTE, counselor="ben")
    capability = await link(practice, "emil", other)
    await call_off(practice, other)
    assert (await practice.core.joining.look(capability)).door is Door.CALLED_OFF
    assert await refused(practice, capability) == "moved_on"
    assert "join_address" not in practice.provider.calls


@on_sqlite
@pytest.mark.parametrize("trouble", [Unavailable("down"), AuthExpired("expired"), Rejected("no")], ids=str)
async def test_a_provider_in_trouble_is_told_and_can_be_tried_again(
    practice: SmallPractice, trouble: Exception
) -> None:
    booked = await practice.book(counselor="ben")
    capability = await link(practice, "dora", booked)
    await at(practice)
    practice.provider.troubles.append(trouble)
    assert await refused(practice, capability) == "meeting_unavailable"
    assert (await practice.core.joining.enter(capability)).startswith("https://meet.test/")
    assert practice.provider.calls == ["create", "create", "join_address"]


async def test_a_renewed_link_makes_the_former_ones_void_for_that_side_only(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    old, bens = await link(practice, "dora", booked), await link(practice, "ben", booked)
    await practice.core.joining.renew(practice.actor("ben"), booked.id, Side.CLIENT)
    await practice.run_due()
    new = await link(practice, "dora", booked)
    assert new != old
    await at(practice)
    assert await refused(practice, old) == "join_link_not_found"
    assert await link(practice, "ben", booked) == bens
    for each in (new, bens):
        assert (await practice.core.joining.look(each)).booking.id == booked.id


@on_sqlite
async def test_strangers_renew_nothing_and_forged_links_lead_nowhere(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    with pytest.raises(NotFound, match="booking_not_found"):
        await practice.core.joining.renew(practice.actor("emil"), booked.id, Side.CLIENT)
    assert await practice.rows_of(meetings) == []
    genuine = await link(practice, "dora", booked)
    for forged in ("", "x", genuine[:-1], genuine[::-1], genuine.swapcase(), genuine + "A", "é" * 59):
        assert await refused(practice, forged) == "join_link_not_found"


@on_sqlite
async def test_from_the_chat_only_the_two_join(practice: SmallPractice) -> None:
    booked = await practice.book(counselor="ben")
    enter = practice.core.joining.enter_from_chat
    with pytest.raises(Conflict, match="meeting_not_open"):
        await enter(practice.actor("dora"), booked.id)
    await at(practice)
    assert "client=Dora" in await enter(practice.actor("dora"), booked.id)
    assert "counselor=Ben" in await enter(practice.actor("ben"), booked.id)
    with pytest.raises(NotFound, match="booking_not_found"):
        await enter(practice.actor("emil"), booked.id)
    with pytest.raises(Conflict, match="moved_on"):
        await enter(practice.actor("ada"), booked.id)


@on_sqlite
async def test_messages_carry_the_recipients_own_link(practice: SmallPractice) -> None:
    booked = await practice.book(kind="asked", counselor="ben")
    await practice.core.bookings.approve(practice.actor("ben"), booked.id, booked.version)
    await practice.run_due()
    links = {each.to.name: each.join for each in practice.messenger.sent if each.kind.value == "confirmed"}  # type: ignore[union-attr]
    assert links == {"Dora": BASE + await link(practice, "dora", booked)}
