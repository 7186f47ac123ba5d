"""Which addresses Telegram takes."""

import pytest

from bot.sandbox.links import normal_link


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://Example.ORG/Path?q=1#f", "https://example.org/Path?q=1#f"),
        ("example.org/x", "http://example.org/x"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("tg://user?id=5", "tg://user?id=5"),
        ("http://localhost:8080/x", None),
        ("https://", None),
        ("ftp://example.org", None),
        ("javascript:alert(1)", None),
        ("https://exa mple.org", None),
        ("https://example.org:99999", None),
        ("", None),
    ],
)
def test_links(link: str, kept: str | None) -> None:
    assert normal_link(link) == kept
