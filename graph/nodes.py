"""What a store says of nodes, several at a time where each question is a request to a server."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Literal

    from graph.store import Store

    Properties = dict[str, list[NamedNode | Literal]]


class Nodes:
    """The properties of nodes out of a store.

    store: Store; predicate, graph: NamedNode or None, where only those count; next_: NamedNode or None, the property
    whose values will be asked for next. Nodes that were met and not asked for yet are read along with the next that is,
    as many as the store takes at once.

    >>> from graph.example import knowledge
    >>> huawei = "https://w3id.org/chipgraph/id/huawei"
    >>> Nodes(knowledge().store).of(huawei)["http://www.w3.org/2000/01/rdf-schema#label"][0].value
    'Huawei'
    """

    def __init__(
        self,
        store: Store,
        predicate: NamedNode | None = None,
        graph: NamedNode | None = None,
        next_: NamedNode | None = None,
    ) -> None:
        self._store = store
        self._next = next_
        self._place = predicate, graph
        self._met: dict[str, None] = {}
        self._read: dict[str, Properties] = {}

    def meet(self, iris: Iterable[str]) -> None:
        """Notes nodes that will be asked for, perhaps."""
        if self._store.at_once > 1:
            self._met.update(dict.fromkeys(iri for iri in iris if iri not in self._read))

    def of(self, iri: str) -> Properties:
        """The values of a node by predicate; whoever asks keeps them, for they are read once."""
        if iri not in self._read:
            self._met.pop(iri, None)
            wanted = [iri, *islice(self._met, self._store.at_once - 1)]
            for one in wanted:
                self._met.pop(one, None)
                self._read[one] = {}
            for quad in self._store.quads_of(map(NamedNode, wanted), *self._place):
                self._read[quad.subject.value].setdefault(quad.predicate.value, []).append(quad.object)
                if quad.predicate == self._next:
                    self.meet((quad.object.value,))
        return self._read.pop(iri)
