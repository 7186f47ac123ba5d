"""The whole life of bookings on SQLite, against a plain model."""

import pytest

from tests.campaign import times
from tests.core.services.conftest import Place
from tests.core.services.life.course import play

STEPS = times(3_000, soak=600_000)


@pytest.mark.campaign
def test_every_life_is_as_the_model_has_it(place_on_sqlite: Place) -> None:
    tally = play("sqlite", place_on_sqlite.url, place_on_sqlite.filled, steps=STEPS)
    assert tally.steps >= STEPS
