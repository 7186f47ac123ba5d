"""From the booking to a real mail server: no mail is lost, and one that comes twice can be recognised."""

import traceback
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.engine import Database
from core.domain.notification import Kind
from core.jobs.runner import Runner
from core.kit.metrics import Metrics
from core.ports.clock import OffsetClock
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected
from core.services.effects import handlers
from core.services.mails import Mails
from core.services.notifications import Notifications
from tests.core.services.small_practice import HOUR, SmallPractice, small_practice
from tests.servers.mail import MailServer, answers, lost_after, lost_before, mail_server
from webhooks.notifications.letters import Letters
from webhooks.notifications.mailer import TemplateMailer
from webhooks.notifications.message import Sender
from webhooks.notifications.samples import DORA, sample
from webhooks.notifications.smtp import SmtpCarrier

SENDER = Sender.read("Small Practice <office@example.org>")
NAMES = ("ann", "ben", "dora", "emil")


@pytest.fixture
async def practice(database: Database, clock: OffsetClock) -> SmallPractice:
    """Everybody has an address."""
    practice = await small_practice(database, clock)
    async with practice.store.write() as uow:
        for name in NAMES:
            practice.people[name] = replace(practice.people[name], email=f"{name}@example.org")
            await uow.people.save(practice.people[name])
    return practice


def mailer(practice: SmallPractice, mail: MailServer, metrics: Metrics | None = None) -> TemplateMailer:
    """Mails by this server."""
    letters = Letters(sender=SENDER.called, chat=lambda _: None, unsubscribe=practice.unsubscribe.address)
    carrier = SmtpCarrier(mail.url, SENDER.address)
    return TemplateMailer(carrier, SENDER, letters, practice.clock, metrics or Metrics())


def runner(practice: SmallPractice, mail: MailServer) -> Runner:
    """Carries everything out, mails by this server."""
    core, store, clock = practice.core, practice.store, practice.clock
    chats = Notifications(store, clock, core.people, core.holds, practice.messenger, core.deliveries)
    mails = Mails(store, clock, core.people, core.addresses, mailer(practice, mail), core.deliveries)
    return Runner(practice.database, handlers(core, chats, mails, store, clock), clock)


async def test_every_mail_arrives_whatever_the_server_does_in_between(practice: SmallPractice) -> None:
    async with mail_server() as mail:
        later = answers("451 4.3.0 later")
        mail.troubles.extend([lost_before, lost_after, later, lost_after, lost_before] * 2)
        for who, hour in (("dora", 12), ("emil", 14)):
            start = practice.clock.now().replace(hour=hour) + timedelta(days=1)
            asked = await practice.book(who, start)
            await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
        working = runner(practice, mail)
        for _ in range(12):
            await working.drain()
            await practice.clock.advance(HOUR)
    copies = Counter((str(each["To"].addresses[0].addr_spec), str(each["Message-ID"])) for each in mail.kept)
    assert not mail.troubles
    assert Counter(to for to, _ in copies) == {
        "dora@example.org": 2,  # confirmed, and the day before
        "emil@example.org": 2,
        "ann@example.org": 2,  # twice the day before
    }
    assert sum(copies.values()) == len(copies) + 4  # as often as the server kept one and hung up


async def test_what_went_out_and_what_did_not_is_counted(practice: SmallPractice) -> None:
    metrics = Metrics()
    async with mail_server() as mail:
        mail.rcpt["ann@example.org"] = "550 5.1.1 nobody here"
        writer = mailer(practice, mail, metrics)
        await writer.notify(sample(Kind.CONFIRMED), "one")
        with pytest.raises(Unreachable):
            await writer.notify(sample(Kind.NEW_REQUEST), "two")
    counted = {
        (each.labels["kind"], each.labels["result"]): each.value
        for metric in metrics.notifications.collect()
        for each in metric.samples
        if each.name.endswith("_total")
    }
    assert counted == {("confirmed", "sent"): 1, ("new_request", "unreachable"): 1}


async def test_an_address_that_cannot_be_written_is_given_up_without_naming_it(
    practice: SmallPractice,
) -> None:
    async with mail_server() as mail:
        broken = replace(sample(Kind.CONFIRMED), to=replace(DORA, email="dora\n@example.org"))
        with pytest.raises(Rejected) as refused:
            await mailer(practice, mail).notify(broken, "one")
    assert "dora" not in "".join(traceback.format_exception(refused.value))
    assert mail.kept == []
