"""Time zones by name, from the pinned `tzdata` package and never from the machine's own zone files."""

import importlib.metadata
import zoneinfo
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

# zoneinfo prefers the machine's zone files, which may be older; what was read from them is forgotten.
zoneinfo.reset_tzpath(to=[])
ZoneInfo.clear_cache()

_PLACEHOLDER = "Factory"
_SHOWN = 60


class UnknownZoneError(ValueError):
    """The name is not one of the zones in the `tzdata` package."""


@cache
def zone_names() -> frozenset[str]:
    """The IANA names that `zone` knows, aliases included."""
    return frozenset(zoneinfo.available_timezones() - {_PLACEHOLDER})


@cache
def zone(name: str) -> ZoneInfo:
    """The zone with this IANA name, spelled exactly; UnknownZoneError otherwise."""
    if name not in zone_names():
        raise UnknownZoneError(f"unknown time zone {name[:_SHOWN]!r}")
    return ZoneInfo(name)


def tzdata_version() -> str:
    """The version of the zone data in use, as the package numbers it (`2026.6` is IANA's 2026f)."""
    return importlib.metadata.version("tzdata")


def wall_time(instant: datetime, name: str) -> datetime:
    """What the clocks of a zone show at an aware instant, as a naive datetime."""
    return instant.astimezone(zone(name)).replace(tzinfo=None, fold=0)


def instants_at(wall: datetime, name: str) -> tuple[datetime, ...]:
    """The UTC instants, ascending, at which the clocks of a zone show this naive wall time.

    None inside a gap (clocks went forward over it, or the date was skipped), two where clocks went back
    over it, else one.
    """
    if wall.tzinfo is not None:
        raise ValueError(f"a wall time has no zone of its own: {wall.isoformat()}")
    readings = {wall.replace(tzinfo=zone(name), fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(each for each in readings if wall_time(each, name) == wall.replace(fold=0)))
