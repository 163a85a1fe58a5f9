from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chipgraph import UnknownDocument, remove
from extract.model import Document
from graph.build import Builder
from graph.check import check
from graph.example import document, statements
from graph.knowledge import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran

URL = "https://news.example/chips"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Builder(tmp_path / "output") as builder:
        builder.add(document(), statements())
        builder.add(Document("Nothing is said.", "notes/a.txt", url=URL), [])
        builder.add(Document("Nothing is said here either.", "notes/b.txt"), [])
        builder.add(Document("Nor here.", "more/b.txt"), [])
    return tmp_path / "output"


def titles(folder: Path) -> list[str]:
    return sorted(path for known in KnowledgeGraph.open(folder).documents() for path in known.paths)


@pytest.mark.parametrize("name", ["examples/invented.txt", "./examples/../examples/invented.txt", "invented.txt", "ID"])
def test_by_id_and_path(folder: Path, name: str, chipgraph: Callable[..., Ran]) -> None:
    ran = chipgraph("remove", document().id if name == "ID" else name, "-g", folder)
    assert (ran.status, ran.out) == (0, f"Removed {document().id} (examples/invented.txt).\n")
    assert titles(folder) == ["more/b.txt", "notes/a.txt", "notes/b.txt"]
    assert KnowledgeGraph.open(folder).statistics().facts == 0
    assert "Hua Hong" not in (folder / "graph.html").read_text(encoding="utf-8")
    assert check(folder, shapes=False) == []


def test_by_address(folder: Path) -> None:
    (gone,) = remove(URL, output=folder)
    assert (gone.sources, gone.document.url) == (("notes/a.txt",), URL)
    assert "notes/a.txt" not in titles(folder)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notes/bb.txt", "did you mean 'notes/b.txt'"),
        ("b.txt", "No document of the graph is 'b.txt'"),  # two files are called so
        ("", "`chipgraph check --documents` lists"),
        ("../documents", "No document of the graph"),
    ],
)
def test_what_is_unknown_is_said_and_nothing_goes(
    folder: Path, name: str, said: str, chipgraph: Callable[..., Ran]
) -> None:
    before = titles(folder)
    ran = chipgraph("remove", "notes/a.txt", name, "-g", folder)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert titles(folder) == before
    with pytest.raises(UnknownDocument):
        remove(name, output=folder)


def test_all_of_them_and_back_again(folder: Path) -> None:
    remove(*(source.id for source in KnowledgeGraph.open(folder).documents()), output=folder)
    assert titles(folder) == []
    assert (folder / "claims.jsonl").read_bytes() == b""
    assert check(folder, shapes=False) == []
    with Builder(folder) as builder:
        assert builder.add(document(), statements())
    assert titles(folder) == ["examples/invented.txt"]


def test_no_graph_is_made_where_there_is_none(tmp_path: Path, chipgraph: Callable[..., Ran]) -> None:
    ran = chipgraph("remove", "a.txt", "-g", tmp_path / "none")
    assert ran.status == 2
    assert "run `chipgraph build` first" in ran.err
    assert not (tmp_path / "none").exists()
