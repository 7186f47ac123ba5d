"""From a place on earth to its zone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.zones import zone_names
from core.kit.geography import zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "wanted"),
    [
        (40.7128, -74.0060, "America/New_York"),
        (52.52, 13.405, "Europe/Berlin"),
        (35.6762, 139.6503, "Asia/Tokyo"),
        (27.7172, 85.324, "Asia/Kathmandu"),
        (-31.5550, 159.0800, "Australia/Lord_Howe"),
        (-33.8688, 151.2093, "Australia/Sydney"),
        (64.1466, -21.9426, "Atlantic/Reykjavik"),
        (33.4484, -112.074, "America/Phoenix"),
        (0.0, -30.0, "Etc/GMT+2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_place_has_the_zone_of_its_clocks(latitude: float, longitude: float, wanted: str) -> None:
    assert zone_at(latitude, longitude) == wanted


@given(st.floats(-90, 90), st.floats(-180, 180))
@example(90.0, 180.0)
@example(90.0, -180.0)
@example(-90.0, 0.0)
@example(0.0, 0.0)
@example(-0.0, -180.0)
@example(51.5, 180.0)
def test_every_place_on_earth_has_a_zone_that_we_know(latitude: float, longitude: float) -> None:
    assert zone_at(latitude, longitude) in zone_names()
