"""Samples of series: planning them, the booked ones, and what is done to several sessions at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.callbacks import RepeatUntil
from bot.screens.booking_card import booking_card
from bot.screens.refusal import date_not_understood
from bot.screens.reschedule import offer
from bot.screens.screen import Screen
from bot.screens.series import (
    PlanState,
    RepeatState,
    SeriesDoneState,
    plan,
    repeat_menu,
    repeat_until,
    series_done,
)
from bot.screens.series_card import SeriesState, decline_series, series_card
from bot.screens.series_change import (
    CancelSeriesState,
    ScopeState,
    cancel_series_reasons,
    confirm_cancel_series,
    scope,
    series_instead,
)
from bot.screens.series_message import series_message
from core.domain.actions import Party
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason, refund
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.notification import Kind, Notification
from core.domain.policy import Policy
from core.domain.refusal import Reason as Why
from core.domain.reschedule import ProposalStatus, opened
from core.domain.series import NO_SUCH_TIME, USED_UP, Place, PlannedDate
from core.domain.side import Side
from core.kit.i18n import Texts
from tests.bot.screens.samples.booking import FULL, HELD
from tests.bot.screens.samples.cards import card as card_state
from tests.bot.screens.samples.cards import case
from tests.bot.screens.samples.changes import MOVE
from tests.bot.screens.samples.people import (
    ANN,
    EXTREME_NAMES,
    HOUR,
    INTRO,
    LONG_NAME,
    LONG_NOTE,
    NOW,
    START,
    booking,
    person,
)

WEEK = timedelta(weeks=1)
WALL = datetime(2026, 11, 3, 9)  # noqa: DTZ001 - a wall time


def dates(*codes: str | None) -> tuple[PlannedDate, ...]:
    """The held date and one a week for each code."""
    found = (
        PlannedDate(
            number=n,
            wall=WALL + n * WEEK,
            start=None if code == NO_SUCH_TIME else START + n * WEEK,
            code=code,
            instead=(START + n * WEEK - HOUR, START + n * WEEK + 25 * HOUR) if code else (),
        )
        for n, code in enumerate([None, *codes])
    )
    return tuple(found)


def sessions(status: Status = Status.CONFIRMED, count: int = 4, **changes: Any) -> tuple[Booking, ...]:
    """So many sessions of a series."""
    return tuple(
        replace(
            booking(status, **changes),
            id=42 + n,
            series_id=7,
            starts_at=START + n * WEEK,
            ends_at=START + n * WEEK + HOUR,
        )
        for n in range(count)
    )


PLAN = PlanState(
    held=HELD,
    fortnightly=False,
    dates=dates(None, None, None),
    price=INTRO.price,
    confirmation=Confirmation.INSTANT,
)
EVERY_CODE = dates(*(each.value for each in Why), NO_SUCH_TIME, USED_UP)
REPEAT = RepeatState(held=HELD, fortnightly=False, most=9, dates=tuple(START + n * WEEK for n in range(1, 9)))
SERIES = SeriesState(
    bookings=sessions(Status.PENDING),
    party=Party.COUNSELOR,
    session_type=INTRO.title,
    counselor=ANN.name,
    client="Dora Client",
    now=NOW,
    client_zone="Europe/Berlin",
)
MIXED = tuple(
    replace(each, status=status) for each, status in zip(sessions(count=len(Status)), Status, strict=True)
)
STRANGE = replace(
    SERIES,
    bookings=sessions(Status.PENDING, 26, note=LONG_NOTE[:1000]),
    session_type=LONG_NAME,
    client=EXTREME_NAMES[1],
    client_zone="Asia/Kathmandu",
)
SCOPE = ScopeState(
    booking=sessions()[1],
    place=Place(number=2, size=6),
    session_type=INTRO.title,
    cancelling=True,
    following=4,
)
CANCEL = CancelSeriesState(
    case=case(sessions()[0]),
    session_type=INTRO.title,
    counselor=ANN.name,
    client="Dora Client",
    sessions=tuple((each, refund(each, Side.CLIENT, NOW, Policy())) for each in sessions()),
    back=Money(minor=24000, currency="USD"),
    draft=5,
    reason=Reason.ILL,
)
FREE = replace(
    CANCEL,
    case=replace(
        case(replace(sessions()[0], price=Money(minor=0, currency="USD"))),
        policy=Policy(chosen={"require_cancellation_reason": False}),
    ),
    reason=None,
)
OFFERS = tuple(
    replace(opened(each, Side.COUNSELOR, each.starts_at + 2 * HOUR, NOW, Policy()), id=8 + n, together=42)
    for n, each in enumerate(sessions())
)


def told(kind: Kind, status: Status, side: Side, **changes: Any) -> Notification:
    """A message about four sessions."""
    together = sessions(status, **changes)
    return Notification(
        kind=kind,
        to=person(),
        side=side,
        booking=together[0],
        counselor=ANN,
        client=person(),
        session_type=INTRO,
        together=together,
        proposal=OFFERS[0],
        offers=OFFERS,
        edition=4,
    )


def cancelled(side: Side) -> Notification:
    """Four sessions that the other side has called off."""
    message = told(Kind.CANCELLED, Status.CANCELLED, side, reason=Reason.ILL)
    back = refund(message.booking, side.other, NOW, Policy())
    together = tuple(replace(each, refund=back, cancelled_by=side.other) for each in message.together)
    return replace(message, booking=together[0], together=together)


CLOSED = replace(OFFERS[0], status=ProposalStatus.REJECTED)
MESSAGES = {
    "requested": told(Kind.REQUEST_RECEIVED, Status.PENDING, Side.CLIENT),
    "new request": told(Kind.NEW_REQUEST, Status.PENDING, Side.COUNSELOR),
    "nudge": told(Kind.REQUEST_NUDGE, Status.PENDING, Side.COUNSELOR),
    "expired unanswered": told(Kind.EXPIRED_UNANSWERED, Status.EXPIRED, Side.COUNSELOR),
    "new booking": told(Kind.NEW_BOOKING, Status.CONFIRMED, Side.COUNSELOR),
    "confirmed": told(Kind.CONFIRMED, Status.CONFIRMED, Side.CLIENT),
    "declined": told(Kind.DECLINED, Status.DECLINED, Side.CLIENT, reason="time"),
    "expired": told(Kind.EXPIRED, Status.EXPIRED, Side.CLIENT),
    "cancelled by the counselor": cancelled(Side.CLIENT),
    "cancelled by the client": cancelled(Side.COUNSELOR),
    "move requested": told(Kind.RESCHEDULE_REQUESTED, Status.CONFIRMED, Side.CLIENT),
    "move requested on behalf": told(Kind.RESCHEDULE_REQUESTED, Status.CONFIRMED, Side.COUNSELOR),
    "move countered": told(Kind.RESCHEDULE_COUNTERED, Status.CONFIRMED, Side.CLIENT),
    "moved": told(Kind.RESCHEDULE_ACCEPTED, Status.CONFIRMED, Side.CLIENT),
    "move rejected": replace(
        told(Kind.RESCHEDULE_REJECTED, Status.CONFIRMED, Side.CLIENT), proposal=CLOSED, offers=()
    ),
    "move withdrawn": told(Kind.RESCHEDULE_WITHDRAWN, Status.CONFIRMED, Side.CLIENT),
    "move expired": told(Kind.RESCHEDULE_EXPIRED, Status.CONFIRMED, Side.COUNSELOR),
}


def message(name: str) -> Callable[[Texts], Screen]:
    """The screen of a message."""
    return lambda t: series_message(t, MESSAGES[name], NOW)


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "series: how often": lambda t: repeat_menu(t, REPEAT),
    "series: how often, fortnightly": lambda t: repeat_menu(t, replace(REPEAT, fortnightly=True, most=26)),
    "series: no room": lambda t: repeat_menu(t, replace(REPEAT, most=1, dates=())),
    "series: until": lambda t: repeat_until(t, REPEAT),
    "series: until, extreme": lambda t: repeat_until(
        t, replace(REPEAT, held=FULL, dates=tuple(START + n * WEEK for n in range(1, 26)))
    ),
    "series: date not understood": lambda t: date_not_understood(t, RepeatUntil(5)),
    "series: plan": lambda t: plan(t, PLAN),
    "series: plan, by request": lambda t: plan(t, replace(PLAN, confirmation=Confirmation.REQUEST)),
    "series: plan, a clash": lambda t: plan(t, replace(PLAN, dates=dates(None, "booking", None))),
    "series: plan, a week without": lambda t: plan(
        t, replace(PLAN, dates=(*dates(), replace(dates("daily_limit")[1], instead=())))
    ),
    "series: plan, clocks skip it": lambda t: plan(t, replace(PLAN, dates=dates(NO_SUCH_TIME))),
    "series: plan, one left out": lambda t: plan(
        t,
        replace(
            PLAN,
            fortnightly=True,
            dates=(*dates(None), replace(dates(None, None)[2], start=None, skipped=True)),
            price=Money(minor=0, currency="USD"),
        ),
    ),
    "series: plan, too few left": lambda t: plan(
        t, replace(PLAN, dates=(*dates(), replace(dates(None)[1], start=None, skipped=True)))
    ),
    "series: plan, extreme": lambda t: plan(t, replace(PLAN, held=FULL, dates=EVERY_CODE)),
    "series: booked": lambda t: series_done(
        t, SeriesDoneState(bookings=sessions(), counselor=ANN.name, session_type=INTRO.title)
    ),
    "series: requested": lambda t: series_done(
        t,
        SeriesDoneState(
            bookings=sessions(Status.PENDING, 26), counselor=LONG_NAME, session_type=EXTREME_NAMES[1]
        ),
    ),
    "series: request": lambda t: series_card(t, SERIES),
    "series: request, extreme": lambda t: series_card(t, STRANGE),
    "series: all sessions": lambda t: series_card(
        t, replace(SERIES, bookings=MIXED, party=Party.CLIENT, client_zone=None)
    ),
    "series: all sessions, the admin's": lambda t: series_card(
        t, replace(SERIES, bookings=MIXED, party=Party.ADMIN)
    ),
    "series: decline": lambda t: decline_series(t, SERIES),
    "series: card": lambda t: booking_card(t, card_state(case(sessions()[1]), place=Place(number=2, size=4))),
    "series: card of a request": lambda t: booking_card(
        t,
        card_state(case(sessions(Status.PENDING)[1], Party.COUNSELOR), place=Place(number=2, size=4)),
    ),
    "series: card, to be moved": lambda t: booking_card(
        t,
        card_state(case(sessions()[1], proposal=OFFERS[1]), place=Place(number=2, size=4)),
    ),
    "series: cancel which": lambda t: scope(t, SCOPE),
    "series: cancel which, not all": lambda t: scope(
        t, replace(SCOPE, following=1, refused=(START + WEEK, "cancellation_cutoff"))
    ),
    "series: move which": lambda t: scope(t, replace(SCOPE, cancelling=False)),
    "series: cancel": lambda t: cancel_series_reasons(t, CANCEL),
    "series: cancel, free of charge": lambda t: cancel_series_reasons(t, FREE),
    "series: cancel, the counselor's": lambda t: cancel_series_reasons(
        t, replace(CANCEL, case=case(sessions()[0], Party.COUNSELOR))
    ),
    "series: cancel, confirm": lambda t: confirm_cancel_series(t, CANCEL),
    "series: cancel, confirm, no reason": lambda t: confirm_cancel_series(t, FREE),
    "series: cancel, extreme": lambda t: confirm_cancel_series(
        t,
        replace(
            CANCEL,
            counselor=LONG_NAME,
            draft=2**63 - 1,
            details=LONG_NOTE[:500],
            sessions=CANCEL.sessions * 6,
        ),
    ),
    "series: cancel instead": lambda t: series_instead(t, CANCEL, 8, 1),
    "series: move": lambda t: offer(
        t,
        replace(
            MOVE,
            moves=tuple((each.starts_at, each.starts_at + 29 * HOUR) for each in sessions(count=26)),
        ),
    ),
    **{f"series message: {name}": message(name) for name in MESSAGES},
}
