"""The links with which people join: one for each side of a booking, for its life."""

from dataclasses import dataclass

from core.db.repositories.meetings import KeptMeeting
from core.domain.side import Side
from core.kit.links import Links


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinLink:
    """What a capability leads to, while its generation is still the one of that side."""

    booking_id: int
    side: Side
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinLinks:
    """Makes and reads the capabilities; `base` is the address of this service, None where it has none."""

    links: Links
    base: str | None = None

    def address(self, booking_id: int, side: Side, kept: KeptMeeting | None) -> str | None:
        """The link of a side; None where nobody could open it."""
        if self.base is None:
            return None
        generation = kept.generation(side) if kept else 0
        return f"{self.base}/meeting/{self.links.seal(_kind(side), booking_id, generation)}"

    def open(self, capability: str) -> JoinLink | None:
        """What a link stands for; None unless we made it."""
        for side in Side:
            sealed = self.links.open(_kind(side), capability)
            if sealed is not None:
                return JoinLink(booking_id=sealed.row, side=side, generation=sealed.generation)
        return None


def _kind(side: Side) -> str:
    return f"meeting/{side}"
