"""The message about each step of a negotiation, with the buttons that answer it."""

from datetime import datetime

from bot.callbacks import ShowBooking
from bot.screens.booking_card import action_rows
from bot.screens.calendar import calendar_row
from bot.screens.meeting import join_ahead
from bot.screens.reschedule import compared, theirs
from bot.screens.screen import Row, Screen, Tap, rows
from bot.screens.session import what, when
from bot.screens.wording import bold, device_time, lines, paragraphs, shown
from core.domain.actions import Action, Case, Party
from core.domain.booking import Status
from core.domain.notification import Notification
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.side import Side
from core.kit.i18n import Texts

ANSWERS = frozenset(
    {
        Action.APPROVE,
        Action.DECLINE,
        Action.ACCEPT_TIME,
        Action.COUNTER,
        Action.KEEP_TIME,
        Action.CANCEL_INSTEAD,
    }
)
"""What may wait for the reader of a message."""


def requested(t: Texts, n: Notification, now: datetime) -> Screen:
    """The other side would like another time; where the practice asks for it, its own side is told."""
    if _proposal(n).asked_by is n.side:
        return _asked_on_behalf(t, n, now)
    title = t("🔄 {name} would like to move your session", name=_other(n))
    return _asks(t, n, now, title)


def countered(t: Texts, n: Notification, now: datetime) -> Screen:
    """The other side answers with another time."""
    return _asks(t, n, now, t("🔄 {name} proposes another time instead", name=_other(n)))


def accepted(t: Texts, n: Notification, now: datetime) -> Screen:
    """The session has moved."""
    booking, proposal = n.booking, _proposal(n)
    before = proposal.original_starts_at
    return Screen(
        text=paragraphs(
            bold(t("✅ {name} has accepted the new time", name=_other(n))),
            lines(
                when(t, booking.starts_at, booking.ends_at),
                theirs(t, (booking.starts_at, booking.ends_at), _other_zone(n), _other(n)),
                device_time(t, booking.starts_at),
                what(t, n.session_type.title, booking.minutes, _other(n)),
            ),
            t("It was at {time} before.", time=t.moment(before)),
            t("Add to calendar:"),
        ),
        rows=rows(
            join_ahead(t, booking, n.join, now),
            calendar_row(t, booking, n.session_type.title, _other(n)),
            _details(t, n),
        ),
    )


def rejected(t: Texts, n: Notification, now: datetime) -> Screen:
    """The other side keeps the old time."""
    return _stays(t, n, now, t("🗓 {name} would like to keep the old time", name=_other(n)))


def withdrawn(t: Texts, n: Notification, now: datetime) -> Screen:
    """The other side has taken the offer back."""
    return _stays(t, n, now, t("↩️ {name} has withdrawn the proposal", name=_other(n)))


def expired(t: Texts, n: Notification, now: datetime) -> Screen:
    """Nobody has answered in time."""
    mine = _proposal(n).asked_by is n.side
    title = (
        t("⌛ {name} has not answered your proposal in time", name=_other(n))
        if mine
        else t("⌛ The proposal of {name} has expired", name=_other(n))
    )
    return _stays(t, n, now, title)


def _asks(t: Texts, n: Notification, now: datetime, title: str) -> Screen:
    proposal, booking = _proposal(n), n.booking
    left = t.countdown((proposal.expires_at - now).total_seconds())
    last = proposal.counters >= n.policy["max_counter_proposals"]
    instead = proposal.opened_by is Side.COUNSELOR and n.side is Side.CLIENT
    new = (proposal.starts_at, proposal.ends_at)
    return Screen(
        text=paragraphs(
            bold(title),
            lines(
                what(t, n.session_type.title, booking.minutes, _other(n)),
                compared(t, (booking.starts_at, booking.ends_at), new),
                theirs(t, new, _other_zone(n), _other(n)),
                device_time(t, proposal.starts_at),
            ),
            t("Accepting also confirms the session.") if booking.status is Status.PENDING else None,
            t("No further counter-proposal is possible: accept this time, or keep the old one.")
            if last
            else None,
            _instead(t, n) if instead else None,
            t(
                "⏰ Please answer by {time} ({left} left). Until then the session stays at the old time.",
                time=t.moment(proposal.expires_at),
                left=left,
            ),
        ),
        rows=_buttons(t, n, now),
    )


def _asked_on_behalf(t: Texts, n: Notification, now: datetime) -> Screen:
    proposal, booking = _proposal(n), n.booking
    new = (proposal.starts_at, proposal.ends_at)
    until = t.moment(proposal.expires_at)
    return Screen(
        text=paragraphs(
            bold(t("🔄 The practice has proposed another time for you")),
            lines(
                what(t, n.session_type.title, booking.minutes, _other(n)),
                compared(t, (booking.starts_at, booking.ends_at), new),
                theirs(t, new, _other_zone(n), _other(n)),
            ),
            t(
                "{name} has until {time} to answer. Until then the session stays at the old time.",
                name=_other(n),
                time=until,
            ),
        ),
        rows=_buttons(t, n, now),
    )


def _stays(t: Texts, n: Notification, now: datetime, title: str) -> Screen:
    booking, waits = n.booking, n.booking.status is Status.PENDING and n.booking.expires_at
    return Screen(
        text=paragraphs(
            bold(title),
            lines(
                t("The session stays where it is:"),
                when(t, booking.starts_at, booking.ends_at),
                what(t, n.session_type.title, booking.minutes, _other(n)),
            ),
            t("The request is still open until {time}.", time=t.moment(waits)) if waits else None,
        ),
        rows=_buttons(t, n, now),
    )


def _instead(t: Texts, n: Notification) -> str:
    if n.booking.price.is_free:
        return t("If no time suits you, you may cancel instead.")
    return t("If no time suits you, you may cancel instead; then everything comes back to you.")


def _buttons(t: Texts, n: Notification, now: datetime) -> tuple[Row, ...]:
    proposal = _proposal(n)
    case = Case(
        booking=n.booking,
        party=Party.CLIENT if n.side is Side.CLIENT else Party.COUNSELOR,
        now=now,
        policy=n.policy,
        counselor_active=n.counselor.active,
        proposal=proposal if proposal.status is ProposalStatus.OPEN else None,
    )
    return rows(*action_rows(t, case, ANSWERS), _details(t, n))


def _details(t: Texts, n: Notification) -> Tap:
    return Tap(t("📄 Details"), ShowBooking(n.booking.id))


def _proposal(n: Notification) -> Proposal:
    if n.proposal is None:
        raise ValueError(f"a message {n.kind} is about a proposal")
    return n.proposal


def _other(n: Notification) -> str:
    return shown(n.counselor.name if n.side is Side.CLIENT else n.client.name)


def _other_zone(n: Notification) -> str | None:
    return n.counselor.zone if n.side is Side.CLIENT else n.client.zone
