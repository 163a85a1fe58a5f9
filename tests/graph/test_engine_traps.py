"""What Oxigraph does that we design around; docs/engine.md says what hangs on each."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.build import Builder
from graph.example import document, statements
from graph.threads import in_any_thread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A, P = ox.NamedNode("x:a"), ox.NamedNode("x:p")

# In a process of its own: where this fails, the engine ends the process.
IN_TURN = """
from threading import Thread
import tempfile, warnings
from graph.build import Builder
from graph.example import document, statements
from graph.knowledge import KnowledgeGraph
warnings.simplefilter("ignore")
folder = tempfile.mkdtemp()
with Builder(folder) as builder:
    builder.add(document(), statements())
disk, example = KnowledgeGraph.open(folder), KnowledgeGraph.example()
text = "SELECT * { ?s ?p ?o }"
begun = [disk.store.quads(), example.store.quads(), disk.iter_relations(), iter(disk.relations("Hua Hong")),
         iter(disk.sparql(text)), iter(disk.to_rdflib().query(text)), disk.to_rdflib().triples((None, None, None)),
         disk.to_rdflib().contexts()]
firsts = [next(answer) for answer in begun]
rest = []
thread = Thread(target=lambda: rest.extend(len(list(answer)) for answer in begun))
thread.start()
thread.join()
print(len(rest), rest[0] == len(disk.store) - 1, rest[1] == len(example.store) - 1, rest[4] == rest[5])
"""


def test_another_thread_may_read_on(fresh_python: Callable[[str], str]) -> None:
    assert fresh_python(IN_TURN) == "8 True True True\n"


def test_what_another_thread_reads_on_is_whole() -> None:
    from threading import Thread

    items = in_any_thread(lambda: iter(range(2_000)))
    found = [next(items) for _ in range(300)]
    for most in (1, 500, 5_000):
        thread = Thread(target=lambda most=most: found.extend(islice(items, most)))
        thread.start()
        thread.join()
    assert found == list(range(2_000))


def test_no_function_of_ours_runs_in_the_engine(root: Path) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("nobody hears of this")

    (row,) = ox.Store().query("SELECT (<x:f>(1) AS ?n) {}", custom_functions={ox.NamedNode("x:f"): broken})  # type: ignore[misc,dict-item]
    assert row[0] is None  # type: ignore[index]
    ours = (path for package in ("graph", "chipgraph", "ontology") for path in (root / package).rglob("*.py"))
    assert not [path for path in ours if re.search("custom_(aggregate_)?functions", path.read_text(encoding="utf-8"))]


def test_an_update_is_done_whole_or_not_at_all() -> None:
    store = ox.Store()
    with pytest.raises(OSError, match="port"):
        store.update("INSERT DATA { <x:a> <x:p> 1 } ; LOAD <http://127.0.0.1:9/>")
    assert len(store) == 0


def test_what_a_killed_bulk_load_left_is_removed(tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    left = tmp_path / "store" / "live" / "bulk-92780484084626454342569193213484204580.sst"
    left.write_bytes(b"half")
    with Builder(tmp_path):
        pass
    assert not left.exists()


@pytest.mark.parametrize(
    ("query", "here", "standard"),
    [
        ("SELECT ?o { <x:none> <x:q>* ?o }", [], ["<x:none>"]),
        ("SELECT ?g { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", ["None"], ["<x:g>"]),
        ("SELECT (GROUP_CONCAT(?o) AS ?c) { ?s <x:p> ?o }", ['"n"@en'], ['"n"']),
        ('SELECT (STR(COUNT(DISTINCT ?b)) AS ?n) { VALUES ?x { 1 2 } BIND(BNODE("n") AS ?b) }', ['"1"'], ['"2"']),
    ],
    ids=["path from a node that is not there", "graph around a subquery", "one tagged text", "blank nodes by name"],
)
def test_known_differences_from_the_standard(query: str, here: list[str], standard: list[str]) -> None:
    store = ox.Store()
    store.add(ox.Quad(A, P, ox.Literal("n", language="en"), ox.NamedNode("x:g")))
    found = [str(row[0]) for row in store.query(query, use_default_graph_as_union=True)]  # type: ignore[union-attr,index]
    assert found == here != standard
