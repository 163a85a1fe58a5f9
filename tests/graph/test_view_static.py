"""Still pictures: whole, repeatable, harmless, in the shapes of the page."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from extract.model import Claim, Document, Entity, Evidence, Modality
from graph.view.outline import outline
from graph.view.palette import SHAPES

pytest.importorskip("matplotlib", reason="matplotlib is not installed: pip install 'chipgraph[pictures]'")
from graph.view.static import FORMATS, picture

HOSTILE = "</text><script>alert(1)</script> $x^2$ 华虹"


def claim(s: str, o: str, relation: str = "suppliesTo", **more: object) -> Claim:
    text = f"{s} {relation} {o}."
    subject, target = Entity(s, s, "Company", s), Entity(o, o, "Person", o)
    return Claim(Document(text, "a").id, "a", subject, relation, target, Evidence(0, len(text), text), "t", **more)  # type: ignore[arg-type]


CLAIMS = [claim("Ada", "Bob"), claim("Ada", "Bob", "partnersWith"), claim("Bob", "Cyd", modality=Modality.PLANNED)]


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_each_format_is_written_the_same_twice(kind: str, start: bytes) -> None:
    first = picture(CLAIMS, kind, title="Three")
    assert first.startswith(start)
    assert picture(reversed(CLAIMS), kind, title="Three") == first
    assert kind in FORMATS


def test_names_legend_and_title_are_text_in_the_svg() -> None:
    drawn = ET.fromstring(picture(CLAIMS, "svg", title="Three"))
    texts = {"".join(element.itertext()).strip() for element in drawn.findall(".//{*}text")}
    assert {"Ada", "Bob", "Cyd", "Three", "Companies", "People", "Supply and trade", "Cooperation"} <= texts
    assert any("No plain fact" in text for text in texts)
    assert "planned" in texts


def test_hostile_names_stay_texts() -> None:
    svg = picture([claim(HOSTILE, "Bob")], "svg", title=HOSTILE).decode()
    drawn = ET.fromstring(svg)
    assert drawn.findall(".//{*}script") == []
    assert HOSTILE in {"".join(element.itertext()).strip() for element in drawn.findall(".//{*}text")}


def test_a_crowd_names_its_best_connected_only() -> None:
    crowd = [claim("hub", f"e{i}") for i in range(160)]
    texts = ET.fromstring(picture(crowd, "svg", title="")).findall(".//{*}text")
    names = {"".join(element.itertext()).strip() for element in texts}
    assert "hub" in names
    assert 1 < len({name for name in names if name.startswith("e")}) <= 40


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert picture([], "svg", title="Nothing").startswith(b"<?xml")


@pytest.mark.parametrize("shape", SHAPES)
def test_outlines_stay_in_the_unit_square_or_so(shape: str) -> None:
    for ring in outline(shape):
        assert len(ring) >= 3
        assert all(abs(x) < 1.2 and abs(y) < 1.2 for x, y in ring)
