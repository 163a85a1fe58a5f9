"""Opening a built folder for reading.

What writes a folder is imported only where the index has to be made again, since a look-up from the command line takes
hardly longer than its imports.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.layout import Layout, current
from graph.reasons import StoreDamaged
from graph.store import DiskStore
from ontology.errors import StoreError


def open_folder(folder: Path | str, in_memory: bool | None = False) -> DiskStore:
    """The store of a built folder, for reading.

    in_memory: bool or None, True copies it into memory, None does so once it was asked so much that a copy pays
    (`graph.warm`). A missing or damaged index is made again from the documents first. Raises `StoreError` where there
    is no graph.
    """
    layout = Layout(Path(folder))
    layout.check_version()
    if not layout.documents.is_dir():
        raise StoreError(f"No graph at {layout.root}: run `chipgraph build` first.")
    text = layout.trig if in_memory is None else None
    try:
        store = DiskStore(_snapshot(layout), text=text)
    except StoreDamaged:
        _discard(layout)
        store = DiskStore(_snapshot(layout), text=text)
    if in_memory:
        store.move_into_memory(layout.trig)
    return store


def _snapshot(layout: Layout) -> Path:
    if current(layout.store) is None:
        from graph.build import Builder

        with Builder(layout.root):
            pass
    snapshot = current(layout.store)
    if snapshot is None:
        raise StoreError(f"The index of {layout.root} cannot be made: delete {layout.store} and build again.")
    return snapshot


def _discard(layout: Layout) -> None:
    """Removes a damaged index, unless another process is just writing it."""
    from graph import index

    index.open_live(layout.store)
    shutil.rmtree(layout.store)
