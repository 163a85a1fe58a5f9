"""Places for so many at once, given out fairly: who asks much waits behind itself, not before others."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from graph.server.refusal import busy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Places:
    """So many places, and a line for each client.

    count: int, places; waiting: int, how many may wait in all; patience: float, seconds that one waits at most.
    """

    def __init__(self, count: int, waiting: int, patience: float) -> None:
        self._free = count
        self._waiting = waiting
        self._patience = patience
        self._lines: dict[str, deque[asyncio.Future[None]]] = {}

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._lines.values()))

    @property
    def free(self) -> bool:
        """True where a place can be had at once."""
        return self._free > 0 and not self._lines

    @asynccontextmanager
    async def one(self, client: str) -> AsyncIterator[None]:
        """A place, left at the end of the block; raises a 503 `Refusal` where it cannot be had in time."""
        await self._enter(client)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, client: str) -> None:
        if self.free:
            self._free -= 1
            return
        if self.waiting >= self._waiting:
            raise busy()
        turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(client, deque()).append(turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn), self._patience)
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done():  # the place was given at the same moment
                self._leave()
            else:
                self._forget(client, turn)
            if isinstance(error, asyncio.CancelledError):
                raise
            raise busy() from None

    def _leave(self) -> None:
        """Gives the place to the next client in the round, or takes it back."""
        client = next(iter(self._lines), None)
        if client is None:
            self._free += 1
            return
        line = self._lines.pop(client)
        turn = line.popleft()
        if line:
            self._lines[client] = line  # at the end of the round
        turn.set_result(None)

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        line = self._lines[client]
        line.remove(turn)
        if not line:
            del self._lines[client]
