"""Answers to queries: a table, a graph or yes and no, each with its standard formats."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontology.errors import QueryRefused
from ontology.namespaces import PREFIXES, XSD

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    Term = ox.NamedNode | ox.BlankNode | ox.Literal

TABLE_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_NUMBERS = {XSD.integer: int, XSD.decimal: float, XSD.double: float}


class Row(Mapping[str, Any]):
    """A row of a table: values by column name, or by position.

    IRIs and strings are str, integers int, other numbers float, booleans bool, what is unbound None.
    """

    __slots__ = ("_columns", "terms")

    def __init__(self, columns: tuple[str, ...], terms: tuple[Term | None, ...]) -> None:
        self._columns = columns
        self.terms = terms

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, int):
            return _value(self.terms[key])
        if key not in self._columns:
            raise KeyError(key)
        return _value(self.terms[self._columns.index(key)])

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return f"Row({dict(self)})"

    def astuple(self) -> tuple[Any, ...]:
        """The values in the order of the columns."""
        return tuple(_value(term) for term in self.terms)


@dataclass(frozen=True)
class Table:
    r"""The answer to a SELECT.

    columns: tuple of str; terms: tuple of rows, each a tuple of RDF terms, None where unbound.

    >>> table = Table(("n",), ((ox.Literal(3),), (ox.Literal("three"),)))
    >>> [row["n"] for row in table], table.serialize("csv")
    ([3, 'three'], 'n\r\n3\r\nthree\r\n')
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.columns, terms) for terms in self.terms)

    def __getitem__(self, index: int) -> Row:
        return Row(self.columns, self.terms[index])

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        return [row[name] for row in self]

    def serialize(self, syntax: str) -> str:
        """The table as csv, tsv, json or xml, as SPARQL 1.1 defines them; raises `QueryRefused` for other formats."""
        as_json = {"head": {"vars": self.columns}, "results": {"bindings": [self._binding(row) for row in self.terms]}}
        return _standard(as_json, syntax)

    def to_text(self) -> str:
        """The table in aligned columns, IRIs shortened."""
        cells = [self.columns, *(tuple(shorten(term) for term in row) for row in self.terms)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
        return "\n".join(line.rstrip() for line in lines)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame; needs pandas (`pip install chipgraph[pandas]`)."""
        import pandas as pd

        return pd.DataFrame([row.astuple() for row in self], columns=list(self.columns))

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        rows = ("".join(f"<td>{escape(shorten(term))}</td>" for term in row) for row in self.terms)
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def _binding(self, row: tuple[Term | None, ...]) -> dict[str, dict[str, str]]:
        return {name: _json_term(term) for name, term in zip(self.columns, row, strict=True) if term is not None}


@dataclass(frozen=True)
class Verdict:
    """The answer to an ASK: true or false in conditions.

    >>> bool(Verdict(True)), Verdict(False).serialize("json")
    (True, '{"head":{},"boolean":false}')
    """

    value: bool

    def __bool__(self) -> bool:
        return self.value

    def serialize(self, syntax: str) -> str:
        """The verdict as json, xml, csv or tsv; raises `QueryRefused` for other formats."""
        if syntax in {"csv", "tsv"}:
            return f"{str(self.value).lower()}\n"
        return _standard({"head": {}, "boolean": self.value}, syntax)

    def to_text(self) -> str:
        """`yes` or `no`."""
        return "yes" if self.value else "no"


@dataclass(frozen=True)
class Triples:
    r"""The answer to a CONSTRUCT or DESCRIBE, each triple once, sorted.

    >>> triple = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal("b"))
    >>> Triples((triple,)).serialize("nt")
    '<x:a> <x:p> "b" .\n'
    """

    triples: tuple[ox.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def serialize(self, syntax: str) -> str:
        """The triples as ttl, nt, jsonld or rdf (RDF/XML); raises `QueryRefused` for other formats."""
        if syntax not in GRAPH_FORMATS:
            raise QueryRefused(_no_such_format("graph", syntax, GRAPH_FORMATS))
        used = {p: iri for p, iri in PREFIXES.items() if syntax in {"ttl", "rdf"} and iri in self._text}
        return (ox.serialize(self.triples, format=GRAPH_FORMATS[syntax], prefixes=used) or b"").decode()

    def to_text(self) -> str:
        """The triples as Turtle."""
        return self.serialize("ttl")

    def to_rdflib(self) -> rdflib.Graph:
        """The triples as an rdflib graph."""
        import rdflib

        return rdflib.Graph().parse(data=self.serialize("nt"), format="nt")

    @cached_property
    def _text(self) -> str:
        return self.serialize("nt")


Answer = Table | Verdict | Triples


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


def _value(term: Term | None) -> Any:
    if term is None or not isinstance(term, ox.Literal):
        return None if term is None else term.value
    if term.datatype.value == XSD.boolean:
        return term.value == "true"
    return _NUMBERS.get(term.datatype.value, str)(term.value)


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    literal = {"type": "literal", "value": term.value}
    if term.language:
        return literal | {"xml:lang": term.language}
    return literal if term.datatype.value == XSD.string else literal | {"datatype": term.datatype.value}


def _standard(as_json: Mapping[str, Any], syntax: str) -> str:
    if syntax not in TABLE_FORMATS:
        raise QueryRefused(_no_such_format("table", syntax, TABLE_FORMATS))
    data = json.dumps(as_json, ensure_ascii=False).encode("utf-8", "replace")
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    return (parsed.serialize(format=TABLE_FORMATS[syntax]) or b"").decode()


def _no_such_format(kind: str, syntax: str, formats: Mapping[str, object]) -> str:
    return f"The answer is a {kind} and cannot be written as {syntax!r}: choose {', '.join(formats)}."
