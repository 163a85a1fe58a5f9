"""Times of building and asking a graph of invented claims: `python benchmarks/bench_store.py [DOCUMENTS]`.

The claims are drawn with a fixed seed; a few entities have many claims and most have few, as in news.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from extract.model import Claim, Document, Entity, Evidence, Modality, Polarity
from graph.build import Builder
from graph.knowledge import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RELATIONS = ("partnersWith", "suppliesTo", "manufacturesFor", "competesWith", "investsIn", "acquires", "ownsStakeIn")
PER_DOCUMENT = 13


def invented(documents: int, entities: int = 3_000, seed: int = 1) -> Iterator[tuple[Document, list[Claim]]]:
    """Documents of thirteen sentences, each with a claim."""
    draw = random.Random(seed)
    firms = [Entity(f"firm-{n}", f"Firm {n}", "Company", f"Firm {n}") for n in range(entities)]
    weights = [1 / (n + 1) ** 0.7 for n in range(entities)]
    for number in range(documents):
        triples = [(*draw.choices(firms, weights, k=2), draw.choice(RELATIONS)) for _ in range(PER_DOCUMENT)]
        lines = [f"Note {seed}-{number}, line {n}: {a.label} {r} {b.label}." for n, (a, b, r) in enumerate(triples)]
        document = Document("\n".join(lines), f"notes/{seed}-{number}.txt", publisher=f"Press {number % 20}")
        yield document, list(_claims(draw, document, triples, lines))


def _claims(
    draw: random.Random, document: Document, triples: list[tuple[Entity, Entity, str]], lines: list[str]
) -> Iterator[Claim]:
    start = 0
    for (a, b, relation), line in zip(triples, lines, strict=True):
        yield Claim(
            document.id,
            document.source,
            a,
            relation,
            b,
            Evidence(start, start + len(line), line),
            "bench",
            Polarity.NEGATED if draw.random() < 0.1 else Polarity.AFFIRMED,
            Modality.PLANNED if draw.random() < 0.1 else Modality.ASSERTED,
            str(draw.randint(2018, 2026)),
            confidence=round(0.4 + 0.6 * draw.random(), 2),
        )
        start += len(line) + 1


def timed(what: str, action: Callable[[], object]) -> object:
    """Runs an action and prints how long it took."""
    started, of_processor = time.perf_counter(), time.process_time()
    result = action()
    size = f"  {len(result)} found" if hasattr(result, "__len__") else ""
    of_processor = time.process_time() - of_processor
    print(f"{what:40} {time.perf_counter() - started:9.4f} s, of the processor {of_processor:9.4f} s{size}")
    return result


def build(folder: Path, documents: list[tuple[Document, list[Claim]]]) -> None:
    """One build."""
    with Builder(folder) as builder:
        for document, claims in documents:
            builder.add(document, claims)


def main(count: int) -> None:
    """Builds and asks."""
    with tempfile.TemporaryDirectory() as name:
        folder, documents, one = Path(name), list(invented(count)), list(invented(1, seed=2))
        timed(f"build of {count} documents", lambda: build(folder, documents))
        timed("one document more", lambda: build(folder, one))
        timed("the same again", lambda: build(folder, one))
        opened = KnowledgeGraph.open(folder)
        print(f"{len(opened.store)} quads, {opened.statistics()}")
        timed("open and first look-up", lambda: KnowledgeGraph.open(folder).partners("firm 7"))
        timed("partners", lambda: opened.partners("firm 9"))
        timed("relations of the busiest entity", lambda: opened.relations("firm 0"))
        timed("suppliers, two tiers", lambda: opened.suppliers("firm 30", tiers=2))
        timed("path", lambda: opened.path("firm 500", "firm 900"))
        timed("all relations", opened.relations)
        timed("search", lambda: opened.search("line 7: Firm 1 "))
        timed("query most-connected", lambda: opened.query("most-connected"))
        timed("query corroborated", lambda: opened.query("corroborated"))
        timed("SPARQL, one fact pattern", lambda: opened.sparql("SELECT ?o { cr:firm-7 ck:suppliesTo ?o }"))
        timed("the same in a process of its own", lambda: opened.sparql("ASK { cr:firm-7 ?p ?o }", timeout=30))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
