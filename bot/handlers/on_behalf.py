"""Acting for somebody: the admin finds a booking, cancels it, or proposes another time for one side."""

from dataclasses import replace

from bot.callbacks import FindBooking, ProposeFor, ShowTheirBooking, Tab, TheirBookings
from bot.drafts import Asking, Draft
from bot.handlers.bookings import card_of, card_reply, entry
from bot.handlers.reschedule import look_for
from bot.handlers.wizard import Run, start_run
from bot.screens.on_behalf import FoundPerson, TheirState, find, found_people, their_bookings
from bot.turn import Reply, Turn
from core.domain.actions import Action, Party, require
from core.domain.errors import Forbidden, NotFound
from core.domain.person import Role
from core.domain.side import Side
from core.kit.references import read_reference


async def ask_for_booking(turn: Turn, _: FindBooking) -> Reply:
    """Wait for a reference or a name."""
    if not turn.person.has(Role.ADMIN):
        raise Forbidden("not_yours")
    run = await start_run(turn, Draft(wizard=False, asking=Asking.BOOKING))
    return run.reply(find(turn.texts))


async def typed_booking(run: Run) -> Reply:
    """The booking with the typed reference, or the people whom the text may name."""
    turn = run.turn
    found = await turn.core.on_behalf.find(turn.actor, turn.text)
    reference = read_reference(turn.text)
    if reference is not None:
        try:
            return await card_reply(turn, await turn.core.listing.find(turn.actor, reference))
        except NotFound:
            pass  # seven letters may be a name as well
    people = tuple(FoundPerson(person_id=each.person_id, name=each.name) for each in found)
    return run.reply(found_people(turn.texts, turn.text, people))


async def show_their_bookings(turn: Turn, tap: TheirBookings) -> Reply:
    """A page of what somebody has booked, or has to do with as a counselor."""
    over = tap.tab is Tab.PAST
    found = await turn.core.on_behalf.bookings(turn.actor, tap.person_id, tap.page, tap.side, over=over)
    state = TheirState(
        person_id=found.person.id,
        name=found.person.name,
        counselor=found.counselor,
        side=tap.side,
        tab=tap.tab,
        page=found.page.page,
        upcoming=found.page.upcoming,
        past=found.page.past,
        entries=tuple(entry(line, tap.side) for line in found.page.lines),
    )
    return Reply(screen=their_bookings(turn.texts, state))


async def show_their_booking(turn: Turn, tap: ShowTheirBooking) -> Reply:
    """The card of a booking, opened from somebody's bookings."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    whose = found.client.id if tap.side is Side.CLIENT else found.counselor.person_id
    return await card_of(turn, found, back=TheirBookings(whose, tap.side, tap.tab, tap.page))


async def propose_for(turn: Turn, tap: ProposeFor) -> Reply:
    """Look for another time on behalf of one side; the other is asked."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    if found.case.party is not Party.ADMIN:
        raise Forbidden("not_yours")
    found = replace(found, case=replace(found.case, acting_for=tap.side))
    require(Action.RESCHEDULE, found.case)
    return await look_for(turn, found, seen=found.booking.version, behalf=tap.side)
