"""Where a booking stands, in an emoji and a word."""

from datetime import datetime

from core.domain.booking import Status
from core.kit.i18n import Texts, msgid

BADGES = {
    Status.HELD: ("⏳", msgid("Held")),
    Status.PENDING: ("🕓", msgid("Pending")),
    Status.CONFIRMED: ("✅", msgid("Confirmed")),
    Status.IN_PROGRESS: ("🟢", msgid("In progress")),
    Status.COMPLETED: ("🏁", msgid("Completed")),
    Status.NO_SHOW: ("🚫", msgid("No-show")),
    Status.DECLINED: ("❌", msgid("Declined")),
    Status.CANCELLED: ("✖️", msgid("Cancelled")),
    Status.EXPIRED: ("⌛", msgid("Expired")),
}


def badge(t: Texts, status: Status) -> str:
    """The status as people see it everywhere."""
    emoji, word = BADGES[status]
    return f"{emoji} {t(word)}"


def proposed_badge(t: Texts, start: datetime) -> str:
    """That another time is on offer, and which."""
    return t("🔄 New time proposed: {time}", time=f"{t.day(start)}, {t.time(start)}")


def repeated_badge(t: Texts, sessions: int, *, in_series: bool) -> str | None:
    """That it stands for several sessions of a series, or is one of them."""
    if sessions > 1:
        return t("🔁 {n} sessions", n=sessions)
    return "🔁" if in_series else None
