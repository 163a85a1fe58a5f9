"""Queries in processes of their own: what no query may do to the process that asks."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from graph import worker
from graph.build import Builder
from graph.engine_process import message
from graph.example import document, knowledge, statements
from graph.opening import open_folder
from graph.query import execute, run
from graph.results import Table
from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

CUSTOMERS = "SELECT ?c { cr:hua-hong ck:suppliesTo ?c }"
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def snapshot(tmp_path: Path) -> Store:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    return open_folder(tmp_path)


def test_a_process_is_kept_for_the_next_query(snapshot: Store) -> None:
    assert run(snapshot, CUSTOMERS, timeout=30) == run(snapshot, CUSTOMERS)
    (first,) = worker._idle[snapshot]
    assert run(snapshot, "ASK { cr:huawei ?p ?o }", timeout=30)
    assert worker._idle[snapshot] == [first]


def test_what_was_stopped_is_not_asked_again(snapshot: Store) -> None:
    worker.prepare(snapshot)
    (first,) = worker._idle[snapshot]
    with pytest.raises(QueryRefused, match=r"took over 0.5 s and was stopped: make it narrower or allow more time"):
        run(snapshot, BOMB, timeout=0.5)
    assert worker._idle[snapshot] == []
    with pytest.raises(ProcessLookupError):
        os.kill(first.pid, 0)
    assert len(_table(run(snapshot, CUSTOMERS, timeout=30))) == 1


def test_a_kept_process_that_died_is_replaced(snapshot: Store) -> None:
    run(snapshot, CUSTOMERS, timeout=30)
    (first,) = worker._idle[snapshot]
    os.kill(first.pid, signal.SIGKILL)
    first._process.wait()
    assert len(_table(run(snapshot, CUSTOMERS, timeout=30))) == 1


def test_processes_end_with_their_store(snapshot: Store) -> None:
    kept = worker.Worker(snapshot)
    kept.ask("ASK {}", True, None, 30)
    kept._process.stdin.close()  # type: ignore[union-attr]  # as when the process that asks is killed
    assert kept._process.wait(30) == 0
    kept.close()


def test_a_query_that_overflows_the_stack_is_one_sentence() -> None:
    # As if the guard had let it through: the engine follows the nesting on its stack and is killed by it.
    bomb = "ASK " + "{" * 30_000 + "}" * 30_000
    with pytest.raises(QueryRefused, match="too much for the engine"):
        execute(knowledge().store, bomb, False, None, 60)


def test_a_query_that_eats_memory_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource", reason="only where memory can be limited")
    monkeypatch.setattr(worker, "MEMORY", 1 << 29)
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(31))
    with pytest.raises(QueryRefused, match="ran out of memory"):
        run(knowledge().store, f"SELECT (STRLEN(?v31) AS ?n) {{ BIND('xxxxxxxx' AS ?v0) {doubled} }}", timeout=60)


def test_limits_hold_in_the_other_process(snapshot: Store) -> None:
    with pytest.raises(QueryRefused, match="over 2 rows"):
        run(snapshot, "SELECT * { ?s ?p ?o }", timeout=30, max_rows=2)
    with pytest.raises(QueryRefused, match="over 2 rows"):
        run(snapshot, "CONSTRUCT WHERE { ?s ?p ?o }", timeout=30, max_rows=2)
    with pytest.raises(QueryRefused, match="declare the prefix xx:"):
        run(snapshot, "ASK { ?s xx:a ?o }", timeout=30)
    with pytest.raises(QueryRefused, match=r"cannot be answered: .*custom function"):
        run(snapshot, "ASK { FILTER(<http://x.example/f>()) }", timeout=30)


def test_a_store_that_is_gone_says_so(snapshot: Store) -> None:
    lost = worker.Worker(snapshot)
    lost._opening = message({"path": "/nowhere/at/all", "memory": worker.MEMORY})
    with pytest.raises(StoreError, match="cannot be read"):
        lost.ask("ASK {}", True, None, 30)
    lost.close()


def test_labels_come_from_the_store_that_was_asked(snapshot: Store) -> None:
    assert "STMicroelectronics" in _table(run(snapshot, CUSTOMERS, timeout=30)).to_text()


def _table(answer: object) -> Table:
    assert isinstance(answer, Table)
    return answer
