"""What a use case may refuse, as stable codes that every edge turns into its own words."""


class DomainError(Exception):
    """A refusal: `code` is stable and public, `details` hold what a person needs to understand it."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class NotFound(DomainError):
    """The thing asked for does not exist, or not for this actor."""


class Forbidden(DomainError):
    """The actor may not do this."""


class Conflict(DomainError):
    """The state is another than the actor believed: `slot_taken`, `client_busy`, `stale`, `moved_on` ..."""


class Invalid(DomainError):
    """The input is not acceptable."""
