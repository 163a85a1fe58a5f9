"""Questions over several claims: what counts, what does not, and what is read to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from graph.asking.exposure import _passing
from graph.asking.numbers import first_day
from graph.example import market
from graph.knowledge import KnowledgeGraph
from graph.store import MemoryStore
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

COUNTRIES = {"eastland", "westland", "china"}


def paper(publisher: str | None, date: str | None, text: str = "One invented sentence.") -> Document:
    """A document of its own: publisher and date are in its text, so that no two are the same."""
    return Document(f"{text} {publisher} {date}", f"{publisher}-{date}.txt", "A title", publisher, None, date)


def entity(key: str) -> Entity:
    """A country or a firm; one letter is a firm of that letter, whom no registry knows."""
    if len(key) == 1:
        return Entity(f"firm-{key}", f"Firm {key.upper()}", "Company")
    return Entity(key, key.title(), "Country" if key in COUNTRIES else "Company")


def ids(entities: Iterable[Entity]) -> list[str]:
    return [entity.id.removeprefix("firm-") for entity in entities]


def claim(of: Document, subject: str, relation: str, object_: str, **more: object) -> Claim:
    ends = [entity(subject), entity(object_)]
    quote = Evidence(0, len(of.text), of.text)
    return Claim(of.id, of.source, ends[0], relation, ends[1], quote, "test", **more)  # type: ignore[arg-type]


def graph_of(*statements: Claim | Observation, papers: list[Document]) -> KnowledgeGraph:
    return KnowledgeGraph.from_claims(statements, papers)


DAILY, WEEKLY = paper("Daily", "2024-01-10"), paper("Weekly", "2024-06-01")


def pairs(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    return {(c.subject.id.removeprefix("firm-"), c.object.id.removeprefix("firm-")) for c in claims}


def test_tiers_end_where_nothing_new_is_reached_even_in_a_ring() -> None:
    ring = [claim(DAILY, a, "suppliesTo", b) for a, b in ("ab", "bc", "ca", "xa")]
    found = graph_of(*ring, papers=[DAILY]).suppliers("Firm C", tiers=None)
    assert [ids(tier.entities) for tier in found.tiers] == [["b"], ["a"], ["c", "x"]]
    assert ids(found.reached) == ["b", "a", "c", "x"]
    assert found.to_pandas()["tier"].tolist() == [found.tier_of(c) for c in found]
    assert pairs(found.at_least(0.5).tiers[0].claims) == {("b", "c")}


def test_owners_follow_stakes_takeovers_and_subsidiaries_alike() -> None:
    graph = graph_of(
        claim(DAILY, "unit", "subsidiaryOf", "firm"),
        claim(DAILY, "holding", "ownsStakeIn", "firm"),
        claim(DAILY, "giant", "acquires", "holding"),
        claim(DAILY, "rival", "acquires", "holding", modality=Modality.PLANNED),
        papers=[DAILY],
    )
    assert [tier.entities[0].id for tier in graph.owners("unit", tiers=None).tiers] == ["firm", "holding", "giant"]
    assert [e.id for e in graph.subsidiaries("giant", tiers=None).reached] == ["holding", "firm", "unit"]
    assert [e.id for e in graph.owners("unit").reached] == ["firm"]


def test_neighbours_by_kind_hops_and_filters() -> None:
    graph = market()
    assert [n.entity.id for n in graph.neighbours("Ivy Group", hops=2)] == ["hazel-holdings", "aster-fab"]
    assert {n.hops for n in graph.neighbours("Ivy Group", hops=3)} == {1, 2, 3}
    assert not graph.neighbours("Ivy Group", kind="Country")
    near = graph.neighbours("Aster Fab", source="Chip Gazette", relation="suppliesTo")
    assert {n.entity.id for n in near} == {"cedar-gas", "garnet-litho", "birch-devices"}
    assert list(near.to_pandas()["claims"]) == [1, 1, 1]


def test_shared_ties_name_both_sides() -> None:
    (tie,) = market().shared_partners("Birch Devices", "Aster Fab")
    assert (tie.entity.id, pairs(tie.first), pairs(tie.second)) == (
        "fir-systems",
        {("fir-systems", "birch-devices")},
        {("fir-systems", "aster-fab")},
    )
    shared = {tie.entity.id for tie in market().shared("Birch Devices", "Aster Fab")}
    assert shared == {"fir-systems", "elm-motors", "node-28nm"}


def test_exposure_does_not_turn_round_in_a_supply_chain() -> None:
    graph = graph_of(
        claim(DAILY, "tools", "suppliesTo", "fab"),
        claim(DAILY, "tools", "suppliesTo", "other"),
        claim(DAILY, "fab", "suppliesTo", "maker"),
        claim(DAILY, "westland", "restricts", "other"),
        claim(DAILY, "eastland", "restricts", "tools"),
        claim(DAILY, "maker", "competesWith", "other"),
        papers=[DAILY],
    )
    (chain,) = graph.exposure("maker", "Eastland", steps=4)
    assert [entity.id for entity in chain.entities] == ["maker", "fab", "tools", "eastland"]
    assert not graph.exposure("maker", "Westland", steps=6)
    assert [e.id for e in graph.exposure("tools", "Westland", steps=2)[0].entities] == ["tools", "other", "westland"]


def test_exposure_to_a_measure_that_is_only_aimed_at_one() -> None:
    tool = Entity("tool", "Tool", "Equipment")
    measure = replace(claim(DAILY, "westland", "restricts", "x", qualifiers={"targetActor": "china"}), object=tool)
    word = replace(measure, qualifiers={"targetActor": "somebody unknown"})
    seat = claim(DAILY, "fab", "headquarteredIn", "china")
    graph = graph_of(measure, word, seat, papers=[DAILY])
    (chain,) = graph.exposure("fab", "Westland")
    assert [hop.wording for hop in chain] == [
        "Fab is based in China",
        "China is the target where Westland restricts Tool",
    ]
    assert [hop.end.id for hop in chain] == ["china", "westland"]
    assert chain.hops[1].start.id == "china"


def test_exposure_knows_only_relations_of_the_ontology() -> None:
    assert "manufacturesFor" in _passing(0)
    assert "competesWith" not in {*_passing(0), *_passing(1)}


def test_chokepoints_of_a_chain() -> None:
    graph = graph_of(
        *(claim(DAILY, a, "suppliesTo", b) for a, b in ("ab", "bd", "cd", "xa", "yc", "ya")), papers=[DAILY]
    )
    found = [(*ids([point.entity]), ids(point.cut_off)) for point in graph.chokepoints("Firm D")]
    assert found == [("b", ["a", "x"]), ("a", ["x"])]
    assert pairs(graph.chokepoints("Firm D")[0].claims) == {("a", "b"), ("b", "d")}
    assert not graph.chokepoints("Firm X")


def test_chokepoints_of_products() -> None:
    product = Entity("mcu", "MCU", "ChipProduct")
    sole = replace(claim(DAILY, "tsmc", "produces", "x"), object=product)
    both = replace(claim(DAILY, "umc", "produces", "x"), object=product)
    abroad = replace(claim(DAILY, "intel", "produces", "x"), object=product)
    seat = claim(DAILY, "taiwan", "exportsTo", "eastland")
    said = [(point.entity.id, point.role) for point in graph_of(sole, papers=[DAILY]).chokepoints()]
    assert said == [("tsmc", "only producer")]
    said = [(point.entity.id, point.role) for point in graph_of(sole, both, seat, papers=[DAILY]).chokepoints()]
    assert said == [("taiwan", "only country")]
    assert not graph_of(sole, both, abroad, seat, papers=[DAILY]).chokepoints()


def test_sources_count_once_where_publisher_speaker_or_words_are_the_same() -> None:
    speaker = Entity("analyst", "An Analyst", "MarketResearcher")
    papers = [DAILY, WEEKLY, paper("Daily", "2024-02-02"), paper(None, "2024-03-03")]
    said = [claim(document, "a", "suppliesTo", "b") for document in papers]
    counted = graph_of(*said, papers=papers).corroboration()[0]
    assert (len(counted.sources), counted.documents) == (3, 4)
    quoted = [replace(c, attributed_to=speaker) for c in said]
    assert graph_of(*quoted, papers=papers).corroboration()[0].sources == ("An Analyst",)
    copied = [replace(c, evidence=Evidence(0, 22, "One invented sentence.")) for c in said]
    assert len(graph_of(*copied, papers=papers).corroboration()[0].sources) == 1


def test_what_implies_a_relation_corroborates_it_and_symmetric_ones_count_both_ways() -> None:
    said = (claim(DAILY, "a", "partnersWith", "b"), claim(WEEKLY, "b", "jointVentureWith", "a"))
    found = graph_of(*said, papers=[DAILY, WEEKLY]).corroboration()
    assert [(row.tie.relation, len(row.sources)) for row in found] == [("partnersWith", 2), ("jointVentureWith", 1)]
    assert len(graph_of(*said, papers=[DAILY, WEEKLY]).corroboration(min_sources=2)) == 1


@pytest.mark.parametrize(
    ("stated", "denied", "clash"),
    [
        ({}, {"polarity": Polarity.NEGATED}, True),
        ({}, {"modality": Modality.DENIED}, True),
        ({}, {"polarity": Polarity.NEGATED, "modality": Modality.PLANNED}, False),
        ({"modality": Modality.PLANNED}, {"polarity": Polarity.NEGATED, "modality": Modality.PLANNED}, True),
        ({"time": "2019"}, {"polarity": Polarity.NEGATED, "time": "2024"}, False),
        ({"time": "2024"}, {"polarity": Polarity.NEGATED, "time": "2024-06"}, True),
        ({"qualifiers": {"status": "ended"}}, {"polarity": Polarity.NEGATED}, False),
        ({"confidence": 0.4}, {"polarity": Polarity.NEGATED}, False),
    ],
)
def test_contradictions_are_of_one_time_and_outlook(
    stated: dict[str, object], denied: dict[str, object], clash: bool
) -> None:
    said = (
        claim(DAILY, "a", "manufacturesFor", "b", **stated),
        claim(WEEKLY, "a", "suppliesTo", "b", **denied),
        claim(WEEKLY, "a", "suppliesTo", "c"),
    )
    assert bool(graph_of(*said, papers=[DAILY, WEEKLY]).contradictions("Firm A")) is clash


def test_changes_between_dates_and_builds() -> None:
    old = claim(DAILY, "a", "suppliesTo", "b")
    turned = claim(WEEKLY, "a", "suppliesTo", "b", polarity=Polarity.NEGATED)
    fresh = claim(WEEKLY, "a", "partnersWith", "c")
    graph = graph_of(old, turned, fresh, papers=[DAILY, WEEKLY])
    assert [str(change) for change in graph.changes("2024-06")] == [
        "new: Firm A partners with Firm C (fact)",
        "changed: Firm A supplies Firm B (fact -> denied)",
    ]
    assert [change.kind for change in graph.changes("2024-01", "2024-01")] == ["new"]
    assert not graph.changes("2024-07")
    assert not graph.changes("2024", name="Firm C").where(lambda change: change.kind == "changed")
    before, after = graph_of(old, papers=[DAILY]), graph_of(fresh, papers=[WEEKLY])
    assert [(c.kind, c.before, c.after) for c in after.changes_from(before)] == [
        ("new", None, "fact"),
        ("gone", "fact", None),
    ]
    assert pairs(after.changes_from(before)[1].earlier) == {("a", "b")}


def number(of: Document, value: float, printed: str, **more: object) -> Observation:
    about, quote = entity("a"), Evidence(0, len(of.text), of.text)
    given = {"period": "2023", **more}
    return Observation(of.id, of.source, about, "revenue", value, printed, "USD", quote, "test", **given)  # type: ignore[arg-type]


def test_numbers_agree_as_far_as_they_are_rounded() -> None:
    exact, rounded = number(DAILY, 1_230_000_000, "$1.23 billion"), number(WEEKLY, 1_200_000_000, "$1.2 billion")
    graph = graph_of(exact, rounded, papers=[DAILY, WEEKLY])
    assert not graph.disagreements("Firm A")
    other = number(WEEKLY, 1_300_000_000, "$1.3 billion")
    (found,) = graph_of(exact, other, papers=[DAILY, WEEKLY]).disagreements()
    assert [n.printed for n in found.numbers] == ["$1.23 billion", "$1.3 billion"]
    rough = replace(other, approx=True)
    assert not graph_of(exact, rough, papers=[DAILY, WEEKLY]).disagreements()


def test_a_series_takes_the_best_attested_value_and_keeps_quantities_apart() -> None:
    third = paper("Monthly", "2024-07-01")
    graph = graph_of(
        number(DAILY, 3, "3", confidence=0.9),
        number(WEEKLY, 2, "2", confidence=0.6),
        number(third, 2, "2", confidence=0.6),
        number(DAILY, 5, "5", period="2024-Q3", forecast=True),
        number(DAILY, 1, "1", period="2022", product="mcu"),
        number(DAILY, 9, "9", period=None),
        papers=[DAILY, WEEKLY, third],
    )
    series = graph.series("Firm A", "Revenue")
    assert [(p.period, p.value, p.low, p.high, p.forecast) for p in series] == [
        ("2023", 2, 2, 3, False),
        ("2024-Q3", 5, 5, 5, True),
        ("2022", 1, 1, 1, False),
    ]
    assert [point.sources for point in series][:2] == [("Monthly", "Weekly"), ("Daily",)]
    with pytest.raises(InvalidData, match="2 quantities, not one"):
        series.to_series()
    total, microcontrollers = series.lines().values()
    assert list(total.to_series().index.strftime("%Y-%m")) == ["2023-01", "2024-07"]
    assert microcontrollers.to_series().tolist() == [1]
    assert str(microcontrollers[0]) == "Firm A: revenue, microcontroller units, 2022: 1 US dollar"
    assert first_day("2024-10-07") == "2024-10-07"


class Counting(MemoryStore):
    """A store that counts how many quads were taken from it."""

    taken = 0

    def quads(self, *pattern: object) -> Iterator[Quad]:  # type: ignore[override]
        for quad in super().quads(*pattern):  # type: ignore[arg-type]
            self.taken += 1
            yield quad  # type: ignore[misc]


def test_nothing_is_read_before_it_is_looked_at() -> None:
    store = Counting(market().store.quads())  # type: ignore[arg-type]
    graph = KnowledgeGraph(store)
    graph.entity("Aster Fab")
    before = store.taken
    answers = (
        graph.relations(relation="suppliesTo", min_confidence=0.8),
        graph.corroboration(),
        graph.contradictions(),
        graph.chokepoints(),
        graph.changes("2024"),
    )
    chains = graph.paths("aster-fab", "aster-fab")
    assert store.taken - before <= 2  # that the two ids are there
    assert all(map(len, answers[:3]))
    assert not chains
    assert store.taken > before


def test_chains_are_found_one_by_one() -> None:
    many = [claim(DAILY, f"n{i}", "suppliesTo", f"n{j}") for i in range(12) for j in range(12) if i < j]
    store = Counting(graph_of(*many, papers=[DAILY]).store.quads())  # type: ignore[arg-type]
    chains = KnowledgeGraph(store).paths("n0", "n11", max_hops=8)
    assert len(chains[0]) == 1
    first = store.taken
    assert len(chains[40]) == 3
    assert store.taken > first
    assert bool(chains[:2]) is True
    assert repr(chains).startswith("<over 100 chains>\n  N0 supplies N11")
    assert "over 100 chains" in chains._repr_html_()


@settings(deadline=None, max_examples=12)
@given(st.sets(st.sampled_from([a + b for a in "pqrstu" for b in "pqrstu" if a < b]), max_size=12))
def test_paths_are_those_that_networkx_finds(ties: set[str]) -> None:
    ends = ("pq", *sorted(ties - {"pq"}))
    claims = [claim(DAILY, a, "suppliesTo", b) for a, b in (*ends, "uv")]
    graph, plain = graph_of(*claims, papers=[DAILY]), nx.Graph([*ends, "uv"])
    ours = [tuple(ids(chain.entities)) for chain in graph.paths("Firm P", "Firm U", max_hops=4)]
    theirs = set(map(tuple, nx.all_simple_paths(plain, "p", "u", cutoff=4)))
    assert len(ours) == len(set(ours))
    assert set(ours) == theirs
    assert list(map(len, ours)) == sorted(map(len, ours))
