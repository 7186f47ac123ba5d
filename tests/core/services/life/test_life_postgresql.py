"""The whole life of bookings on PostgreSQL, against a plain model."""

import pytest

from tests.campaign import times
from tests.core.services.conftest import Place
from tests.core.services.life.course import play

STEPS = times(2_000, soak=400_000)


@pytest.mark.campaign
def test_every_life_is_as_the_model_has_it(place_on_postgresql: Place) -> None:
    tally = play("postgresql", place_on_postgresql.url, place_on_postgresql.filled, steps=STEPS)
    assert tally.steps >= STEPS
