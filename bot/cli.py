"""The command line; each command loads what it needs only when it is called, so that help comes at once."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Confer, the chat-first booking assistant.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

FileName = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Also replace what was changed in the chat since.")]
Day = Annotated[str | None, typer.Option(metavar="DATE", help="A date such as 2026-12-24, or today.")]


class JobsAction(StrEnum):
    """What `confer jobs` can do."""

    LIST = "list"
    DEAD = "dead"
    RETRY = "retry"


class TelegramAction(StrEnum):
    """What `confer telegram` can do."""

    REGISTER = "register"
    STATUS = "status"
    REMOVE = "remove"


def main() -> None:
    """Run a command; expected trouble is told in a line each on stderr and by the exit code."""
    try:
        app(prog_name="confer")
    except Exception as error:  # noqa: BLE001 - the unexpected is raised again by `told`
        from bot.commands.trouble import told

        sys.exit(told(error))


@app.command()
def run() -> None:
    """Start the bot, the web server and the jobs."""
    from bot.commands.start import start

    start("bot", "web", "jobs")


@app.command()
def serve() -> None:
    """Start the web server and the bot, without jobs."""
    from bot.commands.start import start

    start("bot", "web")


@app.command()
def worker() -> None:
    """Carry out jobs only."""
    from bot.commands.start import start

    start("jobs")


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this version."""
    from bot.commands.migrate import migrate

    migrate()


@app.command()
def load(file: FileName, force: Force = False) -> None:
    """Load a practice file."""
    from bot.commands.load import load

    load(file, force=force)


@app.command()
def demo() -> None:
    """Load the demo practice."""
    from bot.commands.load import load_demo

    load_demo()


@app.command()
def doctor() -> None:
    """Say of everything that is needed: OK, or what to do."""
    from bot.commands.doctor import doctor

    doctor()


@app.command()
def slots(
    counselor: Annotated[str, typer.Argument(metavar="COUNSELOR", help="The counselor's slug.")],
    kind: Annotated[
        str | None, typer.Option("--type", metavar="SLUG", help="The session type's slug.")
    ] = None,
    minutes: Annotated[int | None, typer.Option(help="The duration; the shortest by default.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First date, such as 2026-12-24.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Last date; a week by default.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="TIME", help='Why a time such as "2026-12-24 15:00" is not offered.')
    ] = None,
) -> None:
    """Show a counselor's free times, or explain one time."""
    from bot.commands.slots import Question, slots

    slots(Question(counselor=counselor, kind=kind, minutes=minutes, first=first, last=last, explain=explain))


@app.command()
def jobs(
    action: Annotated[JobsAction, typer.Argument(help="What to do.")] = JobsAction.LIST,
    job_id: Annotated[
        int | None, typer.Argument(metavar="ID", help="The job to retry.", show_default=False)
    ] = None,
) -> None:
    """List waiting or dead jobs, or retry a dead one."""
    from bot.commands.jobs import jobs

    jobs(action.value, job_id)


@app.command()
def telegram(
    action: Annotated[TelegramAction, typer.Argument(help="What to do.")] = TelegramAction.STATUS,
) -> None:
    """Have Telegram deliver updates to CONFER_BASE_URL, say where it delivers them, or end it."""
    from bot.commands.telegram import telegram

    telegram(action.value)


@app.command()
def backup(file: FileName) -> None:
    """Write a copy of the database to FILE."""
    from bot.commands.backup import backup

    backup(file)


@app.command()
def restore(
    file: FileName, yes: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing.")] = False
) -> None:
    """Replace the database by the backup FILE."""
    from bot.commands.restore import restore

    restore(file, yes=yes)
