"""The form of mails: headers that nobody can break out of, and ids that are the same at every attempt."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ports.mail import Attachment
from webhooks.notifications.letters import Letter
from webhooks.notifications.message import Sender, build, message_id
from webhooks.notifications.rendering import Words

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SENDER = Sender.read("Praxis am Fluß <office@example.org>")
LETTER = Letter(words=Words(subject="Hello", text="Hello\n", html="<p>Hello</p>"))


def sent(name: str = "Dora", subject: str = "Hello", **more: object) -> EmailMessage:
    """The mail as its reader's program reads it."""
    letter = Letter(words=Words(subject=subject, text="Hello\n", html="<p>Hello</p>"))
    to = (name, "dora@example.org")
    message = build(letter, sender=SENDER, to=to, key="k", now=NOW, **more)  # type: ignore[arg-type]
    return message_from_bytes(message.as_bytes(), _class=EmailMessage, policy=SMTP)


def test_a_mail_has_the_headers_of_an_automatic_one() -> None:
    mail = sent()
    assert {name: str(mail[name]) for name in ("From", "To", "Reply-To", "Date", "Auto-Submitted")} == {
        "From": "Praxis am Fluß <office@example.org>",
        "To": "Dora <dora@example.org>",
        "Reply-To": "Praxis am Fluß <office@example.org>",
        "Date": "Mon, 02 Nov 2026 09:00:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert mail["Message-ID"] == message_id("k", "example.org")
    assert mail["List-Unsubscribe"] is None
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_a_mail_that_can_be_turned_off_says_how_in_one_click() -> None:
    letter = Letter(words=LETTER.words, unsubscribe="https://confer.test/unsubscribe/x")
    mail = build(letter, sender=SENDER, to=("Dora", "dora@example.org"), key="k", now=NOW)
    assert mail["List-Unsubscribe"] == "<https://confer.test/unsubscribe/x>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    "name",
    [
        "Dora\r\nBcc: all@example.org",
        "Dora\nSubject: other",
        "Dora\x0bBcc: all@example.org",
        "Dora\u2028Bcc: all@example.org",
        'Dora" <evil@example.org>, "',
        "Dora, Bcc: all@example.org",
        "Дора Кляйн 🌊" * 20,
        "",
    ],
)
def test_a_name_stays_a_name(name: str) -> None:
    mail = sent(name, f"Your session with {name} is confirmed")
    assert [each.addr_spec for each in mail["To"].addresses] == ["dora@example.org"]
    assert (mail["Bcc"], len(mail.get_all("Subject", []))) == (None, 1)
    assert "\n" not in str(mail["Subject"])


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80), st.text(max_size=200))
def test_no_name_or_subject_breaks_the_headers(name: str, subject: str) -> None:
    mail = sent(name, subject)
    assert set(mail.keys()) == set(sent().keys())
    assert [each.addr_spec for each in mail["To"].addresses] == ["dora@example.org"]


def test_the_id_is_the_key_s_and_only_the_key_s() -> None:
    assert message_id("a", "example.org") == message_id("a", "example.org")
    assert message_id("a", "example.org") != message_id("b", "example.org")


def test_a_calendar_goes_along_as_an_alternative_with_its_method() -> None:
    invite = Attachment(
        name="invite.ics",
        content_type="text/calendar",
        content="BEGIN:VCALENDAR\r\nSUMMARY:Größe\r\nEND:VCALENDAR\r\n".encode(),
        parameters={"method": "REQUEST"},
    )
    parts = list(sent(attachments=[invite]).iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2].get_param("method") == "REQUEST"
    assert "Größe" in parts[2].get_content()


def test_a_domain_in_other_letters_is_written_as_mail_servers_know_it() -> None:
    mail = build(LETTER, sender=SENDER, to=("Dora", "dora@köln.example"), key="k", now=NOW)
    assert mail["To"].addresses[0].domain == "xn--kln-sna.example"
