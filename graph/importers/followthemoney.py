"""FollowTheMoney entities as JSON lines, as OpenSanctions and Aleph export them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.importers._facts import Actor, Fact, country, json_object, json_text
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "FollowTheMoney entities"
PUBLISHER = None
_TYPES = {
    "Company": "Company",
    "Organization": "Organization",
    "LegalEntity": "Organization",
    "PublicBody": "GovernmentBody",
    "Person": "Person",
}
_LARGEST = 100
# Schema of a tie -> the properties that hold its two ends, the relation, and the property that says when it began.
_TIES = {
    "Ownership": ("owner", "asset", "ownsStakeIn"),
    "Directorship": ("director", "organization", "affiliatedWith"),
    "Employment": ("employee", "employer", "affiliatedWith"),
    "Membership": ("member", "organization", "memberOf"),
}
_WORDS = {
    "ownsStakeIn": "owns a stake in",
    "affiliatedWith": "holds a position at",
    "memberOf": "is a member of",
}
# Property in which a nested file has a tie -> the end of the tie that is the entity around it.
_BACK = {
    "sanctions": "entity",
    "ownershipOwner": "owner",
    "ownershipAsset": "asset",
    "directorshipDirector": "director",
    "directorshipOrganization": "organization",
    "employers": "employee",
    "employees": "employer",
    "membershipMember": "member",
    "membershipOrganization": "organization",
}
_ORGANIZATIONS = ("Company", "Organization", "GovernmentBody")


def read(path: Path) -> Iterator[Actor | Fact]:
    """Actors, who owns or works for whom, and who is under which sanction; entities of other schemas are left out."""
    records = {record["id"]: record for record in _records(path)}
    for record in records.values():
        schema = record["schema"]
        if schema in _TYPES and _name(record):
            yield _actor(record)
        elif schema in _TIES:
            yield from _tie(record, records)
        elif schema == "Sanction":
            yield from _sanction(record, records)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(json_text(path).splitlines(), start=1):
        if line.strip():
            record = json_object(path, line, number)
            if not isinstance(record.get("id"), str) or not isinstance(record.get("schema"), str):
                raise InvalidData(f"{path}, line {number}: an entity has an id and a schema, this one has not.")
            if not isinstance(record.get("properties"), dict):
                raise InvalidData(f"{path}, line {number}: the entity {record['id']!r} has no properties.")
            yield record
            yield from _nested(record)


def _nested(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The entities that stand whole in the properties of another, as OpenSanctions' nested files have them."""
    for name, given in record["properties"].items():
        for value in given if isinstance(given, list) else []:
            if isinstance(value, dict) and isinstance(value.get("properties"), dict) and value.get("schema"):
                back = _BACK.get(name)
                own = {back: [record["id"]], **value["properties"]} if back else value["properties"]
                inner = {**value, "id": str(value.get("id")), "properties": own}
                yield inner
                yield from _nested(inner)


def _values(record: dict[str, Any], name: str) -> list[str]:
    """The values of a property; an entity that stands there whole counts by its id."""
    given = record["properties"].get(name, [])
    found = given if isinstance(given, list) else [given]
    return [str(value["id"]) if isinstance(value, dict) else str(value) for value in found if value]


def _name(record: dict[str, Any]) -> str:
    return str(record.get("caption") or (_values(record, "name") or [""])[0])


def _actor(record: dict[str, Any]) -> Actor:
    label = _name(record)
    names = [(text, "short" if text.isascii() else "native") for text in _values(record, "name") if text != label]
    names += [(text, "short") for text in (*_values(record, "alias"), *_values(record, "abbreviation"))]
    names += [(text, "former") for text in _values(record, "previousName")]
    seats = [*_values(record, "country"), *_values(record, "jurisdiction"), *_values(record, "mainCountry")]
    type_ = _TYPES[record["schema"]]
    known = {country(seat) for seat in seats} - {None}
    seat = known.pop() if len(known) == 1 and type_ != "Person" else None
    return Actor(
        label,
        type_,
        seat,
        tuple(names[:_LARGEST]),
        lei=next(iter(_values(record, "leiCode")), None),
        isin=next(iter([*_values(record, "isinCode"), *_values(record, "isin")]), None),
        wikidata=next(iter(_values(record, "wikidataId")), None),
    )


def _end(record: dict[str, Any], name: str, records: dict[str, dict[str, Any]]) -> Iterator[Actor]:
    for key in _values(record, name):
        other = records.get(key)
        if other is not None and other["schema"] in _TYPES and _name(other):
            yield _actor(other)


def _tie(record: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    first, second, relation = _TIES[record["schema"]]
    since = next(iter(_values(record, "startDate")), None)
    percent = next(iter(_values(record, "percentage")), "").strip("% ")
    role = next(iter(_values(record, "role")), "")
    given = {"percent": percent, "role": role, "validTo": next(iter(_values(record, "endDate")), "")}
    for subject in _end(record, first, records):
        for object_ in _end(record, second, records):
            if object_.type in _ORGANIZATIONS and (relation != "affiliatedWith" or subject.type == "Person"):
                says = f"{subject.name} {_WORDS[relation]} {object_.name}"
                says += "".join(f" ({text})" for text in (f"{percent} %" if percent else "", role) if text)
                says += f" since {since}." if since else "."
                yield Fact(subject, relation, object_, says, since, {k: v for k, v in given.items() if v})


def _sanction(record: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    programs = (value for name in ("program", "programId", "authority") for value in _values(record, name))
    program = next(programs, None)
    since = next(iter([*_values(record, "startDate"), *_values(record, "listingDate")]), None)
    until = next(iter(_values(record, "endDate")), None)
    authority = ", ".join(_values(record, "authority"))
    if program is None:
        return
    for subject in _end(record, "entity", records):
        says = f"{subject.name} is under {program}" + (f" of {authority}" if authority and authority != program else "")
        says += f" since {since}" if since else ""
        says += f" until {until}." if until else "."
        dates = {name: value for name, value in (("validFrom", since), ("validTo", until)) if value}
        yield Fact(subject, "subjectTo", Actor(program, "RestrictedPartyList"), says, since, dates)
