"""Snapshots that move into memory: when, and that nobody can tell but by the clock."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad

from graph import terms as t
from graph import warm
from graph.build import Builder
from graph.example import document, statements
from graph.knowledge import KnowledgeGraph
from graph.opening import open_folder
from graph.query import run

if TYPE_CHECKING:
    from pathlib import Path

CUSTOMERS = "SELECT ?c { cr:hua-hong ck:suppliesTo ?c }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    return tmp_path


def noted(folder: Path) -> list[str]:
    return [quad.object.value for quad in open_folder(folder).quads(t.INDEX, t.WRITTEN, None, t.INDEX)]


def test_a_snapshot_knows_the_file_that_was_written_with_it(folder: Path) -> None:
    first = noted(folder)
    assert first == [warm.digest(folder / "graph.trig").value]
    with Builder(folder) as builder:
        builder.remove(document().id)
    assert noted(folder) == [warm.digest(folder / "graph.trig").value] != first


def test_a_copy_holds_what_the_snapshot_does(folder: Path) -> None:
    disk, text = open_folder(folder).engine, folder / "graph.trig"
    assert set(warm.copied(disk, text)) == set(disk)
    text.write_bytes(text.read_bytes() + b"<x:a> <x:b> <x:c> .\n")
    assert set(warm.copied(disk, text)) == set(disk)
    text.unlink()
    assert set(warm.copied(disk, text)) == set(warm.copied(disk, None)) == set(disk)


def test_a_copy_is_made_once_reading_has_cost_as_much(tmp_path: Path) -> None:
    text = tmp_path / "graph.trig"
    with text.open("wb") as file:
        file.truncate(40_000_000)  # takes two seconds
    account = warm.Account(text)
    account.spend(1.9)
    assert not account.due
    account.spend(0.2)
    assert account.due
    with text.open("wb") as file:
        file.truncate(161_000_000)
    too_large = warm.Account(text)
    too_large.spend(1_000_000)
    assert not too_large.due


def test_a_graph_that_is_asked_a_lot_answers_the_same_from_memory(folder: Path) -> None:
    graph, never = KnowledgeGraph.open(folder), KnowledgeGraph.open(folder, in_memory=False)
    engines = graph.store.engine, never.store.engine  # type: ignore[attr-defined]
    begun = graph.store.quads()
    first = next(begun)
    for asked in (graph.store, never.store):
        asked.spend(1_000_000)  # type: ignore[attr-defined]
    assert graph.sparql(CUSTOMERS) == never.sparql(CUSTOMERS)
    assert [asked.store.engine is engine for asked, engine in zip((graph, never), engines, strict=True)] == [
        False,
        True,
    ]  # type: ignore[attr-defined]
    assert {first, *begun} == set(graph.store.quads()) == set(never.store.quads())
    assert list(graph.relations()) == list(never.relations())
    assert graph.sparql(CUSTOMERS, timeout=30) == never.sparql(CUSTOMERS)


def test_queries_and_look_ups_count(folder: Path) -> None:
    for ask in (lambda graph: graph.sparql("SELECT * { ?s ?p ?o }"), lambda graph: list(graph.relations())):
        graph = KnowledgeGraph.open(folder)
        before = graph.store.engine  # type: ignore[attr-defined]
        for _ in range(1_000):
            ask(graph)
            if graph.store.engine is not before:  # type: ignore[attr-defined]
                break
        else:
            pytest.fail("it never moved")


def test_a_copy_answers_within_a_time_when_its_snapshot_is_gone(folder: Path) -> None:
    graph = KnowledgeGraph.open(folder, in_memory=True)
    shutil.rmtree(folder / "store")
    assert run(graph.store, CUSTOMERS, timeout=30) == graph.sparql(CUSTOMERS)
    assert Quad(t.INDEX, t.WRITTEN, warm.digest(folder / "graph.trig"), t.INDEX) in graph.store.engine  # type: ignore[attr-defined]
