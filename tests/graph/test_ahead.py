"""Documents taken into the index before the last one is stored: the graph is what it would be without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.model import Claim, Document, Entity, Evidence
from graph import ahead
from graph.build import Builder
from graph.check import check
from graph.export import everything, trig
from graph.identity.decisions import SAME, Decision, Decisions
from graph.opening import open_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Told = tuple[Document, list[Claim]]


@pytest.fixture(autouse=True)
def parts_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "PART", 4)


def told(number: int, place: str = "", customer: str = "kestrel") -> Told:
    text = f"TSMC supplies {customer} in note {number}."
    document = Document(text, place or f"notes/{number}.txt")
    ends = Entity("tsmc", "TSMC", "Company"), Entity(customer, customer.title(), "Company")
    said = Evidence(0, len(text), text)
    return document, [Claim(document.id, document.source, ends[0], "suppliesTo", ends[1], said, "test")]


def build(folder: Path, documents: Iterable[Told]) -> None:
    with Builder(folder) as builder:
        for document, claims in documents:
            builder.add(document, claims)


def break_off(folder: Path, documents: Iterable[Told]) -> None:
    with pytest.raises(KeyboardInterrupt), Builder(folder) as builder:
        for document, claims in documents:
            builder.add(document, claims)
        raise KeyboardInterrupt


def written(folder: Path) -> bytes:
    """The graph's file, which must say what the store holds, which must be what the documents say."""
    assert check(folder, shapes=False) == []
    text = (folder / "graph.trig").read_bytes()
    assert text == trig(everything(open_folder(folder)))
    return text


def test_a_merge_another_source_a_new_version_and_a_removal_are_made_good(tmp_path: Path) -> None:
    merged = Decisions([Decision("kestrel", "kestrel-devices", SAME, "eve")])
    for name in ("parts", "once"):
        (tmp_path / name).mkdir()
        merged.write(tmp_path / name / "decisions.csv")
    first = [told(n, customer="kestrel-devices" if n == 2 else "kestrel") for n in range(9)]
    later = [told(0, "notes/copy.txt"), told(20, "notes/3.txt"), told(21), told(22)]
    with Builder(tmp_path / "parts") as builder:
        for document, claims in (*first, *later):
            builder.add(document, claims)
        builder.remove(first[1][0].id)
    build(tmp_path / "once", [one for n, one in enumerate(first) if n not in (1, 3)])
    build(tmp_path / "once", later[:2])
    build(tmp_path / "once", later[2:])
    assert written(tmp_path / "parts") == written(tmp_path / "once")


def test_what_was_broken_off_is_ended_by_the_next_build(tmp_path: Path) -> None:
    build(tmp_path / "o", map(told, range(3)))
    break_off(tmp_path / "o", map(told, range(3, 9)))
    with Builder(tmp_path / "o") as builder:
        for number in range(3, 9):
            builder.remove(told(number)[0].id)
    build(tmp_path / "once", map(told, range(3)))
    assert written(tmp_path / "o") == written(tmp_path / "once")
    break_off(tmp_path / "o", map(told, range(3, 9)))
    build(tmp_path / "o", [told(9)])
    build(tmp_path / "once", map(told, range(3, 10)))
    assert written(tmp_path / "o") == written(tmp_path / "once")


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    build(tmp_path, map(told, range(9)))
    before = (tmp_path / "store" / "CURRENT").read_text(encoding="utf-8")
    build(tmp_path, map(told, range(9)))
    assert (tmp_path / "store" / "CURRENT").read_text(encoding="utf-8") == before
