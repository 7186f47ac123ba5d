"""From a place on earth to its time zone, without asking anybody."""


def zone_at(latitude: float, longitude: float) -> str:
    """The IANA zone of a place in degrees; the zone of the nearest sea lane where there is no land."""
    from tzfpy import get_tz  # its map takes a moment to load, and few people share a location

    return str(get_tz(longitude, latitude))
