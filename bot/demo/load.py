"""Loading the demo practice."""

from importlib.resources import files

from core.db.uow import Store
from core.ports.clock import Clock
from core.services.practice import LoadReport, load
from core.services.practice_file import PracticeFile, parse_practice_file

NAME = "practice.toml"


def demo_practice() -> PracticeFile:
    """The demo practice as it comes with the program."""
    return parse_practice_file(files("bot.demo").joinpath(NAME).read_text(encoding="utf-8"), NAME)


async def load_demo(store: Store, clock: Clock) -> LoadReport | None:
    """Load the demo practice where there is no practice yet; None where there is one."""
    async with store.read() as uow:
        if (await uow.practice()).counselors:
            return None
    return await load(store, clock, demo_practice())
