"""What repositories of the set-up call before they write."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

Change: TypeAlias = Callable[[], Awaitable[None]]
"""Marks the set-up as changed by this transaction."""
