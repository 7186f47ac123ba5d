"""The axle: builds every part, hands each what it needs of the others, and runs them."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from telegram import Bot, Update

from bot.app import Chat
from bot.demo.cast import ADMINS
from bot.demo.load import load_demo
from bot.links import Target, admin_claim_link, link
from bot.markup import bare
from bot.messenger import TelegramMessenger
from bot.polling import poll
from bot.sandbox.guard import guarded
from bot.sandbox.page_stream import Tab
from bot.sandbox.server import Sandbox
from bot.sandbox_mode import PAGE, TOKEN, SandboxClock, open_sandbox, public_url, sandbox_url
from bot.service_manager import ServiceManager
from bot.telegram_setup import set_commands, set_descriptions, set_own_commands, use_webhook
from bot.transport import TerseRequest
from calendar_sync.ical import calendar_file
from core.db.engine import Database
from core.db.migrate import is_current, migrate, verify
from core.db.uow import Store
from core.domain.booking import Booking
from core.domain.person import Role
from core.jobs.runner import Runner
from core.kit.config import Settings
from core.kit.links import Links
from core.kit.logs import set_up_logs
from core.kit.metrics import Metrics
from core.ports.clock import Clock, OffsetClock, SystemClock
from core.services.effects import SENDING, handlers, plan_housekeeping
from core.services.mails import Mails
from core.services.meeting_place import meeting_place
from core.services.notifications import Notifications
from core.services.readiness import Readiness
from core.services.subscribers import publish
from core.services.unsubscribe_links import UnsubscribeLinks
from core.services.use_cases import UseCases, use_cases
from core.services.zone_data import ZoneData
from webhooks.app import create_app
from webhooks.health import create_health_routes
from webhooks.meetings.door import create_door_routes
from webhooks.meetings.hooks import create_meeting_hook_routes
from webhooks.meetings.registry import Closable, provider_of, verifiers_of
from webhooks.metrics import create_metrics_routes
from webhooks.notifications import mailbox_page
from webhooks.notifications.letters import ChatLink
from webhooks.notifications.mail_side import MailSide, mail_side
from webhooks.notifications.resend import create_resend_routes
from webhooks.notifications.unsubscribe import create_unsubscribe_routes
from webhooks.server import start
from webhooks.telegram import PATH, Handle, create_telegram_routes

log = logging.getLogger(__name__)

Say = Callable[[str], None]
AT_ONCE: Say = partial(print, flush=True)
"""Also where the output is a pipe: nobody should wait for the address or the admin's link."""
EVERYTHING = frozenset({"bot", "web", "jobs"})
TABS = (Tab("Mailbox", mailbox_page.PATH),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """All parts, built and connected, none of them running yet."""

    settings: Settings
    database: Database
    store: Store
    clock: Clock
    metrics: Metrics
    core: UseCases
    provider: Closable
    bot: Bot
    chat: Chat
    runner: Runner
    mail: MailSide
    sandbox: Sandbox | None


def build(settings: Settings, clock: Clock | None = None) -> Program:
    """Connect the parts; nothing is opened and nobody is asked anything yet.

    `clock` is the machine's unless another is given; in the sandbox it must be one that can be moved on.
    """
    sandboxed = settings.mode == "sandbox"
    clock = clock or (SandboxClock(settings.data_dir) if sandboxed else SystemClock())
    database = Database(settings.database_url.get_secret_value())
    store = Store(database, publish)
    metrics = Metrics()
    bot = _bot(settings)
    admins = frozenset(settings.admin_telegram_ids) | (ADMINS if sandboxed else frozenset())
    secret = settings.secret_key.get_secret_value()
    unsubscribe = UnsubscribeLinks(links=Links(secret), base=public_url(settings))
    mail = mail_side(settings, clock, metrics, _chat_link(settings, bot), unsubscribe.address)
    provider = provider_of(settings, clock)
    place = meeting_place(secret, provider, public_url(settings))
    core = use_cases(store, clock, admins, place, unsubscribe, mail_ready=mail.mailer.ready)
    messenger = TelegramMessenger(bot, core.drafts, clock, metrics)
    notifications = Notifications(
        store, clock, core.people, core.holds, messenger, core.deliveries, place.links
    )
    mails = Mails(store, clock, core.people, core.addresses, mail.mailer, core.deliveries, place.links)
    effects = handlers(core, notifications, mails, store, clock)
    return Program(
        settings=settings,
        database=database,
        store=store,
        clock=clock,
        metrics=metrics,
        core=core,
        provider=provider,
        bot=bot,
        chat=Chat(bot, core, clock, metrics, calendar_file),
        runner=Runner(database, effects, clock, ack_at_once=SENDING),
        mail=mail,
        sandbox=open_sandbox(settings, clock, TABS if mail.mailbox else ())
        if sandboxed and isinstance(clock, OffsetClock)
        else None,
    )


def _chat_link(settings: Settings, bot: Bot) -> ChatLink:
    """Where mails lead into the chat: in the sandbox to its page."""

    def into_chat(booking: Booking | None) -> str:
        if settings.mode == "sandbox":
            return f"{sandbox_url(settings)}{PAGE}"
        name = bot.username
        return link(name, Target.BOOKING, booking.reference) if booking else f"https://t.me/{name}"

    return into_chat


def _bot(settings: Settings) -> Bot:
    if settings.mode == "sandbox":
        token, url = TOKEN, sandbox_url(settings)
    else:
        given = settings.telegram_token
        token, url = given.get_secret_value() if given else "", settings.telegram_api_url
    return Bot(
        token,
        base_url=f"{url.rstrip('/')}/bot",
        base_file_url=f"{url.rstrip('/')}/file/bot",
        request=TerseRequest(),
        get_updates_request=TerseRequest(connections=2),
    )


async def run(settings: Settings, parts: frozenset[str], say: Say = AT_ONCE) -> None:
    """Run `bot`, `web` and `jobs` as asked for, until SIGTERM or SIGINT."""
    set_up_logs(style=settings.log_format, level=settings.log_level, secrets=settings.secrets())
    if settings.mode == "sandbox":
        logging.getLogger("webhooks.access").setLevel(logging.WARNING)  # the bot talks to itself there
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    async with running(build(settings), parts, say, stop), ServiceManager().told():
        await stop.wait()
        say("Stopping ...")


@asynccontextmanager
async def running(
    program: Program, parts: frozenset[str], say: Say, stop: asyncio.Event | None = None
) -> AsyncIterator[Program]:
    """The program at work; everything is stopped in the opposite order at the end.

    `stop` is set when a part ends by itself, such as fetching updates with a token that was revoked; its
    error comes out of the end.
    """
    ended = stop or asyncio.Event()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(program.database.close)
        stack.push_async_callback(program.provider.close)
        await _prepare_database(program, parts)
        if program.sandbox is not None:
            await program.sandbox.start()
            stack.push_async_callback(program.sandbox.close)
        stack.push_async_callback(program.bot.shutdown)
        server = await start(_web(program, parts, ended), program.settings.host, program.settings.port)
        stack.push_async_callback(server.stop)
        await program.bot.initialize()
        if "bot" in parts:
            await _introduce(program, say)
        if "bot" in parts and program.settings.mode != "webhook":
            fetching = asyncio.create_task(poll(program.bot, program.chat.handle))
            fetching.add_done_callback(lambda _: ended.set())
            stack.push_async_callback(_end, fetching)
        if "jobs" in parts:
            jobs = asyncio.create_task(program.runner.run())
            jobs.add_done_callback(lambda _: ended.set())
            stack.push_async_callback(_drained, program.runner, jobs)
        yield program


async def _prepare_database(program: Program, parts: frozenset[str]) -> None:
    """Make or upgrade the tables where one process does everything; a lost guard is never mended silently."""
    if parts >= EVERYTHING and (_new(program.database) or not await is_current(program.database)):
        await migrate(program.database.url)
    await verify(program.database)
    if program.sandbox is not None:
        await load_demo(program.store, program.clock)
    await plan_housekeeping(program.store, program.clock)
    moved = (await ZoneData(program.store, program.clock).keep()).moved
    if moved:
        log.warning("zone data have changed under %d coming bookings; see `confer doctor`", len(moved))


def _new(database: Database) -> bool:
    """A SQLite file that has not been made yet."""
    return database.dialect == "sqlite" and not Path(database.url.database or "").exists()


def _web(program: Program, parts: frozenset[str], ended: asyncio.Event) -> web.Application:
    """What this process answers over HTTP; health in every case."""
    settings, readiness = program.settings, Readiness(program.database, program.clock)
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    app = create_app(program.metrics, trusted=settings.trusted_proxies)

    async def stopping() -> str | None:
        return "the process is ending; ask another" if ended.is_set() else None

    app.add_routes(create_health_routes({**readiness.checks(), "stopping": stopping}))
    app.add_routes(create_metrics_routes(program.metrics, token, lambda: readiness.measure(program.metrics)))
    app.add_routes(create_door_routes(program.core.joining))
    app.add_routes(create_meeting_hook_routes(verifiers_of(settings), program.core, program.clock))
    if program.sandbox is not None:
        program.sandbox.add_routes(app)
        app.add_routes(program.mail.mailbox_routes(guarded))
    app.add_routes(create_unsubscribe_routes(program.core.choices))
    if settings.resend_webhook_secret is not None:
        signed = settings.resend_webhook_secret.get_secret_value()
        app.add_routes(create_resend_routes(signed, program.core.bounces))
    if "bot" in parts and settings.mode == "webhook":
        secret = settings.telegram_webhook_secret.get_secret_value()
        app.add_routes(create_telegram_routes(secret, _receiver(program)))
    return app


def _receiver(program: Program) -> Handle:
    async def receive(update: dict[str, Any]) -> dict[str, Any] | None:
        return await program.chat.handle_posted(Update.de_json(bare(update), program.bot))

    return receive


async def _introduce(program: Program, say: Say) -> None:
    """Tell Telegram about this bot, and the operator where to go on."""
    settings, bot = program.settings, program.bot
    await set_commands(bot)
    async with program.store.read() as uow:
        practice = await uow.practice()
        known = [*await uow.people.with_role(Role.COUNSELOR), *await uow.people.with_role(Role.ADMIN)]
    await set_descriptions(bot, practice.name)
    await set_own_commands(bot, known)
    if settings.mode == "webhook":
        secret = settings.telegram_webhook_secret.get_secret_value()
        await use_webhook(bot, f"{settings.base_url}{PATH}", secret)
    elif (await bot.get_webhook_info()).url:
        await bot.delete_webhook(drop_pending_updates=False)
    if program.sandbox is not None:
        say(f"Confer is ready. Open {sandbox_url(settings)}{PAGE} in a browser.")
    else:
        say(f"Confer is ready as @{bot.username} ({settings.mode}).")
    token = await program.core.people.admin_claim()
    if token is not None:
        say("No admin yet. Whoever opens this link first becomes admin:")
        say(admin_claim_link(bot.username, token))


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _drained(runner: Runner, jobs: asyncio.Task[None]) -> None:
    runner.stop()
    await jobs
