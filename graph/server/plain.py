"""Entities, statements and documents as the parts that answers are made of."""

from __future__ import annotations

from dataclasses import fields
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar, cast

from extract.model import Claim
from graph.asking.timeline import worded
from graph.server.parts import Brief, ClaimData, DocumentData, End, EntityData, HopData, NumberData, PointData, Sentence
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

T = TypeVar("T")
_SENTENCES = 5  # of one statement


def entity_data(found: Entity) -> EntityData:
    """An entity with its names."""
    label = classes()[found.type].label if found.type in classes() else found.type
    return EntityData(found.id, entity_iri(found.id), found.label, found.type, label, tuple(found.aliases))


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


def end(found: Entity) -> End:
    """An end of a statement."""
    return End(found.id, found.label, found.type)


def claim_data(graph: KnowledgeGraph, claim: Claim, focus: str | None) -> ClaimData:
    """A claim with its sentences, read from `focus`, the id of one of its ends, where that is given."""
    backwards = focus is not None and claim.subject.id != focus
    reader = graph.reader
    return ClaimData(
        id=claim.id,
        iri=claim_iri(claim.id),
        text=worded(claim),
        subject=end(claim.subject),
        relation=claim.relation,
        reads=_reading(claim, focus or claim.subject.id),
        object=end(claim.object),
        backwards=backwards,
        polarity=claim.polarity,
        modality=claim.modality,
        time=claim.time,
        qualifiers=dict(reader.qualifiers(claim)),
        attributed_to=claim.attributed_to.label if claim.attributed_to else None,
        confidence=claim.confidence,
        sentences=sentences(reader.evidence(claim)),
    )


def readings(claims: Iterable[Claim], focus: str) -> tuple[str, ...]:
    """The relations of claims as they read from one of their ends, the id of which is given."""
    return tuple(sorted({_reading(claim, focus) for claim in claims}))


def _reading(claim: Claim, focus: str) -> str:
    told = relations()[claim.relation]
    return told.label if claim.subject.id == focus else told.inverse_label


def number_data(graph: KnowledgeGraph, number: Observation) -> NumberData:
    """A number with its sentences."""
    return NumberData(
        id=number.id,
        iri=observation_iri(number.id),
        text=worded(number),
        about=end(number.about),
        metric=number.metric,
        metric_label=metrics()[number.metric].label,
        value=number.value,
        printed=number.printed,
        unit=number.unit,
        period=number.period,
        forecast=number.forecast,
        confidence=number.confidence,
        sentences=sentences(graph.evidence(number)),
    )


def statement_data(graph: KnowledgeGraph, found: Statement) -> ClaimData | NumberData:
    """A claim or number with its sentences."""
    return claim_data(graph, found, None) if isinstance(found, Claim) else number_data(graph, found)


def point_data(graph: KnowledgeGraph, point: Point) -> PointData:
    """A point of a series: the best value of a period, the spread, and what the best rests on."""
    number = point.numbers[0]
    spread = (point.period, point.value, point.low, point.high, point.forecast, tuple(point.sources))
    return PointData(*spread, number.printed, number.id, sentences(graph.evidence(number)))


def hop_data(hop: Hop) -> HopData:
    """A step of a chain with its sentences."""
    return HopData(end(hop.start), end(hop.end), hop.wording, hop.claim.id, sentences(hop.evidence))


def brief(found: Statement) -> Brief:
    """A statement without its sentences."""
    ends = (found.subject, found.object) if isinstance(found, Claim) else (found.about,)
    return Brief(found.id, worded(found), found.confidence, tuple(map(end, ends)))


def named(found: Statement) -> tuple[tuple[int, int, str], ...]:
    """Where the document names the ends of a claim: start, end and id of the entity."""
    if not isinstance(found, Claim):
        return ()
    ends = {"subject": found.subject, "object": found.object}
    return tuple((*place, ends[part].id) for part, place in found.places.items() if part in ends)


def sentences(found: Iterable[Passage], most: int | None = _SENTENCES) -> tuple[Sentence, ...]:
    """Sentences with their places and documents; `most` of them, None for all."""
    return tuple(
        Sentence(p.text, p.start, p.end, p.before, p.after, document_data(p.document)) for p in islice(found, most)
    )


def document_data(source: Source) -> DocumentData:
    """A document; of a path only the name of the file, since the rest tells of a machine."""
    files = [PurePath(path).name for path in source.paths]
    said = (source.title, source.publisher, source.author, source.date)
    url = source.url if source.url and source.url.startswith(("http://", "https://")) else None
    known_as = source.title or (files[0] if files else source.id)
    return DocumentData(source.id, document_iri(source.id), known_as, *said, url)


def extended(kind: type[T], part: object, **more: Any) -> T:
    """An answer of a type that has the fields of a part and more."""
    return kind(**{f.name: getattr(part, f.name) for f in fields(cast("Any", part))}, **more)
