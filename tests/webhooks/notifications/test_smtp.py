"""Mails through a real mail server: what arrives, and what each of its answers means."""

import asyncio
import ssl
import traceback
from email.message import EmailMessage

import pytest
import trustme

from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable
from tests.servers.mail import answers, lost_after, lost_before, mail_server, stuck
from webhooks.notifications.message import POLICY
from webhooks.notifications.smtp import AT_ONCE, LOOK_AGAIN, MENDED, SOON, SmtpCarrier

FROM, TO = "office@example.org", "dora@example.org"


def letter(key: str = "one") -> EmailMessage:
    """A short mail."""
    message = EmailMessage(policy=POLICY)
    message["From"], message["To"], message["Subject"] = FROM, TO, "Grüße"
    message["Message-ID"] = f"<{key}@example.org>"
    message.set_content("Bis morgen – in Köln\n.\nein Punkt allein")
    return message


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def test_a_mail_arrives_as_it_was_written() -> None:
    async with mail_server() as mail:
        await SmtpCarrier(mail.url, FROM).hand_over(letter(), TO)
    (kept,) = mail.kept
    assert (kept["Subject"], kept["From"], kept["To"]) == ("Grüße", FROM, TO)
    assert kept.get_content().replace("\r\n", "\n") == "Bis morgen – in Köln\n.\nein Punkt allein\n"


async def test_starttls_is_used_and_the_password_comes_after_it(
    certificate: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    async with mail_server(tls=certificate, login=True) as mail:
        await SmtpCarrier(mail.url, FROM, trust=trust).hand_over(letter(), TO)
    assert (mail.encrypted, mail.logins) == (1, [("office", "p:ss/word")])


async def test_smtps_is_encrypted_from_the_first_byte(
    certificate: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    async with mail_server(tls=certificate, implicit=True) as mail:
        await SmtpCarrier(mail.url, FROM, trust=trust).hand_over(letter(), TO)
    assert mail.ids() == ["<one@example.org>"]


async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(certificate: ssl.SSLContext) -> None:
    async with mail_server(tls=certificate) as mail:
        with pytest.raises(Unavailable, match="certificate") as refused:
            await SmtpCarrier(mail.url, FROM).hand_over(letter(), TO)
    assert (mail.kept, refused.value.retry_after) == ([], MENDED)


async def test_a_wrong_password_is_waited_out(certificate: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    async with mail_server(tls=certificate, login=True) as mail:
        url = mail.url.replace("p%3Ass", "wrong")
        with pytest.raises(Unavailable, match="name and password") as refused:
            await SmtpCarrier(url, FROM, trust=trust).hand_over(letter(), TO)
    assert refused.value.retry_after == MENDED


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("450 4.2.1 busy", Unavailable),
        ("452 4.2.2 full", Unavailable),
        ("550 5.1.1 nobody here", Unreachable),
        ("550 nobody here", Unreachable),
        ("553 5.1.3 what is that", Unreachable),
        ("550 5.7.1 we do not like you", Rejected),
        ("554 5.7.1 spam", Rejected),
        ("552 5.2.2 full", Rejected),
    ],
)
async def test_what_is_said_of_an_address(answer: str, expected: type[Exception]) -> None:
    async with mail_server() as mail:
        mail.rcpt[TO] = answer
        with pytest.raises(expected) as refused:
            await SmtpCarrier(mail.url, FROM).hand_over(letter(), TO)
    assert mail.kept == []
    assert TO not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("451 4.3.0 later", Unavailable), ("550 5.1.1 no", Rejected), ("554 5.6.0 no", Rejected)],
)
async def test_what_is_said_of_a_mail(answer: str, expected: type[Exception]) -> None:
    async with mail_server() as mail:
        mail.troubles.append(answers(answer))
        with pytest.raises(expected):
            await SmtpCarrier(mail.url, FROM).hand_over(letter(), TO)
    assert mail.kept == []


async def test_a_sender_that_is_refused_is_ours_to_set_right() -> None:
    async with mail_server() as mail:
        mail.mail_answer = "550 5.1.8 who are you"
        with pytest.raises(Rejected, match="CONFER_MAIL_FROM"):
            await SmtpCarrier(mail.url, FROM).hand_over(letter(), TO)


async def test_a_connection_lost_before_or_after_the_mail_was_kept_is_tried_again_with_the_same_id() -> None:
    async with mail_server() as mail:
        carrier = SmtpCarrier(mail.url, FROM)
        mail.troubles.extend([lost_before, lost_after])
        for _ in range(2):
            with pytest.raises(Unavailable, match="cannot be reached"):
                await carrier.hand_over(letter(), TO)
        await carrier.hand_over(letter(), TO)
    assert mail.ids() == ["<one@example.org>"] * 2


async def test_a_server_that_is_away_is_asked_again_in_a_minute() -> None:
    with pytest.raises(Unavailable) as refused:
        await SmtpCarrier("smtp://localhost:1", FROM).hand_over(letter(), TO)
    assert refused.value.retry_after == LOOK_AGAIN


async def test_a_password_is_not_sent_in_the_clear_to_another_machine() -> None:
    async with mail_server() as mail:
        carrier = SmtpCarrier(mail.url.replace("localhost", "office:password@127.1"), FROM)
        with pytest.raises(Unavailable, match="does not offer encryption"):
            await carrier.hand_over(letter(), TO)
    assert (mail.logins, mail.kept) == ([], [])


async def test_an_address_in_other_letters_goes_as_it_is_spelled() -> None:
    async with mail_server() as mail:
        await SmtpCarrier(mail.url, FROM).hand_over(letter(), "dörte@example.org")
    assert mail.ids() == ["<one@example.org>"]


async def test_a_slow_server_gets_a_few_mails_at_a_time_and_the_others_come_again_soon() -> None:
    go_on = asyncio.Event()
    async with mail_server() as mail:
        carrier = SmtpCarrier(mail.url, FROM, patience=0.2)
        mail.troubles.extend([stuck(go_on)] * AT_ONCE)
        slow = [asyncio.create_task(carrier.hand_over(letter(str(n)), TO)) for n in range(AT_ONCE)]
        while mail.troubles:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
        with pytest.raises(Unavailable, match="busy") as refused:
            await carrier.hand_over(letter("late"), TO)
        go_on.set()
        await asyncio.gather(*slow)
        await carrier.hand_over(letter("late"), TO)
    assert refused.value.retry_after == SOON
    assert sorted(mail.ids()) == sorted(
        f"<{name}@example.org>" for name in [*map(str, range(AT_ONCE)), "late"]
    )
