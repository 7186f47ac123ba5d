"""Every button of the chat survives the way through its data."""

from datetime import UTC, date, datetime
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from types import NoneType
from typing import Any, get_args, get_type_hints
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import buttons, callbacks
from bot.callback_codec import LIMIT, ROUTES
from bot.callbacks import Callback, SetZone, pack, unpack
from core.domain.session_type import Location

NUMBERS = st.integers(0, 10**12)
"""Ids and pages: they count up from one, so a trillion is more than there will ever be."""
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    int: NUMBERS,
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - Hypothesis adds the zone
        lambda value: value.replace(second=0, microsecond=0)
    ),
    str: st.text("abcXYZ019_+-/.", min_size=1, max_size=38),
}


def callbacks_of(kind: type[Callback]) -> st.SearchStrategy[Callback]:
    """Any callback of this class that a screen could make."""
    return st.builds(kind, **{name: values_of(hint) for name, hint in get_type_hints(kind).items()})


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field."""
    if NoneType in get_args(hint):
        return st.none() | values_of(next(each for each in get_args(hint) if each is not NoneType))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return VALUES[hint]


@pytest.mark.parametrize("kind", [each.kind for each in ROUTES.values()], ids=lambda kind: kind.__name__)
@settings(max_examples=30)
@given(data=st.data())
def test_every_callback_comes_back_from_its_data(kind: type[Callback], data: st.DataObject) -> None:
    callback = data.draw(callbacks_of(kind))
    packed = pack(callback)
    assert unpack(packed) == callback
    assert len(packed.encode()) <= LIMIT


def test_every_zone_fits_a_button_of_the_longest_draft() -> None:
    packed = [pack(SetZone(zone, 2**63 - 1)) for zone in sorted(available_timezones())]
    assert [each for each in packed if len(each) > LIMIT] == []


def test_every_location_is_a_word_of_a_button() -> None:
    assert {each.value for each in Location} == {"video", "audio", "chat", "in_person"}


def test_every_button_of_every_feature_is_handed_on() -> None:
    for feature in iter_modules(buttons.__path__, f"{buttons.__name__}."):
        import_module(feature.name)
    declared = {each.kind.__name__: each.kind for each in ROUTES.values()}
    assert {name: vars(callbacks).get(name) for name in declared} == declared
    assert len(declared) == len(ROUTES)
