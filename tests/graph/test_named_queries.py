"""Every named query on a small invented world: an answer is known for each, and rdflib must give the same rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from graph.catalogue import Parameter, filled, from_file, parse, queries
from graph.knowledge import KnowledgeGraph
from graph.names import Names
from graph.results import Table, Triples
from ontology.errors import InvalidData, QueryRefused, UnknownEntity
from ontology.namespaces import CK_BASE

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode

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
    claim("asml", "acquires", "zeiss", modality=Modality.PLANNED, qualifiers={"amount": "$2 billion"}),
    claim("apple", "acquires", "hisilicon", polarity=Polarity.NEGATED, modality=Modality.PLANNED),
    claim("china", "dependsOn", "integrated-circuits", qualifiers={"via": "taiwan"}),
    claim("tsmc", "rankedIn", "advanced-node", qualifiers={"rank": "1", "position": "leader"}),
    claim("germany", "subsidises", "tsmc", qualifiers={"means": "grants"}),
    claim("mature-process", "usedIn", "automotive"),
    claim("us-export-controls", "hinders", "huawei"),
    claim("huawei", "headquarteredIn", "china", object_kind="Country"),
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
    "claims": ({"subject": "Hua Hong"}, [{"object_label": "40 nm"}]),
    "claims-about": ({"entity": "SMIC", "other": "Entity List"}, [{"relation": f"{CK_BASE}subjectTo", "time": None}]),
    "deals": ({}, [{"stage": "planned", "subject_label": "ASML", "amount": "$2 billion"}]),
    "seats": ({"who": "Huawei"}, [{"where_label": "China"}]),
    "sites": ({"who": "TSMC", "where": "Germany", "saying": "sentence"}, [{"where_label": "Germany"}]),
}

EARLIER = Document(
    "An older text. It has two sentences.", "invented/older.txt", "Older", "DigiTimes", None, "2024-03-01"
)
OLD = Evidence(0, 14, EARLIER.text[0:14])


def older(subject: str, relation: str, object_: str, **more: object) -> Claim:
    return replace(claim(subject, relation, object_, **more), document=EARLIER.id, source=EARLIER.source, evidence=OLD)


# A second world, for the queries that need chains, two documents or figures that came true.
CHAINS = [
    claim("asml", "suppliesTo", "tsmc", qualifiers={"product": "euv-scanner"}),
    claim("zeiss", "suppliesTo", "asml"),
    claim("asml", "suppliesTo", "huawei", polarity=Polarity.NEGATED),
    older("asml", "suppliesTo", "huawei"),
    older("zeiss", "suppliesTo", "asml", modality=Modality.PLANNED),
    older("tsmc", "manufacturesFor", "huawei"),
    claim("tsmc", "manufacturesFor", "apple", qualifiers={"product": "mcu", "node": "node-40nm"}),
    claim("huawei", "subjectTo", "entity-list"),
    claim("asml", "produces", "euv-scanner", object_kind="Equipment"),
    claim("tsmc", "produces", "mcu"),
    claim("stmicroelectronics", "produces", "mcu"),
    claim("hisilicon", "subsidiaryOf", "huawei"),
    claim("asml", "ownsStakeIn", "zeiss", qualifiers={"percent": "24.9", "amount": "$1 billion"}, time="2016-11"),
    claim("tsmc", "buildsFacility", "tsmc-kumamoto-fab", object_kind="Fab", qualifiers={"status": "announced"}),
    claim("tsmc-kumamoto-fab", "usesNode", "node-40nm", subject_kind="Fab"),
    claim("united-states", "imposes", "us-export-controls"),
    claim("china", "retaliatesAgainst", "us-export-controls", time="2023-07"),
    claim("united-states", "retaliatesAgainst", "china", time="2024"),
    claim("morris-chang", "founded", "tsmc", subject_kind="Person", qualifiers={"role": "founder"}),
    claim("tsmc", "competesWith", "samsung-foundry"),
]
CAPACITY = Observation(
    *(DOCUMENT.id, DOCUMENT.source, thing("tsmc-kumamoto-fab", "Fab"), "capacity", 55_000, "55,000"),
    *("WaferPerMonth", SECOND, "test"),
    period="2024",
)
CAME_TRUE = [
    replace(number("china", "capacityShare", 30, "PERCENT", "2024", forecast=True), document=EARLIER.id, evidence=OLD),
    number("china", "capacityShare", 40, "PERCENT", "2024"),
    CAPACITY,
]
# For each further query: the parameters, the columns looked at, and all rows in order.
FURTHER: dict[str, tuple[dict[str, str], tuple[str, ...], list[tuple[object, ...]]]] = {
    "supplies": ({"product": "mcu", "from": "Taiwan"}, ("supplier_label", "customer_label"), [("TSMC", "Apple")]),
    "suppliers-of": (
        {"entity": "TSMC"},
        ("tier", "supplier_label", "to_label"),
        [(1, "ASML", "TSMC"), (2, "Zeiss", "ASML")],
    ),
    "customers-of": (
        {"entity": "ASML", "tiers": "2"},
        ("tier", "customer_label", "by_label"),
        [(1, "Huawei", "ASML"), (1, "TSMC", "ASML"), (2, "Apple", "TSMC"), (2, "Huawei", "TSMC")],
    ),
    "shared-suppliers": ({"one": "Apple", "other": "Huawei"}, ("supplier_label",), [("TSMC",)]),
    "producers-of": (
        {"product": "mcu"},
        ("producer_label", "country"),
        [("STMicroelectronics", "CH"), ("TSMC", "TW")],
    ),
    "chokepoints": ({}, ("countries", "country", "makers"), [(1, "NL", 1)]),
    "fabs": (
        {"owner": "TSMC", "node": "40nm", "status": "announced", "country": "Japan"},
        ("status", "capacity", "period"),
        [("https://w3id.org/chipgraph/ontology#announced", 55_000.0, "2024")],
    ),
    "ownership": (
        {"entity": "HiSilicon"},
        ("side", "owner_label", "owned_label"),
        [("above", "Huawei", "HiSilicon")],
    ),
    "deals-of": (
        {"entity": "ZEISS", "since": "2015"},
        ("year", "subject_label", "amount", "percent"),
        [("2016", "ASML", "$1 billion", "24.9")],
    ),
    "exposed-to-list": (
        {"entity": "ZEISS", "measure": "Entity List", "within": "3"},
        ("steps", "listed_label", "via"),
        [
            (2, "Huawei", "https://w3id.org/chipgraph/id/asml"),
            (3, "Huawei", "https://w3id.org/chipgraph/id/tsmc"),
        ],
    ),
    "changed-since": (
        {"since": "2025"},
        ("how", "subject_label", "object_label", "before_polarity"),
        [
            ("changed", "ASML", "Huawei", "https://w3id.org/chipgraph/ontology#affirmed"),
            ("changed", "Zeiss", "ASML", "https://w3id.org/chipgraph/ontology#affirmed"),
        ],
    ),
    "contradictions": (
        {},
        ("subject_label", "object_label", "affirmed_by", "negated_by"),
        [
            (
                *("ASML", "Huawei"),
                *("https://w3id.org/chipgraph/id/digitimes", "https://w3id.org/chipgraph/id/trendforce"),
            )
        ],
    ),
    "retaliation": (
        {},
        ("by_label", "against_label", "imposed_by", "time", "answered_by"),
        [
            (
                *("China", "US export controls", "https://w3id.org/chipgraph/id/united-states", "2023-07"),
                "https://w3id.org/chipgraph/id/united-states",
            ),
            ("United States", "China", None, "2024", "https://w3id.org/chipgraph/id/china"),
        ],
    ),
    "forecast-and-actual": ({}, ("about_label", "forecast", "actual", "error"), [("China", 30.0, 40.0, -25.0)]),
    "people-of": ({"entity": "TSMC"}, ("person_label", "role"), [("Morris Chang", "founder")]),
    "rivals-of": ({"entity": "TSMC"}, ("rival_label",), [("Samsung Foundry",)]),
    "entities-of": ({"class": "Facility"}, ("entity_label", "country"), [("TSMC Fab 23", "JP")]),
    "relations": ({}, ("claims", "negated", "sources"), [(5, 1, 2)]),
    "sources": ({}, ("claims", "documents", "negated"), [(17, 1, 1), (3, 1, 0)]),
}


@pytest.fixture(scope="module")
def world() -> KnowledgeGraph:
    return KnowledgeGraph.from_claims([*CLAIMS, *NUMBERS], [DOCUMENT])


@pytest.fixture(scope="module")
def chains() -> KnowledgeGraph:
    return KnowledgeGraph.from_claims([*CHAINS, *CAME_TRUE], [DOCUMENT, EARLIER])


def test_every_query_has_an_expected_answer() -> None:
    assert sorted({*EXPECTED, *FURTHER, "neighbourhood"}) == list(queries())


@pytest.mark.parametrize("name", sorted(FURTHER))
def test_further_answer(chains: KnowledgeGraph, name: str) -> None:
    parameters, columns, rows = FURTHER[name]
    answer = chains.query(name, **parameters)
    assert isinstance(answer, Table)
    found = [tuple(row[column] for column in columns) for row in answer]
    if name in {"changed-since", "relations"}:  # what is new, and the rarer relations, are the rest
        found = found[: len(rows)] if name == "relations" else [row for row in found if row[0] == "changed"]
    assert found == rows, answer.to_text()


def test_neighbourhood_is_a_graph(chains: KnowledgeGraph) -> None:
    answer = chains.query("neighbourhood", entity="HiSilicon")
    assert isinstance(answer, Triples)
    assert {triple.predicate.value.rsplit("#")[-1] for triple in answer} >= {"subsidiaryOf", "label", "type"}


@pytest.mark.parametrize("name", sorted(queries()))
def test_columns_are_those_that_the_header_explains(chains: KnowledgeGraph, name: str) -> None:
    query = queries()[name]
    parameters = {p.name: query.example.get(p.name, "TSMC") for p in query.parameters if p.needed}
    text = filled(query, _Anybody(chains.store), chains.store, parameters)
    answer = chains.sparql(text)
    columns = answer.columns if isinstance(answer, Table) else ()
    assert columns == tuple(column.name for column in query.columns)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_answer(world: KnowledgeGraph, name: str) -> None:
    parameters, rows = EXPECTED[name]
    answer = world.query(name, **(dict(queries()[name].example) | parameters))
    assert isinstance(answer, Table)
    assert len(answer) >= len(rows) > 0
    for row in rows:
        assert any(row.items() <= dict(found).items() for found in answer), (row, answer.to_text())


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
@pytest.mark.parametrize("name", sorted({*EXPECTED, *FURTHER}))
def test_the_engine_of_rdflib_gives_the_same_rows(world: KnowledgeGraph, chains: KnowledgeGraph, name: str) -> None:
    query = queries()[name]
    graph, given = (chains, FURTHER[name][0]) if name in FURTHER else (world, dict(query.example))
    text = filled(query, graph._names, graph.store, given)
    found = graph.to_rdflib().query(text, use_store_provided=False)
    second = Counter(tuple(_plain(term) for term in row) for row in found)  # type: ignore[union-attr]
    answer = graph.query(name, **given)
    assert isinstance(answer, Table)
    assert Counter(tuple(_plain(term) for term in row) for row in answer.terms) == second


def test_no_row_is_repeated(world: KnowledgeGraph) -> None:
    for name in EXPECTED:
        answer = world.query(name, **queries()[name].example)
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
    head = "# title: a\n# theme: t\n# answers: b\n"
    for line in ("parameter: who", "parameter: who thing - a", "column: a"):
        with pytest.raises(InvalidData, match="line that cannot be read"):
            parse("x", f"{head}# {line}\nASK {{}}")


def test_a_file_is_all_that_a_new_query_needs(chains: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "makers.rq"
    path.write_text(
        "# title: Makers\n# theme: Mine\n# answers: Who makes it.\n# parameter: what entity = mcu - the product\n"
        "# column: who - the maker\nSELECT ?who { ?who ck:produces $what } ORDER BY ?who\n"
    )
    query = from_file(path)
    assert query.parameters == (Parameter("what", "entity", "the product", False, "mcu"),)
    assert len(chains.sparql(filled(query, chains._names, chains.store, {}))) == 2  # type: ignore[arg-type]
    with pytest.raises(InvalidData, match="cannot be read"):
        from_file(tmp_path / "none.rq")


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("suppliers-of", {"entity": "TSMC", "tiers": "many"}, "'many' is no whole number"),
        ("changed-since", {"since": "last week"}, "is no date: write 2024"),
        ("entities-of", {"class": "Companny"}, "did you mean 'Company'"),
        ("imposed-by", {"country": "mcu"}, "No country is known of 'mcu'"),
    ],
)
def test_values_of_the_wrong_kind(chains: KnowledgeGraph, name: str, parameters: dict[str, str], said: str) -> None:
    with pytest.raises(QueryRefused, match=said):
        chains.query(name, **parameters)


def test_values_need_not_be_text(chains: KnowledgeGraph) -> None:
    by_name = chains.query("suppliers-of", entity="tsmc", tiers="1")
    assert chains.query("suppliers-of", entity=chains.entity("TSMC"), tiers=1) == by_name
    assert len(by_name) == 1  # type: ignore[arg-type]


class _Anybody(Names):
    """Finds somebody for every name, so that the columns of all queries can be looked at in one world."""

    def find(self, name: str) -> NamedNode:
        try:
            return super().find(name)
        except UnknownEntity:
            return super().find("TSMC")


def _plain(term: object) -> str:
    """A term as text that both engines write alike: numbers by value."""
    text = str(getattr(term, "value", term)) if term is not None else ""
    datatype = getattr(term, "datatype", None)
    if datatype is not None and str(getattr(datatype, "value", datatype)).endswith(("integer", "decimal", "double")):
        return repr(float(str(term) if not hasattr(term, "language") or hasattr(term, "n3") else text))
    return str(term) if hasattr(term, "n3") else text
