"""The head of every step of the wizard: what has been chosen so far."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.screens.wording import bold, dotted, lines, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices made so far; what is empty or 0 is still open.

    `moved_from` is the present start of a session for which another time is looked for. `for_client` says
    that a counselor books for somebody, whose name stands in the place of the counselor's.
    """

    program: str = ""
    counselor: str = ""
    session_type: str = ""
    minutes: int = 0
    moved_from: datetime | None = None
    for_client: bool = False


def header(t: Texts, chosen: Chosen) -> Markup:
    """The title of the wizard, the program it is for, and the choices."""
    title = bold(_title(t, chosen))
    if chosen.program:
        title = t.html("<b>Book a session</b> for {program}", program=shown(chosen.program))
    length = t.duration(chosen.minutes) if chosen.minutes else None
    return lines(
        title,
        dotted(shown(chosen.counselor), shown(chosen.session_type), length),
        t("🗓 Now: {time}", time=t.moment(chosen.moved_from)) if chosen.moved_from else None,
    )


def _title(t: Texts, chosen: Chosen) -> str:
    if chosen.moved_from:
        return t("Propose another time")
    return t("Book for a client") if chosen.for_client else t("Book a session")
