from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extract.model import Claim, Document, Entity, Evidence, Modality, Polarity
from graph.build import Builder
from graph.example import document, knowledge, statements
from graph.knowledge import KnowledgeGraph
from ontology.errors import AmbiguousName, InvalidData, StoreError, UnknownEntity

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "One invented sentence. Another invented sentence."
DOCUMENT = Document(TEXT, "notes.txt", "Notes", "Daily Wafer", None, "2024-06-01")
QUOTES = (Evidence(0, 22, TEXT[:22]), Evidence(23, 49, TEXT[23:]))
KINDS = {"taiwan": "Country", "united-states": "Country", "chips-ban": "Ban", "entity-list": "RestrictedPartyList"}


def claim(subject: str, relation: str, object_: str, **more: object) -> Claim:
    ends = [Entity(key, key.replace("-", " ").title(), KINDS.get(key, "Company")) for key in (subject, object_)]
    return Claim(DOCUMENT.id, DOCUMENT.source, ends[0], relation, ends[1], QUOTES[0], "test", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    speaker = Entity("trendforce", "TrendForce", "MarketResearcher")
    return KnowledgeGraph.from_claims(
        [
            claim("alpha-chips", "jointVentureWith", "beta-fabs", confidence=0.9, time="2023-05"),
            claim("gamma-gas", "suppliesTo", "beta-fabs", confidence=0.8),
            claim("delta-mining", "suppliesTo", "gamma-gas", confidence=0.8),
            claim("beta-fabs", "manufacturesFor", "alpha-chips", confidence=0.7, attributed_to=speaker),
            claim("beta-fabs", "manufacturesFor", "alpha-chips", polarity=Polarity.NEGATED, confidence=0.6),
            claim("omega-group", "ownsStakeIn", "beta-fabs"),
            claim("beta-tools", "subsidiaryOf", "beta-fabs"),
            claim("beta-fabs", "acquires", "zeta-labs", modality=Modality.PLANNED),
            claim("united-states", "restricts", "beta-fabs", qualifiers={}),
            claim("chips-ban", "restricts", "gamma-gas", qualifiers={"targetActor": "huawei"}),
            claim("huawei", "subjectTo", "entity-list", time="2019-05"),
            claim("alpha-chips", "competesWith", "zeta-labs", confidence=0.3),
        ],
        [DOCUMENT],
    )


def pairs(claims: object) -> list[tuple[str, str]]:
    return [(found.subject.id, found.object.id) for found in claims]  # type: ignore[attr-defined]


def test_roles(graph: KnowledgeGraph) -> None:
    assert pairs(graph.partners("Beta Fabs")) == [("alpha-chips", "beta-fabs")]
    assert pairs(graph.suppliers("Beta Fabs")) == [("gamma-gas", "beta-fabs")]
    assert pairs(graph.suppliers("Alpha Chips", tiers=3)) == [
        ("gamma-gas", "beta-fabs"),
        ("delta-mining", "gamma-gas"),
        ("beta-fabs", "alpha-chips"),
    ]
    assert pairs(graph.customers("Beta Fabs")) == [("beta-fabs", "alpha-chips")]
    assert pairs(graph.owners("Beta Fabs")) == [("omega-group", "beta-fabs")]
    assert pairs(graph.subsidiaries("Beta Fabs")) == [("beta-tools", "beta-fabs")]
    assert pairs(graph.restrictions("Beta Fabs")) == [("united-states", "beta-fabs")]
    assert set(pairs(graph.restrictions("Huawei"))) == {("huawei", "entity-list"), ("chips-ban", "gamma-gas")}
    assert pairs(graph.competitors("Alpha Chips")) == []  # said with too little confidence to be a fact
    assert pairs(graph.relations("Alpha Chips", "competesWith")) == [("alpha-chips", "zeta-labs")]


def test_filters(graph: KnowledgeGraph) -> None:
    assert len(graph.relations()) == 12
    assert len(graph.relations("Beta Fabs", "suppliesTo")) == 3
    assert pairs(graph.relations(polarity="negated")) == [("beta-fabs", "alpha-chips")]
    assert pairs(graph.relations(modality=Modality.PLANNED)) == [("beta-fabs", "zeta-labs")]
    assert pairs(graph.relations(until="2019")) == [("huawei", "entity-list")]
    assert len(graph.relations(since="2024-06")) == 10
    assert len(graph.relations(since="2023-05", until="2023")) == 1
    assert len(graph.relations(source="daily wafer")) == len(graph.relations(source="notes.txt")) == 12
    assert pairs(graph.relations(source="TrendForce")) == [("beta-fabs", "alpha-chips")]
    assert len(graph.relations(min_confidence=0.9)) == 7
    assert pairs(graph.relations("Alpha Chips").facts().of("partnersWith").at_least(0.5)) == [
        ("alpha-chips", "beta-fabs")
    ]


def test_paths_follow_facts_and_print_as_english(graph: KnowledgeGraph) -> None:
    chain = graph.path("Delta Mining", "Omega Group")
    assert [hop.backwards for hop in chain] == [False, False, True]
    assert str(chain).splitlines()[2].startswith("Beta Fabs is partly owned by Omega Group: “One invented sentence.”")
    assert len(graph.path("Alpha Chips", "Zeta Labs")) == 0
    assert len(graph.path("Alpha Chips", "Zeta Labs", facts_only=False)) == 1
    assert "Nothing in the graph" in str(graph.path("Huawei", "Alpha Chips"))


def test_names_as_people_write_them(graph: KnowledgeGraph) -> None:
    for name in ("beta-fabs", "BETA FABS", "Beta Fabs Co., Ltd.", "betafabs", "Beta Fa"):
        assert graph.entity(name).id == "beta-fabs"
    assert graph.entity("Huawei Technologies").id == "huawei"
    with pytest.raises(UnknownEntity, match="did you mean 'Beta Fabs'") as caught:
        graph.entity("Bota Fabs")
    assert caught.value.suggestions == ("Beta Fabs",)
    with pytest.raises(UnknownEntity):
        graph.entity("?!")
    assert "BETA FABS" in graph
    assert "beta" in graph  # of two
    assert "Bota Fabs" not in graph


def test_what_there_is_not_is_named_with_what_there_is(graph: KnowledgeGraph) -> None:
    with pytest.raises(InvalidData, match="no relation 'suply'; did you mean 'suppliesTo'"):
        graph.relations("Beta Fabs", "suply")
    with pytest.raises(TypeError, match="No filter is called 'steps': choose relation, polarity"):
        graph.neighbours("Beta Fabs", steps=2)


def test_a_name_of_several_is_told_from_one_of_nobody(graph: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousName, match="Several entities are called 'beta': Beta Fabs, Beta Tools; say") as caught:
        graph.entity("beta")
    assert caught.value.suggestions == ("Beta Fabs", "Beta Tools")


def test_entities_of_one_label_are_told_apart_by_their_ids() -> None:
    twins = [replace(claim("ace-a", "suppliesTo", "huawei").subject, label="Ace"), Entity("ace-b", "Ace", "Company")]
    claims = [replace(claim(twin.id, "suppliesTo", "huawei"), subject=twin) for twin in twins]
    known = KnowledgeGraph.from_claims(claims, [DOCUMENT])
    with pytest.raises(AmbiguousName) as caught:
        known.entity("ace")
    assert [known.entity(name).id for name in caught.value.suggestions] == ["ace-a", "ace-b"]


def test_evidence_and_explanation(graph: KnowledgeGraph) -> None:
    (made,) = graph.relations("Beta Fabs", "manufacturesFor").facts()
    (passage,) = graph.evidence(made.id)
    assert (passage.text, passage.before, passage.after) == (QUOTES[0].text, "", " Another invented sentence.")
    assert str(passage.document) == "Daily Wafer, 2024-06-01"
    explained = graph.explain(made)
    assert explained.said_by == "TrendForce"
    assert [found.polarity for found in explained.against] == [Polarity.NEGATED]
    assert "against: Beta Fabs makes chips for Alpha Chips (negated)" in str(explained)
    assert graph.explain(explained.against[0]).said_by == "Daily Wafer, 2024-06-01"
    with pytest.raises(StoreError, match="no statement 'beef'"):
        graph.evidence("beef")


def test_search_timeline_and_numbers() -> None:
    graph = knowledge()
    assert [claim.relation for claim in graph.search("PLANS to expand")] == ["expandsIn"]
    assert [(event.time, event.from_document) for event in graph.timeline("Hua Hong")] == [
        ("2024", False),
        ("2025-01-20", True),
        ("2025-01-20", True),
        ("2025-01-20", True),
    ]
    assert [o.printed for o in graph.observations("Hua Hong", "revenue")] == ["$2 billion"]
    assert list(graph.observations("Hua Hong", "capex")) == []
    assert next(entity.label for entity in graph.entities("Company")) == "Hua Hong Semiconductor"
    assert graph.explain(graph.observations("Hua Hong")[0]).same == ()


def test_what_is_read_back_is_what_was_put_in() -> None:
    graph = knowledge()
    for statement in statements():
        found = graph.statement(statement.id)
        assert found.id == statement.id
        assert found.evidence == statement.evidence
        if isinstance(statement, Claim) and isinstance(found, Claim):
            assert found.subject.mention == statement.subject.mention
            assert replace(found, subject=statement.subject, object=statement.object) == statement


def test_disk_and_memory_answer_alike(tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    memory = knowledge()
    for folder in (KnowledgeGraph.open(tmp_path), KnowledgeGraph.open(tmp_path, in_memory=True)):
        assert list(folder.relations()) == list(memory.relations())
        assert folder.statistics() == memory.statistics()
        assert folder.documents() == memory.documents()


def test_a_copy_in_memory_does_not_see_later_builds_and_a_server_has_none(tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    copy = KnowledgeGraph.open(tmp_path, in_memory=True)
    with Builder(tmp_path) as builder:
        builder.remove(document().id)
    assert copy.statistics() == knowledge().statistics()
    with pytest.raises(StoreError, match="leave out in_memory"):
        KnowledgeGraph.open("http://localhost:1/query", in_memory=True)


def test_answers_show_themselves(graph: KnowledgeGraph) -> None:
    known = graph.relations("Huawei")
    assert repr(graph) == "<KnowledgeGraph: 1 document, 12 claims>"
    assert repr(known) == "<1 claim>\n  Huawei is subject to Entity List [1.00]"
    assert ">Huawei</td>" in known._repr_html_()
    assert "affirmed" not in known._repr_html_()
    assert list(known.to_pandas()["object"]) == [known[0].object.label]
    assert known.entities == ("Huawei", known[0].object.label) or known.entities == (known[0].object.label, "Huawei")
    assert [passage.start for passage in known.evidence] == [0]


def test_claims_without_documents_and_wrong_claims() -> None:
    alone = KnowledgeGraph.from_claims(statements())
    assert alone.evidence(statements()[0])[0].document.paths == ("examples/invented.txt",)
    with pytest.raises(InvalidData, match="no relation 'likes'"):
        KnowledgeGraph.from_claims([claim("alpha-chips", "likes", "beta-fabs")])
