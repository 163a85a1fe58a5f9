"""The process that queries of the endpoint run in: like `graph.engine_process`, but its answers are ready to be sent.

A whole answer is made here, within the limits on rows and bytes, before a byte of it leaves: nothing is ever cut.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.engine_process import opened, run
from graph.ordering import Ordered
from graph.sparql_json import binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.engine_process import Reply

TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def main() -> None:
    """Answers queries that come on standard input until it ends."""
    run(Opened, answer)


class Opened:
    """The store that is read: that of the first message, or of the last one that named another.

    head: dict, the first message, which says too what holds for all queries: prefixes, base, max_rows and max_bytes;
    quads: bytes, what the store holds where it has no path.
    """

    def __init__(self, head: dict[str, Any], quads: bytes) -> None:
        self.head = head
        self._path = head["path"]
        self._engine = opened(head, quads)

    def engine(self, path: str | None) -> Ordered:
        """The store in a directory, opened where it is not; None for the one that is open."""
        if path is not None and path != self._path:
            self._engine, self._path = Ordered(ox.Store.read_only(path)), path
        return self._engine


def answer(held: Opened, request: dict[str, Any]) -> Reply:
    """The answer to a request; its kind is table or graph, or says why there is none."""
    try:
        kind, body = _body(_asked(held, request), request, held.head)
    except SyntaxError as error:
        return {"kind": "syntax", "text": str(error)}, b""
    except (RuntimeError, TypeError, ValueError) as error:
        return {"kind": "refused", "text": str(error)}, b""
    except OSError as error:
        return {"kind": "store", "text": str(error)}, b""
    if len(body) > held.head["max_bytes"]:
        return {"kind": "bytes"}, b""
    return {"kind": kind}, body


def _asked(held: Opened, request: dict[str, Any]) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    given: dict[str, Any] = {"use_default_graph_as_union": request["union"]}
    if request["dataset"] is not None:
        default, named = request["dataset"]
        given = {"default_graph": _graphs(default), "named_graphs": _graphs(named)}
    text, all_ = request["query"], held.head["prefixes"]
    prefixes = {prefix: iri for prefix, iri in all_.items() if prefix in text}  # to read all takes the engine its time
    return held.engine(request["read"]).query(text, base_iri=held.head["base"], prefixes=prefixes, **given)


def _graphs(names: Sequence[str]) -> list[ox.NamedNode | ox.DefaultGraph]:
    """Graphs by name; the empty name is that of the default graph."""
    return [ox.NamedNode(name) if name else ox.DefaultGraph() for name in names]


def _body(
    raw: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, request: dict[str, Any], limits: dict[str, Any]
) -> tuple[str, bytes]:
    syntax = request["graph" if isinstance(raw, ox.QueryTriples) else "table"]
    if syntax is None:
        return "unacceptable", b""
    if isinstance(raw, ox.QueryBoolean):
        return "table", _verdict(bool(raw), syntax)
    kept: list[Any] = list(islice(raw, limits["max_rows"] + 1))
    if len(kept) > limits["max_rows"]:
        return "rows", b""
    if isinstance(raw, ox.QueryTriples):
        return "graph", as_text(kept, syntax, limits["prefixes"])
    return "table", _table([variable.value for variable in raw.variables], kept, syntax)


def _verdict(value: bool, syntax: str) -> bytes:
    if syntax in ("csv", "tsv"):  # the standard leaves these out
        return f"{str(value).lower()}\r\n".encode()
    return _results({"head": {}, "boolean": value}, syntax)


def _table(columns: list[str], rows: list[Any], syntax: str) -> bytes:
    bindings = [{c: binding(t) for c, t in zip(columns, row, strict=True) if t is not None} for row in rows]
    return _results({"head": {"vars": columns}, "results": {"bindings": bindings}}, syntax)


def _results(as_json: dict[str, Any], syntax: str) -> bytes:
    data = json.dumps(as_json, ensure_ascii=False).encode("utf-8", "replace")
    if syntax == "json":
        return data
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    return parsed.serialize(format=TABLES[syntax]) or b""


def as_text(found: Iterable[Any], syntax: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples in one of the formats of `GRAPHS`, the same ones always in the same order."""
    triples = sorted(set(found), key=str)
    if syntax == "nt":
        return ox.serialize(triples, format=GRAPHS[syntax]) or b""
    text = "\n".join(map(str, triples))
    used = {prefix: iri for prefix, iri in prefixes.items() if iri in text}
    return ox.serialize(triples, format=GRAPHS[syntax], prefixes=used) or b""
