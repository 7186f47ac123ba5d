"""Waiting for what nobody announces."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable

LONGEST_WAIT = 60.0
PAUSE = 0.05


async def until(true: Callable[[], bool | Awaitable[bool]]) -> None:
    """Return once `true` is so, looking again and again; TimeoutError after a minute."""
    async with asyncio.timeout(LONGEST_WAIT):
        while not await _holds(true):  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(PAUSE)


async def _holds(true: Callable[[], bool | Awaitable[bool]]) -> bool:
    answer = true()
    return await answer if isawaitable(answer) else answer
