"""What a look-up from the command line takes, from start to end: `python benchmarks/bench_cli.py [QUADS]`.

Builds a graph of invented claims (that of bench_store.py), then runs each command in processes of its own, as a shell
does. Shows the least wall time and the least time of the processor, its children's included, and names what was loaded
that a look-up has no use for.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_query import QUADS_OF_A_DOCUMENT
from bench_store import build, invented

from graph.opening import open_folder

TIMES = 9
HEAVY = ("spacy", "numpy", "pandas", "networkx", "rdflib", "starlette", "requests", "trafilatura")
COMMANDS = {
    "SPARQL, one fact": ("query", "SELECT ?o { cr:firm-7 ck:suppliesTo ?o }"),
    "a named query": ("query", "partners-of", "--entity", "firm 7"),
    "a question": ("ask", "Who supplies firm 7?"),
    "show, some 40 claims": ("show", "firm 40"),
    "show, by a part of the name": ("show", "firm40 inc"),
    "path": ("path", "firm 7", "firm 90"),
    "the version alone": ("--version",),
}


def once(command: tuple[str, ...], *options: str) -> tuple[float, float, str]:
    """Wall time, time of the processor and what was said on standard error of one command."""
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *options, "-m", "chipgraph", *command], capture_output=True, text=True, check=True
    )
    wall, after = time.perf_counter() - started, os.times()
    return wall, after[2] - before[2] + after[3] - before[3], done.stderr


def loaded(said: str) -> set[str]:
    """The packages that `-X importtime` tells of."""
    lines = (line.rsplit("|", 1)[-1].strip() for line in said.splitlines() if line.startswith("import time:"))
    return {line.partition(".")[0] for line in lines}


def main(quads: int) -> None:
    """Builds and asks."""
    with tempfile.TemporaryDirectory() as name:
        documents = round(quads / QUADS_OF_A_DOCUMENT)
        build(Path(name), list(invented(documents, entities=5 * documents)))
        print(f"{len(open_folder(name))} quads; least of {TIMES}: seconds of the clock, of the processor")
        for what, command in COMMANDS.items():
            given = command if len(command) == 1 else (*command, "--graph", name)
            heavy = loaded(once(given, "-X", "importtime")[2]).intersection(HEAVY)
            times = [once(given)[:2] for _ in range(TIMES)]
            wall, of_processor = (min(column) for column in zip(*times, strict=True))
            print(f"{what:30} {wall:6.3f} {of_processor:6.3f}   loads {', '.join(sorted(heavy)) or 'nothing heavy'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
