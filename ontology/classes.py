"""The tree of classes: what an entity can be, read from chip.ttl."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ontology import _turtle
from ontology.errors import InvalidData
from ontology.namespaces import CK_BASE, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the ontology.

    id: str, its local name; label: str; parents: tuple of str, the classes right above it; definition: str.
    """

    id: str
    label: str
    parents: tuple[str, ...]
    definition: str


@cache
def classes() -> Mapping[str, Class]:
    """All classes by local name, in the order of chip.ttl.

    >>> classes()["Country"].parents
    ('Actor', 'Place')
    """
    return MappingProxyType(
        {
            iri.removeprefix(CK_BASE): Class(
                id=iri.removeprefix(CK_BASE),
                label=_turtle.one(resource, RDFS.label),
                parents=_own(resource.get(RDFS.subClassOf, ())),
                definition=_turtle.one(resource, SKOS.definition),
            )
            for iri, resource in _turtle.resources(_turtle.CHIP).items()
            if OWL.Class in resource.get(RDF.type, ())
        }
    )


@cache
def ancestors(name: str) -> tuple[str, ...]:
    """The classes above a class, nearest first, without the class itself.

    name: str, local name of a class. Raises `InvalidData` where there is no such class.

    >>> ancestors("Fab")
    ('Facility', 'Place', 'Entity')
    """
    found: dict[str, None] = {}
    level = _known(name).parents
    while level:
        found.update(dict.fromkeys(level))
        level = tuple(parent for above in level for parent in classes()[above].parents)
    return tuple(found)


def is_a(name: str, ancestor: str) -> bool:
    """True where a class is another or lies below it.

    name, ancestor: str, local names of classes. Raises `InvalidData` where one is unknown.

    >>> is_a("Country", "Place"), is_a("Country", "Actor"), is_a("Company", "Place")
    (True, True, False)
    """
    return _known(ancestor).id in lineage(name)


@cache
def lineage(name: str) -> frozenset[str]:
    """A class and all above it. name: str, local name of a class. Raises `InvalidData` where there is no such class.

    >>> sorted(lineage("Fab"))
    ['Entity', 'Fab', 'Facility', 'Place']
    """
    return frozenset((name, *ancestors(name)))


def label(name: str) -> str:
    """The English label of a class.

    name: str, local name of a class. Raises `InvalidData` where there is no such class.

    >>> label("AssemblyTestFacility")
    'assembly and test facility'
    """
    return _known(name).label


def _known(name: str) -> Class:
    if name not in classes():
        near = difflib.get_close_matches(name, classes(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "chip.ttl lists those there are."
        raise InvalidData(f"The ontology has no class {name!r}; {hint}")
    return classes()[name]


def _own(iris: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(iri.removeprefix(CK_BASE) for iri in iris if iri.startswith(CK_BASE))
