"""What is one step from an entity, of several entities at a time where each question is a request to a server."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pyoxigraph import NamedNode

    Onward = Callable[[Sequence[NamedNode]], Mapping[NamedNode, set[NamedNode]]]


class Steps:
    """The nodes that are one step from others, each read once.

    read: function of some nodes, that gives for each the nodes one step from it; at_once: int, how many are read at a
    time: one that is asked for, and others that were met on the way and may be.

    >>> from pyoxigraph import NamedNode
    >>> a, b = NamedNode("x:a"), NamedNode("x:b")
    >>> steps = Steps(lambda nodes: print(len(nodes)) or {node: {a} for node in nodes}, at_once=9)
    >>> steps.meet((a, b))
    >>> steps.of(b) == steps.of(a) == {a}
    2
    True
    """

    def __init__(self, read: Onward, at_once: int) -> None:
        self._read = read
        self._at_once = at_once
        self._met: dict[NamedNode, None] = {}
        self._known: dict[NamedNode, set[NamedNode]] = {}

    def meet(self, nodes: Iterable[NamedNode]) -> None:
        """Notes nodes that will be asked for, perhaps."""
        if self._at_once > 1:
            self._met.update(dict.fromkeys(node for node in nodes if node not in self._known))

    def of(self, node: NamedNode) -> set[NamedNode]:
        """The nodes one step from a node."""
        if node not in self._known:
            self._met.pop(node, None)
            some = [node, *islice(self._met, self._at_once - 1)]
            for other in some[1:]:
                del self._met[other]
            self._known.update(self._read(some))
        return self._known[node]
