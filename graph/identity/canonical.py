"""From decisions to the one id that a node goes by.

A node is a set of ids of which every two are decided the same: A = B and B = C make no A = C. A pair that is decided to
be different, by a person or by the registry, stops every node that would hold both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from graph.identity.decisions import SAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.identity.decisions import Decision


@dataclass(frozen=True, slots=True)
class Canon:
    """Which id stands for which.

    of: mapping of each merged id to the one that stands for it; because: mapping of each such id to the decisions that
    it rests on; waiting: tuple of decisions without effect, because a third id has not been decided on.
    """

    of: Mapping[str, str] = field(default_factory=dict)
    because: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    waiting: tuple[Decision, ...] = ()

    def __call__(self, key: str) -> str:
        """The id that stands for an id: itself, where it was not merged."""
        return self.of.get(key, key)

    def members(self, key: str) -> tuple[str, ...]:
        """All ids of the node that an id belongs to, the one that stands for it first."""
        head = self(key)
        return (head, *sorted(old for old, new in self.of.items() if new == head))


NOBODY = Canon()


def canonical(
    decisions: Iterable[Decision],
    distinct: Callable[[str, str], bool],
    registered: Callable[[str], bool],
) -> Canon:
    """The nodes that decisions make: those of people first, then in the order of the ids.

    distinct: tells whether two ids must never be one; registered: whether the registry has an id. Of a node's ids the
    one that the registry has stands for it, else the one that most decisions keep, else the first.

    >>> from graph.identity.decisions import Decision
    >>> chain = canonical([Decision("a", "b"), Decision("b", "c")], lambda a, b: False, lambda a: False)
    >>> chain.of, [d.b for d in chain.waiting]
    ({'b': 'a'}, ['c'])
    """
    same = {d.pair: d for d in sorted(decisions, key=_order, reverse=True) if d.verdict == SAME}
    node: dict[str, set[str]] = {}
    waiting = []
    for decision in sorted(same.values(), key=_order):
        one, other = (node.get(key, {key}) for key in (decision.a, decision.b))
        if decision.b in one:
            continue
        pairs = [frozenset(pair) for pair in product(one, other)]
        if any(distinct(*sorted(pair)) for pair in pairs) or any(pair not in same for pair in pairs):
            waiting.append(decision)
            continue
        joined = one | other
        node.update(dict.fromkeys(joined, joined))
    return _named(node, same, tuple(waiting), registered)


def _named(
    node: Mapping[str, set[str]],
    same: Mapping[frozenset[str], Decision],
    waiting: tuple[Decision, ...],
    registered: Callable[[str], bool],
) -> Canon:
    kept: dict[str, int] = {}
    for decision in same.values():
        kept[decision.a] = kept.get(decision.a, 0) + 1
    of: dict[str, str] = {}
    because: dict[str, tuple[Decision, ...]] = {}
    for key in sorted(node):
        head = min(node[key], key=lambda k: (not registered(k), -kept.get(k, 0), k))
        if key != head:
            of[key] = head
            others = sorted(node[key] - {key})
            because[key] = tuple(same[frozenset((key, other))] for other in others)
    return Canon(of, because, waiting)


def _order(decision: Decision) -> tuple[bool, str, str]:
    first, second = sorted(decision.pair)
    return decision.is_automatic, first, second
