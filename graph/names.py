"""From a name as people write it to an entity of the graph."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph import terms as t
from graph.store import as_node
from ontology.errors import AmbiguousName, UnknownEntity
from ontology.iri import entity_iri, local_name
from ontology.names import fold, strip_legal_form

if TYPE_CHECKING:
    from graph.store import Store

_SHORTEST_BEGINNING = 4
_MOST_NAMED = 8


def squash(name: str) -> str:
    """A name without case, punctuation and spaces.

    >>> squash("ST Micro"), squash("AT&T")
    ('stmicro', 'atandt')
    """
    return fold(name).replace(" ", "")


class Names:
    """The names of all entities of a store.

    store: Store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, name: str) -> NamedNode:
        """The entity of a name or id.

        name: str, an id, label or alias, in any case and punctuation, with or without a legal form, or the beginning
        of one name only. Raises `UnknownEntity` with suggestions where none fits, `AmbiguousName` where several do.

        >>> from graph.example import knowledge
        >>> Names(knowledge().store).find("st micro").value.rsplit("/")[-1]
        'stmicroelectronics'
        """
        if not squash(name):
            raise UnknownEntity(name)
        as_id = NamedNode(entity_iri(name))
        if next(self._store.quads(as_id, t.LABEL, None, t.SHARED), None):
            return as_id
        if merged := next(self._store.quads(None, t.REPLACES, as_id, t.SHARED), None):
            return as_node(merged.subject)
        for found in (self._by_name(name), self._by_name(strip_legal_form(name)), self._by_beginning(name)):
            if len(found) == 1:
                return NamedNode(next(iter(found)))
            if found:
                raise AmbiguousName(name, self._told_apart(found)[:_MOST_NAMED])
        raise UnknownEntity(name, self._near(name))

    def _by_name(self, name: str) -> set[str]:
        """The entities of a name; those whose label it is go before those that merely answer to it."""
        key = squash(name)
        return self._labels.get(key) or self._aliases.get(key) or set()

    def _by_beginning(self, name: str) -> set[str]:
        key = squash(name)
        if len(key) < _SHORTEST_BEGINNING:
            return set()
        found: set[str] = set()
        for known in self._sorted[bisect_left(self._sorted, key) :]:
            if not known.startswith(key):
                break
            found |= self._by_name(known)
        return found

    def _near(self, name: str) -> tuple[str, ...]:
        keys = difflib.get_close_matches(squash(name), self._sorted, n=3, cutoff=0.7)
        return tuple(dict.fromkeys(self._label(min(self._by_name(key))) for key in keys))

    def _told_apart(self, iris: set[str]) -> tuple[str, ...]:
        """The labels of entities, sorted; where two share one, the id stands in its place, for that is found too."""
        labels = Counter(self._label(iri) for iri in iris)
        return tuple(sorted(self._label(iri) if labels[self._label(iri)] == 1 else local_name(iri) for iri in iris))

    def _label(self, iri: str) -> str:
        return next(self._store.quads(NamedNode(iri), t.LABEL, None, t.SHARED)).object.value

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._labels.keys() | self._aliases.keys())

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        return self._index(t.LABEL)

    @cached_property
    def _aliases(self) -> dict[str, set[str]]:
        return self._index(t.ALT_LABEL)

    def _index(self, predicate: NamedNode) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for quad in self._store.quads(None, predicate, None, t.SHARED):
            found.setdefault(squash(quad.object.value), set()).add(quad.subject.value)
        return found
