"""What became of the messages to a person, for the admin who asks why somebody got no mail."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import ShowDeliveries, Tab, TheirBookings
from bot.screens.navigation import back, home, pager
from bot.screens.notification_choices import SIGNS, TOPICS
from bot.screens.screen import Screen, rows
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.channel import Channel, Choices, Topic
from core.domain.delivery import Delivery, Result
from core.domain.notification import Kind
from core.domain.person import Person
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

RESULTS: Mapping[Result, str] = {
    Result.SENT: msgid("✅ sent"),
    Result.UNCONFIRMED: msgid("❔ sent, not confirmed"),
    Result.FAILED: msgid("↻ failed, is tried again"),
    Result.REFUSED: msgid("❌ refused by the other side"),
    Result.UNREACHABLE: msgid("❌ the chat is blocked"),
    Result.NO_CHAT: msgid("➖ has no chat"),
    Result.NO_ADDRESS: msgid("➖ has no e-mail address"),
    Result.BOUNCED: msgid("❌ the address does not exist (any more)"),
    Result.COMPLAINED: msgid("❌ was called spam by its reader"),
    Result.MUTED: msgid("🔕 turned off by the person"),
    Result.OUTDATED: msgid("➖ was no longer true"),
    Result.NOT_SET_UP: msgid("⚠️ no mail server is set up"),
}
KINDS: Mapping[str, str] = {
    Kind.REQUEST_RECEIVED: msgid("request received"),
    Kind.NEW_REQUEST: msgid("new request"),
    Kind.NEW_BOOKING: msgid("new booking"),
    Kind.CONFIRMED: msgid("confirmation"),
    Kind.DECLINED: msgid("refusal"),
    Kind.EXPIRED: msgid("request expired"),
    Kind.EXPIRED_UNANSWERED: msgid("request expired"),
    Kind.CANCELLED: msgid("cancellation"),
    Kind.RESCHEDULE_REQUESTED: msgid("another time proposed"),
    Kind.RESCHEDULE_COUNTERED: msgid("another time proposed"),
    Kind.RESCHEDULE_ACCEPTED: msgid("session moved"),
    Kind.RESCHEDULE_REJECTED: msgid("old time kept"),
    Kind.RESCHEDULE_WITHDRAWN: msgid("proposal withdrawn"),
    Kind.RESCHEDULE_EXPIRED: msgid("proposal expired"),
    Kind.REQUEST_NUDGE: msgid("request still open"),
    Kind.REMINDER: msgid("reminder"),
    Kind.OUTCOME_ASKED: msgid("question how it went"),
    Kind.COMPLETED: msgid("session completed"),
    Kind.NO_SHOW: msgid("no-show"),
    Kind.NO_SHOW_REPORTED: msgid("no-show report"),
    Kind.NO_SHOW_DECIDED: msgid("no-show decided"),
    Kind.REVIEW_WRITTEN: msgid("review"),
    Kind.REVIEW_ANSWERED: msgid("answer to a review"),
    Kind.BOOKED_FOR: msgid("time picked for them"),
    Kind.BOOKED_FOR_NUDGE: msgid("request still open"),
    Kind.TURNED_DOWN: msgid("time turned down"),
    Kind.WAITLIST_OPENING: msgid("free time"),
    "waitlist_lapsed": msgid("free time no longer kept"),
    "schedule_later_nudge": msgid("sessions still to schedule"),
    "no_show_disputed": msgid("no-show to decide"),
    "hold_ended": msgid("end of a hold"),
    "address_code": msgid("code for an address"),
    "mail_refused": msgid("word of returned e-mails"),
    "returned": msgid("an e-mail came back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveriesState:
    """A person, what they chose, and a page of the attempts; `page` of `pages` counted from 0."""

    person: Person
    choices: Choices
    entries: tuple[Delivery, ...]
    page: int = 0
    pages: int = 1


def deliveries(t: Texts, state: DeliveriesState) -> Screen:
    """How the person can be reached, and the last attempts, the newest first."""
    person = state.person
    return Screen(
        text=paragraphs(
            bold(t("📬 Messages to {name}", name=shown(person.name))),
            lines(_chat(t, person), _mail(t, person), *_muted(t, state.choices)),
            *(_entry(t, each) for each in state.entries),
            None if state.entries else t("Nothing in the last 90 days."),
            t("Times are in {zone}.", zone=t.zone_short()) if state.entries else None,
        ),
        rows=rows(
            pager(t, state.page, state.pages, lambda page: ShowDeliveries(person.id, page)),
            (back(t, TheirBookings(person.id, Side.CLIENT, Tab.UPCOMING)), home(t)),
        ),
    )


def _chat(t: Texts, person: Person) -> str:
    if person.telegram_id is None:
        return t("💬 No chat")
    return t("💬 The chat is blocked") if person.chat_blocked else t("💬 Chat reachable")


def _mail(t: Texts, person: Person) -> str:
    if person.email is None:
        return t("✉️ No e-mail address")
    return t("✉️ The address sends mails back") if person.mail_refused else t("✉️ E-mail address checked")


def _muted(t: Texts, choices: Choices) -> tuple[str, ...]:
    off: dict[Channel, list[str]] = {
        channel: [t(TOPICS[topic]) for topic in Topic if (topic, channel) in choices.muted]
        for channel in Channel
    }
    return tuple(
        t("🔕 {sign} turned off: {topics}", sign=SIGNS[channel], topics=", ".join(topics))
        for channel, topics in off.items()
        if topics
    )


def _entry(t: Texts, entry: Delivery) -> Markup:
    kind = KINDS.get(entry.kind)
    return lines(
        f"{t.day(entry.at)}, {t.time(entry.at)} {SIGNS[entry.channel]} {t(kind) if kind else entry.kind}",
        t(RESULTS[entry.result]),
    )
