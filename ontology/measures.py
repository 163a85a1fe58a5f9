"""What numbers measure and what they count in: metrics and units, read from chip.ttl."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ontology import _turtle
from ontology.namespaces import CK, CK_BASE, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Metric:
    """What a number measures.

    id: str, its local name; label: str; kind: str, the kind of unit that it takes ("any" takes all); definition: str.
    """

    id: str
    label: str
    kind: str
    definition: str

    def takes(self, unit: Unit) -> bool:
        """True where a number of this metric can have the unit.

        >>> metrics()["revenue"].takes(units()["USD"]), metrics()["revenue"].takes(units()["PERCENT"])
        (True, False)
        """
        return self.kind in {"any", unit.kind}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts in.

    code: str, as an `Observation` has it (USD, PERCENT, WaferPerMonth); iri: str; label: str; kind: str, such as money.
    """

    code: str
    iri: str
    label: str
    kind: str


@cache
def metrics() -> Mapping[str, Metric]:
    """All metrics by local name.

    >>> metrics()["capacityShare"].kind
    'percent'
    """
    return MappingProxyType(
        {
            iri.removeprefix(CK_BASE): Metric(
                id=iri.removeprefix(CK_BASE),
                label=_turtle.one(resource, RDFS.label),
                kind=_turtle.one(resource, CK.unitKind),
                definition=_turtle.one(resource, SKOS.definition),
            )
            for iri, resource in _turtle.resources(_turtle.CHIP).items()
            if CK.Metric in resource.get(RDF.type, ())
        }
    )


@cache
def units() -> Mapping[str, Unit]:
    """All units by code.

    >>> units()["USD"].iri
    'http://qudt.org/vocab/unit/CCY_USD'
    """
    found = (
        Unit(
            code=_turtle.one(resource, SKOS.notation),
            iri=iri,
            label=_turtle.one(resource, RDFS.label),
            kind=_turtle.one(resource, CK.unitKind),
        )
        for iri, resource in _turtle.resources(_turtle.CHIP).items()
        if CK.Unit in resource.get(RDF.type, ())
    )
    return MappingProxyType({unit.code: unit for unit in found})
