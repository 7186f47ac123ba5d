"""The menu."""

from bot.callbacks import Home, Noop
from bot.handlers.bookings import entry
from bot.screens.home import HomeState, menu
from bot.screens.programs import ProgressState
from bot.screens.screen import Screen
from bot.turn import Reply, Turn
from core.domain.person import Role


async def show_home(turn: Turn, _: Home) -> Reply:
    """Back to the menu."""
    return Reply(screen=await home_screen(turn))


async def noop(_turn: Turn, _: Noop) -> Reply:
    """A cell that does nothing."""
    return Reply()


async def home_screen(turn: Turn) -> Screen:
    """The menu of whoever acts."""
    page = await turn.core.listing.upcoming(turn.actor, 0)
    counselor = turn.practice.counselor_of_person(turn.person.id)
    requests = await turn.core.listing.requests(turn.actor) if counselor else []
    programs = await turn.core.programs.progress(turn.actor)
    waits = await turn.core.waitlist.mine(turn.actor)
    state = HomeState(
        practice=turn.practice.name,
        name=turn.person.name,
        upcoming=page.upcoming,
        next_session=entry(page.lines[0]) if page.lines else None,
        programs=tuple(
            ProgressState(program_id=each.program.id, title=each.program.title, remaining=each.remaining)
            for each in programs
        ),
        counselor_id=counselor.id if counselor else None,
        requests=len(requests),
        waits=len(waits),
        admin=turn.person.has(Role.ADMIN),
    )
    return menu(turn.texts, state)
