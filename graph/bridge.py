"""rdflib's API on top of the open store, for those who know rdflib: nothing is copied, Oxigraph answers.

rdflib asks a store to run a query and, where it will not, silently runs an engine of its own that is ten times slower.
oxrdflib refuses prepared queries, `base=` and other keyword arguments, so the first two are turned back into text here
and the others are an error. What still runs in rdflib's engine: `use_store_provided=False`, and `processor` objects
called by hand. The two engines read `initBindings` differently: rdflib binds before, Oxigraph replaces inside the
query, and only what is selected, so what is not is put in here as text. Strings come with their datatype, so compare
`str(node)`: to rdflib `"x"^^xsd:string` and `"x"` are not equal.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Never

import pyoxigraph as ox
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.sparql import Query

from graph import guard
from graph.parameters import term
from graph.reasons import unreadable
from graph.store import DiskStore, MemoryStore
from graph.threads import in_any_thread
from ontology.errors import QueryRefused, StoreError
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oxrdflib._type import _Triple, _TriplePattern
    from rdflib.query import Result
    from rdflib.term import Identifier

    from graph.store import Store


def dataset(store: Store) -> rdflib.Dataset:
    """An open store as an rdflib dataset, for reading; patterns and queries see the union of all graphs.

    store: Store, an embedded one. Raises `StoreError` for any other. rdflib's habit of fetching the graphs that a query
    names is switched off for the whole process.

    >>> from graph.example import knowledge
    >>> found = dataset(knowledge().store).query("SELECT ?name { cr:huawei rdfs:label ?name }")
    >>> [str(row.name) for row in found]
    ['Huawei']
    """
    if not isinstance(store, MemoryStore | DiskStore):
        raise StoreError("Only an embedded store opens as an rdflib dataset: ask this one in SPARQL.")
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    opened = rdflib.Dataset(ReadOnlyStore(store=store.engine), default_union=True)
    for prefix, iri in PREFIXES.items():
        opened.bind(prefix, iri, replace=True)
    return opened


class ReadOnlyStore(OxigraphStore):
    """oxrdflib's store over an engine that is open already, without what would change it.

    `query` takes what `KnowledgeGraph.sparql` takes, so SERVICE is refused; all that writes raises `StoreError`.
    """

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """The answer to a query or a prepared one, read whole.

        Raises `QueryRefused` where it is malformed or not allowed, and for keyword arguments that only rdflib's engine
        would take.
        """
        base: object
        text, names, base = query._original_args if isinstance(query, Query) else (query, {}, None)
        if base := kwargs.pop("base", None) or base:
            text = f"BASE <{base}>\n{text}"
        if kwargs:
            raise QueryRefused(f"Oxigraph takes no {next(iter(kwargs))!r}: leave it out, or write it into the query.")
        guard.check(text)
        # FROM narrows what is read only where the union of all graphs is not asked for.
        graph = "" if guard.names_graphs(text) else queryGraph
        try:
            text, bound = self._put_in(text, {**initNs, **names}, initBindings)
            result = super().query(text, {**initNs, **names}, bound, graph)
        except SyntaxError as error:
            raise unreadable(text, error) from error
        if result.type == "SELECT":
            result.bindings = list(result.bindings)  # another thread must not read on in the engine's own iterator
        return result

    def _put_in(
        self, text: str, names: Mapping[str, Any], given: Mapping[str, Identifier]
    ) -> tuple[str, dict[str, Identifier]]:
        """The query with the values of the variables that it does not select, and the values of the others."""
        if not given:
            return text, {}
        answer = ox.Store().query(text, prefixes=dict(self._namespace_for_prefix, **names))
        if not isinstance(answer, ox.QuerySolutions):
            return text, dict(given)
        selected = {variable.value for variable in answer.variables}
        terms = {name: str(term(value)) for name, value in given.items() if name not in selected}
        return guard.put_in(text, terms), {name: value for name, value in given.items() if name in selected}

    def triples(
        self, triple_pattern: _TriplePattern, context: rdflib.Graph | None = None
    ) -> Iterator[tuple[_Triple, Iterator[rdflib.Graph | None]]]:
        """The triples that match, in whichever thread they are read."""
        return in_any_thread(partial(super().triples, triple_pattern, context))

    def contexts(self, triple: _Triple | None = None) -> Iterator[rdflib.Graph]:  # type: ignore[override]
        """The named graphs, those with a triple alone where one is given."""
        return iter(list(super().contexts(triple)))

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: rdflib calls it wherever a graph is named, to read it too."""

    def _refuse(self, *_: object, **__: object) -> Never:
        raise StoreError("The graph is open for reading: it changes only when documents are built into it.")

    add = addN = remove = remove_graph = update = destroy = _refuse  # noqa: N815
