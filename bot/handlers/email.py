"""A person's e-mail address."""

from bot.callbacks import AskEmail, EmailMenu, RemoveEmail
from bot.drafts import Asking, Draft
from bot.handlers.wizard import Run, start_run
from bot.screens import email as screens
from bot.turn import Reply, Turn
from core.domain.errors import Conflict


async def email_menu(turn: Turn, _: EmailMenu) -> Reply:
    """The address as it stands."""
    return Reply(screen=screens.email_menu(turn.texts, _state(turn)))


async def ask_email(turn: Turn, _: AskEmail) -> Reply:
    """Wait for an address to be written."""
    if not turn.core.addresses.offered:
        raise Conflict("no_mail")
    run = await start_run(turn, Draft(wizard=False, asking=Asking.EMAIL))
    return run.reply(screens.ask_email(turn.texts))


async def typed_email(run: Run) -> Reply:
    """Mail a code to the typed address and wait for it."""
    address = await run.turn.core.addresses.ask(run.turn.actor, run.turn.text)
    run = await run.keep(asking=Asking.EMAIL_CODE)
    return run.reply(screens.ask_code(run.turn.texts, address))


async def typed_email_code(run: Run) -> Reply:
    """The typed code shows whose the address is."""
    turn = run.turn.as_person(await run.turn.core.addresses.confirm(run.turn.actor, run.turn.text))
    await run.keep(asking=None)
    return run.reply(screens.email_set(turn.texts, _state(turn)))


async def remove_email(turn: Turn, _: RemoveEmail) -> Reply:
    """Write no e-mails any more."""
    turn = turn.as_person(await turn.core.addresses.remove(turn.actor))
    return Reply(screen=screens.email_menu(turn.texts, _state(turn)))


def _state(turn: Turn) -> screens.EmailState:
    person = turn.person
    return screens.EmailState(
        email=person.email, refused=person.mail_refused, offered=turn.core.addresses.offered
    )
