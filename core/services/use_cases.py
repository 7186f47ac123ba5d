"""All use cases of the practice, built together."""

from dataclasses import dataclass

from core.db.uow import Store
from core.ports.clock import Clock
from core.services.booking import Bookings
from core.services.cancellation import Cancellations
from core.services.drafts import Drafts
from core.services.hold import Holds
from core.services.inbox import Inbox
from core.services.listing import Listing
from core.services.move_times import MoveTimes
from core.services.no_show import NoShows
from core.services.note import Notes
from core.services.offers import Offers
from core.services.people import People
from core.services.programs import Programs
from core.services.reschedule import Reschedules
from core.services.review import Reviews
from core.services.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """What the edges may ask of the core."""

    people: People
    offers: Offers
    holds: Holds
    bookings: Bookings
    cancellations: Cancellations
    reschedules: Reschedules
    move_times: MoveTimes
    listing: Listing
    drafts: Drafts
    programs: Programs
    inbox: Inbox
    running: Running
    no_shows: NoShows
    reviews: Reviews
    notes: Notes


def use_cases(store: Store, clock: Clock, admins: frozenset[int] = frozenset()) -> UseCases:
    """The use cases over one store and one clock; `admins` are Telegram ids that are admin from the start."""
    return UseCases(
        people=People(store, clock, admins),
        offers=Offers(store, clock),
        holds=Holds(store, clock),
        bookings=Bookings(store, clock),
        cancellations=Cancellations(store, clock),
        reschedules=Reschedules(store, clock),
        move_times=MoveTimes(store, clock),
        listing=Listing(store, clock),
        drafts=Drafts(store, clock),
        programs=Programs(store, clock),
        inbox=Inbox(store, clock),
        running=Running(store, clock),
        no_shows=NoShows(store, clock),
        reviews=Reviews(store, clock),
        notes=Notes(store, clock),
    )
