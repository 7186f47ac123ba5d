"""Amounts as people write and read them, to and from minor units of a currency."""

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision, is_currency

SOURCE_LOCALE = "en"
NO_CURRENCY = "XXX"  # ISO 4217 for transactions without one: what a free session is priced in
_TOUCHING = re.compile(r"(?<=[A-Z])(?=[0-9])")  # CLDR's currency spacing, which Babel leaves out: CHF 60.00
_WRITTEN = re.compile(r"([0-9]{1,9})(?:\.([0-9]+))?")


def is_known_currency(code: str) -> bool:
    """`code` is an ISO 4217 code such as `EUR`."""
    return is_currency(code, SOURCE_LOCALE)


def parse_minor(text: str, currency: str) -> int:
    """Exact minor units of an amount such as `60.00`: 6000 for USD, an error for JPY, which has none.

    ValueError says what was expected.
    """
    digits = get_currency_precision(currency)
    found = _WRITTEN.fullmatch(text)
    decimals = (found[2] or "") if found else ""
    if not found or len(decimals) > digits:
        places = f"at most {digits} decimals" if digits else "no decimals"
        raise ValueError(f"an amount with {places} such as {write_minor(12500, currency)}")
    return int(found[1] + decimals.ljust(digits, "0"))


def write_minor(minor: int, currency: str) -> str:
    """The amount with exactly the decimals of its currency, as `parse_minor` reads it."""
    return f"{_amount(minor, currency):f}"


@lru_cache(maxsize=1024)
def show_money(minor: int, currency: str, language: str) -> str:
    """`$60.00`, `60,00 €`, as the language has it."""
    text = format_currency(_amount(minor, currency), currency, locale=language)
    return _TOUCHING.sub("\N{NO-BREAK SPACE}", text)


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-get_currency_precision(currency))
