"""What named queries cost on an invented world: `python benchmarks/bench_queries.py [DOCUMENTS]`.

Each is asked here and in a process of its own, both after a first time; the world is that of bench_store.py.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench_store import build, invented

from graph.catalogue import queries
from graph.knowledge import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.catalogue import Parameter

LIMIT = 60.0
_VALUES = {
    "entity": "firm 7",
    "relation": "suppliesTo",
    "metric": "revenue",
    "class": "Company",
    "country": "CN",
    "date": "2024",
    "integer": "2",
    "number": "1",
    "text": "ongoing",
}


def seconds(action: Callable[[], object], times: int = 9) -> float:
    """The shortest time of an action, after a first run that is not counted: what else the machine does only adds."""
    found = []
    for _ in range(times + 1):
        started = time.perf_counter()
        action()
        found.append(time.perf_counter() - started)
    return min(found[1:])


def value(parameter: Parameter) -> str:
    """Some value of a parameter's kind that this world has."""
    return parameter.default or _VALUES[parameter.kind]


def main(count: int) -> None:
    """Builds and asks."""
    with tempfile.TemporaryDirectory() as name:
        build(Path(name), list(invented(count)))
        opened = KnowledgeGraph.open(name)
        print(f"{len(opened.store)} quads; seconds: here, in a process of its own")
        for query in queries().values():
            given = {p.name: value(p) for p in query.parameters if not p.optional}

            def here(asked: str = query.name, given: dict[str, str] = given) -> object:
                return opened.query(asked, **given)

            def apart(asked: str = query.name, given: dict[str, str] = given) -> object:
                return opened.query(asked, timeout=LIMIT, **given)

            print(f"{query.name:22} {seconds(here):9.4f} {seconds(apart):9.4f} {len(here()):7} rows", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
