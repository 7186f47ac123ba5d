"""Samples of booking cards: in every status, from every side."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.callbacks import Bookings, DeclineReason, Tab
from bot.screens.booking_card import CardState, booking_card
from bot.screens.screen import Screen
from core.domain.actions import Case, Party
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason, refund
from core.domain.policy import Policy
from core.domain.reschedule import Proposal
from core.domain.session_type import Location
from core.domain.side import Side
from core.kit.i18n import Texts
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
)

NEW_START = START + 29 * HOUR
OFFER = Proposal(
    id=8,
    booking_id=42,
    opened_by=Side.CLIENT,
    asked_by=Side.CLIENT,
    starts_at=NEW_START,
    ends_at=NEW_START + HOUR,
    original_starts_at=START,
    created_at=NOW,
    asked_at=NOW,
    expires_at=START,
)
THEIRS = replace(OFFER, opened_by=Side.COUNSELOR, asked_by=Side.COUNSELOR)


def case(
    standing: Booking | None = None, party: Party = Party.CLIENT, *, now: datetime = NOW, **more: object
) -> Case:
    """The sample booking as a party looks at it."""
    return Case(booking=standing or booking(), party=party, now=now, policy=Policy(), **more)  # type: ignore[arg-type]


def card(seen: Case, **more: object) -> CardState:
    """The card of a case."""
    state = CardState(
        case=seen,
        session_type=INTRO.title,
        counselor=ANN.name,
        client="Dora Client",
        client_zone="Europe/Berlin",
    )
    return replace(state, **more)  # type: ignore[arg-type]


def shows(seen: Case, **more: object) -> Callable[[Texts], Screen]:
    """How the card of a case is shown."""
    state = card(seen, **more)
    return lambda t: booking_card(t, state)


def called_off(by: Side = Side.CLIENT) -> Booking:
    """The sample booking after it was cancelled, late."""
    standing = booking()
    back = refund(standing, by, START - 3 * HOUR, Policy())
    return replace(
        standing,
        status=Status.CANCELLED,
        reason=Reason.ILL,
        details="A cold. Sorry!",
        cancelled_by=by,
        refund=back,
    )


IN_EVERY_STATUS = {
    f"booking card: {status}": shows(case(booking(status))) for status in Status if status is not Status.HELD
}
EXTREME = booking(topic=LONG_TOPIC, note=LONG_NOTE, location=Location.IN_PERSON)

SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    **IN_EVERY_STATUS,
    "booking card: declined with a reason": shows(
        case(booking(Status.DECLINED, reason=DeclineReason.MORE_DETAILS))
    ),
    "booking card: the counselor's": shows(case(party=Party.COUNSELOR)),
    "booking card: the counselor's request": shows(case(booking(Status.PENDING), Party.COUNSELOR)),
    "booking card: the admin's": shows(case(party=Party.ADMIN)),
    "booking card: too late for the client": shows(case(now=START - HOUR)),
    "booking card: moved as often as possible": shows(case(replace(booking(), client_reschedules=2))),
    "booking card: new time, by the client": shows(case(proposal=OFFER)),
    "booking card: new time, for the client": shows(case(proposal=THEIRS)),
    "booking card: new time, for the counselor": shows(case(party=Party.COUNSELOR, proposal=OFFER)),
    "booking card: new time, to the admin": shows(case(party=Party.ADMIN, proposal=OFFER)),
    "booking card: cancelled by the client": shows(case(called_off())),
    "booking card: cancelled, still free": shows(case(called_off()), same_time=True),
    "booking card: cancelled by the practice": shows(case(called_off(Side.COUNSELOR))),
    "booking card: over": shows(
        case(replace(booking(Status.COMPLETED), started_at=START, ended_at=START + HOUR), now=NEW_START)
    ),
    "booking card: extreme": shows(
        case(EXTREME, counselor_active=False),
        session_type=EXTREME_NAMES[2],
        counselor=LONG_NAME,
        back=Bookings(Tab.PAST, 2**31),
    ),
    "booking card: extreme, the admin's": shows(
        case(EXTREME, Party.ADMIN, proposal=OFFER), counselor=LONG_NAME, client=EXTREME_NAMES[1]
    ),
}
