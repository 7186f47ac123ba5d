"""Sessions as their counselor sees them in lists."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.screens.status import badge, proposed_badge, repeated_badge
from bot.screens.wording import bold, dotted, fitted, lines, shown
from core.domain.booking import Status
from core.kit.i18n import Texts

NAME_ROOM = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session with its client; `proposed_at` is a new start on offer.

    It may stand for so many `sessions` of a series that are answered together, or be one `in_series`.
    """

    booking_id: int
    client: str
    session_type: str
    status: Status
    starts_at: datetime
    ends_at: datetime
    proposed_at: datetime | None = None
    sessions: int = 1
    in_series: bool = False


def session_line(t: Texts, n: int, each: Session, when: str) -> Markup:
    """A session in two lines: when and with whom, what and how it stands."""
    return lines(
        Markup("{}. ").format(n) + dotted(bold(when), fitted(shown(each.client), NAME_ROOM)),
        dotted(
            fitted(shown(each.session_type), NAME_ROOM),
            badge(t, each.status),
            repeated_badge(t, each.sessions, in_series=each.in_series),
        ),
        proposed_badge(t, each.proposed_at) if each.proposed_at else None,
    )


def client_name(each: Session) -> str:
    """The client's name, cut to the room of a list."""
    return fitted(shown(each.client), NAME_ROOM)


def more_of(t: Texts, more: int) -> str | None:
    """How many are not named."""
    return t("… and {n} more", n=more) if more > 0 else None


def count(t: Texts, n: int) -> str:
    """So many sessions."""
    return t.n("{n} session", "{n} sessions", n)


def free(t: Texts, minutes: int) -> str:
    """So much time that can still be booked."""
    return t("{time} free", time=t.duration(minutes)) if minutes else t("nothing free")
