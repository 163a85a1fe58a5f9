"""Answers to queries: a table, a graph or yes and no, each with its standard formats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.labels import Labels, shorten
from graph.sheet import sheet
from graph.sparql_json import binding
from ontology.errors import QueryRefused
from ontology.namespaces import PREFIXES, XSD

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
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
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_SHOWN = 10
_NUMBERS = {XSD.integer: int, XSD.decimal: float, XSD.double: float}
_PREFIXED = frozenset(("ttl", "trig", "rdf"))


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


@dataclass(frozen=True, repr=False)
class Table:
    r"""The answer to a SELECT.

    columns: tuple of str; terms: tuple of rows, each a tuple of RDF terms, None where unbound; labels: Labels or None,
    the names that people are shown in place of IRIs.

    >>> table = Table(("n",), ((ox.Literal(3),), (ox.Literal("three"),)))
    >>> [row["n"] for row in table], table.serialize("csv")
    ([3, 'three'], 'n\r\n3\r\nthree\r\n')
    >>> table
    <Table: 2 rows>
    n
    3
    three
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    labels: Labels | None = field(default=None, compare=False, repr=False)

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
        """The table as csv, tsv, json or xml, as SPARQL 1.1 defines them, or as `sheet`: CSV for people.

        `sheet` is what spreadsheets open: names in place of IRIs, and a cell that a spreadsheet would run as a formula
        begins with an apostrophe (`graph.sheet`). Raises `QueryRefused` for other formats.
        """
        if syntax == "sheet":
            return sheet(*self.shown())
        as_json = {"head": {"vars": self.columns}, "results": {"bindings": [self._binding(row) for row in self.terms]}}
        return _standard(as_json, syntax)

    def shown(self, ids: bool = False) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """The head and the rows as people read them.

        ids: bool, True shows IRIs, shortened; else names stand in their place, where one is known, and a column
        `x_label` beside a column `x` is left out, since `x` says the same.
        """
        if ids or self.labels is None:
            return self.columns, [tuple(shorten(term) for term in row) for row in self.terms]
        kept = [
            i for i, name in enumerate(self.columns) if not name.endswith("_label") or name[:-6] not in self.columns
        ]
        names = self.labels.of(t.value for row in self.terms for t in row if isinstance(t, ox.NamedNode))
        rows = [tuple(_named(row[i], names) for i in kept) for row in self.terms]
        return tuple(self.columns[i] for i in kept), rows

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        rows = "1 row" if len(self) == 1 else f"{len(self)} rows"
        more = "\n…" if len(self) > _SHOWN else ""
        return f"<Table: {rows}>\n{replace(self, terms=self.terms[:_SHOWN]).to_text()}{more}"

    def to_text(self, ids: bool = False) -> str:
        """The table in aligned columns, with names in place of IRIs unless `ids`."""
        columns, rows = self.shown(ids)
        cells = [columns, *rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
        return "\n".join(line.rstrip() for line in lines)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame of pandas; needs pandas (`pip install chipgraph[pandas]`)."""
        import pandas as pd

        return pd.DataFrame([row.astuple() for row in self], columns=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """The table as a data frame of polars; needs polars (`pip install chipgraph[polars]`).

        A column of one kind of value has its type; one that mixes numbers with text is text.
        """
        import polars as pl

        columns = zip(*(row.astuple() for row in self), strict=True) if self.terms else ([] for _ in self.columns)
        return pl.DataFrame({name: _uniform(values) for name, values in zip(self.columns, columns, strict=True)})

    def _repr_html_(self) -> str:
        from graph.markup import table

        return table(*self.shown())

    def _binding(self, row: tuple[Term | None, ...]) -> dict[str, dict[str, str]]:
        return {name: binding(term) for name, term in zip(self.columns, row, strict=True) if term is not None}


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
        """The verdict as json, xml, csv, tsv or sheet; raises `QueryRefused` for other formats."""
        if syntax in {"csv", "tsv", "sheet"}:
            return f"{str(self.value).lower()}\n"
        return _standard({"head": {}, "boolean": self.value}, syntax)

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self) -> str:
        """`yes` or `no`."""
        return "yes" if self.value else "no"


@dataclass(frozen=True, repr=False)
class Triples:
    r"""The answer to a CONSTRUCT or DESCRIBE, each triple once, sorted.

    >>> triple = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal("b"))
    >>> Triples((triple,)).serialize("nt")
    '<x:a> <x:p> "b" .\n'
    """

    triples: tuple[ox.Triple, ...]

    @classmethod
    def of(cls, found: Iterable[ox.Triple]) -> Triples:
        """Triples in any order, some perhaps more than once, as an answer."""
        given = list(found)
        # Sorted by their lines, all of which the engine writes in less time than it takes to read a part of each here.
        lines = (ox.serialize(given, format=ox.RdfFormat.N_TRIPLES) or b"").decode().split("\n")[:-1]
        by_line = dict(zip(lines, given, strict=True))
        return cls(tuple(map(by_line.__getitem__, sorted(by_line))))

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def serialize(self, syntax: str) -> str:
        """The triples as ttl, trig, nt, nq, jsonld or rdf (RDF/XML); raises `QueryRefused` for other formats."""
        if syntax not in GRAPH_FORMATS:
            raise QueryRefused(_no_such_format("graph", syntax, GRAPH_FORMATS))
        used = {p: iri for p, iri in PREFIXES.items() if syntax in _PREFIXED and iri in self._text}
        return (ox.serialize(self.triples, format=GRAPH_FORMATS[syntax], prefixes=used) or b"").decode()

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"

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


def _named(term: Term | None, names: Mapping[str, str]) -> str:
    return names.get(term.value, "") if isinstance(term, ox.NamedNode) and term.value in names else shorten(term)


def _uniform(values: Iterable[Any]) -> list[Any]:
    """The values of a column with one type, as polars wants them."""
    listed = list(values)
    kinds = {type(value) for value in listed if value is not None}
    if len(kinds) <= 1 or kinds == {int, float}:
        return listed if kinds != {int, float} else [None if v is None else float(v) for v in listed]
    return [None if value is None else str(value) for value in listed]


def _value(term: Term | None) -> Any:
    if term is None or not isinstance(term, ox.Literal):
        return None if term is None else term.value
    if term.datatype.value == XSD.boolean:
        return term.value == "true"
    return _NUMBERS.get(term.datatype.value, str)(term.value)


def _standard(as_json: Mapping[str, Any], syntax: str) -> str:
    if syntax not in TABLE_FORMATS:
        raise QueryRefused(_no_such_format("table", syntax, (*TABLE_FORMATS, "sheet")))
    data = json.dumps(as_json, ensure_ascii=False).encode("utf-8", "replace")
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    return (parsed.serialize(format=TABLE_FORMATS[syntax]) or b"").decode()


def _no_such_format(kind: str, syntax: str, formats: Iterable[str]) -> str:
    return f"The answer is a {kind} and cannot be written as {syntax!r}: choose {', '.join(formats)}."
