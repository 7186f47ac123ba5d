"""Facts about bookings that other parts act on, by their public names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.booking import Booking
from core.domain.policy import Policy
from core.domain.reschedule import Proposal


class EventName(StrEnum):
    """The names under which jobs, audit and outbound webhooks know a fact."""

    REQUESTED = "booking.requested"
    CONFIRMED = "booking.confirmed"
    DECLINED = "booking.declined"
    EXPIRED = "booking.expired"
    CANCELLED = "booking.cancelled"
    STARTED = "booking.started"
    COMPLETED = "booking.completed"
    NO_SHOW = "booking.no_show"
    RESCHEDULE_REQUESTED = "reschedule.requested"
    RESCHEDULE_COUNTERED = "reschedule.countered"
    RESCHEDULE_ACCEPTED = "reschedule.accepted"
    RESCHEDULE_REJECTED = "reschedule.rejected"
    RESCHEDULE_WITHDRAWN = "reschedule.withdrawn"
    RESCHEDULE_EXPIRED = "reschedule.expired"
    NO_SHOW_REPORTED = "no_show.reported"
    NO_SHOW_DISPUTED = "no_show.disputed"
    NO_SHOW_DECIDED = "no_show.decided"
    REVIEW_WRITTEN = "review.written"
    REVIEW_ANSWERED = "review.answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact about a booking, which stands here as it is after it.

    `actor_id` is the person who did it, None for the system; `policy` is the one in force `at` that
    moment; `proposal` is the one that a reschedule event is about. What is done to several bookings of a
    series at once is an event of each: `together` are the ids of all of them; people are told by the first.
    """

    name: EventName
    booking: Booking
    counselor_person_id: int
    actor_id: int | None
    at: datetime
    policy: Policy
    proposal: Proposal | None = None
    together: tuple[int, ...] = ()

    @property
    def told(self) -> bool:
        """Whether people learn of the act by this event."""
        return not self.together or self.together[0] == self.booking.id
