"""The concepts of the SKOS schemes: kinds of products, equipment, materials, nodes, technologies and so on."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ontology import _turtle
from ontology.errors import InvalidData
from ontology.namespaces import CK, CK_BASE, CR_BASE, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEME = "scheme-"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme.

    id: str, its slug; label: str; alt_labels: tuple of str, its other names; type: str, the class that a mention of it
    has; broader: tuple of ids of the concepts right above it; scheme: str, such as "process-nodes"; nanometres: float
    or None, the size that a process node is named for.
    """

    id: str
    label: str
    alt_labels: tuple[str, ...]
    type: str
    broader: tuple[str, ...]
    scheme: str
    nanometres: float | None = None


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts by id, sorted; raises `InvalidData` where two schemes have the same id.

    >>> concepts()["node-40nm"].nanometres, concepts()["mcu"].type
    (40.0, 'ChipProduct')
    """
    found: dict[str, Concept] = {}
    for name in _turtle.scheme_files():
        for iri, resource in _turtle.resources(_turtle.SCHEMES, name).items():
            if CK.conceptClass in resource:
                concept = _concept(iri.removeprefix(CR_BASE), resource)
                if concept.id in found:
                    raise InvalidData(f"Two schemes have a concept {concept.id!r}: rename the one in {name}.")
                found[concept.id] = concept
    return MappingProxyType(dict(sorted(found.items())))


def narrower(concept: str) -> tuple[str, ...]:
    """The ids of the concepts right below a concept, sorted; raises `InvalidData` where there is no such concept.

    >>> "hbm" in narrower("dram")
    True
    """
    return _children().get(_known(concept).id, ())


@cache
def broader_closure(concept: str) -> tuple[str, ...]:
    """The ids of all concepts above a concept, nearest first; raises `InvalidData` where there is no such concept.

    >>> broader_closure("hbm")[:2]
    ('dram', 'volatile-memory')
    """
    found: dict[str, None] = {}
    level = _known(concept).broader
    while level:
        fresh = [above for above in level if above not in found]
        found.update(dict.fromkeys(fresh))
        level = tuple(above for name in fresh for above in concepts()[name].broader)
    return tuple(found)


@cache
def _children() -> Mapping[str, tuple[str, ...]]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    for concept in concepts().values():
        for above in concept.broader:
            below[above].append(concept.id)
    return {above: tuple(ids) for above, ids in below.items()}


def _known(name: str) -> Concept:
    if name not in concepts():
        near = difflib.get_close_matches(name, concepts(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "ontology/schemes lists those there are."
        raise InvalidData(f"No scheme has a concept {name!r}; {hint}")
    return concepts()[name]


def _concept(name: str, resource: _turtle.Resource) -> Concept:
    size = _turtle.one(resource, CK.nanometres)
    return Concept(
        id=name,
        label=_turtle.one(resource, SKOS.prefLabel),
        alt_labels=resource.get(SKOS.altLabel, ()),
        type=_turtle.one(resource, CK.conceptClass).removeprefix(CK_BASE),
        broader=tuple(iri.removeprefix(CR_BASE) for iri in resource.get(SKOS.broader, ())),
        scheme=_turtle.one(resource, SKOS.inScheme).removeprefix(CR_BASE + _SCHEME),
        nanometres=float(size) if size else None,
    )
