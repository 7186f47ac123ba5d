"""Which session of its series a booking is."""

from core.domain.series import Place
from core.kit.i18n import Texts


def place_line(t: Texts, place: Place) -> str:
    """The number of the session and how many there are."""
    return t("🔁 {number} of {size} in a series", number=place.number, size=place.size)
