"""Names as people write them, and what is said of those that nobody has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Claim, Document, Entity, Evidence
from graph.knowledge import KnowledgeGraph
from graph.names import squash, unaccented
from ontology.errors import AmbiguousName, UnknownEntity

DOCUMENT = Document("An invented sentence.", "note.txt", None, None, None, "2024-01-01")
LABELS = {
    "tsmc": "TSMC",
    "sk-hynix": "SK hynix",
    "stmicroelectronics": "STMicroelectronics",
    "elan-wafers": "Élan Wafers",
    "lodz-silicon": "Łódź Silicon",
    "delta-gas": "Delta Gas",
    "delta-tools": "Delta Tools",
    "united-states": "United States",
}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    ends = [Entity(key, label, "Company", label) for key, label in LABELS.items()]
    quote = Evidence(0, 21, DOCUMENT.text)
    pairs = zip(ends, [*ends[1:], ends[0]], strict=True)
    claims = [Claim(DOCUMENT.id, DOCUMENT.source, a, "partnersWith", b, quote, "test") for a, b in pairs]
    return KnowledgeGraph.from_claims(claims, [DOCUMENT])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("st micro", "stmicroelectronics"),
        ("STMicroelectronics N.V.", "stmicroelectronics"),
        ("意法半导体", "stmicroelectronics"),
        ("elan wafers", "elan-wafers"),
        ("ÉLAN WAFERS GMBH", "elan-wafers"),
        ("Lodz Silicon S.A.", "lodz-silicon"),
        ("2330.tw", "tsmc"),
        ("2330", "tsmc"),
        ("TSM", "tsmc"),
        ("台積電", "tsmc"),
        ("US", "united-states"),
        ("usa", "united-states"),
        ("delta-gas", "delta-gas"),
        ("sk-hynix", "sk-hynix"),
    ],
)
def test_names_as_people_write_them(graph: KnowledgeGraph, name: str, key: str) -> None:
    assert graph.entity(name).id == key


def test_what_nobody_is_called_comes_with_suggestions(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownEntity) as caught:
        graph.entity("silicon")
    assert caught.value.suggestions == ("Łódź Silicon",)
    with pytest.raises(UnknownEntity) as caught:
        graph.relations("Elam Wafers")
    assert caught.value.suggestions == ("Élan Wafers",)
    with pytest.raises(AmbiguousName) as ambiguous:
        graph.path("delta", "TSMC")
    assert ambiguous.value.suggestions == ("Delta Gas", "Delta Tools")


def test_matches_never_raise_and_say_how(graph: KnowledgeGraph) -> None:
    assert [(m.id, m.how, m.score) for m in graph.matches("tsmc")] == [("tsmc", "id", 1.0)]
    assert [(m.id, m.how) for m in graph.matches("delta")] == [("delta-gas", "beginning"), ("delta-tools", "beginning")]
    assert graph.matches("Elam Wafers")[0].how == "near"
    assert graph.matches("?!") == ()
    assert len(graph.matches("e", limit=1)) <= 1


@given(st.text(max_size=20))
def test_accents_fall_off_once(name: str) -> None:
    assert unaccented(unaccented(name)) == unaccented(name)
    assert squash(squash(name)) == squash(name)
