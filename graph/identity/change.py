"""Changing what a graph holds to be the same: merge, tell apart, take out; each change is data and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.identity.canonical import Canon, canonical
from graph.identity.decisions import NOT_SAME, SAME, Decision, Decisions
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ontology.registry import Registry


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, on which day (ISO 8601), and why in their own words."""

    by: str
    when: str
    why: str = ""


def merged(decisions: Decisions, ids: Sequence[str], who: Who, registry: Registry) -> Decisions:
    """The decisions with some ids made one, the first staying; every two of them are decided.

    Raises `InvalidData` where the registry says that two of them are not the same.

    >>> from ontology.registry import load
    >>> [(d.a, d.b) for d in merged(Decisions(), ["a", "b", "c"], Who("eve", "2025-01-31"), load())]
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    pairs = list(combinations(dict.fromkeys(ids), 2))
    if not pairs:
        raise InvalidData(f"Two different ids are needed to merge, not {ids[0]!r} twice: they are one already.")
    for a, b in pairs:
        if registry.are_distinct(a, b):
            raise InvalidData(f"The registry says that {a!r} and {b!r} are not the same: see not_same.csv.")
    return decisions.with_(*(Decision(a, b, SAME, who.by, who.when, who.why) for a, b in pairs))


def told_apart(decisions: Decisions, pairs: Iterable[tuple[str, str]], who: Who) -> Decisions:
    """The decisions with pairs of ids held to be different.

    >>> [d.verdict for d in told_apart(Decisions(), [("a", "b")], Who("eve", "2025-01-31"))]
    ['not-same']
    """
    made = []
    for a, b in pairs:
        if a == b:
            raise InvalidData(f"Two different ids are needed, not {a!r} twice.")
        first, second = sorted((a, b))
        made.append(Decision(first, second, NOT_SAME, who.by, who.when, who.why))
    return decisions.with_(*made)


def taken_out(decisions: Decisions, key: str, members: Sequence[str], who: Who) -> Decisions:
    """The decisions with an id taken out of its node; the rest of the node stays as far as its own decisions go.

    members: the ids of the node. Raises `InvalidData` where nothing was merged.
    """
    others = [member for member in members if member != key]
    if not others:
        raise InvalidData(f"Nothing is merged with {key!r}: there is nothing to split.")
    return told_apart(decisions, ((key, other) for other in others), who)


def missing(decisions: Decisions, canon: Canon) -> list[tuple[str, str]]:
    """The pairs that still have to be decided before every merge that a person made has its effect."""
    found: set[tuple[str, ...]] = set()
    for decision in canon.waiting:
        if not decision.is_automatic:
            members = dict.fromkeys((*canon.members(decision.a), *canon.members(decision.b)))
            found.update(tuple(sorted(pair)) for pair in combinations(members, 2) if decisions.on(*pair) is None)
    return sorted((pair[0], pair[1]) for pair in found)


def standing(decisions: Decisions, registry: Registry) -> Canon:
    """Which id stands for which by what people decided alone."""

    def distinct(a: str, b: str) -> bool:
        return decisions.are_distinct(a, b) or registry.are_distinct(a, b)

    return canonical(decisions, distinct, registry.entries.__contains__)
