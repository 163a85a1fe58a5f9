"""What GraphML and GEXF share: nodes and edges with flat values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.exchange import _reading as reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.exchange._reading import Contents, Value


@dataclass(frozen=True, slots=True)
class Item:
    """A node, or an edge from `source` to `target`; values: those that there are, by name."""

    id: str
    values: dict[str, Value]
    label: str
    source: str = ""
    target: str = ""


def nodes(of: Contents) -> Iterator[Item]:
    """The entities, each with its names and the numbers about it."""
    numbers: dict[str, list[dict[str, Value]]] = {}
    for number in of.numbers:
        numbers.setdefault(number.about.id, []).append(reading.row(id=number.id) | reading.number_row(number, of))
    for entity in of.entities:
        more: dict[str, Value] = {
            "names": reading.as_json(entity.aliases) if entity.aliases else None,
            "numbers": reading.as_json(numbers[entity.id]) if entity.id in numbers else None,
        }
        yield Item(entity.id, _known(reading.entity_row(entity, of) | more), entity.label)


def edges(of: Contents) -> Iterator[Item]:
    """The claims, facts or not."""
    for claim in of.claims:
        values = _known(reading.claim_row(claim, of))
        yield Item(claim.id, values, claim.relation, claim.subject.id, claim.object.id)


def kinds(items: Iterable[Item]) -> dict[str, type]:
    """The kind of each value, in the order in which they first come."""
    return {name: type(value) for item in items for name, value in item.values.items()}


def _known(values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
