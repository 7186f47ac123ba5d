"""Status badges."""

from bot.screens.status import BADGES, badge
from core.domain.booking import Status
from tests.bot.screens.reading import BERLIN, NEW_YORK


def test_every_status_has_a_badge_of_its_own() -> None:
    assert set(BADGES) == set(Status)
    assert len({badge(NEW_YORK, status) for status in Status}) == len(Status)
    assert badge(NEW_YORK, Status.CONFIRMED) == "✅ Confirmed"
    assert badge(BERLIN, Status.CONFIRMED) == "✅ Bestätigt"
