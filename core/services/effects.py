"""The jobs of the core: which handler carries out which kind."""

from collections.abc import Mapping
from datetime import timedelta

from core.db.uow import Store
from core.jobs.job import Handler, Job
from core.jobs.queue import NewJob, enqueue
from core.ports.clock import Clock
from core.services.addresses import MAIL_CODE
from core.services.both_ways import mail_kind
from core.services.bounces import LEARN_OF_MAIL
from core.services.hold import END_HOLD
from core.services.mails import Mails
from core.services.meeting import KEEP_MEETING
from core.services.meeting_facts import LEARN_OF_MEETING
from core.services.no_show import TELL_ADMIN
from core.services.notifications import Notifications
from core.services.people import TELL_MAIL_REFUSED
from core.services.programs import NUDGE_LATER
from core.services.subscribers import (
    COMPLETE_SESSION,
    ESCALATE_REPORT,
    EXPIRE_PROPOSAL,
    EXPIRE_REQUEST,
    NOTIFY,
    TELL_ADMINS,
)
from core.services.use_cases import UseCases
from core.services.waitlist_offers import ASK_WAITING, TELL_LAPSED

HOUSEKEEPING = "housekeeping"
HOUR = timedelta(hours=1)
TELLING = (NOTIFY, NUDGE_LATER, TELL_ADMIN, TELL_LAPSED)
SENDING = frozenset({*TELLING, *map(mail_kind, TELLING), MAIL_CODE, TELL_MAIL_REFUSED})
"""Kinds that must not be repeated without need: each outcome is recorded by itself at once."""


def handlers(
    core: UseCases, notifications: Notifications, mails: Mails, store: Store, clock: Clock
) -> Mapping[str, Handler]:
    """The table that the runner works with."""

    async def expire_request(job: Job) -> None:
        await core.bookings.expire(job.payload["booking"])

    async def complete_session(job: Job) -> None:
        await core.running.complete(job.payload["booking"])

    async def escalate_report(job: Job) -> None:
        await core.no_shows.escalate(job.payload["booking"])

    async def tell_admins(job: Job) -> None:
        await core.no_shows.tell_admins(job.payload["booking"], job.key)

    async def expire_proposal(job: Job) -> None:
        await core.reschedules.expire(job.payload["proposal"])

    async def housekeeping(_: Job) -> None:
        await plan_housekeeping(store, clock)  # first, so that it goes on whatever happens below
        await core.holds.sweep()
        await core.inbox.forget_old()
        await core.drafts.forget_old()
        await core.deliveries.forget_old()
        await core.addresses.forget_old()
        await core.meetings.sweep()
        await core.waitlist_rounds.look()

    return {
        NOTIFY: notifications.send,
        mail_kind(NOTIFY): mails.send,
        NUDGE_LATER: notifications.nudge_later,
        mail_kind(NUDGE_LATER): mails.nudge_later,
        END_HOLD: notifications.hold_ended,
        EXPIRE_REQUEST: expire_request,
        EXPIRE_PROPOSAL: expire_proposal,
        COMPLETE_SESSION: complete_session,
        ESCALATE_REPORT: escalate_report,
        TELL_ADMINS: tell_admins,
        TELL_ADMIN: notifications.tell_admin,
        mail_kind(TELL_ADMIN): mails.tell_admin,
        ASK_WAITING: core.waitlist_rounds.ask,
        TELL_LAPSED: notifications.offer_lapsed,
        mail_kind(TELL_LAPSED): mails.offer_lapsed,
        KEEP_MEETING: core.meetings.carry_out,
        LEARN_OF_MEETING: core.meeting_facts.carry_out,
        MAIL_CODE: mails.address_code,
        TELL_MAIL_REFUSED: notifications.tell_mail_refused,
        LEARN_OF_MAIL: core.bounces.carry_out,
        HOUSEKEEPING: housekeeping,
    }


async def plan_housekeeping(store: Store, clock: Clock) -> None:
    """See to it that the next hour's tidying is planned; once, however often this is said."""
    due = clock.now().replace(minute=0, second=0, microsecond=0) + HOUR
    key = f"{HOUSEKEEPING}:{due:%Y%m%dT%H}"
    async with store.write() as uow:
        await enqueue(uow.conn, [NewJob(kind=HOUSEKEEPING, key=key, due=due)])
