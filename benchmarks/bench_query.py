"""Query shapes on one graph of invented claims: ours, bare pyoxigraph and rdflib, as ratios within one run.

`python benchmarks/bench_query.py [TRIPLES]`, 100000 by default. All three hold the same triples and hand every value of
every answer to Python: ours through `graph.query.run` on a snapshot that stays on disk, and on one that has moved into
memory, as `KnowledgeGraph.open` does by itself once it is asked a lot; pyoxigraph on the same two, rdflib on a `Graph`
of its own. Each question is asked of several
entities, turn by turn by each engine, and answers are counted before they are timed. Times are those of the processor,
the shortest of each question's ten rounds (fewer of what takes long), so that what else runs counts little. On each
store ours is asked first in one round and pyoxigraph in the next: who is second finds in the processor's cache what the
first has read, which is worth more than all that ours does.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from functools import partial
from itertools import chain
from math import inf
from pathlib import Path
from statistics import geometric_mean
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from bench_store import invented

from graph.export import everything, trig
from graph.index import in_memory, publish
from graph.ordering import Ordered
from graph.query import run
from graph.rdf import Origin
from graph.results import Table, Verdict
from graph.store import DiskStore
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Ratios = list[tuple[float, ...]]

QUADS_OF_A_DOCUMENT = 330
ASKED = (0, 3, 10, 30, 100)  # from the busiest entity to a quiet one
PATIENCE = 8.0  # seconds of one engine for one shape; then it is asked of no further entity, and hardly repeated
ROUNDS = 10  # ours first in half of them
SHAPES = {
    "one hop": "SELECT ?o ?name { cr:firm-N ck:suppliesTo ?o . ?o rdfs:label ?name }",
    "two hops": "SELECT DISTINCT ?c ?name { cr:firm-N ck:suppliesTo ?b . ?b ck:partnersWith ?c . ?c rdfs:label ?name }",
    "path": "SELECT ?o { cr:firm-N ck:suppliesTo+ ?o }",
    "aggregate": "SELECT ?p (COUNT(?c) AS ?n) { ?c rdf:predicate ?p ; ck:polarity ck:affirmed } GROUP BY ?p",
    "time filter": """SELECT ?c ?o ?time { ?c rdf:subject cr:firm-N ; rdf:object ?o ; ck:time ?time ;
        ck:confidence ?sure FILTER(STR(?time) >= "2023" && ?sure > 0.7) }""",
    "claim and evidence": """SELECT ?p ?o ?start ?quote ?document { ?c rdf:subject cr:firm-N ; rdf:predicate ?p ;
        rdf:object ?o ; prov:wasDerivedFrom ?e . ?e oa:hasSource ?document ; oa:hasSelector ?place , ?words .
        ?place oa:start ?start . ?words oa:exact ?quote }""",
    "ASK": """ASK { ?c rdf:subject cr:firm-N ; ck:polarity ck:negated
        FILTER NOT EXISTS { cr:firm-N ck:acquires cr:firm-1 } }""",
    "CONSTRUCT": "CONSTRUCT { cr:firm-N ?p ?o . ?o rdfs:label ?l } WHERE { cr:firm-N ?p ?o . ?o rdfs:label ?l }",
}
BADLY_ORDERED = {
    "labels first": """SELECT ?an ?bn { ?a rdfs:label ?an . ?b rdfs:label ?bn . cr:firm-N ck:suppliesTo ?a .
        ?a ck:partnersWith ?b }""",
    "all claims first": """SELECT ?c ?time { ?c a ck:Claim . ?c ck:polarity ck:affirmed . ?c ck:time ?time .
        ?c rdf:object cr:firm-1 . ?c rdf:subject cr:firm-N }""",
}


def quads(documents: int) -> list[ox.Quad]:
    """The quads of invented documents, with the names and the projection that belong to them."""
    told = [
        (Origin(document.id, document, (document.source,)), claims)
        for document, claims in invented(documents, entities=5 * documents)
    ]
    return [ox.Quad(q.subject, q.predicate, q.object, q.graph_name) for q in in_memory(told).quads()]  # type: ignore[arg-type]


def ours(store: DiskStore, text: str) -> int:
    """An answer of ours, every value read; returns how many rows."""
    answer = run(store, text)
    if isinstance(answer, Verdict):
        return int(bool(answer))
    return len([tuple(row) for row in answer.terms]) if isinstance(answer, Table) else len(list(answer))


def bare(store: DiskStore, text: str) -> int:
    """The same of pyoxigraph, given no prefix that the query does not need."""
    used = {prefix: iri for prefix, iri in PREFIXES.items() if prefix in text}
    answer = store.engine.query(text, prefixes=used, use_default_graph_as_union=True)
    if isinstance(answer, ox.QueryBoolean):
        return int(bool(answer))
    return len([tuple(row) for row in answer] if isinstance(answer, ox.QuerySolutions) else set(answer))


def of_rdflib(graph: rdflib.Graph, text: str) -> int:
    """The same of rdflib."""
    answer = graph.query(text)
    return int(bool(answer)) if answer.type == "ASK" else len([tuple(row) for row in answer])


def spent(action: Callable[[], object]) -> float:
    """The seconds of the processor that an action takes."""
    started = time.process_time()
    action()
    return time.process_time() - started


def shortest(rounds: int, pairs: Sequence[tuple[Callable[[], object], Callable[[], object]]]) -> list[float]:
    """The least time of each action of each pair, all turn by turn, either of a pair first in every other round."""
    times = [[inf, inf] for _ in pairs]
    for round_ in range(rounds):
        for pair, least in zip(pairs, times, strict=True):
            for place in (0, 1) if round_ % 2 == 0 else (1, 0):
                least[place] = min(least[place], spent(pair[place]))
    return list(chain.from_iterable(times))


def measure(stores: tuple[DiskStore, DiskStore], graph: rdflib.Graph, shapes: dict[str, str]) -> Ratios:
    """Prints a line for each shape, and returns its ratios: milliseconds of ours, and ratios, on disk and in memory."""
    ratios: Ratios = []
    for name, shape in shapes.items():
        times = [0.0] * 5
        for number in ASKED:
            text = shape.replace("firm-N", f"firm-{number}")
            pairs = [(partial(ours, store, text), partial(bare, store, text)) for store in stores]
            rows: set[int] = set()
            taken = spent(lambda: rows.update(action() for pair in pairs for action in pair))  # noqa: B023
            assert len(rows) == 1, f"{name} of firm-{number}: other rows"
            rounds = max(2, min(ROUNDS, round(PATIENCE / taken)))
            asked = [*shortest(rounds, pairs), spent(partial(of_rdflib, graph, text))]
            times = [total + more for total, more in zip(times, asked, strict=True)]
            if max(times) > PATIENCE or "firm-N" not in shape:
                break
        assert ours(stores[0], text) == of_rdflib(graph, text), f"{name} of firm-{number}: other rows than rdflib"
        disk, bare_disk, memory, bare_memory, other = times
        ratios.append((other / disk, disk / bare_disk, other / memory, memory / bare_memory))
        print(_line(name, 1000 * disk, *ratios[-1][:2], 1000 * memory, *ratios[-1][2:]), flush=True)
    return ratios


def new_texts(store: DiskStore) -> None:
    """Prints what a query costs more that was not asked before: a look at its patterns, and counts where some tie."""
    for what, shapes in (("the eight", SHAPES), ("the badly ordered", BADLY_ORDERED)):
        texts = [f"# {n}\n{shape}".replace("firm-N", f"firm-{n}") for shape in shapes.values() for n in ASKED]
        ordered = Ordered(store.engine)
        seconds = spent(lambda: [ordered.better(text, {"prefixes": dict(PREFIXES)}) for text in texts])  # noqa: B023
        print(f"a new text, mean of {what}: {1000 * seconds / len(texts):.3f} ms")


def mean(name: str, ratios: Ratios) -> None:
    """Prints the geometric means of ratios."""
    means = [geometric_mean(column) for column in zip(*ratios, strict=True)]
    print(_line(name, "", *means[:2], "", *means[2:]), flush=True)


def _line(name: str, *cells: float | str) -> str:
    return f"| {name} | " + " | ".join(cell if isinstance(cell, str) else f"{cell:.2f}" for cell in cells) + " |"


def load(folder: Path, given: list[ox.Quad]) -> DiskStore:
    """Prints how fast quads are loaded, and returns the store as a reader opens it."""
    text = ox.serialize(given, format=ox.RdfFormat.N_QUADS) or b""
    mine = DiskStore(folder / "live", writable=True)
    from_file, from_python = ox.Store(str(folder / "a")), ox.Store(str(folder / "b"))
    rates = {
        "pyoxigraph, from a file": spent(lambda: from_file.bulk_load(io.BytesIO(text), ox.RdfFormat.N_QUADS)),
        "pyoxigraph, from Python": spent(lambda: from_python.bulk_extend(given)),
        "ours, from Python": spent(lambda: mine.engine.bulk_extend(given)),
    }
    for name, seconds in rates.items():
        print(f"bulk load, {name:24} {len(given) / seconds / 1000:6.0f} thousand quads a second")
    text = folder / "graph.trig"
    text.write_bytes(trig(everything(mine)))
    publish(mine, folder, text)
    return DiskStore(folder / "1")


def main(triples: int) -> None:
    """Measures all."""
    given = quads(round(triples / QUADS_OF_A_DOCUMENT))
    with tempfile.TemporaryDirectory() as name:
        store = load(Path(name), given)
        moved = DiskStore(store.path, text=store.path.parent / "graph.trig")
        seconds = spent(lambda: moved.move_into_memory(store.path.parent / "graph.trig"))
        print(f"{'moved into memory':36} {len(given) / seconds / 1000:6.0f} thousand quads a second, {seconds:.2f} s")
        stores = store, moved
        graph = rdflib.Graph()
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri, replace=True)
        plain = ox.serialize((q.triple for q in given), format=ox.RdfFormat.N_TRIPLES)
        seconds = spent(lambda: graph.parse(data=plain, format="nt"))
        print(f"bulk load, {'rdflib, from a text':24} {len(given) / seconds / 1000:6.0f} thousand triples a second")
        print(f"\n{len(store)} quads, ours on disk and in memory: ms, times faster than rdflib, times slower than bare")
        ratios = measure(stores, graph, SHAPES)
        mean("geometric mean of the eight", ratios)
        ratios += measure(stores, graph, BADLY_ORDERED)
        mean("geometric mean of all ten", ratios)
        new_texts(moved)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
