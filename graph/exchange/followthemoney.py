"""FollowTheMoney entities as JSON lines, the model of OpenSanctions and Aleph.

It holds people, organizations and the ties between them, who is under which sanction, and documents as proof. It knows
no negation and no plan, so only claims that hold are written; products, technologies and places have no schema there
and are left out with their claims. Confidence, relation and claim id stand in words in the `description` of a tie.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from extract.model import THRESHOLD
from graph.exchange import _reading as reading
from ontology.classes import is_a
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Claim, Entity
    from graph.claims import Source
    from graph.exchange._reading import Contents
    from graph.store import Store

    Record = dict[str, Any]

TITLE = "FollowTheMoney JSON lines"
# The first class that fits; what fits none has no schema there.
_SCHEMATA = (
    ("Company", "Company"),
    ("GovernmentBody", "PublicBody"),
    ("Organization", "Organization"),
    ("Person", "Person"),
)
# Relation -> schema, the properties of subject and object, and what these must be for the schema to take them.
_TIES = {
    "ownsStakeIn": ("Ownership", "owner", "asset", ("Actor", "Company")),
    "acquires": ("Ownership", "owner", "asset", ("Actor", "Company")),
    "subsidiaryOf": ("Ownership", "asset", "owner", ("Company", "Actor")),
    "memberOf": ("Membership", "member", "organization", ("Actor", "Organization")),
    "leads": ("Directorship", "director", "organization", ("Person", "Organization")),
    "affiliatedWith": ("Employment", "employee", "employer", ("Person", "Organization")),
}
_CODES = {"lei": "leiCode", "isin": "isinCode", "ticker": "ticker"}
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    of = reading.contents(store)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in _records(of))
    return {"graph.ftm.json": [line.encode("utf-8", "replace") for line in lines]}


def _records(of: Contents) -> Iterator[Record]:
    known = {entity.id for entity in of.entities if _schema(entity)}
    for entity in of.entities:
        if entity.id in known:
            yield _actor(entity, of)
    for document in of.documents:
        yield _article(document)
    for claim in of.claims:
        if claim.is_fact and claim.confidence >= THRESHOLD and claim.subject.id in known:
            if claim.relation == "subjectTo":
                yield _tie("Sanction", claim, of, entity=claim.subject.id, program=claim.object.label)
            elif claim.object.id in known:
                yield _link(claim, of)


def _schema(entity: Entity) -> str | None:
    return next((schema for class_, schema in _SCHEMATA if is_a(entity.type, class_)), None)


def _actor(entity: Entity, of: Contents) -> Record:
    codes = of.codes.get(entity.id, {})
    schema = _schema(entity)
    found = {"name": entity.label, "alias": entity.aliases, "wikidataId": codes.get("wikidata")}
    if schema != "Person":
        found |= {"country": codes.get("country", "").lower(), "leiCode": codes.get("lei")}
    if schema == "Company":
        found |= {_CODES[name]: codes.get(name) for name in ("isin", "ticker")}
    return _record(entity.id, str(schema), entity.label, found)


def _article(document: Source) -> Record:
    title = document.title or (document.paths[0] if document.paths else document.id)
    found = {
        "title": title,
        "author": document.author,
        "publisher": document.publisher,
        "publishedAt": document.date,
        "sourceUrl": document.url,
    }
    return _record(f"doc-{document.id}", "Article", title, found)


def _link(claim: Claim, of: Contents) -> Record:
    if (tie := _TIES.get(claim.relation)) and _takes(tie[3], claim):
        schema, subject, object_, _ = tie
        ends = {subject: claim.subject.id, object_: claim.object.id}
        share = {"percentage": claim.qualifiers.get("percent")} if schema == "Ownership" else {}
        return _tie(schema, claim, of, **ends, **share)
    ends = {"subject": claim.subject.id, "object": claim.object.id}
    return _tie("UnknownLink", claim, of, **ends, role=relations()[claim.relation].label)


def _takes(classes: tuple[str, str], claim: Claim) -> bool:
    """True where the two ends are what a schema asks for; an owner may be anybody who has a schema."""
    return all(is_a(end.type, class_) for end, class_ in zip((claim.subject, claim.object), classes, strict=True))


def _tie(schema: str, claim: Claim, of: Contents, **properties: str | None) -> Record:
    source = of.reader.source(claim.document)
    said = {
        "summary": [passage.text for passage in of.evidence(claim)],
        "description": f"{claim.relation}, confidence {claim.confidence:g}, claim {claim.id}",
        "proof": f"doc-{claim.document}",
        "publisher": source.publisher,
        "sourceUrl": source.url,
        "startDate": claim.qualifiers.get("validFrom") or claim.time,
        "endDate": claim.qualifiers.get("validTo"),
        "date": source.date,
    }
    return _record(f"claim-{claim.id}", schema, None, properties | said)


def _record(key: str, schema: str, caption: str | None, properties: dict[str, Any]) -> Record:
    """An entity of the model; each property is a list, and one without a value is left out."""
    held = {name: _values(name, value) for name, value in sorted(properties.items()) if value}
    record: Record = {"id": key, "schema": schema, "properties": {name: held[name] for name in held if held[name]}}
    return record | ({"caption": caption} if caption else {})


def _values(name: str, value: Any) -> list[str]:
    found = [value] if isinstance(value, str) else list(value)
    return [text for text in found if _DATE.fullmatch(text)] if name.endswith(("Date", "date", "At")) else found
