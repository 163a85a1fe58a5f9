"""What named queries cost on an invented world: `python benchmarks/bench_queries.py [DOCUMENTS]`.

Each is asked with the values of its example, or others where it has none: from memory, and from disk in a process of
its own, as the command line does; both after a first time. Shows the least of some times.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench_store import build
from world import World

from graph.catalogue import queries
from graph.knowledge import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.catalogue import NamedQuery

LIMIT = 60.0
TIMES = 5
_VALUES = {
    "entity": "TSMC",
    "relation": "suppliesTo",
    "metric": "revenue",
    "class": "Company",
    "country": "CN",
    "date": "2024",
    "text": "ongoing",
    "integer": "2",
    "number": "1",
}


def seconds(action: Callable[[], object]) -> float:
    """The shortest time of an action, after a first run that is not counted: what else the machine does only adds."""
    found = []
    for _ in range(TIMES + 1):
        started = time.perf_counter()
        action()
        found.append(time.perf_counter() - started)
    return min(found[1:])


def values(query: NamedQuery) -> dict[str, str]:
    """Some value for each parameter that a query needs, and those of its example."""
    return {p.name: _VALUES[p.kind] for p in query.parameters if p.needed} | dict(query.example)


def entities() -> set[str]:
    """The entities that examples ask about."""
    asked = ((p.kind, q.example.get(p.name)) for q in queries().values() for p in q.parameters)
    return {value for kind, value in asked if kind == "entity" and value}


def main(count: int) -> None:
    """Builds and asks."""
    with tempfile.TemporaryDirectory() as name:
        build(Path(name), list(World(entities()).documents(count)))
        warm, cold = KnowledgeGraph.open(name, in_memory=True), KnowledgeGraph.open(name, in_memory=False)
        print(f"{len(cold.store)} quads; milliseconds: from memory, from disk in a process of its own")
        slowest = [0.0, 0.0]
        for query in queries().values():
            given = values(query)

            def here(asked: str = query.name, given: dict[str, str] = given) -> object:
                return warm.query(asked, **given)

            def apart(asked: str = query.name, given: dict[str, str] = given) -> object:
                return cold.query(asked, timeout=LIMIT, **given)

            found = [1000 * seconds(action) for action in (here, apart)]
            slowest = [max(pair) for pair in zip(slowest, found, strict=True)]
            print(f"{query.name:22} {found[0]:8.1f} {found[1]:8.1f} {len(here()):7} rows", flush=True)  # type: ignore[arg-type]
        print(f"{'the slowest':22} {slowest[0]:8.1f} {slowest[1]:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
