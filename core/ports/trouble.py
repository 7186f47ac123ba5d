"""What may go wrong outside, in the three ways that ask for different answers."""


class Unavailable(Exception):
    """The outside does not answer now; try again, after `retry_after` seconds where it said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Rejected(Exception):
    """The outside refuses this very request; the same again will be refused again."""


class AuthExpired(Exception):
    """The outside does not accept our credentials (any more); somebody has to renew them."""
