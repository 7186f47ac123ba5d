"""Amounts of money in the minor units of a currency."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """`minor` units (cents, or whole yen) of an ISO 4217 `currency`; never negative."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.minor < 0:
            raise ValueError(f"an amount is never negative, got {self.minor}")

    @property
    def is_free(self) -> bool:
        """Nothing to pay."""
        return self.minor == 0

    def percent(self, share: int) -> "Money":
        """`share` per cent of the amount, rounded half up to a minor unit."""
        return Money(minor=(self.minor * share + 50) // 100, currency=self.currency)
