"""Places for so many at once, given out fairly: who asks much waits behind itself, not before others."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from graph.server.refusal import busy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Places:
    """So many places, and a line for each client.

    count: int, places; waiting: int, how many may wait in all; patience: float, seconds that one waits at most; each:
    int, places that one client may have.
    """

    def __init__(self, count: int, waiting: int, patience: float, each: int) -> None:
        self._free = count
        self._waiting = waiting
        self._patience = patience
        self._each = each
        self._taken: Counter[str] = Counter()
        self._lines: dict[str, deque[asyncio.Future[bool]]] = {}

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._lines.values()))

    def free(self, client: str) -> bool:
        """True where a client can have a place at once; who waits cannot, or would have it by now."""
        return self._free > 0 and self._taken[client] < self._each

    @asynccontextmanager
    async def one(self, client: str) -> AsyncIterator[None]:
        """A place, left at the end of the block; raises a 503 `Refusal` where it cannot be had in time."""
        await self._enter(client)
        try:
            yield
        finally:
            self._leave(client)

    async def _enter(self, client: str) -> None:
        if self.free(client):
            self._take(client)
            return
        if self.waiting >= self._waiting:
            raise busy()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._lines.setdefault(client, deque()).append(turn)
        timer = loop.call_later(self._patience, self._give_up, client, turn)
        try:
            came = await asyncio.shield(turn)
        except asyncio.CancelledError:
            if not turn.done():
                self._forget(client, turn)
            elif turn.result():  # the place was given at the same moment
                self._leave(client)
            raise
        finally:
            timer.cancel()
        if not came:
            raise busy()

    def _take(self, client: str) -> None:
        self._free -= 1
        self._taken[client] += 1

    def _leave(self, client: str) -> None:
        """Takes the place back and gives it to the next client in the round that may have one."""
        self._free += 1
        self._taken[client] -= 1
        if not self._taken[client]:
            del self._taken[client]
        following = next(filter(self.free, self._lines), None)
        if following is None:
            return
        line = self._lines.pop(following)
        turn = line.popleft()
        if line:
            self._lines[following] = line  # at the end of the round
        self._take(following)
        turn.set_result(True)

    def _give_up(self, client: str, turn: asyncio.Future[bool]) -> None:
        if not turn.done():
            self._forget(client, turn)
            turn.set_result(False)

    def _forget(self, client: str, turn: asyncio.Future[bool]) -> None:
        line = self._lines[client]
        line.remove(turn)
        if not line:
            del self._lines[client]
