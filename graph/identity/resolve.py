"""From what people decided and what needs nobody to the one id of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.identity.automatic import automatic
from graph.identity.canonical import Canon, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.identity.decisions import Decisions
    from ontology.registry import Registry


def resolve(named: Iterable[tuple[str, str, str]], decisions: Decisions, registry: Registry) -> Canon:
    """Which id stands for which in a graph.

    named: id, label and type of what its documents speak of; decisions: those of people.

    >>> from graph.identity.decisions import NOT_SAME, Decision, Decisions
    >>> from ontology.registry import load
    >>> named = [(f"acme-{x}", f"Acme {x.title()}", "Company") for x in ("technology", "technologies")]
    >>> resolve(named, Decisions(), load()).of
    {'acme-technology': 'acme-technologies'}
    >>> resolve(named, Decisions([Decision(named[0][0], named[1][0], NOT_SAME)]), load()).of
    {}
    """

    def distinct(a: str, b: str) -> bool:
        return decisions.are_distinct(a, b) or registry.are_distinct(a, b)

    return canonical((*decisions, *automatic(named, registry, distinct)), distinct, registry.entries.__contains__)
