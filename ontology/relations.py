"""The table of relations: what can be said between two entities, read from chip.ttl."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ontology import _turtle
from ontology.classes import ancestors
from ontology.errors import InvalidData
from ontology.namespaces import CK, CK_BASE, OWL, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the ontology.

    id: str, its local name; label: str, as it reads from subject to object; inverse_label: str, as it reads back;
    symmetric: bool; parents: tuple of str, the relations that it implies; domain, range: frozensets of classes that
    subject and object may have (or classes below them); family: str, the group it is shown with; comment: str.
    """

    id: str
    label: str
    inverse_label: str
    symmetric: bool
    parents: tuple[str, ...]
    domain: frozenset[str]
    range: frozenset[str]
    family: str
    comment: str


@cache
def relations() -> Mapping[str, Relation]:
    """All relations by local name, in the order of chip.ttl.

    >>> relations()["manufacturesFor"].parents
    ('suppliesTo',)
    """
    return MappingProxyType(
        {
            iri.removeprefix(CK_BASE): _relation(iri.removeprefix(CK_BASE), resource)
            for iri, resource in _turtle.resources(_turtle.CHIP).items()
            if CK.Relation in resource.get(RDF.type, ())
        }
    )


def relation(name: str) -> Relation:
    """The relation of a name.

    name: str, its local name. Raises `InvalidData` that names the nearest one where there is no such relation.

    >>> relation("suppliesTo").inverse_label
    'is a customer of'
    """
    if name not in relations():
        near = difflib.get_close_matches(name, relations(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "chip.ttl lists those there are."
        raise InvalidData(f"The ontology has no relation {name!r}; {hint}")
    return relations()[name]


@cache
def closure(relation_id: str) -> tuple[str, ...]:
    """A relation and all that it implies, itself first.

    relation_id: str. Raises `InvalidData` where there is no such relation.

    >>> closure("jointVentureWith")
    ('jointVentureWith', 'partnersWith')
    """
    found = {relation_id: None}
    for parent in relation(relation_id).parents:
        found.update(dict.fromkeys(closure(parent)))
    return tuple(found)


@cache
def allows(relation_id: str, subject_type: str, object_type: str) -> bool:
    """True where a relation may tie a subject of one class to an object of another.

    relation_id: str; subject_type, object_type: str, classes. Raises `InvalidData` where one of them is unknown.

    >>> allows("partnersWith", "Company", "ActorGroup"), allows("partnersWith", "Company", "Material")
    (True, False)
    """
    ruled = relation(relation_id)
    return _fits(subject_type, ruled.domain) and _fits(object_type, ruled.range)


def _fits(name: str, allowed: frozenset[str]) -> bool:
    return not allowed.isdisjoint((name, *ancestors(name)))


def _relation(name: str, resource: _turtle.Resource) -> Relation:
    return Relation(
        id=name,
        label=_turtle.one(resource, RDFS.label),
        inverse_label=_turtle.one(resource, CK.inverseLabel),
        symmetric=OWL.SymmetricProperty in resource[RDF.type],
        parents=_local(resource, RDFS.subPropertyOf),
        domain=frozenset(_local(resource, SCHEMA.domainIncludes)),
        range=frozenset(_local(resource, SCHEMA.rangeIncludes)),
        family=_turtle.one(resource, CK.family),
        comment=_turtle.one(resource, SKOS.definition),
    )


def _local(resource: _turtle.Resource, predicate: str) -> tuple[str, ...]:
    return tuple(iri.removeprefix(CK_BASE) for iri in resource.get(predicate, ()))
