"""Meetings in the chat: the button that leads there, and who came."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.callbacks import Join
from bot.screens.screen import Button, Link, Screen, Style, Tap, rows
from bot.screens.wording import lines, paragraphs, shown
from core.domain.actions import RUNNING
from core.domain.booking import Booking
from core.domain.meeting import Attendance, Door, door
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

ABSENT: Mapping[Side, str] = {
    Side.CLIENT: msgid("👀 You were in the meeting, {name} was not seen there. Did {name} not come?"),
    Side.COUNSELOR: msgid("👀 {name} was in the meeting, you were not seen there. Could you not make it?"),
}
"""A question in each case: only a person says that somebody did not come."""


def join_button(t: Texts, booking: Booking, link: str | None) -> Button:
    """The person's own link, or a tap that asks for the address where nobody could open our links."""
    label = t("🎥 Join")
    return Link(label, link) if link else Tap(label, Join(booking.id), Style.SUCCESS)


def join_ahead(t: Texts, booking: Booking, link: str | None, now: datetime) -> Button | None:
    """The same for a message, while there is a meeting to come."""
    ahead = booking.status in RUNNING and door(booking, now) in {Door.EARLY, Door.OPEN}
    return join_button(t, booking, link) if ahead else None


def join_message(t: Texts, address: str) -> Screen:
    """Where to go now; an address that Telegram takes in no button is written out."""
    can_be_button = "." in (urlsplit(address).hostname or "")
    return Screen(
        text=paragraphs(
            lines(
                t("The meeting is open. This link is yours alone, and for now only."),
                None if can_be_button else Markup("<code>{}</code>").format(address),
            )
        ),
        rows=rows(Link(t("🎥 Join"), address) if can_be_button else None),
    )


def seen_line(t: Texts, seen: Attendance, client: str) -> str | None:
    """To the counselor: who was in the meeting, where its provider tells. Silence says nothing."""
    if seen.missing is not None:
        return t(ABSENT[seen.missing], name=shown(client))
    if seen.started_at is None:
        return None
    if seen.ended_at is None:
        return t("👀 You were both in the meeting from {start} on.", start=t.time(seen.started_at))
    return t(
        "👀 You were both in the meeting from {start} to {end}.",
        start=t.time(seen.started_at),
        end=t.time(seen.ended_at),
    )
