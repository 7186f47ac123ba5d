"""Becoming admin or counselor by a link, and handing out such links."""

from bot.callbacks import InviteCounselor, Invites
from bot.links import Target, link
from bot.screens.admin import InviteState, claimed, invite_link, invites, joined
from bot.turn import Reply, Turn
from core.services.people import COUNSELOR_INVITE_VALID


async def claim_admin(turn: Turn, token: str) -> Reply:
    """The first admin's link."""
    turn = turn.as_person(await turn.core.people.claim_admin(turn.actor, token))
    return Reply(screen=claimed(turn.texts, turn.practice.name), menu_changed=True)


async def accept_invite(turn: Turn, token: str) -> Reply:
    """A counselor's link."""
    counselor = await turn.core.people.accept_invite(turn.actor, token)
    return Reply(screen=joined(turn.texts, counselor.name), menu_changed=True)


async def show_invites(turn: Turn, _: Invites) -> Reply:
    """The counselors whose chat is not connected yet."""
    return Reply(screen=invites(turn.texts, tuple(await turn.core.people.not_connected(turn.actor))))


async def invite_counselor(turn: Turn, tap: InviteCounselor) -> Reply:
    """A fresh link for one of them."""
    counselor = turn.practice.counselor(tap.counselor_id)
    token = await turn.core.people.counselor_invite(counselor.slug, turn.actor)
    state = InviteState(
        counselor=counselor.name,
        url=link(turn.bot_name, Target.INVITE, token),
        days=COUNSELOR_INVITE_VALID.days,
    )
    return Reply(screen=invite_link(turn.texts, state))
