"""What programs and pages ask of a graph, each answer as plain data that JSON holds.

Every answer that says something of the industry brings its sentences and sources, and is bounded in size.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from extract.model import Claim
from graph.asking.timeline import worded
from graph.server.examples import example
from ontology.classes import classes
from ontology.errors import ChipgraphError
from ontology.iri import claim_iri, document_iri, entity_iri, observation_iri
from ontology.measures import metrics, units
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from extract.model import Entity, Observation, Statement
    from graph.asking.chains import Hop
    from graph.asking.numbers import Point
    from graph.claims import Passage, Source
    from graph.folder import Layout
    from graph.knowledge import KnowledgeGraph

_SENTENCES = 5  # of one statement
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
    entities = {match.id: _entity(place.graph.entity(match.id)) for match in found}
    return {"query": q, "matches": [entities[m.id] | {"matched": m.how, "score": m.score} for m in found]}


def entities(place: Place, kind: str | None, offset: int, limit: int) -> dict[str, Any]:
    """The entities of a class, or all, by label."""
    found = place.graph.entities(kind)
    return _page(offset, limit, len(found)) | {"entities": [_entity(e) for e in found[offset : offset + limit]]}


def entity(place: Place, name: str) -> dict[str, Any]:
    """An entity: what it is, its names, what the registry knows, and how much is said of it."""
    found = place.graph.entity(name)
    known = place.graph.relations(found.id)
    counts = {label: len(claims) for label, claims in known.by_relation().items()}
    numbers = len(place.graph.observations(found.id))
    return _entity(found) | {"properties": _properties(place, found.id), "relations": counts, "numbers": numbers}


def claims(
    place: Place, name: str | None, offset: int, limit: int, other: str | None = None, **filters: Any
) -> dict[str, Any]:
    """The claims that fit, strongest first, each with its sentences."""
    found = place.graph.relations(name, filters.pop("relation"), other=other, **filters)
    focus = place.graph.entity(name).id if name is not None else None
    shown = found[offset : offset + limit]
    return _page(offset, limit, len(found)) | {"relations": [_claim(place, c, focus) for c in shown]}


def neighbours(place: Place, name: str, hops: int, kind: str | None, limit: int) -> dict[str, Any]:
    """The entities near another, the nearest first."""
    found = islice(place.graph.neighbours(name, hops, kind=kind), limit)
    rows = [
        _entity(n.entity) | {"hops": n.hops, "claims": len(n.claims), "by": list(n.claims.by_relation())} for n in found
    ]
    return {"entity": _entity(place.graph.entity(name)), "neighbours": rows}


def paths(place: Place, start: str, end: str, max_hops: int, limit: int, facts_only: bool) -> dict[str, Any]:
    """The chains of claims between two entities, the shortest first, each hop with its sentences."""
    found = islice(place.graph.paths(start, end, max_hops, facts_only), limit)
    ends = {"from": _entity(place.graph.entity(start)), "to": _entity(place.graph.entity(end))}
    chains = [{"confidence": chain.confidence, "hops": [_hop(place, hop) for hop in chain]} for chain in found]
    return ends | {"paths": chains}


def timeline(place: Place, name: str, since: str | None, until: str | None, offset: int, limit: int) -> dict[str, Any]:
    """What is said of an entity, in the order of time."""
    found = place.graph.timeline(name, since, until)
    rows = [
        {"time": e.time, "text": worded(e.statement), "time_of_document": e.from_document}
        | {"id": e.statement.id, "sentences": _sentences(e.evidence)}
        for e in found[offset : offset + limit]
    ]
    whose = {"entity": _entity(place.graph.entity(name))}
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
        series.setdefault(key, head | {"unit_label": label, "points": []})["points"].append(_point(place, point))
    return {"entity": _entity(place.graph.entity(name)), "series": list(series.values())}


def statement(place: Place, key: str) -> dict[str, Any]:
    """A claim or number with its evidence: who says so, in which sentences, who else, and who the opposite."""
    found = _statement(place, key)
    told = place.graph.explain(found)
    body = _claim(place, found, None) if isinstance(found, Claim) else _number(place, found)
    rest = {"same": [_brief(c) for c in told.same], "against": [_brief(c) for c in told.against]}
    return body | {"sentences": _sentences(told.evidence, None), "said_by": told.said_by, "rule": found.rule} | rest


def documents(place: Place, q: str | None, offset: int, limit: int) -> dict[str, Any]:
    """The documents, the newest first."""
    wanted = (q or "").casefold()
    found = [d for d in place.graph.documents() if wanted in f"{d.title} {d.publisher} {d.author}".casefold()]
    found.sort(key=lambda d: (d.date or "", d.id), reverse=True)
    return _page(offset, limit, len(found)) | {"documents": [_document(d) for d in found[offset : offset + limit]]}


def document(place: Place, key: str) -> dict[str, Any]:
    """A document: what it says of itself, its text, and its statements with their places in the text."""
    from graph.folder import Library

    library = Library(place.layout.documents)
    if not library.has(key):
        raise Missing("The graph holds no document of that id.")
    reader = place.graph._reader
    told = [reader.standing_in(s) for s in library.statements(key)]
    rows = [_brief(s) | {"places": [[e.start, e.end] for e in sorted({s.evidence, *s.support})]} for s in told]
    return _document(reader.source(key)) | {"text": library.text(key), "statements": rows}


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
    between = [_claim(place, c, a) for c in place.graph.between(a, b)[:limit]]
    shared = [
        _entity(s.entity) | {"first": list(s.first.by_relation()), "second": list(s.second.by_relation())}
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
            *(sources, statistics, compare, view, described, example),
        )
    }
)


def _page(offset: int, limit: int, total: int) -> dict[str, Any]:
    return {"total": total, "offset": offset, "limit": limit}


def _entity(found: Entity) -> dict[str, Any]:
    label = classes()[found.type].label if found.type in classes() else found.type
    about = {"id": found.id, "iri": entity_iri(found.id), "label": found.label}
    return about | {"type": found.type, "type_label": label, "names": list(found.aliases)}


def _properties(place: Place, key: str) -> dict[str, str]:
    """The plain facts of the registry: country, ticker and the like, by the name of the property."""
    from pyoxigraph import Literal, NamedNode

    from graph import terms as t
    from ontology.iri import local_name

    found = place.graph.store.quads(NamedNode(entity_iri(key)), None, None, t.SHARED)
    left_out = (t.LABEL, t.ALT_LABEL, t.EXPLANATION)
    return {
        local_name(q.predicate.value): q.object.value
        for q in found
        if isinstance(q.object, Literal) and q.predicate not in left_out
    }


def _end(found: Entity) -> dict[str, str]:
    return {"id": found.id, "label": found.label, "type": found.type}


def _claim(place: Place, claim: Claim, focus: str | None) -> dict[str, Any]:
    told = relations()[claim.relation]
    backwards = focus is not None and claim.subject.id != focus
    reader = place.graph._reader
    return {
        "id": claim.id,
        "iri": claim_iri(claim.id),
        "text": worded(claim),
        "subject": _end(claim.subject),
        "relation": claim.relation,
        "reads": told.inverse_label if backwards else told.label,
        "object": _end(claim.object),
        "backwards": backwards,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "time": claim.time,
        "qualifiers": dict(reader.qualifiers(claim)),
        "attributed_to": claim.attributed_to.label if claim.attributed_to else None,
        "confidence": claim.confidence,
        "sentences": _sentences(reader.evidence(claim)),
    }


def _number(place: Place, number: Observation) -> dict[str, Any]:
    return {
        "id": number.id,
        "iri": observation_iri(number.id),
        "text": worded(number),
        "about": _end(number.about),
        "metric": number.metric,
        "metric_label": metrics()[number.metric].label,
        "value": number.value,
        "printed": number.printed,
        "unit": number.unit,
        "period": number.period,
        "forecast": number.forecast,
        "confidence": number.confidence,
        "sentences": _sentences(place.graph.evidence(number)),
    }


def _point(place: Place, point: Point) -> dict[str, Any]:
    number = point.numbers[0]
    spread = {"period": point.period, "value": point.value, "low": point.low, "high": point.high}
    said = {"printed": number.printed, "id": number.id, "sentences": _sentences(place.graph.evidence(number))}
    return spread | {"forecast": point.forecast, "sources": list(point.sources)} | said


def _hop(place: Place, hop: Hop) -> dict[str, Any]:
    ends = {"from": _end(hop.start), "to": _end(hop.end)}
    return ends | {"text": hop.wording, "id": hop.claim.id, "sentences": _sentences(hop.evidence)}


def _brief(found: Statement) -> dict[str, Any]:
    ends = [_end(e) for e in ((found.subject, found.object) if isinstance(found, Claim) else (found.about,))]
    return {"id": found.id, "text": worded(found), "confidence": found.confidence, "ends": ends}


def _sentences(found: Iterable[Passage], most: int | None = _SENTENCES) -> list[dict[str, Any]]:
    return [
        {"text": p.text, "start": p.start, "end": p.end, "before": p.before, "after": p.after}
        | {"document": _document(p.document)}
        for p in islice(found, most)
    ]


def _document(source: Source) -> dict[str, Any]:
    """A document; of a path only the name of the file, since the rest tells of a machine."""
    files = [PurePath(path).name for path in source.paths]
    said = {"title": source.title, "publisher": source.publisher, "author": source.author, "date": source.date}
    url = source.url if source.url and source.url.startswith(("http://", "https://")) else None
    named = source.title or (files[0] if files else source.id)
    return {"id": source.id, "iri": document_iri(source.id), "name": named} | said | {"url": url}


def _statement(place: Place, key: str) -> Statement:
    from ontology.errors import StoreError

    try:
        return place.graph.statement(key)
    except StoreError as error:
        raise Missing("The graph holds no statement of that id.") from error
