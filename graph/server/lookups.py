"""What programs and pages ask of a graph, each answer as plain data that JSON holds.

Every answer that says something of the industry brings its sentences and sources, and is bounded in size.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from extract.model import Claim
from graph.asking.timeline import worded
from graph.server.asked import ask, queries, query
from graph.server.examples import example
from graph.server.plain import (
    brief,
    claim_data,
    document_data,
    entity_data,
    hop_data,
    named,
    number_data,
    point_data,
    properties,
    sentences,
)
from ontology.errors import ChipgraphError
from ontology.measures import units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extract.model import Statement
    from graph.folder import Layout
    from graph.knowledge import KnowledgeGraph

_NUMBERS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A graph and the folder that it lies in."""

    graph: KnowledgeGraph
    layout: Layout


class Missing(ChipgraphError):
    """Something that the graph does not hold."""


def search(place: Place, q: str, limit: int) -> dict[str, Any]:
    """The entities that a name may stand for."""
    found = place.graph.matches(q, limit)
    entities = {match.id: entity_data(place.graph.entity(match.id)) for match in found}
    return {"query": q, "matches": [entities[m.id] | {"matched": m.how, "score": m.score} for m in found]}


def entities(place: Place, kind: str | None, offset: int, limit: int) -> dict[str, Any]:
    """The entities of a class, or all, by label."""
    found = place.graph.entities(kind)
    return _page(offset, limit, len(found)) | {"entities": [entity_data(e) for e in found[offset : offset + limit]]}


def entity(place: Place, name: str) -> dict[str, Any]:
    """An entity: what it is, its names, what the registry knows, and how much is said of it."""
    found = place.graph.entity(name)
    known = place.graph.relations(found.id)
    counts = {label: len(claims) for label, claims in known.by_relation().items()}
    numbers = len(place.graph.observations(found.id))
    return entity_data(found) | {
        "properties": properties(place.graph, found.id),
        "relations": counts,
        "numbers": numbers,
    }


def claims(
    place: Place, name: str | None, offset: int, limit: int, other: str | None = None, **filters: Any
) -> dict[str, Any]:
    """The claims that fit, strongest first, each with its sentences."""
    found = place.graph.relations(name, filters.pop("relation"), other=other, **filters)
    focus = place.graph.entity(name).id if name is not None else None
    shown = found[offset : offset + limit]
    return _page(offset, limit, len(found)) | {"relations": [claim_data(place.graph, c, focus) for c in shown]}


def neighbours(place: Place, name: str, hops: int, kind: str | None, limit: int) -> dict[str, Any]:
    """The entities near another, the nearest first."""
    found = islice(place.graph.neighbours(name, hops, kind=kind), limit)
    rows = [
        entity_data(n.entity) | {"hops": n.hops, "claims": len(n.claims), "by": list(n.claims.by_relation())}
        for n in found
    ]
    return {"entity": entity_data(place.graph.entity(name)), "neighbours": rows}


def paths(place: Place, start: str, end: str, max_hops: int, limit: int, facts_only: bool) -> dict[str, Any]:
    """The chains of claims between two entities, the shortest first, each hop with its sentences."""
    found = islice(place.graph.paths(start, end, max_hops, facts_only), limit)
    ends = {"from": entity_data(place.graph.entity(start)), "to": entity_data(place.graph.entity(end))}
    chains = [
        {"confidence": chain.confidence, "hops": [hop_data(place.graph, hop) for hop in chain]} for chain in found
    ]
    return ends | {"paths": chains}


def timeline(place: Place, name: str, since: str | None, until: str | None, offset: int, limit: int) -> dict[str, Any]:
    """What is said of an entity, in the order of time."""
    found = place.graph.timeline(name, since, until)
    rows = [
        {"time": e.time, "text": worded(e.statement), "time_of_document": e.from_document}
        | {"id": e.statement.id, "sentences": sentences(e.evidence)}
        for e in found[offset : offset + limit]
    ]
    whose = {"entity": entity_data(place.graph.entity(name))}
    return whose | _page(offset, limit, len(found)) | {"events": rows}


def numbers(place: Place, name: str, metric: str | None) -> dict[str, Any]:
    """The numbers of an entity as series: for each quantity and period the best attested value and its spread."""
    found = place.graph.series(name, metric)
    series: dict[str, dict[str, Any]] = {}
    for point in islice(found, _NUMBERS):
        unit = point.quantity.unit
        head = {"quantity": str(point.quantity).partition(": ")[2], "metric": point.quantity.metric, "unit": unit}
        label = "" if unit == "COUNT" else units()[unit].label if unit in units() else unit
        key = f"{point.quantity} {unit}"
        series.setdefault(key, head | {"unit_label": label, "points": []})["points"].append(
            point_data(place.graph, point)
        )
    return {"entity": entity_data(place.graph.entity(name)), "series": list(series.values())}


def statement(place: Place, key: str) -> dict[str, Any]:
    """A claim or number with its evidence: who says so, in which sentences, who else, and who the opposite."""
    found = _statement(place, key)
    told = place.graph.explain(found)
    body = claim_data(place.graph, found, None) if isinstance(found, Claim) else number_data(place.graph, found)
    rest = {"same": [brief(c) for c in told.same], "against": [brief(c) for c in told.against]}
    return body | {"sentences": sentences(told.evidence, None), "said_by": told.said_by, "rule": found.rule} | rest


def documents(place: Place, q: str | None, offset: int, limit: int) -> dict[str, Any]:
    """The documents, the newest first."""
    wanted = (q or "").casefold()
    found = [d for d in place.graph.documents() if wanted in f"{d.title} {d.publisher} {d.author}".casefold()]
    found.sort(key=lambda d: (d.date or "", d.id), reverse=True)
    return _page(offset, limit, len(found)) | {"documents": [document_data(d) for d in found[offset : offset + limit]]}


def document(place: Place, key: str) -> dict[str, Any]:
    """A document: what it says of itself, its text, and its statements with their places in the text."""
    from graph.folder import Library

    library = Library(place.layout.documents)
    if not library.has(key):
        raise Missing("The graph holds no document of that id.")
    reader = place.graph.reader
    told = [reader.standing_in(s) for s in library.statements(key)]
    rows = [
        brief(s) | {"places": [[e.start, e.end] for e in sorted({s.evidence, *s.support})], "names": named(s)}
        for s in told
    ]
    return document_data(reader.source(key)) | {"text": library.text(key), "statements": rows}


def sources(place: Place) -> dict[str, Any]:
    """Who published the documents, and how many of which years."""
    found: dict[str, dict[str, Any]] = {}
    for source in place.graph.documents():
        name = source.publisher or "unknown"
        row = found.setdefault(name, {"publisher": name, "id": source.publisher_id, "documents": 0, "dates": []})
        row["documents"] += 1
        row["dates"] += [source.date] if source.date else []
    for row in found.values():
        dates = row.pop("dates")
        row |= {"first": min(dates, default=None), "last": max(dates, default=None)}
    return {"sources": sorted(found.values(), key=lambda row: (-row["documents"], row["publisher"]))}


def statistics(place: Place) -> dict[str, Any]:
    """How much the graph holds."""
    s = place.graph.statistics()
    counted = {"documents": s.documents, "entities": s.entities, "claims": s.claims}
    return counted | {"observations": s.observations, "facts": s.facts}


def compare(place: Place, first: str, second: str, limit: int) -> dict[str, Any]:
    """Two entities side by side: what each is, what ties them, and what both are tied to."""
    ends = [entity(place, name) for name in (first, second)]
    a, b = (end["id"] for end in ends)
    between = [claim_data(place.graph, c, a) for c in place.graph.between(a, b)[:limit]]
    shared = [
        entity_data(s.entity) | {"first": list(s.first.by_relation()), "second": list(s.second.by_relation())}
        for s in islice(place.graph.shared(a, b), limit)
    ]
    return {"entities": ends, "between": between, "shared": shared}


def view(place: Place, name: str, hops: int, limit: int) -> dict[str, Any]:
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
    return {"html": render(kept.values(), origins, title=found.label, focus=focus, hops=hops)}


def described(place: Place, iri: str) -> dict[str, Any]:
    """Whether the graph says anything of an IRI."""
    from pyoxigraph import NamedNode

    if next(place.graph.store.quads(NamedNode(iri)), None) is None:
        raise Missing("The graph says nothing of that IRI.")
    return {"iri": iri}


BY_NAME: Mapping[str, Callable[..., dict[str, Any]]] = MappingProxyType(
    {
        made.__name__: made
        for made in (
            *(search, entities, entity, claims, neighbours, paths, timeline, numbers, statement, documents, document),
            *(sources, statistics, compare, view, described, example, ask, queries, query),
        )
    }
)


def _page(offset: int, limit: int, total: int) -> dict[str, Any]:
    return {"total": total, "offset": offset, "limit": limit}


def _statement(place: Place, key: str) -> Statement:
    from ontology.errors import StoreError

    try:
        return place.graph.statement(key)
    except StoreError as error:
        raise Missing("The graph holds no statement of that id.") from error
