"""All use cases of the practice, built together."""

from dataclasses import dataclass

from core.db.uow import Store
from core.ports.clock import Clock
from core.services.booking import Bookings
from core.services.drafts import Drafts
from core.services.hold import Holds
from core.services.inbox import Inbox
from core.services.listing import Listing
from core.services.offers import Offers
from core.services.people import People
from core.services.programs import Programs


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """What the edges may ask of the core."""

    people: People
    offers: Offers
    holds: Holds
    bookings: Bookings
    listing: Listing
    drafts: Drafts
    programs: Programs
    inbox: Inbox


def use_cases(store: Store, clock: Clock, admins: frozenset[int] = frozenset()) -> UseCases:
    """The use cases over one store and one clock; `admins` are Telegram ids that are admin from the start."""
    return UseCases(
        people=People(store, clock, admins),
        offers=Offers(store, clock),
        holds=Holds(store, clock),
        bookings=Bookings(store, clock),
        listing=Listing(store, clock),
        drafts=Drafts(store, clock),
        programs=Programs(store, clock),
        inbox=Inbox(store, clock),
    )
