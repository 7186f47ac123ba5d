"""What each mail says: the values its template works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.domain.actions import RUNNING
from core.domain.booking import Booking
from core.domain.channel import TOPICS, Topic
from core.domain.meeting import Door, door
from core.domain.no_show import ANSWER_WITHIN
from core.domain.notification import Dispute, LaterNudge, Notification, OfferLapsed
from core.domain.outcome import COMPLETES_AFTER, Outcome
from core.domain.person import Person
from core.domain.side import Side
from core.domain.zones import zone
from core.kit.i18n import Texts, texts
from core.ports.mail import AddressCode
from webhooks.notifications.facts import about_rows, offer_rows, session_rows, span
from webhooks.notifications.plain import plain
from webhooks.notifications.rendering import Words, render

HOUR = timedelta(hours=1)
ROUNDED = timedelta(minutes=10)
UNSUBSCRIBABLE = frozenset({Topic.REMINDERS, Topic.AFTERWARDS, Topic.OFFERS})
"""What can be turned off by a link in the mail (RFC 8058): all that nobody has to know."""

ChatLink = Callable[[Booking | None], str | None]
"""The address that opens the chat, at a booking where one is given; None while the bot is not known."""
Unsubscribe = Callable[[Person, Topic], str | None]
"""The address that turns a topic off for a person; None where nobody could open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail before it is put into its form; `unsubscribe` is the address for that."""

    words: Words
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Writes mails: `sender` is how the practice is called in them."""

    sender: str
    chat: ChatLink
    unsubscribe: Unsubscribe

    def notification(self, n: Notification, now: datetime) -> Letter:
        """A message about a booking."""
        t = words_for(n.to, n.counselor.zone)
        values = _about(t, n, now) | {"chat": self._chat(n.to, n.booking)}
        return self._letter(n.kind, t, n.to, values, TOPICS[n.kind])

    def later(self, nudge: LaterNudge) -> Letter:
        """The reminder of sessions still to be scheduled."""
        t, program = words_for(nudge.to, "UTC"), plain(nudge.program.title)
        values = {"program": program, "remaining": nudge.remaining}
        return self._letter("schedule_later_nudge", t, nudge.to, values, Topic.OFFERS)

    def lapsed(self, lapsed: OfferLapsed) -> Letter:
        """That a time is no longer kept for somebody waiting."""
        t = words_for(lapsed.to, lapsed.counselor.zone)
        end = lapsed.start + timedelta(minutes=lapsed.entry.minutes)
        rows = [
            (t("When"), [span(t, lapsed.start, end)]),
            (t("Session"), [plain(lapsed.session_type.title)]),
        ]
        values = {"rows": rows, "other": plain(lapsed.counselor.name)}
        return self._letter("waitlist_lapsed", t, lapsed.to, values, Topic.OFFERS)

    def dispute(self, dispute: Dispute) -> Letter:
        """A no-show on which the two sides disagree, for an admin."""
        t, booking = words_for(dispute.to, dispute.counselor.zone), dispute.booking
        when = (t("When"), [span(t, booking.starts_at, booking.ends_at)])
        values = {
            "rows": [when, *about_rows(t, dispute.session_type, booking)],
            "client": plain(dispute.client.name),
            "counselor": plain(dispute.counselor.name),
        }
        return self._letter("no_show_disputed", t, dispute.to, values)

    def address_code(self, code: AddressCode) -> Letter:
        """The code that shows whose an address is."""
        values = {"digits": code.code, "minutes": code.minutes}
        return self._letter("address_code", words_for(code.to, "UTC"), code.to, values)

    def _letter(
        self, name: str, t: Texts, to: Person, values: Mapping[str, Any], topic: Topic | None = None
    ) -> Letter:
        off = self.unsubscribe(to, topic) if topic in UNSUBSCRIBABLE else None
        chat = values["chat"] if "chat" in values else self._chat(to, None)
        frame = {
            "why": t("This e-mail comes from {sender}. Questions? Just reply to it.", sender=self.sender),
            "settings_hint": t("You choose in the chat, under Settings, what you get by e-mail.")
            if chat
            else "",
            "unsubscribe": off,
            "chat": chat,
            "join": None,
        }
        return Letter(words=render(name, t, {**frame, **values}), unsubscribe=off)

    def _chat(self, to: Person, booking: Booking | None) -> str | None:
        return self.chat(booking) if to.telegram_id is not None else None


def words_for(to: Person, fallback_zone: str) -> Texts:
    """The language and the clock of a person."""
    return texts(to.locale, zone(to.zone or fallback_zone))


def _about(t: Texts, n: Notification, now: datetime) -> dict[str, Any]:
    """What the templates about bookings may name."""
    booking, proposal = n.booking, n.proposal
    other = plain(n.counselor.name if n.side is Side.CLIENT else n.client.name)
    asked = proposal is not None and proposal.turn is n.side
    return {
        "other": other,
        "count": max(1, len(n.offers or n.together)),
        "for_client": n.side is Side.CLIENT,
        "by_counselor": booking.awaits is Side.CLIENT,
        "rows": session_rows(t, n),
        "deadline": booking.expires_at,
        "left": _left(t, booking.starts_at - now),
        "completes_at": booking.ends_at + COMPLETES_AFTER,
        "refund": None if booking.price.is_free else booking.refund,
        "absent_self": booking.absent is n.side,
        "join": _join(n, now),
        "proposal": proposal,
        "offer_rows": offer_rows(t, n, proposal) if proposal else [],
        "asked": asked,
        "asker": other if asked else t("The practice"),
        "mine": proposal is not None and proposal.asked_by is n.side,
        "review": n.review,
        "claims_absence": n.report is not None and n.report.claim is Outcome.COUNSELOR_ABSENT,
        "answer_by": n.report.created_at + ANSWER_WITHIN if n.report else None,
    }


def _join(n: Notification, now: datetime) -> str | None:
    """The person's own link, while there is a meeting to come."""
    ahead = n.booking.status in RUNNING and door(n.booking, now) in {Door.EARLY, Door.OPEN}
    return n.join if ahead else None


def _left(t: Texts, left: timedelta) -> str:
    hours = round(left / HOUR)
    if hours >= 1 and abs(left - hours * HOUR) < ROUNDED:
        return t.n("{n} hour", "{n} hours", hours)
    return t.countdown(left.total_seconds())
