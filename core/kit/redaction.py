"""Masking of secrets, private addresses and e-mail addresses in texts that leave the program."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MASK = "***"
SHORTEST = 4  # a shorter secret would mask ordinary words

# Every repetition is bounded: these run over texts that strangers write.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{1,20}:[A-Za-z0-9_-]{30,128}"), MASK),  # a Telegram bot token
    (re.compile(r"://[^/@\s'\"]{1,200}@"), f"://{MASK}@"),  # name and password in a URL
    (re.compile(r"/(meeting|calendar|manage|unsubscribe|signin)/[A-Za-z0-9_-]{8,128}"), rf"/\1/{MASK}"),
    (re.compile(r"([?&](?:start|code|state|token|key|secret|signature)=)[^&\s'\"]{1,512}"), rf"\1{MASK}"),
    (re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){0,8})"), rf"{MASK}@\1"),
)


def redact(text: str) -> str:
    """`text` without tokens, passwords in URLs, capability paths and the names in e-mail addresses."""
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class Redactor:
    """`redact`, and masking of the exact secrets this program was started with."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for each in secrets if len(each) >= SHORTEST for form in _forms(each)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """`text` with everything confidential masked."""
        return redact(self._known.sub(MASK, text) if self._known else text)


def _forms(secret: str) -> set[str]:
    """How a secret is written as it is, inside quotes, in JSON and in a URL."""
    return {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], quote(secret, safe=""), quote_plus(secret)}
