"""JSON-LD with the terms of schema.org: organizations and people, claims as `Claim`, numbers as `Observation`.

What search engines and most web tools understand. A claim says in `additionalProperty` which relation it is, whether it
is affirmed, how the text commits to it and how sure it is; relations that schema.org has too stand at their subject,
where they are facts. Other terms of the graph are left out. The context is in the file: nothing is fetched to read it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extract.model import THRESHOLD
from graph.exchange import _reading as reading
from ontology.classes import is_a
from ontology.iri import claim_iri, document_iri, entity_iri, observation_iri
from ontology.namespaces import CK_BASE, PREFIXES
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Claim, Entity, Observation
    from graph.claims import Source
    from graph.exchange._reading import Contents
    from graph.store import Store

    Node = dict[str, Any]

TITLE = "JSON-LD with schema.org terms"
_TYPES = (
    ("GovernmentBody", "GovernmentOrganization"),
    ("MediaOrganization", "NewsMediaOrganization"),
    ("ResearchOrganization", "ResearchOrganization"),
    ("Company", "Corporation"),
    ("Organization", "Organization"),
    ("Person", "Person"),
    ("Country", "Country"),
    ("City", "City"),
    ("Place", "Place"),
    ("Product", "Product"),
    ("Law", "Legislation"),
    ("Technology", "DefinedTerm"),
    ("Event", "Event"),
)
# Relations that schema.org has too: its property, and whether it runs the other way.
_PROPERTIES = {
    "subsidiaryOf": ("parentOrganization", False),
    "memberOf": ("memberOf", False),
    "founded": ("founder", True),
    "affiliatedWith": ("affiliation", False),
    "ownsStakeIn": ("owns", False),
    "hasFacilityIn": ("location", False),
    "authorOf": ("author", True),
}
_CODES = {"lei": "leiCode", "ticker": "tickerSymbol"}
_MORE = ("direction", "base_period", "product", "scope", "geo", "rule")
_WIKIDATA = "http://www.wikidata.org/entity/"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    of = reading.contents(store)
    nodes = [*_entities(of), *map(_document, of.documents)]
    nodes += [_claim(claim, of) for claim in of.claims]
    nodes += [_number(number, of) for number in of.numbers]
    made = {"@context": {"@vocab": PREFIXES["schema"]}, "@graph": nodes}
    return {"graph.jsonld": [json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace"), b"\n"]}


def _entities(of: Contents) -> Iterator[Node]:
    tied = _tied(of)
    for entity in of.entities:
        codes = of.codes.get(entity.id, {})
        node: Node = {"@id": entity_iri(entity.id), "@type": _type(entity), "name": entity.label}
        node |= {"alternateName": list(entity.aliases), "identifier": entity.id}
        node["additionalType"] = _ref(CK_BASE + entity.type)
        node |= {name: codes[code] for code, name in _CODES.items() if code in codes}
        if "wikidata" in codes:
            node["sameAs"] = _ref(_WIKIDATA + codes["wikidata"])
        if "country" in codes and is_a(entity.type, "Organization"):
            node["address"] = {"@type": "PostalAddress", "addressCountry": codes["country"]}
        yield node | tied.get(entity.id, {})


def _tied(of: Contents) -> dict[str, Node]:
    """The facts that schema.org has a property for, by the entity that they stand at."""
    found: dict[str, dict[str, set[str]]] = {}
    for claim in of.claims:
        if claim.relation in _PROPERTIES and claim.is_fact and claim.confidence >= THRESHOLD:
            name, turned = _PROPERTIES[claim.relation]
            ends = (claim.object.id, claim.subject.id) if turned else (claim.subject.id, claim.object.id)
            found.setdefault(ends[0], {}).setdefault(name, set()).add(entity_iri(ends[1]))
    return {key: {name: list(map(_ref, sorted(iris))) for name, iris in rows.items()} for key, rows in found.items()}


def _type(entity: Entity) -> str:
    return next((type_ for class_, type_ in _TYPES if is_a(entity.type, class_)), "Thing")


def _document(source: Source) -> Node:
    values = {
        "headline": source.title,
        "author": source.author,
        "datePublished": source.date,
        "url": source.url,
        "inLanguage": source.language,
    }
    node: Node = {"@id": document_iri(source.id), "@type": "Article", "identifier": source.id}
    if source.publisher_id:
        node["publisher"] = _ref(entity_iri(source.publisher_id))
    return node | {name: value for name, value in values.items() if value}


def _claim(claim: Claim, of: Contents) -> Node:
    ends = (claim.subject, claim.object)
    said: dict[str, Any] = {
        # `about` has no order, so that the two ends are told apart here.
        "subject": _ref(entity_iri(claim.subject.id)),
        "relation": claim.relation,
        "object": _ref(entity_iri(claim.object.id)),
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "confidence": claim.confidence,
        "time": claim.time,
        "rule": claim.rule,
    }
    qualifiers = {f"qualifier {name}": value for name, value in sorted(claim.qualifiers.items())}
    return _statement(claim_iri(claim.id), "Claim", claim, of) | {
        "name": " ".join((claim.subject.label, relations()[claim.relation].label, claim.object.label)),
        "about": [_ref(entity_iri(end.id)) for end in ends],
        "additionalProperty": [_property(n, v) for n, v in (said | qualifiers).items() if v is not None],
    }


def _number(number: Observation, of: Contents) -> Node:
    said = {"forecast": number.forecast, "approximate": number.approx, "confidence": number.confidence}
    told = {name: value for name, value in reading.number_row(number, of).items() if value is not None}
    more = {name: told[name] for name in _MORE if name in told}
    node = _statement(observation_iri(number.id), "Observation", number, of) | {
        "observationAbout": _ref(entity_iri(number.about.id)),
        "measuredProperty": _ref(CK_BASE + number.metric),
        "value": number.value,
        "unitText": number.unit,
        "description": number.printed,
        "additionalProperty": [_property(name, value) for name, value in (said | more).items()],
    }
    return node | ({"observationDate": number.period} if number.period else {})


def _statement(iri: str, type_: str, statement: Claim | Observation, of: Contents) -> Node:
    node: Node = {"@id": iri, "@type": type_, "identifier": statement.id}
    node |= {"text": [passage.text for passage in of.evidence(statement)]}
    node |= {"appearance": _ref(document_iri(statement.document))}
    if speaker := of.speaker(statement):
        node["author"] = _ref(entity_iri(speaker))
    return node


def _property(name: str, value: object) -> Node:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _ref(iri: str) -> Node:
    return {"@id": iri}
