"""Text as people type it, of which not everything can be stored."""

import sqlalchemy as sa

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class TypedText(sa.TypeDecorator[str]):
    """Text in which NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD on both databases."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """What can be stored of it; None stays NULL."""
        del dialect
        if value is None:
            return None
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", REPLACEMENT)
