"""Names that people read in place of IRIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

    Term = ox.NamedNode | ox.BlankNode | ox.Literal

_AT_ONCE = 500
_QUERY = """SELECT ?thing (MIN(STR(?name)) AS ?label) WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing rdfs:label|schema:headline ?name .
}} GROUP BY ?thing"""


class Labels:
    """The labels of a store's entities, of the vocabulary and of documents (their headlines).

    store: Store, asked once for each IRI.

    >>> from graph.example import knowledge
    >>> iri = "https://w3id.org/chipgraph/id/"
    >>> Labels(knowledge().store).of([iri + "huawei", iri + "nobody"]) == {iri + "huawei": "Huawei"}
    True
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}
        self._asked: set[str] = set()

    def of(self, iris: Iterable[str]) -> dict[str, str]:
        """The labels of those IRIs that have one."""
        wanted = set(iris)
        missing = sorted(wanted - self._asked)
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            found = self._store.query(_QUERY.format(things=" ".join(str(ox.NamedNode(iri)) for iri in part)))
            assert isinstance(found, ox.QuerySolutions)
            self._known.update((row["thing"].value, row["label"].value) for row in found)
        self._asked |= wanted
        return {iri: self._known[iri] for iri in wanted & self._known.keys()}


def shorten(term: Term | None) -> str:
    """A term as people read it: prefixed where a prefix is known, literals bare.

    >>> shorten(ox.NamedNode("https://w3id.org/chipgraph/id/tsmc")), shorten(ox.Literal("x")), shorten(None)
    ('cr:tsmc', 'x', '')
    """
    if not isinstance(term, ox.NamedNode):
        return "" if term is None else term.value
    base = max((iri for iri in PREFIXES.values() if term.value.startswith(iri)), key=len, default=None)
    if base is None:
        return f"<{term.value}>"
    return next(p for p, iri in PREFIXES.items() if iri == base) + ":" + term.value.removeprefix(base)
