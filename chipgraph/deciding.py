"""Changing what a built graph holds to be the same, and bringing the graph in line with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.identity.decisions import Decisions


def decide(folder: Path, change: Callable[[Decisions], Decisions]) -> Decisions:
    """Changes the decisions of a built folder and builds what follows from them; returns them as they are then.

    change: given the decisions, returns those that shall hold. Raises `StoreError` where there is no graph or another
    process builds into it; what `change` raises leaves everything as it was.
    """
    from chipgraph.building import PAGE, builder_of, write_page
    from graph.identity.decisions import Decisions
    from graph.opening import open_folder

    open_folder(folder)  # says so where there is no graph, before a builder would make one
    with builder_of(folder) as builder:
        decisions = change(Decisions.read(builder.layout.decisions))
        decisions.write(builder.layout.decisions)
    write_page(folder / PAGE, folder)
    return decisions
