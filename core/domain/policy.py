"""The settings of the practice, each with its default and its bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One policy: its default and, for numbers, the least and the greatest value allowed."""

    default: Any
    least: int = 0
    most: int = 0

    def check(self, value: object) -> str | None:
        """What was expected instead of `value`, or None when it is acceptable."""
        if isinstance(self.default, bool):
            return None if isinstance(value, bool) else "true or false"
        if isinstance(self.default, tuple):
            good = isinstance(value, list | tuple) and all(self._within(each) for each in value)
            return None if good else f"a list of whole numbers from {self.least} to {self.most}"
        return None if self._within(value) else f"a whole number from {self.least} to {self.most}"

    def _within(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most


POLICIES: Mapping[str, Bound] = {
    "cancellation_cutoff_hours": Bound(default=2, least=0, most=168),
    "reschedule_cutoff_hours": Bound(default=4, least=0, most=168),
    "counselor_reschedule_cutoff_hours": Bound(default=2, least=0, most=168),
    "max_reschedules": Bound(default=2, least=0, most=20),
    "counselor_max_reschedules": Bound(default=2, least=0, most=20),
    "free_cancellation_hours": Bound(default=24, least=0, most=720),
    "late_cancellation_refund_percent": Bound(default=50, least=0, most=100),
    "require_cancellation_reason": Bound(default=True),
    "reschedule_expiry_hours": Bound(default=48, least=1, most=336),
    "max_counter_proposals": Bound(default=3, least=0, most=10),
    "hold_minutes": Bound(default=10, least=1, most=60),
    "request_expiry_hours": Bound(default=24, least=1, most=336),
    "reminder_offsets": Bound(default=(24, 1), least=1, most=336),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The policies in force: what the practice set, and the defaults for the rest."""

    chosen: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.chosen.get(name, POLICIES[name].default)

    def snapshot(self) -> dict[str, Any]:
        """Every policy in force, as plain JSON for the audit trail."""
        return {name: list(self[name]) if name == "reminder_offsets" else self[name] for name in POLICIES}

    def hours(self, name: str) -> timedelta:
        """A policy counted in hours, as elapsed time."""
        return timedelta(hours=self[name])

    @property
    def hold(self) -> timedelta:
        """How long a slot is kept for a client who is filling in."""
        return timedelta(minutes=self["hold_minutes"])

    @property
    def reminders(self) -> tuple[timedelta, ...]:
        """How long before the start people are reminded, longest first."""
        return tuple(timedelta(hours=each) for each in sorted(set(self["reminder_offsets"]), reverse=True))
