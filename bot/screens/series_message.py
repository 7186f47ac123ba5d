"""One message for what was done to several sessions of a series at once."""

from collections.abc import Callable, Mapping
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import BookAgain, ShowBooking, ShowSeries
from bot.screens.booking_card import action_rows
from bot.screens.cancellation import why_cancelled
from bot.screens.decline import decline_words
from bot.screens.reschedule import pairs
from bot.screens.reschedule_message import ANSWERS
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.series import listed
from bot.screens.series_card import SeriesState, series_card
from bot.screens.session import what, when_elsewhere
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.actions import Action, Case, Party
from core.domain.notification import OFFERS, Kind, Notification
from core.domain.reschedule import ProposalStatus
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

TITLES: Mapping[Kind, str] = {
    Kind.REQUEST_RECEIVED: msgid("📨 Your sessions with {name} are requested"),
    Kind.NEW_BOOKING: msgid("📅 New series with {name}"),
    Kind.CONFIRMED: msgid("✅ Your sessions with {name} are confirmed"),
    Kind.DECLINED: msgid("{name} cannot take your request for a series."),
    Kind.EXPIRED: msgid("Sorry, {name} did not answer your request for a series in time."),
    Kind.CANCELLED: msgid("✖️ Your sessions with {name} are cancelled"),
    Kind.RESCHEDULE_REQUESTED: msgid("🔄 {name} would like to move your sessions"),
    Kind.RESCHEDULE_COUNTERED: msgid("🔄 {name} proposes another time for your sessions"),
    Kind.RESCHEDULE_ACCEPTED: msgid("✅ {name} has accepted the new times"),
    Kind.RESCHEDULE_REJECTED: msgid("🗓 {name} would like to keep the old times"),
    Kind.RESCHEDULE_WITHDRAWN: msgid("↩️ {name} has withdrawn the proposal for your sessions"),
    Kind.RESCHEDULE_EXPIRED: msgid("⌛ The proposal to move your sessions with {name} has expired"),
}
REQUESTS: Mapping[Kind, str] = {
    Kind.NEW_REQUEST: "",
    Kind.REQUEST_NUDGE: msgid("⏰ A request is waiting for your answer"),
    Kind.EXPIRED_UNANSWERED: msgid("⌛ Request expired without an answer"),
}
STAYS = frozenset({Kind.RESCHEDULE_REJECTED, Kind.RESCHEDULE_WITHDRAWN, Kind.RESCHEDULE_EXPIRED})
AGAIN = frozenset({Kind.DECLINED, Kind.EXPIRED, Kind.CANCELLED})


def series_message(t: Texts, n: Notification, now: datetime) -> Screen:
    """What was done, to which sessions, and what may be answered."""
    if n.kind in REQUESTS:
        words = REQUESTS[n.kind]
        return series_card(t, _series(n, now), t(words) if words else "")
    if n.kind in OFFERS:
        return _offer(t, n, now)
    return Screen(
        text=paragraphs(
            bold(t(TITLES[n.kind], name=_other(n))),
            t("The sessions stay where they are:") if n.kind in STAYS else None,
            _sessions(t, n),
            *(extra(t, n) for kind, extra in EXTRAS.items() if kind is n.kind),
        ),
        rows=rows(_again(t, n), _whole(t, n)),
    )


def _offer(t: Texts, n: Notification, now: datetime) -> Screen:
    first = n.offers[0]
    old = {each.id: each.starts_at for each in n.together}
    moves = [(old[each.booking_id], each.starts_at) for each in n.offers if each.booking_id in old]
    left = t.countdown((first.expires_at - now).total_seconds())
    on_behalf = first.asked_by is n.side
    title = (
        t("🔄 The practice has proposed other times for you")
        if on_behalf
        else t(TITLES[n.kind], name=_other(n))
    )
    return Screen(
        text=paragraphs(
            bold(title),
            what(t, n.session_type.title, n.booking.minutes, _other(n)),
            pairs(t, moves),
            t("Times are in {zone}.", zone=t.zone_short()),
            t("All of them move, or none. Until then they stay at the old times."),
            None
            if on_behalf
            else t("⏰ Please answer by {time} ({left} left).", time=t.moment(first.expires_at), left=left),
        ),
        rows=rows(*_answers(t, n, now), Tap(t("📄 Details"), ShowBooking(n.booking.id))),
    )


def _answers(t: Texts, n: Notification, now: datetime) -> tuple[Row, ...]:
    case = Case(
        booking=n.booking,
        party=_party(n),
        now=now,
        policy=n.policy,
        counselor_active=n.counselor.active,
        proposal=n.proposal if n.proposal and n.proposal.status is ProposalStatus.OPEN else None,
    )
    return action_rows(t, case, ANSWERS - {Action.APPROVE, Action.DECLINE})


def _sessions(t: Texts, n: Notification) -> Markup:
    first = n.together[0]
    their_zone = n.counselor.zone if n.side is Side.CLIENT else n.client.zone or n.counselor.zone
    return paragraphs(
        what(t, n.session_type.title, first.minutes),
        listed(t, n.together),
        lines(
            t("Times are in {zone}.", zone=t.zone_short()),
            when_elsewhere(t, first.starts_at, first.ends_at, their_zone, _other(n)),
        ),
    )


def _answer_by(t: Texts, n: Notification) -> str | None:
    deadline = n.booking.expires_at
    if deadline is None:
        return None
    return t("{name} answers by {deadline} at the latest.", name=_other(n), deadline=t.moment(deadline))


def _refunds(t: Texts, n: Notification) -> Markup:
    backs = [each.refund for each in n.together if each.refund is not None]
    total = sum(each.amount.minor for each in backs)
    amount = t.money(total, n.booking.price.currency)
    refunded = t("↩️ Refund in all: {amount}", amount=amount)
    return paragraphs(why_cancelled(t, n.booking), None if n.booking.price.is_free else refunded)


EXTRAS: Mapping[Kind, Callable[[Texts, Notification], str | None]] = {
    Kind.REQUEST_RECEIVED: _answer_by,
    Kind.DECLINED: lambda t, n: decline_words(t, n.booking.reason),
    Kind.CANCELLED: _refunds,
}


def _again(t: Texts, n: Notification) -> Tap | None:
    wanted = n.kind in AGAIN and n.side is Side.CLIENT and n.counselor.active
    return Tap(t("📅 Find another time"), BookAgain(n.booking.id), Style.PRIMARY) if wanted else None


def _whole(t: Texts, n: Notification) -> Tap:
    return Tap(t("🔁 The whole series"), ShowSeries(n.booking.series_id or 0))


def _series(n: Notification, now: datetime) -> SeriesState:
    return SeriesState(
        bookings=n.together,
        party=_party(n),
        session_type=n.session_type.title,
        counselor=n.counselor.name,
        client=n.client.name,
        now=now,
        client_zone=n.client.zone,
        edition=n.edition,
    )


def _party(n: Notification) -> Party:
    return Party.CLIENT if n.side is Side.CLIENT else Party.COUNSELOR


def _other(n: Notification) -> str:
    return shown(n.counselor.name if n.side is Side.CLIENT else n.client.name)
