"""What is said of a session on every screen: when, where, how long, for how much."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.screens.wording import bold, dotted, lines, quoted, shown
from core.domain.money import Money
from core.domain.session_type import Location
from core.domain.zones import zone
from core.kit.i18n import Texts, msgid

PLACES = {
    Location.VIDEO: ("📹", msgid("Video call")),
    Location.AUDIO: ("📞", msgid("Audio call")),
    Location.CHAT: ("💬", msgid("Chat")),
    Location.IN_PERSON: ("📍", msgid("In person")),
}


def place(t: Texts, location: Location, address: str = "") -> str:
    """Where a session takes place."""
    emoji, word = PLACES[location]
    known = address if location is Location.IN_PERSON else ""
    return f"{emoji} {t(word)}" + (f", {shown(known)}" if known else "")


def price(t: Texts, money: Money) -> str:
    """What a session costs, and whom to pay."""
    if money.is_free:
        return t("Free of charge")
    return t("{amount}, pay the counselor", amount=t.money(money.minor, money.currency))


def when(t: Texts, start: datetime, end: datetime) -> Markup:
    """The time in the reader's zone, which is named."""
    return bold(f"🗓 {t.span(start, end)}")


def when_elsewhere(t: Texts, start: datetime, end: datetime, place_zone: str, whose: str) -> str | None:
    """The same time on somebody else's clock; None where both clocks show the same."""
    other = zone(place_zone)
    if _clock(start, other) == _clock(start, t.zone) and _clock(end, other) == _clock(end, t.zone):
        return None
    return t("For {name}: {time}", name=whose, time=t.in_zone(other).span(start, end))


def what(t: Texts, title: str, minutes: int, name: str = "") -> Markup:
    """The session type, its length and the other person, in one line."""
    return dotted(bold(shown(title)), t.duration(minutes), shown(name))


def described(t: Texts, topic: str, note: str) -> Markup:
    """What the client wrote, where they wrote something."""
    return lines(
        t.html("💭 Topic: {topic}", topic=shown(topic)) if topic else None,
        t("📝 Note:") if note else None,
        quoted(note),
    )


def _clock(instant: datetime, where: ZoneInfo) -> datetime:
    return instant.astimezone(where).replace(tzinfo=None)
