"""The head of every step of the wizard: what has been chosen so far."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.screens.wording import bold, dotted, lines, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices made so far; what is empty or 0 is still open."""

    program: str = ""
    counselor: str = ""
    session_type: str = ""
    minutes: int = 0


def header(t: Texts, chosen: Chosen) -> Markup:
    """The title of the wizard, the program it is for, and the choices."""
    title = bold(t("Book a session"))
    if chosen.program:
        title = t.html("<b>Book a session</b> for {program}", program=shown(chosen.program))
    length = t.duration(chosen.minutes) if chosen.minutes else None
    return lines(title, dotted(shown(chosen.counselor), shown(chosen.session_type), length))
