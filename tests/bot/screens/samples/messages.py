"""Samples of bookings, requests and notifications."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.callbacks import Bookings, DeclineReason, Tab
from bot.screens.bookings import BookingsState, Entry, bookings, not_found, not_loaded
from bot.screens.notification import later_nudge, notification_screen
from bot.screens.request import RequestsState, RequestState, decline_reasons, request_card, requests
from bot.screens.screen import Screen
from core.domain.booking import Status
from core.domain.notification import Kind, LaterNudge, Notification
from core.domain.program import Program
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.session_type import Location
from core.domain.side import Side
from core.kit.i18n import Texts
from tests.bot.screens.samples import afterwards, behalf, waiting
from tests.bot.screens.samples.cards import NEW_START, OFFER, THEIRS, called_off
from tests.bot.screens.samples.people import (
    ANN,
    EXTREME_NAMES,
    HOUR,
    INTRO,
    LONG_NAME,
    LONG_NOTE,
    LONG_TOPIC,
    NOW,
    START,
    booking,
    counselor,
    person,
)

ENTRY = Entry(
    booking_id=42,
    session_type=INTRO.title,
    status=Status.CONFIRMED,
    other=ANN.name,
    starts_at=START,
    ends_at=START + HOUR,
)
ENTRIES = tuple(
    replace(ENTRY, status=status, starts_at=START + day * 24 * HOUR, ends_at=START + (day * 24 + 1) * HOUR)
    for day, status in enumerate([*Status, Status.CONFIRMED])
)
EXTREME_ENTRIES = tuple(
    replace(ENTRY, booking_id=2**63 - 1, session_type=name, other=LONG_NAME) for name in EXTREME_NAMES * 2
)
REQUEST = RequestState(
    booking=booking(Status.PENDING),
    client="Dora Client",
    session_type=INTRO.title,
    client_zone="Europe/Berlin",
    now=NOW,
)
EXTREME_REQUEST = RequestState(
    booking=booking(Status.PENDING, topic=LONG_TOPIC, note=LONG_NOTE, location=Location.IN_PERSON),
    client=EXTREME_NAMES[1],
    session_type=LONG_NAME,
    client_zone="Asia/Kathmandu",
    now=NOW,
)
COURSE = Program(id=3, slug="py", title="Python 101", sessions=8, counselor_ids=(1,))


def notification(kind: Kind, status: Status, side: Side, lead: timedelta | None = None) -> Notification:
    """A message about the sample booking."""
    return Notification(
        kind=kind,
        to=person(),
        side=side,
        booking=booking(status, reason=DeclineReason.TIME if status is Status.DECLINED else ""),
        counselor=ANN,
        client=person(),
        session_type=INTRO,
        lead=lead,
    )


def about_offer(
    kind: Kind, side: Side, proposal: Proposal, status: Status = Status.CONFIRMED
) -> Notification:
    """A message about another time for the sample booking, which has it once that is accepted."""
    told = replace(notification(kind, status, side), proposal=proposal)
    if proposal.status is not ProposalStatus.ACCEPTED:
        return told
    return replace(
        told, booking=replace(told.booking, starts_at=proposal.starts_at, ends_at=proposal.ends_at)
    )


NOTIFICATIONS = {
    Kind.REQUEST_RECEIVED: notification(Kind.REQUEST_RECEIVED, Status.PENDING, Side.CLIENT),
    Kind.NEW_REQUEST: notification(Kind.NEW_REQUEST, Status.PENDING, Side.COUNSELOR),
    Kind.NEW_BOOKING: notification(Kind.NEW_BOOKING, Status.CONFIRMED, Side.COUNSELOR),
    Kind.CONFIRMED: notification(Kind.CONFIRMED, Status.CONFIRMED, Side.CLIENT),
    Kind.DECLINED: notification(Kind.DECLINED, Status.DECLINED, Side.CLIENT),
    Kind.EXPIRED: notification(Kind.EXPIRED, Status.EXPIRED, Side.CLIENT),
    Kind.EXPIRED_UNANSWERED: notification(Kind.EXPIRED_UNANSWERED, Status.EXPIRED, Side.COUNSELOR),
    Kind.REQUEST_NUDGE: notification(Kind.REQUEST_NUDGE, Status.PENDING, Side.COUNSELOR),
    Kind.CANCELLED: replace(
        notification(Kind.CANCELLED, Status.CANCELLED, Side.CLIENT), booking=called_off(Side.COUNSELOR)
    ),
    Kind.RESCHEDULE_REQUESTED: about_offer(Kind.RESCHEDULE_REQUESTED, Side.CLIENT, THEIRS),
    Kind.RESCHEDULE_COUNTERED: about_offer(
        Kind.RESCHEDULE_COUNTERED, Side.COUNSELOR, replace(THEIRS, asked_by=Side.CLIENT, counters=3)
    ),
    Kind.RESCHEDULE_ACCEPTED: about_offer(
        Kind.RESCHEDULE_ACCEPTED, Side.CLIENT, replace(OFFER, status=ProposalStatus.ACCEPTED)
    ),
    Kind.RESCHEDULE_REJECTED: about_offer(
        Kind.RESCHEDULE_REJECTED, Side.CLIENT, replace(OFFER, status=ProposalStatus.REJECTED)
    ),
    Kind.RESCHEDULE_WITHDRAWN: about_offer(
        Kind.RESCHEDULE_WITHDRAWN, Side.COUNSELOR, replace(OFFER, status=ProposalStatus.WITHDRAWN)
    ),
    Kind.RESCHEDULE_EXPIRED: about_offer(
        Kind.RESCHEDULE_EXPIRED, Side.CLIENT, replace(OFFER, status=ProposalStatus.EXPIRED)
    ),
    Kind.REMINDER: notification(Kind.REMINDER, Status.CONFIRMED, Side.CLIENT, HOUR),
    **afterwards.NOTIFICATIONS,
    **behalf.NOTIFICATIONS,
    **waiting.NOTIFICATIONS,
}


def told(n: Notification) -> Callable[[Texts], Screen]:
    """How a message is shown."""
    return lambda t: notification_screen(n, t, NOW)


def message(kind: Kind) -> Callable[[Texts], Screen]:
    """How a kind of message is shown, an hour before the start for reminders."""
    now = START - HOUR if kind is Kind.REMINDER else NOW
    return lambda t: notification_screen(NOTIFICATIONS[kind], t, now)


def extreme_message(kind: Kind) -> Callable[[Texts], Screen]:
    """The same with everything as long and as strange as it may be."""
    strange = replace(
        NOTIFICATIONS[kind],
        booking=replace(
            NOTIFICATIONS[kind].booking,
            topic=LONG_TOPIC,
            note=LONG_NOTE,
            location=Location.IN_PERSON,
            address=EXTREME_NAMES[2],
        ),
        counselor=counselor(9, EXTREME_NAMES[2], "Asia/Kolkata"),
        client=person(EXTREME_NAMES[1], None),
        session_type=replace(INTRO, title=LONG_NAME),
    )
    return lambda t: notification_screen(strange, t, NOW)


def request_in(status: Status) -> Callable[[Texts], Screen]:
    """A request that has been settled."""
    return lambda t: request_card(t, replace(REQUEST, booking=booking(status)))


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "bookings": lambda t: bookings(
        t, BookingsState(tab=Tab.UPCOMING, page=0, upcoming=2, past=10, entries=ENTRIES[:2])
    ),
    "bookings: every status": lambda t: bookings(
        t, BookingsState(tab=Tab.PAST, page=1, upcoming=2, past=35, entries=ENTRIES)
    ),
    "bookings: empty": lambda t: bookings(
        t, BookingsState(tab=Tab.UPCOMING, page=0, upcoming=0, past=0, entries=())
    ),
    "bookings: empty past": lambda t: bookings(
        t, BookingsState(tab=Tab.PAST, page=0, upcoming=1, past=0, entries=())
    ),
    "bookings: new time proposed": lambda t: bookings(
        t,
        BookingsState(
            tab=Tab.UPCOMING,
            page=0,
            upcoming=1,
            past=0,
            entries=(replace(ENTRY, proposed_at=NEW_START),),
            counselor=True,
        ),
    ),
    "bookings: the counselor's": lambda t: bookings(
        t,
        BookingsState(
            tab=Tab.UPCOMING,
            page=0,
            upcoming=12,
            past=0,
            entries=(replace(ENTRY, other="Dora Client"),) * 10,
            side=Side.COUNSELOR,
            counselor=True,
        ),
    ),
    "bookings: the counselor's, empty": lambda t: bookings(
        t,
        BookingsState(
            tab=Tab.UPCOMING, page=0, upcoming=0, past=0, entries=(), side=Side.COUNSELOR, counselor=True
        ),
    ),
    "bookings: not loaded": lambda t: not_loaded(t, Bookings(Tab.PAST, 3)),
    "bookings: not found": lambda t: not_found(t, "K3M9Q2T"),
    "bookings: extreme": lambda t: bookings(
        t, BookingsState(tab=Tab.PAST, page=99, upcoming=1234, past=1000, entries=EXTREME_ENTRIES)
    ),
    "request": lambda t: request_card(t, REQUEST),
    "request: extreme": lambda t: request_card(t, EXTREME_REQUEST),
    "request: approved": request_in(Status.CONFIRMED),
    "request: declined": request_in(Status.DECLINED),
    "request: expired": request_in(Status.EXPIRED),
    "request: past its deadline": lambda t: request_card(t, replace(REQUEST, now=START)),
    "request: completed": request_in(Status.COMPLETED),
    "request: reasons": lambda t: decline_reasons(t, REQUEST),
    "requests": lambda t: requests(
        t, RequestsState(entries=(replace(ENTRY, status=Status.PENDING, other="Dora Client"),) * 3)
    ),
    "requests: pages": lambda t: requests(t, RequestsState(entries=EXTREME_ENTRIES * 3, page=1)),
    "requests: none": lambda t: requests(t, RequestsState(entries=())),
    **{f"message: {kind}": message(kind) for kind in Kind},
    **{f"message: {kind}, extreme": extreme_message(kind) for kind in Kind},
    "message: cancelled, to the counselor": told(
        replace(
            notification(Kind.CANCELLED, Status.CANCELLED, Side.COUNSELOR), booking=called_off(Side.CLIENT)
        )
    ),
    "message: reschedule_requested for a request": told(
        about_offer(Kind.RESCHEDULE_REQUESTED, Side.COUNSELOR, OFFER, Status.PENDING)
    ),
    "message: reschedule_rejected for a request": told(
        about_offer(
            Kind.RESCHEDULE_REJECTED,
            Side.COUNSELOR,
            replace(THEIRS, status=ProposalStatus.REJECTED),
            Status.PENDING,
        )
    ),
    "message: reschedule_expired, by the other": told(
        about_offer(Kind.RESCHEDULE_EXPIRED, Side.COUNSELOR, replace(OFFER, status=ProposalStatus.EXPIRED))
    ),
    "message: schedule later": lambda t: later_nudge(LaterNudge(to=person(), program=COURSE, remaining=5), t),
}
