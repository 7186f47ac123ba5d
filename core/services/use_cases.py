"""All use cases of the practice, built together."""

import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from core.db.uow import Store
from core.kit.links import Links
from core.ports.clock import Clock
from core.services.addresses import Addresses
from core.services.book_for import BookFor
from core.services.booking import Bookings
from core.services.bounces import Bounces
from core.services.cancellation import Cancellations
from core.services.choices import NotificationChoices
from core.services.clients import Clients
from core.services.delivery_log import DeliveryLog
from core.services.drafts import Drafts
from core.services.hold import Holds
from core.services.inbox import Inbox
from core.services.joining import Joining
from core.services.listing import Listing
from core.services.meeting import Meetings
from core.services.meeting_facts import MeetingFacts
from core.services.meeting_place import MeetingPlace, meeting_place
from core.services.move_times import MoveTimes
from core.services.new_times import NewTimes
from core.services.no_show import NoShows
from core.services.note import Notes
from core.services.offers import Offers
from core.services.on_behalf import OnBehalf
from core.services.out_of_office import DaysOff
from core.services.people import People
from core.services.programs import Programs
from core.services.reschedule import Reschedules
from core.services.review import Reviews
from core.services.running import Running
from core.services.schedule import Schedules
from core.services.series import Series
from core.services.statistics import Statistics
from core.services.unsubscribe_links import UnsubscribeLinks
from core.services.waitlist import Waitlist
from core.services.waitlist_rounds import WaitlistRounds


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """What the edges may ask of the core.

    Within one `snapshot` all that is read is read at once; one person has one `turn` at a time.
    """

    snapshot: Callable[[], AbstractAsyncContextManager[None]]
    turn: Callable[[int], AbstractAsyncContextManager[None]]
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
    addresses: Addresses
    bounces: Bounces
    choices: NotificationChoices
    deliveries: DeliveryLog
    meetings: Meetings
    joining: Joining
    meeting_facts: MeetingFacts
    running: Running
    no_shows: NoShows
    reviews: Reviews
    notes: Notes
    schedule: Schedules
    statistics: Statistics
    clients: Clients
    out_of_office: DaysOff
    new_times: NewTimes
    book_for: BookFor
    on_behalf: OnBehalf
    waitlist: Waitlist
    waitlist_rounds: WaitlistRounds
    series: Series


def use_cases(
    store: Store,
    clock: Clock,
    admins: frozenset[int] = frozenset(),
    place: MeetingPlace | None = None,
    unsubscribe: UnsubscribeLinks | None = None,
    *,
    mail_ready: bool = False,
) -> UseCases:
    """The use cases over one store and one clock.

    `admins` are Telegram ids that are admin from the start; without a `place` nobody meets online, and
    without `mail_ready` nobody is asked for an address.
    """
    place = place or meeting_place(secrets.token_urlsafe())
    unsubscribe = unsubscribe or UnsubscribeLinks(links=Links(secrets.token_urlsafe()))
    people = People(store, clock, admins)
    inbox, meetings = Inbox(store, clock), Meetings(store, clock, place)
    reschedules, move_times = Reschedules(store, clock), MoveTimes(store, clock)
    out_of_office = DaysOff(store, clock)
    return UseCases(
        snapshot=store.snapshot,
        turn=store.turn,
        people=people,
        offers=Offers(store, clock),
        holds=Holds(store, clock),
        bookings=Bookings(store, clock),
        cancellations=Cancellations(store, clock),
        reschedules=reschedules,
        move_times=move_times,
        listing=Listing(store, clock, place.links),
        drafts=Drafts(store, clock),
        programs=Programs(store, clock),
        inbox=inbox,
        addresses=Addresses(store, clock, unsubscribe.links, offered=mail_ready),
        bounces=Bounces(store, clock, inbox, people),
        choices=NotificationChoices(store, clock, unsubscribe),
        deliveries=DeliveryLog(store, clock),
        meetings=meetings,
        joining=Joining(store, clock, meetings, place),
        meeting_facts=MeetingFacts(store, clock, inbox),
        running=Running(store, clock),
        no_shows=NoShows(store, clock),
        reviews=Reviews(store, clock),
        notes=Notes(store, clock),
        schedule=Schedules(store, clock),
        statistics=Statistics(store, clock),
        clients=Clients(store, clock),
        out_of_office=out_of_office,
        new_times=NewTimes(store, out_of_office, move_times, reschedules),
        book_for=BookFor(store, clock),
        on_behalf=OnBehalf(store, clock),
        waitlist=Waitlist(store, clock),
        waitlist_rounds=WaitlistRounds(store, clock),
        series=Series(store, clock),
    )
