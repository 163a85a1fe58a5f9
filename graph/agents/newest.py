"""The newest snapshot of a graph that may be built anew while an agent asks it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.knowledge import KnowledgeGraph
from graph.layout import Layout, current, identity
from graph.server.lookups import Place
from graph.store import DiskStore
from ontology.errors import StoreError
from ontology.registry import using

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Newest:
    """The graph of a built folder, opened again when a build has published another snapshot of it.

    folder: Path. Raises `StoreError` where there is no graph.
    """

    def __init__(self, folder: Path) -> None:
        self._layout = Layout(folder)
        self._graph = KnowledgeGraph.open(folder)
        self._key = self._found()[1]
        self._registry = self._layout.known_actors()

    @contextmanager
    def place(self) -> Iterator[Place]:
        """The graph as it is now, its names read with the actors of its folder, for one answer."""
        self._look()
        with using(self._registry):
            yield Place(self._graph, self._layout)

    def _look(self) -> None:
        """Takes up another snapshot; where that cannot be opened just now, the one before goes on answering."""
        try:
            path, key = self._found()
            if path is None or key == self._key:
                return
            registry = self._layout.known_actors()
            self._graph = KnowledgeGraph(DiskStore(path, text=self._layout.trig))
        except (OSError, StoreError):
            return
        self._key, self._registry = key, registry

    def _found(self) -> tuple[Path | None, str]:
        path = current(self._layout.store)
        return path, identity(path) if path else ""
