"""Entities, statements, documents and answers of queries as plain data that JSON holds."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from extract.model import Claim
from graph.asking.timeline import worded
from ontology.classes import classes
from ontology.iri import claim_iri, document_iri, entity_iri, observation_iri
from ontology.measures import metrics
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.model import Entity, Observation, Statement
    from graph.asking.chains import Hop
    from graph.asking.numbers import Point
    from graph.claims import Passage, Source
    from graph.knowledge import KnowledgeGraph

_SENTENCES = 5  # of one statement


def entity_data(found: Entity) -> dict[str, Any]:
    """An entity with its names."""
    label = classes()[found.type].label if found.type in classes() else found.type
    about = {"id": found.id, "iri": entity_iri(found.id), "label": found.label}
    return about | {"type": found.type, "type_label": label, "names": list(found.aliases)}


def properties(graph: KnowledgeGraph, key: str) -> dict[str, str]:
    """The plain facts of the registry: country, ticker and the like, by the name of the property."""
    from pyoxigraph import Literal, NamedNode

    from graph import terms as t
    from ontology.iri import local_name

    found = graph.store.quads(NamedNode(entity_iri(key)), None, None, t.SHARED)
    left_out = (t.LABEL, t.ALT_LABEL, t.EXPLANATION)
    return {
        local_name(q.predicate.value): q.object.value
        for q in found
        if isinstance(q.object, Literal) and q.predicate not in left_out
    }


def end(found: Entity) -> dict[str, str]:
    """An end of a statement."""
    return {"id": found.id, "label": found.label, "type": found.type}


def claim_data(graph: KnowledgeGraph, claim: Claim, focus: str | None) -> dict[str, Any]:
    """A claim with its sentences, read from `focus`, the id of one of its ends, where that is given."""
    told = relations()[claim.relation]
    backwards = focus is not None and claim.subject.id != focus
    reader = graph.reader
    return {
        "id": claim.id,
        "iri": claim_iri(claim.id),
        "text": worded(claim),
        "subject": end(claim.subject),
        "relation": claim.relation,
        "reads": told.inverse_label if backwards else told.label,
        "object": end(claim.object),
        "backwards": backwards,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "time": claim.time,
        "qualifiers": dict(reader.qualifiers(claim)),
        "attributed_to": claim.attributed_to.label if claim.attributed_to else None,
        "confidence": claim.confidence,
        "sentences": sentences(reader.evidence(claim)),
    }


def number_data(graph: KnowledgeGraph, number: Observation) -> dict[str, Any]:
    """A number with its sentences."""
    return {
        "id": number.id,
        "iri": observation_iri(number.id),
        "text": worded(number),
        "about": end(number.about),
        "metric": number.metric,
        "metric_label": metrics()[number.metric].label,
        "value": number.value,
        "printed": number.printed,
        "unit": number.unit,
        "period": number.period,
        "forecast": number.forecast,
        "confidence": number.confidence,
        "sentences": sentences(graph.evidence(number)),
    }


def point_data(graph: KnowledgeGraph, point: Point) -> dict[str, Any]:
    """A point of a series: the best value of a period, the spread, and what the best rests on."""
    number = point.numbers[0]
    spread = {"period": point.period, "value": point.value, "low": point.low, "high": point.high}
    said = {"printed": number.printed, "id": number.id, "sentences": sentences(graph.evidence(number))}
    return spread | {"forecast": point.forecast, "sources": list(point.sources)} | said


def hop_data(graph: KnowledgeGraph, hop: Hop) -> dict[str, Any]:
    """A step of a chain with its sentences."""
    ends = {"from": end(hop.start), "to": end(hop.end)}
    return ends | {"text": hop.wording, "id": hop.claim.id, "sentences": sentences(hop.evidence)}


def brief(found: Statement) -> dict[str, Any]:
    """A statement without its sentences."""
    ends = [end(e) for e in ((found.subject, found.object) if isinstance(found, Claim) else (found.about,))]
    return {"id": found.id, "text": worded(found), "confidence": found.confidence, "ends": ends}


def named(found: Statement) -> list[list[Any]]:
    """Where the document names the ends of a claim: start, end and id of the entity."""
    if not isinstance(found, Claim):
        return []
    ends = {"subject": found.subject, "object": found.object}
    return [[*place, ends[part].id] for part, place in found.places.items() if part in ends]


def sentences(found: Iterable[Passage], most: int | None = _SENTENCES) -> list[dict[str, Any]]:
    """Sentences with their places and documents; `most` of them, None for all."""
    return [
        {"text": p.text, "start": p.start, "end": p.end, "before": p.before, "after": p.after}
        | {"document": document_data(p.document)}
        for p in islice(found, most)
    ]


def document_data(source: Source) -> dict[str, Any]:
    """A document; of a path only the name of the file, since the rest tells of a machine."""
    files = [PurePath(path).name for path in source.paths]
    said = {"title": source.title, "publisher": source.publisher, "author": source.author, "date": source.date}
    url = source.url if source.url and source.url.startswith(("http://", "https://")) else None
    named = source.title or (files[0] if files else source.id)
    return {"id": source.id, "iri": document_iri(source.id), "name": named} | said | {"url": url}
