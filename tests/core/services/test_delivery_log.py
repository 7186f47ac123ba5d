"""The delivery log: many entries at once, none of which can hold up or repeat a message."""

import asyncio

import pytest

from core.domain.channel import Channel
from core.domain.delivery import Delivery, Result
from core.domain.errors import Forbidden
from tests.core.services.small_practice import SmallPractice, on_sqlite


def entry(practice: SmallPractice, kind: str) -> Delivery:
    """A mail to Dora."""
    return Delivery(
        person_id=practice.people["dora"].id,
        channel=Channel.MAIL,
        kind=kind,
        result=Result.SENT,
        at=practice.clock.now(),
    )


async def test_entries_that_come_together_are_all_kept_and_read_by_the_page(practice: SmallPractice) -> None:
    log, dora = practice.core.deliveries, practice.people["dora"].id
    await asyncio.gather(*(log.add(entry(practice, f"{number:02}")) for number in range(25)))
    pages = [await log.read(practice.actor("ada"), dora, page) for page in range(3)]
    kinds = [each.kind for page in pages for each in page.entries]
    assert sorted(kinds, reverse=True) == kinds
    assert (len(set(kinds)), pages[0].total, len(pages[2].entries)) == (25, 25, 5)


@on_sqlite
async def test_an_entry_that_cannot_be_kept_is_only_told(
    practice: SmallPractice, caplog: pytest.LogCaptureFixture
) -> None:
    log = practice.core.deliveries
    broken = Delivery(
        person_id=10**9, channel=Channel.MAIL, kind="reminder", result=Result.SENT, at=practice.clock.now()
    )
    await log.add(broken)
    assert caplog.messages == ["what became of 1 messages is not kept: IntegrityError"]


@on_sqlite
async def test_the_log_is_read_by_the_admin_alone(practice: SmallPractice) -> None:
    with pytest.raises(Forbidden):
        await practice.core.deliveries.read(practice.actor("ann"), practice.people["dora"].id)
