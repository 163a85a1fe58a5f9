"""Every named query on a small invented world: an answer is known for each, and rdflib must give the same rows."""

from __future__ import annotations

from collections import Counter

import pytest

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from graph import guard
from graph.catalogue import bound, parse, queries
from graph.knowledge import KnowledgeGraph
from graph.results import Table
from ontology.errors import InvalidData, QueryRefused, UnknownEntity

TEXT = "Sentence one of an invented text. Sentence two of it. Sentence three of it."
DOCUMENT = Document(TEXT, "invented/world.txt", "A world", "TrendForce", None, "2025-02-01")
FIRST, SECOND = Evidence(0, 33, TEXT[0:33]), Evidence(34, 52, TEXT[34:52])
GROUP = Entity("european-chipmakers", "European chipmakers", "ActorGroup")


def thing(key: str, kind: str = "Company") -> Entity:
    return GROUP if key == GROUP.id else Entity(key, key.replace("-", " "), kind)


def claim(subject: str, relation: str, object_: str, **more: object) -> Claim:
    kinds = {"object_kind": "Company", "subject_kind": "Company"}
    for name in kinds:
        kinds[name] = str(more.pop(name, kinds[name]))
    evidence = more.pop("evidence", FIRST)
    assert isinstance(evidence, Evidence)
    ends = (thing(subject, kinds["subject_kind"]), relation, thing(object_, kinds["object_kind"]))
    return Claim(DOCUMENT.id, DOCUMENT.source, *ends, evidence, "test", **more)  # type: ignore[arg-type]


def number(about: str, metric: str, value: float, unit: str, period: str, **more: object) -> Observation:
    common = (DOCUMENT.id, DOCUMENT.source, thing(about, "Country"), metric, value, str(value), unit, SECOND, "test")
    return Observation(*common, period=period, **more)  # type: ignore[arg-type]


CLAIMS = [
    claim("stmicroelectronics", "partnersWith", "hua-hong", qualifiers={"product": "mcu", "node": "40nm"}, time="2024"),
    claim("stmicroelectronics", "memberOf", "european-chipmakers", support=(SECOND,)),
    claim("hua-hong", "usesNode", "node-40nm", object_kind="ProcessNode"),
    claim("united-states", "imposes", "us-export-controls", time="2022-10"),
    claim("us-export-controls", "restricts", "integrated-circuits", qualifiers={"targetActor": "huawei"}),
    claim("huawei", "subjectTo", "entity-list", time="2019-05"),
    claim("smic", "subjectTo", "entity-list", polarity=Polarity.NEGATED),
    claim("china", "exceeds", "taiwan", modality=Modality.FORECAST, qualifiers={"metric": "capacityShare"}),
    claim("tsmc", "expandsIn", "germany", modality=Modality.PLANNED, qualifiers={"status": "announced"}),
    claim("china", "dependsOn", "integrated-circuits", qualifiers={"via": "taiwan"}),
    claim("tsmc", "rankedIn", "advanced-node", qualifiers={"rank": "1", "position": "leader"}),
    claim("germany", "subsidises", "tsmc", qualifiers={"means": "grants"}),
    claim("mature-process", "usedIn", "automotive"),
    claim("us-export-controls", "hinders", "huawei"),
    claim("us-export-controls", "hinders", "smic", polarity=Polarity.NEGATED, evidence=SECOND),
]
NUMBERS = [
    number("china", "exportValue", 100_000_000_000, "USD", "2023", product="integrated-circuits"),
    number("china", "exportValue", 120_000_000_000, "USD", "2024", product="integrated-circuits"),
    number("china", "exportValue", 121_000_000_000, "USD", "2024", product="integrated-circuits", approx=True),
    number("china", "exportValue", 7_000_000_000, "USD", "2024", product="mcu"),
    number("china", "exportGrowth", 20.5, "PERCENT", "2024", base_period="2023"),
    number("china", "capacityShare", 34, "PERCENT", "2024"),
    number("china", "capacityShare", 39, "PERCENT", "2027", forecast=True),
]

# The example of each query, where it differs from that in its header, and rows (of some columns) that it must give.
EXPECTED: dict[str, tuple[dict[str, str], list[dict[str, object]]]] = {
    "partners-of": ({}, [{"other_label": "STMicroelectronics", "time": "2024"}]),
    "partners-across": ({}, [{"actor_label": "STMicroelectronics", "other_label": "Hua Hong Semiconductor"}]),
    "tied-to-node": ({}, [{"actor_label": "Hua Hong Semiconductor"}, {"actor_label": "STMicroelectronics"}]),
    "imposed-by": ({}, [{"by_label": "United States", "time": "2022-10"}]),
    "restricted-products": ({}, [{"restricted_label": "integrated circuits"}]),
    "restricted-companies": ({}, [{"company_label": "Huawei", "how": "aimed at"}, {"how": "subject to"}]),
    "values-by-period": ({}, [{"period": "2023"}, {"value": 1.2e11}, {"value": 1.21e11, "approx": True}]),
    "growth-check": ({}, [{"stated": 20.5, "computed": 20.0}, {"computed": -93.0}]),
    "conflicting-numbers": ({}, [{"values": 2, "lowest": 1.2e11, "highest": 1.21e11}]),
    "forecasts": ({}, [{"about_label": "China", "value": 39.0, "period": "2027"}]),
    "change-between": ({}, [{"about_label": "China", "change": 5.0}]),
    "overtaking": ({}, [{"ahead_label": "China", "behind_label": "Taiwan"}]),
    "said-by": ({}, [{}] * len(CLAIMS)),
    "evidence-of": ({}, [{"quote": FIRST.text, "start": 0, "end": 33}]),
    "corroborated": ({}, [{"sentences": 2, "documents": 1, "sources": 1}]),
    "not-facts": ({}, [{}] * 4),
    "expansions": ({}, [{"who_label": "TSMC", "where_label": "Germany"}]),
    "dependencies": ({}, [{"who_label": "China", "via": "https://w3id.org/chipgraph/id/taiwan"}]),
    "exposure": ({}, [{"label": "Hua Hong Semiconductor"}]),
    "leaders": ({}, [{"who_label": "TSMC", "rank": "1", "position": "leader"}]),
    "support": ({}, [{"from_label": "Germany", "to_label": "TSMC", "means": "grants"}]),
    "applications": ({}, [{"label": "automotive"}]),
    "most-connected": ({}, [{"label": "STMicroelectronics", "degree": 2}]),
    "hindered": ({}, [{"hindered_label": "Huawei", "quote": FIRST.text}, {"hindered_label": "SMIC"}]),
    "since": ({}, [{"time": "2022-10"}, {"time": "2024"}]),
    "listed": ({}, [{"time": "2019-05"}]),
}


@pytest.fixture(scope="module")
def world() -> KnowledgeGraph:
    return KnowledgeGraph.from_claims([*CLAIMS, *NUMBERS], [DOCUMENT])


def test_every_query_has_an_expected_answer() -> None:
    assert sorted(EXPECTED) == list(queries())
    assert len(queries()) == 26


@pytest.mark.parametrize("name", sorted(queries()))
def test_answer(world: KnowledgeGraph, name: str) -> None:
    parameters, rows = EXPECTED[name]
    answer = world.query(name, **(dict(queries()[name].example) | parameters))
    assert isinstance(answer, Table)
    assert len(answer) >= len(rows) > 0
    for row in rows:
        assert any(row.items() <= dict(found).items() for found in answer), (row, answer.to_text())


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
@pytest.mark.parametrize("name", sorted(queries()))
def test_the_engine_of_rdflib_gives_the_same_rows(world: KnowledgeGraph, name: str) -> None:
    query = queries()[name]
    terms = bound(query, world._names, query.example)
    text = guard.fill(query.text, {key: str(term) for key, term in terms.items()})
    found = world.to_rdflib().query(text, use_store_provided=False)
    second = Counter(tuple(_plain(term) for term in row) for row in found)  # type: ignore[union-attr]
    answer = world.query(name, **query.example)
    assert isinstance(answer, Table)
    assert Counter(tuple(_plain(term) for term in row) for row in answer.terms) == second


def test_no_row_is_repeated(world: KnowledgeGraph) -> None:
    for name, query in queries().items():
        answer = world.query(name, **query.example)
        assert isinstance(answer, Table)
        repeated = [row for row, count in Counter(answer.terms).items() if count > 1]
        assert not repeated or name in {"said-by", "not-facts"}, name


def test_optional_parameter_may_be_left_out(world: KnowledgeGraph) -> None:
    every = world.query("values-by-period", entity="China", metric="export value")
    one = world.query("values-by-period", entity="China", metric="exportValue", product="mcu")
    assert isinstance(every, Table)
    assert isinstance(one, Table)
    assert (len(every), len(one)) == (4, 1)


def test_refusals_say_what_to_do(world: KnowledgeGraph) -> None:
    with pytest.raises(QueryRefused, match="did you mean 'partners-of'"):
        world.query("partners-off", entity="Hua Hong")
    with pytest.raises(QueryRefused, match="needs entity, the actor asked about"):
        world.query("partners-of")
    with pytest.raises(QueryRefused, match="no parameter 'entty'"):
        world.query("partners-of", entity="Hua Hong", entty="x")
    with pytest.raises(QueryRefused, match="No metric is called 'exportvalu'"):
        world.query("values-by-period", entity="China", metric="exportvalu")
    with pytest.raises(UnknownEntity, match="Hua Hnog"):
        world.query("partners-of", entity="Hua Hnog")


def test_a_query_file_without_header_is_refused() -> None:
    with pytest.raises(InvalidData, match="lacks `# title:`"):
        parse("x", "ASK {}")
    with pytest.raises(InvalidData, match="cannot be read"):
        parse("x", "# title: a\n# answers: b\n# parameter: who\nASK {}")


def _plain(term: object) -> str:
    """A term as text that both engines write alike: numbers by value."""
    text = str(getattr(term, "value", term)) if term is not None else ""
    datatype = getattr(term, "datatype", None)
    if datatype is not None and str(getattr(datatype, "value", datatype)).endswith(("integer", "decimal", "double")):
        return repr(float(str(term) if not hasattr(term, "language") or hasattr(term, "n3") else text))
    return str(term) if hasattr(term, "n3") else text
