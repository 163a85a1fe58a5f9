"""A part of the graph, as claims and as something to look at."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from graph.example import knowledge, market
from graph.view.memory import unpack
from ontology.errors import InvalidData, UnknownEntity

if TYPE_CHECKING:
    from pathlib import Path


def test_all_claims_between_what_lies_near_are_there() -> None:
    one, two = (market().subgraph("Elm Motors", hops=hops) for hops in (1, 2))
    near = {"elm-motors", *(n.entity.id for n in market().neighbours("Elm Motors"))}
    assert {claim.id for claim in one} == {
        claim.id for claim in market().relations() if {claim.subject.id, claim.object.id} <= near
    }
    assert {claim.id for claim in one} < {claim.id for claim in two}
    assert len({claim.id for claim in two}) == len(two)


def test_filters_hold_and_unknown_names_are_refused() -> None:
    part = market().subgraph("Aster Fab", relation="suppliesTo", min_confidence=0.8)
    assert {claim.relation for claim in part} <= {"suppliesTo", "manufacturesFor"}
    assert min(claim.confidence for claim in part) >= 0.8
    with pytest.raises(UnknownEntity):
        market().subgraph("Nobody Semiconductors")


def test_the_page_holds_the_claims_and_the_numbers() -> None:
    part = market().subgraph("Aster Fab")
    data = unpack(part.view().html.split('id="data">')[1].split("<")[0])
    assert sorted(data["claims"]["id"]) == sorted(claim.id for claim in part)
    assert len(data["numbers"]["id"]) == len(part.observations()) > 0
    assert data["focus"] == "aster-fab"
    assert all(data["documents"]["title"])


def test_a_notebook_gets_a_sandboxed_frame_with_the_whole_page() -> None:
    part = knowledge().subgraph("Hua Hong")
    frame = part._repr_html_()
    (page,) = re.findall(r'srcdoc="([^"]*)"', frame)
    assert unescape(page) == part.view().html
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in frame
    # A notebook keeps it as a list of lines and readers differ in what ends one: only "\n" may.
    assert frame.splitlines() == frame.split("\n")


def test_saves_what_the_name_says(tmp_path: Path) -> None:
    view = market().partners("Aster Fab").view("Partners")
    assert view.save(tmp_path / "a.html").read_text("utf-8") == view.html
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    assert view.save(tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    with pytest.raises(InvalidData, match=r"a\.gif: a view is saved as"):
        view.save(tmp_path / "a.gif")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.svg"]
