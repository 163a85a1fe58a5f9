"""Opening a graph and answering one look-up must not load what only building, drawing or analysing needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.build import Builder
from graph.example import document, statements

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("spacy", "pyvis", "pandas", "networkx", "rdflib", "pyshacl", "numpy")


def run(code: str) -> str:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    "module", ["graph", "graph.knowledge", "graph.build", "graph.query", "graph.analysis", "graph.check"]
)
def test_imports_stay_light(module: str) -> None:
    assert run(f"import {module}\nprint([name for name in {HEAVY!r} if name in sys.modules])") == "[]"


def test_a_lookup_loads_nothing_heavy(tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    code = (
        "from graph.knowledge import KnowledgeGraph\n"
        f"found = KnowledgeGraph.open({str(tmp_path)!r}).customers('Hua Hong')\n"
        f"print(len(found), [name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert run(code) == "1 []"


def test_a_query_loads_nothing_that_only_builds_or_reads_claims(tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    unneeded = ("graph.build", "graph.index", "graph.rdf", "graph.identity", "ontology.registry", "extract.model")
    code = (
        "from graph.opening import open_folder\nfrom graph.catalogue import queries\nfrom graph.query import run\n"
        f"found = run(open_folder({str(tmp_path)!r}), 'ASK {{ cr:hua-hong ck:suppliesTo ?whom }}')\n"
        f"print(bool(found), [name for name in {unneeded!r} if name in sys.modules])"
    )
    assert run(code) == "True []"
