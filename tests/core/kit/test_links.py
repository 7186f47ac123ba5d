"""Capabilities: what was sealed opens, and nothing else does."""

import hashlib
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.links import Links, Sealed, digest, new_single_use

KEY = "k" * 32
LINKS = Links(KEY)
kinds = st.sampled_from(["meeting", "calendar", "manage", "unsubscribe"])
rows = st.integers(0, 2**64 - 1)
generations = st.integers(0, 2**32 - 1)


@given(kinds, rows, generations)
def test_a_sealed_link_opens_to_what_was_sealed_and_is_always_the_same(
    kind: str, row: int, generation: int
) -> None:
    capability = LINKS.seal(kind, row, generation)
    assert re.fullmatch(r"[A-Za-z0-9_-]{59}", capability)
    assert LINKS.open(kind, capability) == Sealed(row=row, generation=generation)
    assert Links(KEY).seal(kind, row, generation) == capability


@given(rows, generations, st.integers(0, 58), st.sampled_from("ABCXYZabcxyz0189-_=+/ é"))
def test_a_link_changed_anywhere_does_not_open(row: int, generation: int, place: int, sign: str) -> None:
    capability = LINKS.seal("meeting", row, generation)
    changed = capability[:place] + sign + capability[place + 1 :]
    opened = LINKS.open("meeting", changed)
    assert opened == (Sealed(row=row, generation=generation) if changed == capability else None)


@given(st.text(max_size=80))
def test_any_other_text_does_not_open(text: str) -> None:
    assert LINKS.open("meeting", text) is None


def test_every_other_writing_of_the_last_sign_is_refused() -> None:
    capability = LINKS.seal("meeting", 1)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    opening = [sign for sign in alphabet if LINKS.open("meeting", capability[:-1] + sign)]
    assert opening == [capability[-1]]


def test_a_link_of_one_kind_is_none_of_another() -> None:
    assert LINKS.open("manage", LINKS.seal("meeting", 1)) is None


def test_a_link_sealed_with_another_key_does_not_open() -> None:
    assert Links("j" * 32).open("meeting", LINKS.seal("meeting", 1)) is None


def test_a_new_generation_has_another_link() -> None:
    first, second = LINKS.seal("calendar", 1, 0), LINKS.seal("calendar", 1, 1)
    assert first != second
    assert LINKS.open("calendar", first) == Sealed(row=1, generation=0)


@pytest.mark.parametrize("row", [-1, 2**64])
def test_an_id_out_of_range_is_refused(row: int) -> None:
    with pytest.raises(struct.error):
        LINKS.seal("meeting", row)


def test_a_single_use_token_is_found_by_its_hash_alone() -> None:
    token, other = new_single_use(), new_single_use()
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token.text)
    assert token.digest == digest(token.text) == hashlib.sha256(token.text.encode()).digest()
    assert token.digest != other.digest


@given(st.text(st.characters(), max_size=20))
def test_a_hash_exists_for_whatever_somebody_sends(text: str) -> None:
    assert len(digest(text)) == 32
