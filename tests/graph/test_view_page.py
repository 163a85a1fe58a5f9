"""The view's file, without a browser: offline, safe, repeatable, complete."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from math import dist
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Claim, Document, Entity, Evidence, Modality, Polarity
from graph.view import ViewReport, render, write_html
from graph.view.layout import lay_out
from graph.view.memory import pack, unpack
from graph.view.palette import FAMILIES, KINDS
from graph.view.scene import build
from ontology.errors import UnknownEntity
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HOSTILE = "</script><script>alert(1)</script>"


class Page(HTMLParser):
    """What a page refers to, and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.packed = ""
        self.scripts = 0
        self.meta: dict[str, str] = {}
        self._island = False
        self.feed(text)

    @property
    def data(self) -> dict[str, Any]:
        """What the page carries."""
        return unpack(self.packed)  # type: ignore[no-any-return]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.references += [found[name] for name in ("src", "href") if name in found]
        if tag == "meta":
            self.meta[found.get("http-equiv") or found.get("name") or "charset"] = found.get("content", "")
        if tag == "script":
            self.scripts += 1
            self._island = found.get("id") == "data"

    def handle_data(self, data: str) -> None:
        if self._island:
            self.packed += data

    def handle_endtag(self, tag: str) -> None:
        self._island = False


def claim(s: str, relation: str, o: str, text: str = "", **more: Any) -> Claim:
    text = text or f"{s} {relation} {o}."
    paper = Document(text, "a.txt")
    subject, target = Entity(s, s.title(), "Company", s), Entity(o, o.title(), "Company", o)
    return Claim(paper.id, "a.txt", subject, relation, target, Evidence(0, len(text), text), "test", **more)


def documents(*claims: Claim) -> Mapping[str, Document]:
    return {c.document: Document(c.evidence.text, c.source, "A paper", "Somebody", date="2025-01-01") for c in claims}


CLAIMS = (
    claim("ada", "suppliesTo", "bob"),
    claim("ada", "partnersWith", "bob"),
    claim("bob", "partnersWith", "ada", "Bob and Ada again."),
    claim("ada", "suppliesTo", "bob", "Ada may supply Bob.", modality=Modality.POSSIBLE),
    claim("ada", "suppliesTo", "bob", "Ada does not supply Bob.", polarity=Polarity.NEGATED),
    claim("cyd", "acquires", "ada"),
)


def page_of(*claims: Claim, **more: Any) -> Page:
    return Page(render(claims, documents(*claims), title="Test", **more))


def test_refers_to_nothing_elsewhere() -> None:
    assert page_of(*CLAIMS).references == []


def test_policy_allows_only_own_scripts() -> None:
    policy = page_of(*CLAIMS).meta["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_head_is_complete() -> None:
    html = render(CLAIMS, documents(*CLAIMS), title="A & <B>")
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>A &amp; &lt;B&gt;</title>" in html
    assert Page(html).meta["viewport"] == "width=device-width, initial-scale=1"


def test_parallel_edges_stay_apart_and_symmetric_ones_meet() -> None:
    keys = [edge.key for edge in build(CLAIMS).edges]
    assert [(k.relation, k.stance) for k in keys if {k.subject, k.object} == {"ada", "bob"}] == [
        ("partnersWith", "fact"),
        ("suppliesTo", "fact"),
        ("suppliesTo", "negated"),
        ("suppliesTo", "possible"),
    ]
    drawing = page_of(*CLAIMS).data["drawing"]
    assert len(drawing["edges"]["from"]) == len(keys) == 5
    assert json.loads(drawing["options"])["physics"] == {"enabled": False}


def test_every_edge_has_a_sentence() -> None:
    data = page_of(*CLAIMS).data
    assert data["edges"]["first"] == [0, 2, 3, 4, 5, 6]
    assert all(data["claims"]["sentences"])
    assert len(data["claims"]["sentences"]) == len(CLAIMS)
    assert set(data["sentences"]["text"]) == {c.evidence.text for c in CLAIMS}


def test_mentions_stand_on_the_side_of_their_entity() -> None:
    told = claim("bob", "partnersWith", "ada", "The firm works with Ada.")
    told = replace(told, subject=replace(told.subject, mention="The firm"), object=replace(told.object, mention="Ada"))
    data = page_of(told).data
    assert (data["claims"]["subject"], data["claims"]["object"]) == ([0], ["The firm"])


def test_hostile_texts_add_no_script_and_survive() -> None:
    bad = claim(HOSTILE, "suppliesTo", "bob", f"{HOSTILE} supplies bob.")
    found = Page(render([bad], documents(bad), title=HOSTILE))
    assert found.scripts == 3
    assert HOSTILE in found.data["nodes"]["id"]
    assert found.data["drawing"]["nodes"]["label"][0] == HOSTILE.title()


def test_same_bytes_in_any_order_and_nothing_changed() -> None:
    before = copy.deepcopy(CLAIMS)
    first = render(CLAIMS, documents(*CLAIMS), title="Test")
    assert render(reversed(CLAIMS), documents(*CLAIMS), title="Test") == first
    assert before == CLAIMS


def test_same_bytes_under_another_hash_seed_and_locale(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from extract.model import *\nfrom graph.view import write_html\n"
        "def claim(i):\n"
        "    text = f'{i} 华虹半导体'; s = Entity(f'e{i}', f'华{i}', 'Company')\n"
        "    o = Entity(f'e{i * 7 % 170}', 'x', 'Person')\n"
        "    return Claim(digest(text), 'a', s, 'leads', o, Evidence(0, len(text), text), 'r')\n"
        "write_html(Path(sys.argv[1]), [claim(i) for i in range(170)], {}, title='华虹')\n"
    )
    files = []
    for seed in ("1", "2"):
        files.append(tmp_path / f"{seed}.html")
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", code, str(files[-1])], check=True, env=environment, timeout=120)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "华虹" in files[0].read_text("utf-8")


def test_report_counts_what_the_focus_leaves_out(tmp_path: Path) -> None:
    chain = [claim("ada", "leads", "bob"), claim("bob", "leads", "cyd"), claim("cyd", "leads", "dan")]
    path = tmp_path / "deep" / "view.html"
    assert write_html(path, chain, {}, title="T") == ViewReport(4, 3, 0)
    assert write_html(path, chain, {}, title="T", focus="ada") == ViewReport(4, 3, 2)
    assert write_html(path, chain, {}, title="T", focus="ada", hops=2) == ViewReport(4, 3, 1)
    assert [p.name for p in path.parent.iterdir()] == ["view.html"]


def test_of_too_many_statements_the_surest_are_shown() -> None:
    chain = [claim("ada", "leads", "bob"), claim("bob", "leads", "cyd"), claim("cyd", "leads", "dan")]
    chain = [replace(one, confidence=trust) for one, trust in zip(chain, (0.6, 0.9, 0.8), strict=True)]
    assert [edge.key.subject for edge in build(chain, most=2).edges] == ["bob", "cyd"]
    assert [edge.key.subject for edge in build(chain, focus="ada", most=2).edges] == ["ada", "bob"]
    assert build(chain, most=2).left_out == 1
    assert build(chain, most=3).left_out == 0


def test_unknown_focus_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownEntity) as error:
        write_html(tmp_path / "view.html", CLAIMS, {}, title="T", focus="adda")
    assert error.value.suggestions == ("ada",)
    assert list(tmp_path.iterdir()) == []


def test_country_comes_from_the_texts_where_the_registry_has_none() -> None:
    home = replace(claim("ada", "headquarteredIn", "italy"), object=Entity("italy", "Italy", "Country"))
    (ada, *_) = build([home, replace(home, relation="expandsIn")]).nodes
    assert (ada.id, ada.country) == ("ada", "Italy")
    (ada, *_) = build([replace(home, polarity=Polarity.NEGATED)]).nodes
    assert ada.country is None


def test_importing_the_view_loads_no_heavy_package() -> None:
    heavy = ("pyvis", "networkx", "numpy", "spacy", "pandas")
    code = f"import sys, graph.view; print([m for m in {heavy} if m in sys.modules])"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    shown = subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"


def test_every_family_of_the_ontology_has_a_colour() -> None:
    assert {r.family for r in relations().values()} <= {f.id for f in FAMILIES}


def contrast(a: str, b: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_and_outlines_stand_out(theme: str) -> None:
    ground, outline = {"light": ("#fcfcfd", "#1b2230"), "dark": ("#10141b", "#e8ecf3")}[theme]
    assert all(contrast(getattr(family, theme), ground) >= 4.5 for family in FAMILIES)
    assert contrast(outline, ground) >= 3


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
DEFICIENCIES = {
    "none": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as somebody with a deficiency sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (min(1.0, max(0.0, sum(m * p for m, p in zip(row, linear, strict=True)))) for row in matrix)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_fills_stay_apart_for_colour_blind_people(theme: str, deficiency: str) -> None:
    # "Other" is a small grey dot, told by its size and shape.
    fills = sorted({getattr(kind, theme) for kind in KINDS if kind.id != "other"})
    seen = [lab(fill, DEFICIENCIES[deficiency]) for fill in fills]
    assert min(dist(a, b) for a, b in combinations(seen, 2)) >= 15


def test_kinds_of_one_colour_differ_in_shape() -> None:
    assert len({(k.light, k.shape) for k in KINDS}) == len({k.shape for k in KINDS}) == len(KINDS)


@given(st.text(), st.sampled_from(["", "</script>", "<!--", "\ud800", "\u2028"]))
def test_what_is_packed_comes_back_and_can_stand_in_a_script(text: str, bad: str) -> None:
    packed = pack([text + bad])
    assert unpack(packed) == [text + bad]
    assert re.fullmatch("[A-Za-z0-9+/=]+", packed)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=50))
def test_nodes_never_share_a_spot(count: int, pairs: list[tuple[int, int]]) -> None:
    edges = [(a, b) for a, b in pairs if a < count and b < count]
    placed = lay_out(count, edges, [60.0] * count)
    assert len({*zip(placed.x, placed.y, strict=True)}) == count
    assert placed == lay_out(count, list(reversed(edges)), [60.0] * count)


@pytest.mark.parametrize("count", [151, 700])
def test_stars_and_strays_of_any_size_get_places(count: int) -> None:
    placed = lay_out(count, [(0, i) for i in range(1, count - 5)], [60.0] * count)
    assert len(placed.x) == count
    assert len({*zip(placed.x, placed.y, strict=True)}) > count * 0.98
