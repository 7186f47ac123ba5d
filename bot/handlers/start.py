"""First contact: the greeting, the agreement, and following the link somebody came by."""

from dataclasses import replace

from bot.callbacks import BookWith, Consent
from bot.drafts import Asking, Draft, load
from bot.handlers.admin import accept_invite, claim_admin
from bot.handlers.booking_start import book_with
from bot.handlers.bookings import card_reply
from bot.handlers.home import home_screen
from bot.handlers.programs import enrolled_reply
from bot.handlers.wizard import Run, start_run
from bot.links import StartLink, Target, read_start
from bot.screens.start import WelcomeState, not_agreed, welcome
from bot.screens.zone import ZoneState, ask_zone
from bot.turn import Reply, Turn
from core.domain.errors import NotFound
from core.domain.person import Person, Role
from core.kit.i18n import guess


async def start(turn: Turn, parameter: str) -> Reply:
    """`/start`, with or without a link."""
    if turn.person.consented_at is not None:
        return await follow(turn, parameter)
    met = await _in_their_language(turn)
    await start_run(met, Draft(link=parameter, wizard=False))
    return replace(greeting(met), menu_changed=met != turn)


async def _in_their_language(turn: Turn) -> Turn:
    """At first contact Telegram knows better than the practice file what somebody speaks."""
    told = turn.language is not None and guess(turn.language) != turn.person.locale
    if not told or await turn.core.drafts.latest(turn.actor) is not None:
        return turn
    return turn.as_person(await turn.core.people.set_locale(turn.actor, guess(turn.language)))


def must_agree_first(person: Person) -> bool:
    """Clients agree before anything else; those who work here answer requests without."""
    return person.consented_at is None and not person.roles & {Role.COUNSELOR, Role.ADMIN}


def greeting(turn: Turn) -> Reply:
    """The greeting with the privacy text."""
    return Reply(screen=welcome(turn.texts, WelcomeState(practice=turn.practice.name, name=turn.person.name)))


async def consent(turn: Turn, tap: Consent) -> Reply:
    """The answer to the privacy text; next comes the time zone, if it is not known."""
    if not tap.agree and turn.person.consented_at is None:
        return Reply(screen=not_agreed(turn.texts))
    turn = turn.as_person(await turn.core.people.consent(turn.actor))
    if turn.person.zone is None:
        return await _first_zone(turn)
    return await go_on(turn)


async def _first_zone(turn: Turn) -> Reply:
    row = await turn.core.drafts.latest(turn.actor)
    draft = load(row.payload) if row else Draft(wizard=False)
    run = await start_run(turn, draft.with_(asking=Asking.ZONE))
    state = ZoneState(practice_zone=turn.practice.zone, now=turn.now, draft=run.id, first=True)
    return run.reply(ask_zone(turn.texts, state))


async def go_on(turn: Turn) -> Reply:
    """After the first questions: to where the link led, or to the menu."""
    row = await turn.core.drafts.latest(turn.actor)
    if row is None:
        return await follow(turn, "")
    return await arrived(Run(turn=turn, row=row, draft=load(row.payload)))


async def arrived(run: Run) -> Reply:
    """The same where the draft of the first questions is known; a repeated tap leads there again."""
    run = await run.keep(asking=None)
    return await follow(run.turn, run.draft.link)


async def follow(turn: Turn, parameter: str) -> Reply:
    """Where a link leads; without one, or with one we never made, the menu."""
    link = read_start(parameter)
    if link is None:
        return Reply(screen=await home_screen(turn))
    return await _FOLLOW[link.target](turn, link)


async def _to_counselor(turn: Turn, link: StartLink) -> Reply:
    for counselor in turn.practice.bookable_counselors():
        if counselor.slug == link.value:
            return await book_with(turn, BookWith(counselor.id))
    raise NotFound("counselor_not_found")


async def _to_program(turn: Turn, link: StartLink) -> Reply:
    return await enrolled_reply(turn, await turn.core.programs.enroll(turn.actor, link.value))


async def _to_booking(turn: Turn, link: StartLink) -> Reply:
    return await card_reply(turn, await turn.core.listing.find(turn.actor, link.value))


async def _to_invite(turn: Turn, link: StartLink) -> Reply:
    return await accept_invite(turn, link.value)


async def _to_admin(turn: Turn, link: StartLink) -> Reply:
    return await claim_admin(turn, link.value)


_FOLLOW = {
    Target.COUNSELOR: _to_counselor,
    Target.PROGRAM: _to_program,
    Target.BOOKING: _to_booking,
    Target.INVITE: _to_invite,
    Target.ADMIN: _to_admin,
}
