"""Short references of bookings that a person can read out: seven signs of Crockford's base 32."""

import secrets
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U (crockford.com/base32.html)
LENGTH = 7  # 34 thousand million: with 100,000 bookings three new ones in a million meet a taken one
_MISREAD = str.maketrans("ILO", "110", " -\N{NO-BREAK SPACE}\N{EN DASH}\N{NON-BREAKING HYPHEN}")


def new_reference(choose: Callable[[str], str] = secrets.choice) -> str:
    """A reference drawn at random; whoever stores it sees to it that it is not taken."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def read_reference(text: str) -> str | None:
    """The reference somebody typed, whatever the case, with I or L for 1 and O for 0; None if it is none."""
    plain = text.strip().upper().translate(_MISREAD)
    return plain if len(plain) == LENGTH and all(each in ALPHABET for each in plain) else None
