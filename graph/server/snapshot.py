"""The snapshots of a graph that is built while it is served: the newest answers, older ones end what they began."""

from __future__ import annotations

import asyncio
import contextlib
import json
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.layout import Layout, current, identity
from graph.opening import open_folder
from graph.process import Process
from graph.server.extending import Extending
from graph.server.guarding import LOG
from graph.server.places import Places
from graph.server.pool import Pool
from graph.server.refusal import Refusal
from ontology.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.server.extending import Extended, Stamp
    from graph.server.protocol import Update
    from graph.server.settings import Settings

_UNHURRIED = 2.0  # seconds
_ASK = {
    "query": "ASK {}",
    "union": False,
    "dataset": None,
    "max_rows": 1,
    "max_bytes": 1_000,
    "base": None,
    "prefixes": {},
    "table": "json",
    "graph": None,
}
_STATE: dict[str, Any] = {"call": "sources", "arguments": {}}
_LOOK = 1.0  # seconds between two looks for a newer snapshot
_MOMENT = 0.02  # seconds between two looks whether processes are ready
_STARTING = 60.0  # seconds that they may take


class Snapshot:
    """One state of the graph, and the processes that read it.

    path: Path, the store's directory; base: str, what tells it from others; queries, lookups: Pool; extended: Extended
    or None, the same with users' graphs, which queries then read. `key` tells those from others too.
    """

    def __init__(self, path: Path, base: str, queries: Pool, lookups: Pool, extended: Extended | None) -> None:
        self.path = path
        self.base = base
        self.key = f"{base}-{extended.digest}" if extended else base
        self.queries = queries
        self.lookups = lookups
        self.extended = extended
        self.users = 0
        self.replaced = False

    def warm(self) -> None:
        """Starts the processes."""
        self.queries.warm()
        self.lookups.warm()

    @property
    def read(self) -> Path:
        """The directory that queries read."""
        return self.extended.path if self.extended else self.path

    @property
    def ready(self) -> bool:
        """True once questions of each kind can be answered."""
        return self.queries.ready and self.lookups.ready

    def close(self) -> None:
        """Ends the processes that no other snapshot has."""
        self.queries.close()
        self.lookups.close()
        if self.extended:
            self.extended.remove()


class Live:
    """The snapshot that is served now.

    settings: Settings; told: function that is called with the key of each new snapshot. Raises `StoreError` where there
    is no graph, or another server takes updates of it.
    """

    def __init__(self, settings: Settings, told: Callable[[str], None]) -> None:
        self._settings = settings
        self._told = told
        self._store = Layout(settings.folder).store
        path = open_folder(settings.folder).path
        self._extending = Extending(settings) if settings.write_token else None
        try:
            extended = self._extended(path)
        except Refusal as refusal:
            raise StoreError(refusal.text) from refusal
        self.current = self._snapshot(path, identity(path), extended, self._lookups(path))
        self._unusable: tuple[str, Stamp] | None = None
        self._turn = asyncio.Lock()  # of what replaces the snapshot: a build or an update
        self._updates = Places(1, settings.waiting, settings.patience)

    @contextmanager
    def use(self) -> Iterator[Snapshot]:
        """The newest snapshot, which stays open to the end of the block."""
        snapshot = self.current
        snapshot.users += 1
        try:
            yield snapshot
        finally:
            snapshot.users -= 1
            if snapshot.replaced and not snapshot.users:
                snapshot.close()

    async def watch(self) -> None:
        """Starts the processes, then takes up each new snapshot once it can answer, until it is cancelled."""
        self.current.warm()
        while True:
            await asyncio.sleep(_LOOK)
            with contextlib.suppress(OSError):  # the build is just replacing it: the next look finds it
                await self._look()

    async def update(self, update: Update, client: str) -> None:
        """Changes users' graphs; queries that come after it read what it changed.

        client: str, who asks, for fairness. Raises a `Refusal` where it is not done; then nothing has changed.
        """
        async with self._updates.one(client), self._turn:
            now = self.current
            extended = await asyncio.to_thread(self._extended, now.path, update)
            if extended and now.extended and extended.digest == now.extended.digest:
                extended.remove()
            else:
                await self._publish(self._snapshot(now.path, now.base, extended, now.lookups.share()))

    def close(self) -> None:
        """Ends all processes."""
        self.current.close()
        if self._extending:
            self._extending.close()

    async def _look(self) -> None:
        """Takes up a new build, and users' graphs where somebody replaced their file."""
        path = current(self._store)
        if path is None or self._has(path):
            return
        base, stamp = identity(path), self._stamp
        if self._unusable == (base, stamp):
            return
        lookups = self.current.lookups.share() if base == self.current.base else self._lookups(path)
        try:
            if base != self.current.base:
                lookups.warm()
                await _ready(lookups, path)
            async with self._turn:
                extended = await asyncio.to_thread(self._extended, path)
                await self._publish(self._snapshot(path, base, extended, lookups.share()))
        except Refusal as refusal:
            self._unusable = base, stamp
            LOG.error(json.dumps({"event": "not taken up", "error": refusal.text}))
        finally:
            lookups.close()

    async def _publish(self, fresh: Snapshot) -> None:
        """Serves a snapshot as soon as queries can be asked of it."""
        try:
            fresh.queries.warm()
            await _ready(fresh.queries, fresh.read)
        except BaseException:
            fresh.close()
            raise
        before, self.current = self.current, fresh
        before.replaced = True
        if not before.users:
            before.close()
        self._told(fresh.key)

    def _has(self, path: Path) -> bool:
        """True where what is served is what lies there now."""
        served = self.current.extended
        return identity(path) == self.current.base and (served is None or served.stamp == self._stamp)

    @property
    def _stamp(self) -> Stamp:
        return self._extending.stamp if self._extending else (0, 0, 0)

    def _extended(self, path: Path, update: Update | None = None) -> Extended | None:
        return self._extending.extended(path, update) if self._extending else None

    def _snapshot(self, path: Path, base: str, extended: Extended | None, lookups: Pool) -> Snapshot:
        read = extended.path if extended else path
        return Snapshot(
            path, base, self._pool("graph.server.query_process", read, _ASK, self._settings), lookups, extended
        )

    def _lookups(self, path: Path) -> Pool:
        # A look-up is ours and bounded, and its process takes longer to start: it is slow later than a query.
        unhurried = replace(self._settings, quick=_UNHURRIED)
        return self._pool("graph.server.lookup_process", path, _STATE, unhurried)

    def _pool(self, program: str, path: Path, hello: dict[str, Any], settings: Settings) -> Pool:
        opening = {"path": str(path), "root": str(settings.folder), "memory": settings.memory}
        return Pool(partial(Process, program, opening), hello, settings)


async def _ready(pool: Pool, path: Path) -> None:
    """Waits until a pool can answer; raises `OSError` where what it reads was removed, or it takes too long."""
    async with asyncio.timeout(_STARTING):
        while not pool.ready:
            if not path.is_dir():
                raise FileNotFoundError(path)
            await asyncio.sleep(_MOMENT)
