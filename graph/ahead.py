"""Documents taken into the index while others are still extracted, so that little is left to do after the last one."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from graph.identity.canonical import NOBODY
from graph.index import begin
from graph.indexed import PART, Fresh, digest, is_marked, take_in
from ontology.registry import using

if TYPE_CHECKING:
    from pyoxigraph import Store as Engine

    from graph.export import Blocks
    from graph.folder import Library
    from graph.layout import Layout
    from ontology.registry import Registry


class Ahead:
    """Takes documents that are new to the index into it, part by part.

    engine: the writer's store; library: Library; layout: Layout, of the folder; blocks: Blocks, gains what is taken in.

    Which ids are merged is known at the end only, so none counts as merged here. Where that turns out wrong, or a
    document has changed once more, its mark says so, and it is taken out and in again.
    """

    def __init__(self, engine: Engine, library: Library, layout: Layout, blocks: Blocks) -> None:
        self._engine = engine
        self._library = library
        self._layout = layout
        self._blocks = blocks
        self._waiting: dict[str, None] = {}

    def note(self, key: str) -> None:
        """Notes that a document was stored."""
        self._waiting[key] = None
        if len(self._waiting) >= PART:
            with suppress(RuntimeError):  # a damaged index is told, and made anew, at the end
                self._take_in()
            self._waiting.clear()

    def _take_in(self) -> None:
        documents = Fresh(self._library, PART)
        fresh = [key for key in self._waiting if self._library.has(key) and not is_marked(self._engine, key)]
        if not fresh:
            return
        with using(self._registry):
            files = {key: self._library.digest(key) for key in fresh}
            # Without its entities, as none of them counts as merged.
            digests = {key: (digest(of_files, (), NOBODY), of_files) for key, of_files in files.items()}
            begin(self._engine)
            take_in(self._engine, documents, digests, NOBODY, self._blocks)

    @cached_property
    def _registry(self) -> Registry:
        return self._layout.known_actors()
