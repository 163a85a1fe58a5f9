from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.build import Builder
from graph.check import check
from graph.example import document, statements
from graph.layout import current
from graph.opening import open_folder
from graph.store import DiskStore
from ontology.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def built(tmp_path: Path) -> Path:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    return tmp_path


def test_a_sound_folder_has_no_findings(built: Path) -> None:
    assert check(built) == []


def test_users_graphs_that_cannot_be_read_are_found(built: Path) -> None:
    (built / "users.trig").write_text("<x:g> { <x:a> <x:b> 1 }")
    assert check(built) == []
    (built / "users.trig").write_text("<x:a> <x:b> 1 .")
    (found,) = check(built, shapes=False)
    assert (found.where, "which no user may change" in found.what) == ("users.trig", True)


def test_a_changed_text_is_found(built: Path) -> None:
    path = built / "documents" / f"{document().id}.txt"
    path.write_text(document().text.replace("Hua Hong does", "It does"))
    found = [finding.what for finding in check(built, shapes=False)]
    assert any("text was changed" in what for what in found)
    assert any("does not stand at" in what for what in found)


def test_changed_statements_are_found(built: Path) -> None:
    path = built / "documents" / f"{document().id}.jsonl"
    path.write_text(path.read_text().replace('"confidence": 0.7', '"confidence": 0.2').replace("expandsIn", "usedIn"))
    found = [str(finding) for finding in check(built, shapes=False)]
    assert any("stands under another id" in text for text in found)
    assert any("index is not what the documents give" in text for text in found)
    assert any(text.startswith("claims.jsonl") for text in found)


def test_a_lost_triple_and_a_changed_export_are_found(built: Path) -> None:
    snapshot = current(built / "store")
    assert snapshot is not None
    engine = DiskStore(snapshot, writable=True).engine
    engine.remove(next(engine.quads_for_pattern(None, None, None, None)))
    fact = next(iter(engine.query("SELECT ?s ?p ?o { ?s ?p ?o }")))  # type: ignore[arg-type]
    engine.update(f"DELETE DATA {{ {fact[0]} {fact[1]} {fact[2]} }}")  # type: ignore[index]
    del engine
    (built / "graph.trig").write_text("")
    found = [finding.where for finding in check(built, shapes=False)]
    assert found == ["graph.trig", "store"]


def test_unreadable_files_are_findings_not_crashes(built: Path) -> None:
    (built / "documents" / f"{document().id}.json").write_text("{")
    assert "cannot be read" in check(built, shapes=False)[0].what


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `chipgraph build` first"):
        check(tmp_path)
    with pytest.raises(StoreError):
        open_folder(tmp_path)
