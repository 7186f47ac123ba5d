"""What passes as an e-mail address."""

import pytest

from core.kit.mail_address import is_mail_address


@pytest.mark.parametrize(
    "text", ["ann@example.org", "a.b+c@mail.example.org", "ann@localhost", "ä@ö.example"]
)
def test_plain_addresses_pass(text: str) -> None:
    assert is_mail_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "a@b@c",
        "a b@example.org",
        "Ann <ann@example.org>",
        "ann@x.org\nBcc: b@x.org",
    ],
)
def test_everything_else_does_not(text: str) -> None:
    assert not is_mail_address(text)
