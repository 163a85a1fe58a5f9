"""A store on a SPARQL 1.1 server: the same interface as the embedded ones.

On a server all is in named graphs, for servers differ in what they do with triples outside of them: the projection is
in `cr:graph/facts`, and what the index keeps of a document is in a graph of its own below `cr:graph/index`. This module
hides both, so that whoever asks sees the graphs that an embedded store has.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import guard
from graph import terms as t
from graph.reasons import unreadable
from graph.remote.connection import Connection
from graph.remote.servers import Addresses, addresses, unions
from graph.store import as_node
from ontology.errors import QueryRefused, StoreError
from ontology.namespaces import CR_BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.remote.connection import Reply
    from graph.remote.servers import Parameters
    from graph.store import Graph, Node, PlainQuad, RawAnswer

    Row = ox.QuerySolution
    Several = tuple[Node, ...]
    Pattern = tuple[Node | Several | None, ox.NamedNode | None, Node | ox.Literal | Several | None, Graph | None]

FACTS = ox.NamedNode(CR_BASE + "graph/facts")
TABLE, TRIPLES = "application/sparql-results+json", "application/n-triples"
# No server is known that cuts answers off below this many rows; a longer one is counted after.
_NEVER_CUT = 1_000
_VARIABLES = ("?s", "?p", "?o")
_AT_ONCE = 200  # subjects in a question: some 15 kB of it


class RemoteStore:
    """The graph that `chipgraph push` put on a SPARQL 1.1 server.

    query: str, the address of its queries; update, graphs: str or None, those of SPARQL Update and of the Graph Store
    Protocol, found by the form of the first where they are None; within: float or None, seconds that a query may take.
    Nothing is sent before it is asked. Who asks is read from the environment or .netrc (`graph.remote.connection`).
    """

    at_once = _AT_ONCE

    def __init__(
        self, query: str, update: str | None = None, graphs: str | None = None, within: float | None = None
    ) -> None:
        known = addresses(query)
        self.addresses = Addresses(query, update or known.update, graphs or known.graphs)
        self.connection = Connection(query)
        self._within = within
        self._cap: int | None = None

    def within(self, seconds: float) -> RemoteStore:
        """The same store, its queries given up after so many seconds."""
        made = copy(self)
        made._within = seconds
        return made

    def __len__(self) -> int:
        return self._count((None, None, None, None))

    def query(self, text: str, union: bool = True) -> RawAnswer:
        """The answer of the server; raises `QueryRefused` where the query cannot be read or the answer was cut off.

        The default graph is the projection where `union` is False, and where the query says FROM it is what that says.
        """
        kind = _kind(text)
        named = guard.names_graphs(text)
        parameters = () if named else self._union if union else self._facts_and_others(text)
        reply = self._ask(_declared(text) + text, parameters, TRIPLES if kind is ox.QueryTriples else TABLE)
        if (most := reply.headers.get("X-SPARQL-MaxRows")) is not None:  # Virtuoso says so, and only so
            raise QueryRefused(f"The server cut the answer off at {most} rows: add LIMIT and OFFSET to the query.")
        if kind is ox.QueryTriples:
            return _triples(reply)
        return _verdict(self._table(reply)) if kind is ox.QueryBoolean else self._table(reply)

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
        graph: Graph | None = None,
    ) -> Iterator[PlainQuad]:
        """The quads that match, in one request, or in pages where the server cuts long answers off."""
        return self._quads((subject, predicate, object_, graph))

    def quads_of(
        self, subjects: Iterable[Node], predicate: ox.NamedNode | None = None, graph: Graph | None = None
    ) -> Iterator[PlainQuad]:
        """The quads of several subjects that match, in a request for each two hundred."""
        left = iter(subjects)
        while some := tuple(islice(left, _AT_ONCE)):
            yield from self._quads((some, predicate, None, graph))

    def quads_to(
        self, objects: Iterable[Node], predicate: ox.NamedNode | None = None, graph: Graph | None = None
    ) -> Iterator[PlainQuad]:
        """The quads whose value is one of several nodes that match, in a request for each two hundred."""
        left = iter(objects)
        while some := tuple(islice(left, _AT_ONCE)):
            yield from self._quads((None, predicate, some, graph))

    def _quads(self, pattern: Pattern) -> Iterator[PlainQuad]:
        if self._cap is None:
            reply = self._ask(f"SELECT {_free(pattern)} {{ {_matching(pattern)} }}", (), TABLE)
            count = sum(1 for _ in self._rows(reply))
            if count < _NEVER_CUT or count >= self._count(pattern):
                yield from (_quad(pattern, row) for row in self._rows(reply))
                return
            self._cap = count
        yield from self._pages(pattern, self._cap)

    def ask(self, text: str, parameters: Parameters = ()) -> bool:
        """The answer to an ASK in full spelling, over the graphs that the parameters say."""
        return bool(_verdict(self._table(self._ask(text, parameters, TABLE))))

    def select(self, text: str) -> Iterator[Row]:
        """The rows of a SELECT in full spelling that names its graphs itself."""
        return self._rows(self._ask(text, (), TABLE))

    def graphs(self) -> list[str]:
        """The names of all graphs on the server, sorted."""
        names: list[str] = []
        inner = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
        while True:
            page = [as_node(row["g"]).value for row in self.select(_sliced(inner, "?g", len(names)))]
            names.extend(page)
            if len(page) < _NEVER_CUT:
                return sorted(set(names))

    def update(self, text: str, repeatable: bool = False) -> None:
        """Runs a SPARQL update in full spelling.

        repeatable: bool, True where running it twice does no more than running it once, so that it may be sent again
        when the connection breaks. Raises `StoreError` where no address for updates is known.
        """
        if self.addresses.update is None:
            raise StoreError(f"No address for updates is known for {self.addresses.query}: give it with --update.")
        form = [("update", text)]
        self.connection.send("POST", self.addresses.update, headers={}, data=form, repeatable=repeatable)

    @cached_property
    def _union(self) -> Parameters:
        """What makes a query read all graphs together: found by asking for a triple that stands in a named graph.

        One of ours: servers keep triples about themselves in graphs that no union shows.
        """
        triple = f"VALUES ?g {{ {FACTS} {t.SHARED} }} GRAPH ?g {{ ?s ?p ?o }}"
        sample = f"SELECT ?s ?p {{ {triple} }} LIMIT 1"
        row = next(self.select(sample), None)
        if row is None:
            return unions()[0]
        for parameters in unions():
            try:
                if self.ask(f"ASK {{ {row['s']} {row['p']} ?o }}", parameters):
                    return parameters
            except QueryRefused:  # it does not know these parameters
                continue
        raise StoreError(
            f"{self.addresses.query} keeps its graphs apart: let its default graph be the union of the named ones."
        )

    def _facts_and_others(self, text: str) -> Parameters:
        """The projection as the default graph, and the others behind GRAPH where the query speaks of them."""
        facts = (("default-graph-uri", FACTS.value),)
        speaks = any(kind == "word" and token.casefold() == "graph" for kind, token in guard.tokens(text))
        others = self.graphs() if speaks else []
        return facts + tuple(("named-graph-uri", name) for name in others if name != FACTS.value)

    def _pages(self, pattern: Pattern, cap: int) -> Iterator[PlainQuad]:
        """The quads in pages that the server does not cut; raises `StoreError` where these do not give all of them."""
        free, got, expected = _free(pattern), 0, self._count(pattern)
        inner = f"SELECT {free} {{ {_matching(pattern)} }} ORDER BY {free}"
        while got < expected:
            page = list(self.select(_sliced(inner, free, got, cap)))
            if not page:
                raise StoreError(
                    f"{self.addresses.query} cuts answers at {cap} rows and does not page: raise its limit."
                )
            got += len(page)
            yield from (_quad(pattern, row) for row in page)

    def _count(self, pattern: Pattern) -> int:
        row = next(self.select(f"SELECT (COUNT(*) AS ?n) {{ {_matching(pattern)} }}"))
        return int(cast("ox.Literal", row["n"]).value)

    def _ask(self, text: str, parameters: Parameters, media_type: str) -> Reply:
        # A form, not a bare body: Virtuoso 7 never answers one.
        form = [("query", text), *parameters]
        headers = {"Accept": media_type}
        return self.connection.send("POST", self.addresses.query, headers=headers, data=form, within=self._within)

    def _rows(self, reply: Reply) -> Iterator[Row]:
        """The rows of an answer, from its start however often it is read."""
        reply.body.seek(0)
        return iter(cast("ox.QuerySolutions", self._table(reply)))

    def _table(self, reply: Reply) -> RawAnswer:
        if reply.media_type not in (TABLE, "application/json"):
            raise StoreError(
                f"{self.addresses.query} answers {reply.media_type or 'nothing'}, no results of SPARQL: "
                "give the address of its query endpoint, such as http://localhost:7878/query."
            )
        try:
            return ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, EOFError) as error:
            raise StoreError(f"{self.addresses.query} gave results that cannot be read: {error}.") from error


def _kind(text: str) -> type:
    """What a query gives; raises `QueryRefused` as an embedded store does, before anything is sent."""
    try:
        return type(ox.Store().query(text, prefixes=dict(PREFIXES)))
    except SyntaxError as error:
        raise unreadable(text, error) from error


def _verdict(found: RawAnswer) -> ox.QueryBoolean:
    """The answer to an ASK; Virtuoso gives a table with a column of its own, a row of 1 or none."""
    if isinstance(found, ox.QueryBoolean):
        return found
    yes = any(term.value not in ("0", "false") for row in cast("ox.QuerySolutions", found) for term in row)
    made = ox.parse_query_results(f'{{"head":{{}},"boolean":{str(yes).lower()}}}', format=ox.QueryResultsFormat.JSON)
    return cast("ox.QueryBoolean", made)


def _declared(text: str) -> str:
    """The prefixes that a query uses and does not declare; one line, so that lines keep their numbers."""
    parts = [token for kind, token in guard.tokens(text) if token.strip() and kind != "comment"]
    own = {after for before, after in pairwise(parts) if before.casefold() == "prefix"}
    used = {token.split(":")[0] for kind, token in guard.tokens(text) if kind == "name"}
    return "".join(f"PREFIX {p}: <{iri}> " for p, iri in PREFIXES.items() if p in used and f"{p}:" not in own)


def _triples(reply: Reply) -> RawAnswer:
    """Triples as a query of an embedded store gives them: each once, literals in its spelling."""
    store = ox.Store()
    # Virtuoso calls a graph without triples empty by writing a comment; N-Triples knows comments.
    store.load(reply.body, format=ox.RdfFormat.N_TRIPLES)
    return store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")


def _matching(pattern: Pattern) -> str:
    """The pattern in SPARQL, the graphs of the server for those that an embedded store has."""
    triple = " ".join(name if _is_free(term) else str(term) for term, name in _named(pattern))
    given = ((name, " ".join(map(str, term))) for term, name in _named(pattern) if isinstance(term, tuple))
    several = "".join(f"VALUES {name} {{ {terms} }} " for name, terms in given)
    graph = pattern[3]
    if graph == t.INDEX:
        return f'{several}GRAPH ?g {{ {triple} }} FILTER(STRSTARTS(STR(?g), "{t.INDEX.value}"))'
    name = "?g" if graph is None else str(FACTS if graph == t.FACTS else graph)
    return f"{several}GRAPH {name} {{ {triple} }}"


def _free(pattern: Pattern) -> str:
    """The variables of a pattern, the graph's first: what it is read and sorted by."""
    free = [name for term, name in _named(pattern) if _is_free(term)]
    return " ".join((["?g"] if pattern[3] is None or pattern[3] == t.INDEX else []) + free) or "(1 AS ?one)"


def _sliced(inner: str, variables: str, offset: int, most: int = _NEVER_CUT) -> str:
    """A page of a sorted query; Virtuoso sorts more than 10,000 rows only inside of another one."""
    return f"SELECT {variables} {{ {{ {inner} }} }} LIMIT {most} OFFSET {offset}"


def _quad(pattern: Pattern, row: Row) -> PlainQuad:
    subject, predicate, object_ = (row[name[1:]] if _is_free(term) else term for term, name in _named(pattern))
    graph = _graph(as_node(row["g"])) if pattern[3] is None else pattern[3]
    return cast("PlainQuad", ox.Quad(subject, predicate, object_, graph))  # type: ignore[arg-type]


def _named(pattern: Pattern) -> Iterator[tuple[object, str]]:
    return zip(pattern[:3], _VARIABLES, strict=True)


def _is_free(term: object) -> bool:
    """True for what an answer tells: any term, or one of several."""
    return term is None or isinstance(term, tuple)


def _graph(name: ox.NamedNode) -> Graph:
    """The graph of an embedded store that a graph of the server stands for."""
    if name == FACTS:
        return t.FACTS
    return t.INDEX if name.value.startswith(t.INDEX.value) else name
