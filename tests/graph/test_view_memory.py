"""A page written with the one before in mind: places stay and what is new is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from extract.model import Claim, Document, Entity, Evidence
from graph.view import write_html
from graph.view.layout import lay_out
from graph.view.memory import remember, unpack
from graph.view.scene import EdgeKey

if TYPE_CHECKING:
    from pathlib import Path


def claim(s: str, o: str, relation: str = "suppliesTo") -> Claim:
    text = f"{s} {relation} {o}."
    subject, target = Entity(s, s.title(), "Company", s), Entity(o, o.title(), "Company", o)
    return Claim(Document(text, "a.txt").id, "a.txt", subject, relation, target, Evidence(0, len(text), text), "test")


RING = [claim(f"e{i}", f"e{(i + 1) % 12}") for i in range(12)]
MORE = [*RING, claim("e3", "fresh"), claim("lone", "other"), claim("e0", "e1", "partnersWith")]


def build(page: Path, claims: list[Claim]) -> bytes:
    """The page of some claims, written over the one that is there, as a build does."""
    write_html(page, claims, {}, title="T", earlier=remember(page))
    return page.read_bytes()


def data_of(page: bytes) -> Any:
    return unpack(page.split(b'id="data">')[1].split(b"<")[0])


def test_a_rebuild_of_the_same_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "graph.html"
    first = build(page, RING)
    assert build(page, RING) == first
    grown = build(page, MORE)
    assert grown != first
    assert build(page, MORE) == grown


def test_what_was_there_stays_and_what_came_is_marked(tmp_path: Path) -> None:
    page = tmp_path / "graph.html"
    build(page, RING)
    before = remember(page)
    data = data_of(build(page, MORE))
    after = remember(page)
    assert before is not None
    assert after is not None
    assert {key: after.places[key] for key in before.places} == before.places
    assert len(set(after.places.values())) == 15
    assert {key for key, new in after.nodes.items() if new} == {"fresh", "lone", "other"}
    assert sorted(key for key, new in after.edges.items() if new) == [
        EdgeKey("e0", "partnersWith", "e1", "fact"),
        EdgeKey("e3", "suppliesTo", "fresh", "fact"),
        EdgeKey("lone", "suppliesTo", "other", "fact"),
    ]
    assert data["compared"] is True


def test_the_first_build_marks_nothing(tmp_path: Path) -> None:
    data = data_of(build(tmp_path / "graph.html", RING))
    assert data["compared"] is False
    assert not any(data["nodes"]["new"])
    assert not any(data["edges"]["new"])


@pytest.mark.parametrize("text", ["", "<html>", '<script type="application/octet-stream" id="data">AAAA</script>'])
def test_a_page_that_is_not_ours_is_no_memory(tmp_path: Path, text: str) -> None:
    page = tmp_path / "graph.html"
    assert remember(page) is None
    page.write_text(text, encoding="utf-8")
    assert remember(page) is None


@pytest.mark.parametrize("count", [40, 400])
def test_newcomers_stand_by_their_neighbours_and_off_the_others(count: int) -> None:
    edges = [(i, i // 2) for i in range(1, count)]
    old = lay_out(count, edges, [60.0] * count)
    anchors = {i: (old.x[i], old.y[i]) for i in range(count)}
    grown = lay_out(count + 5, [*edges, *((5, count + i) for i in range(5))], [60.0] * (count + 5), anchors)
    assert [(grown.x[i], grown.y[i]) for i in range(count)] == [anchors[i] for i in range(count)]
    places = list(zip(grown.x, grown.y, strict=True))
    assert len(set(places)) == len(places)
    span = max(grown.x) - min(grown.x)
    for x, y in places[count:]:
        assert abs(x - anchors[5][0]) + abs(y - anchors[5][1]) < span


def test_a_graph_that_is_mostly_new_is_laid_out_anew() -> None:
    edges = [(i, i + 1) for i in range(9)]
    fresh = lay_out(10, edges, [60.0] * 10)
    assert lay_out(10, edges, [60.0] * 10, {0: (5000, 5000)}) == fresh
