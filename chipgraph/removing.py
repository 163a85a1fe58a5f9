"""Taking documents out of a built folder, with all that only they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.rdf import Origin


def remove(*documents: str, output: str | Path = "output") -> tuple[Origin, ...]:
    """Takes documents out of the graph in a folder.

    documents: str, each an id, or a path or address that the document was read from; it goes with all its copies.
    output: the folder. Returns what was taken out; `id`, `sources` and `document` of each tell which it was. Raises
    `UnknownDocument` with suggestions, and then takes nothing out, and `StoreError` where there is no graph or another
    process builds into it.

    >>> import tempfile
    >>> from graph.build import Builder
    >>> from graph.example import document, statements
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Builder(folder) as builder:
    ...         _ = builder.add(document(), statements())
    ...     [gone.sources for gone in remove("examples/invented.txt", output=folder)]
    [('examples/invented.txt',)]
    """
    from chipgraph.building import PAGE, builder_of, write_page
    from graph.opening import open_folder

    folder = Path(output)
    open_folder(folder)  # says so where there is no graph, before a builder would make one
    with builder_of(folder) as builder:
        found = {origin.id: origin for origin in map(builder.find, documents)}
        for key in found:
            builder.remove(key)
    write_page(folder / PAGE, folder)
    return tuple(found.values())
