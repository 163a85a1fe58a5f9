"""What programs and pages ask of a graph, each answer of a type of `graph.server.answers`.

Every answer that says something of the industry brings its sentences and sources, and is bounded in size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from extract.model import Claim
from graph.asking.timeline import worded
from graph.results import Triples
from graph.server.answers import (
    Chains,
    Claims,
    ClaimTold,
    Compared,
    Counted,
    Described,
    Documents,
    DocumentTold,
    Entities,
    EntityTold,
    Events,
    Matches,
    Neighbours,
    Numbers,
    NumberTold,
    Picture,
    Sources,
)
from graph.server.asked import ask, queries, query
from graph.server.examples import example
from graph.server.parts import ChainData, EventData, Found, Neighbour, Placed, SeriesData, SharedTie, SourceData
from graph.server.plain import (
    brief,
    claim_data,
    document_data,
    entity_data,
    extended,
    hop_data,
    named,
    point_data,
    properties,
    readings,
    sentences,
    statement_data,
)
from graph.server.query_process import as_text
from ontology.errors import ChipgraphError
from ontology.measures import units
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extract.model import Statement
    from graph.knowledge import KnowledgeGraph
    from graph.layout import Layout
    from graph.server.answers import StatementTold
    from graph.server.parts import PointData

_NUMBERS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A graph and the folder that it lies in."""

    graph: KnowledgeGraph
    layout: Layout


class Missing(ChipgraphError):
    """Something that the graph does not hold."""


def search(place: Place, q: str, limit: int) -> Matches:
    """The entities that a name may stand for."""
    found = place.graph.matches(q, limit)
    known = ((entity_data(place.graph.entity(match.id)), match) for match in found)
    return Matches(q, tuple(extended(Found, data, matched=match.how, score=match.score) for data, match in known))


def entities(place: Place, kind: str | None, offset: int, limit: int) -> Entities:
    """The entities of a class, or all, by label."""
    found = place.graph.entities(kind)
    return Entities(len(found), offset, limit, tuple(map(entity_data, found[offset : offset + limit])))


def entity(place: Place, name: str) -> EntityTold:
    """An entity: what it is, its names, what the registry knows, and how much is said of it."""
    found = place.graph.entity(name)
    return extended(
        EntityTold,
        entity_data(found),
        properties=properties(place.graph, found.id),
        relations=place.graph.counts(found.id),
        numbers=len(place.graph.observations(found.id)),
    )


def claims(place: Place, name: str | None, offset: int, limit: int, other: str | None = None, **filters: Any) -> Claims:
    """The claims that fit, strongest first, each with its sentences."""
    found = place.graph.relations(name, filters.pop("relation"), other=other, **filters)
    focus = place.graph.entity(name).id if name is not None else None
    shown = found[offset : offset + limit]
    return Claims(len(found), offset, limit, tuple(claim_data(place.graph, c, focus) for c in shown))


def neighbours(place: Place, name: str, hops: int, kind: str | None, limit: int) -> Neighbours:
    """The entities near another, the nearest first."""
    found = islice(place.graph.neighbours(name, hops, kind=kind), limit)
    rows = (
        extended(Neighbour, entity_data(n.entity), hops=n.hops, claims=len(n.claims), by=tuple(n.claims.by_relation()))
        for n in found
    )
    return Neighbours(entity_data(place.graph.entity(name)), tuple(rows))


def paths(place: Place, start: str, end: str, max_hops: int, limit: int, facts_only: bool) -> Chains:
    """The chains of claims between two entities, the shortest first, each hop with its sentences."""
    found = islice(place.graph.paths(start, end, max_hops, facts_only), limit)
    chains = tuple(ChainData(chain.confidence, tuple(map(hop_data, chain))) for chain in found)
    return Chains(entity_data(place.graph.entity(start)), entity_data(place.graph.entity(end)), chains)


def timeline(place: Place, name: str, since: str | None, until: str | None, offset: int, limit: int) -> Events:
    """What is said of an entity, in the order of time."""
    found = place.graph.timeline(name, since, until)
    rows = tuple(
        EventData(e.time, worded(e.statement), e.from_document, e.statement.id, sentences(e.evidence))
        for e in found[offset : offset + limit]
    )
    return Events(len(found), offset, limit, entity_data(place.graph.entity(name)), rows)


def numbers(place: Place, name: str, metric: str | None) -> Numbers:
    """The numbers of an entity as series: for each quantity and period the best attested value and its spread."""
    found = place.graph.series(name, metric)
    series: dict[tuple[str, str, str], list[PointData]] = {}
    for point in islice(found, _NUMBERS):
        head = (str(point.quantity).partition(": ")[2], point.quantity.metric, point.quantity.unit)
        series.setdefault(head, []).append(point_data(place.graph, point))
    rows = (SeriesData(*head, _unit_label(head[2]), tuple(points)) for head, points in series.items())
    return Numbers(entity_data(place.graph.entity(name)), tuple(rows))


def statement(place: Place, key: str) -> StatementTold:
    """A claim or number with its evidence: who says so, in which sentences, who else, and who the opposite."""
    found = _statement(place, key)
    told = place.graph.explain(found)
    kind: type[StatementTold] = ClaimTold if isinstance(found, Claim) else NumberTold
    return extended(
        kind,
        replace(statement_data(place.graph, found), sentences=sentences(told.evidence, None)),
        said_by=told.said_by,
        rule=found.rule,
        same=tuple(map(brief, told.same)),
        against=tuple(map(brief, told.against)),
    )


def documents(place: Place, q: str | None, offset: int, limit: int) -> Documents:
    """The documents, the newest first."""
    wanted = (q or "").casefold()
    found = [d for d in place.graph.documents() if wanted in f"{d.title} {d.publisher} {d.author}".casefold()]
    found.sort(key=lambda d: (d.date or "", d.id), reverse=True)
    return Documents(len(found), offset, limit, tuple(map(document_data, found[offset : offset + limit])))


def document(place: Place, key: str) -> DocumentTold:
    """A document: what it says of itself, its text, and its statements with their places in the text."""
    from graph.folder import Library

    library = Library(place.layout.documents)
    if not library.has(key):
        raise Missing("The graph holds no document of that id.")
    reader = place.graph.reader
    rows = tuple(_placed(reader.standing_in(s)) for s in library.statements(key))
    return extended(DocumentTold, document_data(reader.source(key)), text=library.text(key), statements=rows)


def sources(place: Place) -> Sources:
    """Who published the documents, and how many of which years."""
    by_publisher: dict[tuple[str, str | None], list[str | None]] = {}
    for source in place.graph.documents():
        by_publisher.setdefault((source.publisher or "unknown", source.publisher_id), []).append(source.date)
    rows = (_source(name, key, dates) for (name, key), dates in by_publisher.items())
    return Sources(tuple(sorted(rows, key=lambda row: (-row.documents, row.publisher))))


def statistics(place: Place) -> Counted:
    """How much the graph holds."""
    s = place.graph.statistics()
    return Counted(s.documents, s.entities, s.claims, s.observations, s.facts)


def compare(place: Place, first: str, second: str, limit: int) -> Compared:
    """Two entities side by side: what each is, what ties them, and what both are tied to."""
    ends = (entity(place, first), entity(place, second))
    a, b = (end.id for end in ends)
    between = tuple(claim_data(place.graph, c, a) for c in place.graph.between(a, b)[:limit])
    shared = (
        extended(SharedTie, entity_data(s.entity), first=readings(s.first, a), second=readings(s.second, b))
        for s in islice(place.graph.shared(a, b), limit)
    )
    return Compared(ends, between, tuple(shared))


def view(place: Place, name: str, hops: int, limit: int) -> Picture:
    """The interactive picture of an entity and its neighbours, as the page that `chipgraph view` writes."""
    from graph.folder import Library
    from graph.view.write import render

    found = place.graph.entity(name)
    near = [n.entity.id for n in islice(place.graph.neighbours(found.id, hops, facts_only=True), limit)]
    shown = {found.id, *near}
    kept: dict[str, Statement] = {}
    for key in shown:
        for claim in place.graph.iter_relations(key, facts_only=True):
            if {claim.subject.id, claim.object.id} <= shown:
                kept[claim.id] = claim
    for number in place.graph.observations(found.id):
        kept[number.id] = number
    library = Library(place.layout.documents)
    ids = {s.document for s in kept.values()}
    origins = {key: library.origin(key, with_text=False).document for key in ids if library.has(key)}
    focus = found.id if kept else None
    return Picture(render(kept.values(), origins, title=found.label, focus=focus, hops=hops))


def described(place: Place, iri: str, syntax: str | None) -> Described:
    """What the graph says of an IRI; syntax: that of the triples, None for none of them."""
    from pyoxigraph import NamedNode

    if next(place.graph.store.quads(NamedNode(iri)), None) is None:
        raise Missing("The graph says nothing of that IRI.")
    if syntax is None:
        return Described(iri)
    found = place.graph.sparql(f"DESCRIBE <{iri}>")
    assert isinstance(found, Triples)
    return Described(iri, as_text(found.triples, syntax, PREFIXES).decode())


BY_NAME: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        made.__name__: made
        for made in (
            *(search, entities, entity, claims, neighbours, paths, timeline, numbers, statement, documents, document),
            *(sources, statistics, compare, view, described, example, ask, queries, query),
        )
    }
)


def _placed(found: Statement) -> Placed:
    places = tuple((e.start, e.end) for e in sorted({found.evidence, *found.support}))
    return extended(Placed, brief(found), places=places, names=named(found))


def _source(name: str, key: str | None, dates: list[str | None]) -> SourceData:
    known = sorted(filter(None, dates))
    return SourceData(name, key, len(dates), *((known[0], known[-1]) if known else (None, None)))


def _unit_label(unit: str) -> str:
    return "" if unit == "COUNT" else units()[unit].label if unit in units() else unit


def _statement(place: Place, key: str) -> Statement:
    from ontology.errors import StoreError

    try:
        return place.graph.statement(key)
    except StoreError as error:
        raise Missing("The graph holds no statement of that id.") from error
