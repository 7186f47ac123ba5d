"""A fixed address."""

import pytest

from tests.contracts.meetings import PLAN, MeetingProviderContract, address
from webhooks.meetings.static import Static


class TestStatic(MeetingProviderContract):
    """The whole contract."""

    @pytest.fixture
    def provider(self) -> Static:
        return Static("https://meet.example.org/ben")


async def test_counselor_and_meeting_are_put_in_where_they_stand() -> None:
    static = Static("https://{counselor}.example.org/{meeting}?a={b}")
    assert await address(static, await static.create(PLAN)) == f"https://ben.example.org/{PLAN.name}?a={{b}}"
