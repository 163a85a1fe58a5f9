"""What the end of a build costs as the graph grows: memory and time of index and page, without extracting it all.

    python benchmarks/bench_end.py DOCUMENTS...    e.g. 1000 5000 10000 20000

Some hundred invented articles are extracted. Each further document is one of them under another text, its statements
about other entities, so that as many sentences, statements and ties between entities come to be as in that many
articles. Index and page are then made from nothing, each in a process of its own. Reads /proc, so Linux only.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from articles import article

from extract.model import Claim, Document
from extract.pipeline import extract
from graph.folder import Library
from graph.layout import FORMAT, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Entity, Statement

EXTRACTED = 300
INDEX = """
from chipgraph.building import builder_of
with builder_of(folder):
    pass
"""
PAGE = """
from chipgraph.building import write_page
write_page(folder / "graph.html", folder)
"""
STAGE = """
import re, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
{stage}
status = Path("/proc/self/status").read_text()  # getrusage would count what the process before it had
print(time.process_time(), int(re.search("VmHWM:\\s+(\\d+)", status)[1]) / 1024)
"""


def main(counts: tuple[int, ...]) -> None:
    read = [(document, extract(document)) for document in _articles()]
    print("documents  statements  index: processor s, peak MB  page: processor s, peak MB  graph.trig, graph.html, MB")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            _say(Path(name), count, read)


def _say(folder: Path, count: int, read: list[tuple[Document, list[Statement]]]) -> None:
    stated = _write(folder, count, read)
    index, page = _spent(folder, INDEX), _spent(folder, PAGE)
    sizes = [(folder / name).stat().st_size / 1e6 for name in ("graph.trig", "graph.html")]
    print(f"{count:9} {stated:11} {index:>24} {page:>25} {sizes[0]:17.0f} {sizes[1]:10.1f}", flush=True)


def _articles() -> Iterator[Document]:
    return (Document(article(number), f"articles/{number}.txt") for number in range(EXTRACTED))


def _write(folder: Path, count: int, read: list[tuple[Document, list[Statement]]]) -> int:
    """Stores the documents as a build that was killed before its end has; returns how many statements they make."""
    layout = Layout(folder)
    layout.documents.mkdir()
    layout.version.write_text(f"{FORMAT}\n")
    library, by_type, stated = Library(layout.documents), _by_type(read), 0
    for number in range(count):
        document, statements = read[number % len(read)]
        if number >= len(read):
            document, statements = _about_others(document, statements, number, by_type)
        library.put(document, statements, "chipgraph")
        stated += len(statements)
    return stated


def _by_type(read: list[tuple[Document, list[Statement]]]) -> dict[str, list[Entity]]:
    found: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
    for _, statements in read:
        for s in statements:
            for entity in (s.subject, s.object) if isinstance(s, Claim) else (s.about,):
                found[entity.type][entity.id] = entity
    return {kind: [held[key] for key in sorted(held)] for kind, held in found.items()}


def _about_others(
    document: Document, statements: list[Statement], number: int, by_type: dict[str, list[Entity]]
) -> tuple[Document, list[Statement]]:
    draw = random.Random(number)
    copy = replace(document, text=f"{document.text}\n{number}\n", source=f"articles/{number}.txt")
    moved: dict[str, Entity] = {}

    def other(entity: Entity) -> Entity:
        if entity.id not in moved:
            moved[entity.id] = draw.choice(by_type[entity.type])
        return moved[entity.id]

    made: list[Statement] = []
    for s in statements:
        placed = replace(s, document=copy.id, source=copy.source)
        if isinstance(placed, Claim):
            made.append(replace(placed, subject=other(placed.subject), object=other(placed.object)))
        else:
            made.append(replace(placed, about=other(placed.about)))
    return copy, made


def _spent(folder: Path, stage: str) -> str:
    program = STAGE.format(stage=stage)
    done = subprocess.run([sys.executable, "-c", program, str(folder)], check=True, stdout=subprocess.PIPE, text=True)
    seconds, peak = map(float, done.stdout.split())
    return f"{seconds:.0f} {peak:5.0f}"


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or (1000,))
