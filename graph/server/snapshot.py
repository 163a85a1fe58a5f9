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
from ontology.namespaces import CR_BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.server.extending import Extended, Stamp
    from graph.server.protocol import Update
    from graph.server.settings import Settings

_UNHURRIED = 2.0  # seconds
_ASK = {"query": "ASK {}", "union": False, "dataset": None, "read": None, "table": "json", "graph": None}
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
    def read(self) -> str | None:
        """The directory that queries read; None for the one that their processes have open from the start."""
        return str(self.extended.path) if self.extended else None

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
        self.current = Snapshot(path, identity(path), *self._pools(path), extended)
        self._unusable: tuple[str, Stamp] | None = None
        self._turn = asyncio.Lock()  # of what replaces the snapshot: a build or an update
        self._updates = Places(1, settings.waiting, settings.patience, 1)

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
                self._serve(Snapshot(now.path, now.base, now.queries.share(), now.lookups.share(), extended))

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
        is_new = base != self.current.base
        pools = self._pools(path) if is_new else (self.current.queries.share(), self.current.lookups.share())
        try:
            for pool in pools if is_new else ():
                pool.warm()
            for pool in pools:
                await _ready(pool, path)
            async with self._turn:
                extended = await asyncio.to_thread(self._extended, path)
                queries, lookups = (pool.share() for pool in pools)
                self._serve(Snapshot(path, base, queries, lookups, extended))
        except Refusal as refusal:
            self._unusable = base, stamp
            LOG.error(json.dumps({"event": "not taken up", "error": refusal.text}))
        finally:
            for pool in pools:
                pool.close()

    def _serve(self, fresh: Snapshot) -> None:
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

    def _pools(self, path: Path) -> tuple[Pool, Pool]:
        """Processes for queries and for look-ups."""
        # With users' graphs each request says what it reads, since that changes with each update.
        read = "" if self._extending else str(path)
        # A look-up is ours and bounded, and its process takes longer to start: it is slow later than a query.
        unhurried = replace(self._settings, quick=_UNHURRIED)
        queries = self._pool("graph.server.query_process", read, _ASK, self._settings)
        return queries, self._pool("graph.server.lookup_process", str(path), _STATE, unhurried)

    def _pool(self, program: str, path: str, hello: dict[str, Any], settings: Settings) -> Pool:
        opening = {
            "path": path,
            "root": str(settings.folder),
            "memory": settings.memory,
            "max_rows": settings.max_rows,
            "max_bytes": settings.max_bytes,
            "base": CR_BASE,  # of relative IRIs: the same at whichever address the server is reached
            "prefixes": dict(PREFIXES),
        }
        return Pool(partial(Process, program, opening), hello, settings)


async def _ready(pool: Pool, path: Path) -> None:
    """Waits until a pool can answer; raises `OSError` where what it reads was removed, or it takes too long."""
    async with asyncio.timeout(_STARTING):
        while not pool.ready:
            if not path.is_dir():
                raise FileNotFoundError(path)
            await asyncio.sleep(_MOMENT)
