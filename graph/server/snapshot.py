"""The snapshots of a graph that is built while it is served: the newest answers, older ones end what they began."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.layout import Layout, current, identity
from graph.opening import open_folder
from graph.process import Process
from graph.server.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

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


class Snapshot:
    """One state of the graph, and the processes that read it.

    path: Path, the store's directory; settings: Settings.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.key = identity(path)
        self.queries = _pool("graph.server.query_process", path, _ASK, settings)
        # A look-up is ours and bounded, and its process takes longer to start: it is slow later than a query.
        unhurried = replace(settings, quick=_UNHURRIED)
        self.lookups = _pool("graph.server.lookup_process", path, _STATE, unhurried)
        self.users = 0
        self.replaced = False

    def warm(self) -> None:
        """Starts the processes."""
        self.queries.warm()
        self.lookups.warm()

    @property
    def ready(self) -> bool:
        """True once questions of each kind can be answered."""
        return self.queries.ready and self.lookups.ready

    def close(self) -> None:
        """Ends the processes."""
        self.queries.close()
        self.lookups.close()


class Live:
    """The snapshot that is served now.

    settings: Settings; told: function that is called with the key of each new snapshot. Raises `StoreError` where there
    is no graph.
    """

    def __init__(self, settings: Settings, told: Callable[[str], None]) -> None:
        self._settings = settings
        self._told = told
        self._store = Layout(settings.folder).store
        self.current = self._opened()
        self._next: Snapshot | None = None

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
                self._look()

    def close(self) -> None:
        """Ends all processes."""
        self.current.close()
        if self._next:
            self._next.close()

    def _look(self) -> None:
        path = current(self._store)
        if path and identity(path) != (self._next or self.current).key:
            if self._next:
                self._next.close()
            self._next = Snapshot(path, self._settings)
            self._next.warm()
        if self._next and self._next.ready:
            before, self.current, self._next = self.current, self._next, None
            before.replaced = True
            if not before.users:
                before.close()
            self._told(self.current.key)

    def _opened(self) -> Snapshot:
        return Snapshot(open_folder(self._settings.folder).path, self._settings)


def _pool(program: str, path: Path, hello: dict[str, Any], settings: Settings) -> Pool:
    opening = {"path": str(path), "root": str(settings.folder), "memory": settings.memory}
    return Pool(partial(Process, program, opening), hello, settings)
