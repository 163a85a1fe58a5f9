"""The graph as the formats without RDF hold it: entities, claims, numbers and documents as rows, in one order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.model import Claim
from graph import terms as t
from graph.claims import Reader
from ontology.iri import entity_iri, local_name

if TYPE_CHECKING:
    from extract.model import Entity, Observation, Statement
    from graph.claims import Passage, Source
    from graph.store import Store

    Value = str | float | bool | None

# What the registry knows of an entity that other formats have a place for.
CODES = ("country", "iso2", "iso3", "ticker", "isin", "lei")
_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a graph holds, each kind in a fixed order.

    codes: of each entity by its id, such as {"lei": ..., "wikidata": ...}.
    """

    entities: tuple[Entity, ...]
    codes: dict[str, dict[str, str]]
    claims: tuple[Claim, ...]
    numbers: tuple[Observation, ...]
    documents: tuple[Source, ...]
    reader: Reader

    def evidence(self, statement: Statement) -> tuple[Passage, ...]:
        """The sentences behind a statement."""
        return self.reader.evidence(statement)

    def speaker(self, statement: Statement) -> str | None:
        """The id of who says so: whom the text names, else the publisher."""
        if statement.attributed_to:
            return statement.attributed_to.id
        return self.reader.source(statement.document).publisher_id


def contents(store: Store) -> Contents:
    """All that a store holds."""
    reader = Reader(store)
    found = sorted(reader.statements(), key=lambda s: (s.document, s.evidence, s.id))
    keys = {local_name(quad.subject.value) for quad in store.quads(None, t.LABEL, None, t.SHARED)}
    documents = (local_name(quad.subject.value) for quad in store.quads(None, t.TYPE, t.DOCUMENT))
    return Contents(
        tuple(map(reader.entity, sorted(keys))),
        _codes(store),
        tuple(s for s in found if isinstance(s, Claim)),
        tuple(s for s in found if not isinstance(s, Claim)),
        tuple(map(reader.source, sorted(documents))),
        reader,
    )


def row(**values: Value) -> dict[str, Value]:
    """Values by name."""
    return values


def entity_row(entity: Entity, of: Contents) -> dict[str, Value]:
    """An entity as plain values, its codes among them; None where there is none."""
    codes = of.codes.get(entity.id, {})
    known = row(iri=entity_iri(entity.id), label=entity.label, type=entity.type)
    return known | {name: codes.get(name) for name in (*CODES, "wikidata")}


def claim_row(claim: Claim, of: Contents) -> dict[str, Value]:
    """A claim as plain values, beside its two ends; qualifiers and sentences as JSON."""
    return {
        "relation": claim.relation,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "fact": claim.is_fact,
        "time": claim.time,
        "qualifiers": as_json(dict(sorted(claim.qualifiers.items()))) if claim.qualifiers else None,
        "subject_mention": claim.subject.mention or None,
        "object_mention": claim.object.mention or None,
        "reasons": as_json(dict(sorted(claim.reasons.items()))) if claim.reasons else None,
    } | _said(claim, of)


def number_row(number: Observation, of: Contents) -> dict[str, Value]:
    """A number as plain values, beside what it is about."""
    return {
        "metric": number.metric,
        "value": number.value,
        "printed": number.printed,
        "unit": number.unit,
        "period": number.period,
        "base_period": number.base_period,
        "direction": number.direction,
        "product": number.product,
        "scope": number.scope,
        "geo": number.geo,
        "forecast": number.forecast,
        "approx": number.approx,
    } | _said(number, of)


def document_row(source: Source) -> dict[str, Value]:
    """A document as plain values; the places that it was read from as JSON."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "publisher_id": source.publisher_id,
        "author": source.author,
        "date": source.date,
        "url": source.url,
        "language": source.language,
        "sources": as_json(list(source.paths)),
    }


def as_json(value: object) -> str:
    """A value as JSON on one line, in UTF-8."""
    return json.dumps(value, ensure_ascii=False)


def as_text(value: Value) -> str:
    """A value as CSV and XML hold it: true and false in small letters, nothing for None.

    >>> as_text(True), as_text(0.9), as_text(None)
    ('true', '0.9', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _said(statement: Statement, of: Contents) -> dict[str, Value]:
    """Who says it where, how sure it is, and the sentences: one to read, all of them as JSON."""
    source = of.reader.source(statement.document)
    passages = [[e.start, e.end, e.text] for e in sorted({statement.evidence, *statement.support})]
    return {
        "confidence": float(statement.confidence),
        "attributed_to": statement.attributed_to.id if statement.attributed_to else None,
        "document": statement.document,
        "publisher": source.publisher,
        "date": source.date,
        "rule": statement.rule,
        "sentence": statement.evidence.text,
        "evidence": as_json(passages),
    }


def _codes(store: Store) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in CODES:
        for quad in store.quads(None, t.ck(name), None, t.SHARED):
            found.setdefault(local_name(quad.subject.value), {})[name] = quad.object.value
    for quad in store.quads(None, t.EXACT_MATCH, None, t.SHARED):
        if quad.object.value.startswith(_WIKIDATA):
            found.setdefault(local_name(quad.subject.value), {})["wikidata"] = local_name(quad.object.value)
    return found
