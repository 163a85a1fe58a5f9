"""What a SPARQL update does to the graphs of users' own, worked out triple by triple.

The engine never runs an update on the graph. What an operation's pattern finds is asked as a query; its templates are
filled in a store that is empty but for the rows found; and the triples that come out are put into users' graphs here.
So nothing else can change, whatever a text says, and an update that wants to is told so: no other check of millions of
triples would be exact.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import guard
from graph.ordering import Ordered
from graph.server.update_text import change, operations
from graph.users import RESERVED, is_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.server.update_text import Change, Operation

    Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
    Dataset = tuple[Sequence[str], Sequence[str]]
    Row = dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]
_NODE = ox.NamedNode("urn:x")


class Untouchable(Exception):
    """An update that would change a graph that documents, decisions or the ontology make."""


class Impossible(Exception):
    """An update that is well written and cannot be done."""


class Changing:
    """A copy of the graph in which users' graphs change.

    engine: pyoxigraph's store of that copy, users' graphs in it; own: a store that holds these alone; naming: base and
    prefixes of updates; most: int, how many rows a pattern may find.
    """

    def __init__(self, engine: ox.Store, own: ox.Store, naming: dict[str, Any], most: int) -> None:
        self._engine = engine
        self._own = own
        self._naming = naming
        self._most = most

    def run(self, text: str, dataset: Dataset | None) -> None:
        """Makes the changes of an update, which has passed the guard.

        dataset: None, or the names of the graphs that its patterns read as one and by name. Raises `SyntaxError` where
        it cannot be read, `Untouchable` and `Impossible`; what was changed until then stays in this copy.
        """
        with suppress(RuntimeError):  # what it is about is not there
            ox.Store().update(text, **self._naming)
        asked = operations(text)
        if dataset is not None and any(operation.has_dataset for operation in asked):
            raise Impossible("name graphs with USING and WITH in the update, or with the request, not both")
        for operation in asked:
            told = change(operation)
            if told is None:
                self._manage(operation)
            else:
                self._change(operation.prologue, told, dataset)

    def _change(self, prologue: str, told: Change, dataset: Dataset | None) -> None:
        rows = self._rows(prologue, told, dataset) if told.where else None
        head = f"{prologue}WITH {told.graph} " if told.graph else prologue
        gone, new = (self._filled(head, part, rows) if part else [] for part in (told.delete, told.insert))
        self._apply(gone, new)

    def _rows(self, prologue: str, told: Change, dataset: Dataset | None) -> list[Row]:
        """What the pattern of an operation finds, by variable."""
        given: dict[str, Any] = {"use_default_graph_as_union": not (told.using or told.graph)}
        if dataset is not None:
            given = {"default_graph": _graphs(dataset[0]), "named_graphs": _graphs(dataset[1])}
        elif told.graph and not told.using:
            given["default_graph"] = [self._name(prologue, told.graph)]
        query = f"{prologue}SELECT * {told.using} WHERE {told.where}"
        found = Ordered(self._engine).query(query, **given, **self._naming)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        rows = [dict(zip(names, solution, strict=True)) for solution in islice(found, self._most + 1)]
        if len(rows) > self._most:
            raise Impossible(f"a pattern of it finds over {self._most} rows")
        return rows

    def _filled(self, head: str, template: str, rows: list[Row] | None) -> list[ox.Quad]:
        """The triples of a template, once for each row; of data where there are no rows."""
        store = ox.Store()
        if rows is None:
            store.update(f"{head}INSERT DATA {template}", **self._naming)
            return list(store)
        apart, row = ox.NamedNode(f"urn:uuid:{uuid.uuid4()}"), f"?row{uuid.uuid4().hex}"
        names = sorted({token[1:] for kind, token in guard.tokens(template) if kind == "variable"})
        cells = {name: ox.NamedNode(f"urn:v:{number}") for number, name in enumerate(names)}
        store.extend(_as_quads(rows, cells, apart))
        found = " ".join(f"OPTIONAL {{ {row} {cell} ?{name} }}" for name, cell in cells.items())
        where = f"WHERE {{ GRAPH {apart} {{ {row} {_NODE} {_NODE} {found} }} }}"
        store.update(f"{head}INSERT {template} {where}", **self._naming)
        return [quad for quad in store if quad.graph_name != apart]

    def _apply(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Takes triples out, then puts others in."""
        for quad in gone:
            if is_own(quad.graph_name):
                self._own.remove(quad)
                self._engine.remove(quad)
            elif quad in self._engine:
                raise _untouchable(quad.graph_name)
        kept = []
        for quad in new:
            if isinstance(quad.object, ox.Triple):
                raise Impossible("triple terms of RDF 1.2 are not kept here")
            if is_own(quad.graph_name):
                kept.append(quad)
            elif quad not in self._engine:
                raise _untouchable(quad.graph_name)
        self._own.extend(kept)
        self._engine.extend(kept)

    def _manage(self, operation: Operation) -> None:
        """CLEAR, DROP, CREATE, ADD, MOVE and COPY; a graph without triples is none, so CLEAR and DROP are the same."""
        verb, *rest = operation.words
        silent = rest[0] == "silent"
        parts = operation.parts[2 if silent else 1 :]
        if parts[0].casefold() in ("all", "named"):  # of the graphs that can be changed here
            self._apply(list(self._own), ())
            return
        *_, last = graphs = [
            self._name(operation.prologue, part) for part in parts if part.casefold() not in ("graph", "to")
        ]
        if verb in ("clear", "drop"):
            self._apply(self._content(last), ())
        elif verb == "create":
            if self._content(last) and not silent:
                raise Impossible(f"there is a graph {last} already")
        else:
            self._transfer(verb, graphs[0], last, silent)

    def _transfer(self, verb: str, source: Graph, target: Graph, silent: bool) -> None:
        found = self._engine.quads_for_pattern(None, None, None, source) if verb != "move" else self._content(source)
        content = [ox.Quad(quad.subject, quad.predicate, quad.object, target) for quad in found]
        missing = not content and source != ox.DefaultGraph()
        if missing and not silent:
            raise Impossible(f"there is no graph {source}")
        if not missing and source != target:
            self._apply(self._content(target) if verb != "add" else (), content)
            self._apply(self._content(source) if verb == "move" else (), ())

    def _content(self, graph: Graph) -> list[ox.Quad]:
        """The triples of a graph that is to be changed."""
        if not is_own(graph):
            raise _untouchable(graph)
        return list(self._own.quads_for_pattern(None, None, None, graph))

    def _name(self, prologue: str, name: str) -> Graph:
        """The graph that a name in an update stands for."""
        if name.casefold() == "default":
            return ox.DefaultGraph()
        store = ox.Store()
        store.update(f"{prologue}INSERT DATA {{ GRAPH {name} {{ {_NODE} {_NODE} {_NODE} }} }}", **self._naming)
        graph: Graph = next(iter(store)).graph_name
        return graph


def _as_quads(rows: Iterable[Row], cells: dict[str, ox.NamedNode], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Rows as triples: a node each, with what stands in its cells."""
    for row in rows:
        node = ox.BlankNode()
        yield ox.Quad(node, _NODE, _NODE, graph)
        for name, cell in cells.items():
            if (term := row.get(name)) is not None:
                yield ox.Quad(node, cell, term, graph)


def _graphs(names: Sequence[str]) -> list[ox.NamedNode | ox.DefaultGraph]:
    return [ox.NamedNode(name) if name else ox.DefaultGraph() for name in names]


def _untouchable(graph: Graph) -> Untouchable:
    named = "the graph of plain facts" if isinstance(graph, ox.DefaultGraph) else f"the graph {graph}"
    return Untouchable(
        f"An update changes graphs of users' own, not {named}: name one outside of {RESERVED} with GRAPH or WITH."
    )
