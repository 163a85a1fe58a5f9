"""Named queries and questions in plain English, their answers with sentences and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from graph import catalogue
from graph.backing import backed
from graph.results import Table, Triples
from graph.server.answers import AskTold, Queries, QueryTold, Rows
from graph.server.parts import Column, IriCell, Meaning, QueryData, RowData, Taken
from graph.server.plain import extended, statement_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extract.model import Statement
    from graph.backing import Row
    from graph.catalogue import NamedQuery
    from graph.knowledge import KnowledgeGraph
    from graph.results import Answer, Term
    from graph.server.lookups import Place

_MAX_ROWS = 100_000  # more refuse the query: it can be narrowed
_STATEMENTS = 5  # behind one row


def queries(_: Place) -> Queries:
    """The named queries: what each answers, takes and gives."""
    return Queries(tuple(map(_described, catalogue.queries().values())))


def query(place: Place, name: str, offset: int, limit: int, **given: str | int | None) -> QueryTold:
    """The answer to a named query, with what is behind each row."""
    values = {key: str(value) for key, value in given.items() if value is not None}
    found = backed(place.graph, name, values, max_rows=_MAX_ROWS)
    return extended(
        QueryTold,
        answer_data(place.graph, found.answer, found.behind, offset, limit),
        query=name,
        title=found.query.title,
        answers=found.query.answers,
        sparql=found.sparql,
        columns=_columns(found.query),
    )


def ask(place: Place, q: str, offset: int, limit: int) -> AskTold:
    """The answer to a question in plain English, with the query that it was taken for."""
    told = place.graph.ask(q, max_rows=_MAX_ROWS)
    return extended(
        AskTold,
        answer_data(place.graph, told.answer, told.behind, offset, limit),
        question=q,
        query=told.reading.shape.query,
        title=told.title,
        command=told.command,
        parameters=tuple(Meaning(name, m.value, m.label) for name, m in told.reading.given.items()),
        sparql=told.sparql,
        unsure_rows=told.unsure,
    )


def answer_data(
    graph: KnowledgeGraph, answer: Answer, behind: Callable[[Row], tuple[Statement, ...]], offset: int, limit: int
) -> Rows:
    """The rows of an answer from `offset` on, or its triples, with what each row rests on."""
    if isinstance(answer, Triples):
        shown = answer.triples[offset : offset + limit]
        triples = tuple((str(t.subject), str(t.predicate), str(t.object)) for t in shown)
        return Rows(len(answer), offset, limit, triples=triples)
    assert isinstance(answer, Table)  # no named query is an ASK
    part = answer.terms[offset : offset + limit]
    iris = (cell.value for row in part for cell in row if isinstance(cell, NamedNode))
    names = answer.labels.of(iris) if answer.labels else {}
    rows = (
        RowData(_cells(answer.columns, row, names), tuple(statement_data(graph, s) for s in behind(row)[:_STATEMENTS]))
        for row in part
    )
    return Rows(len(answer), offset, limit, rows=tuple(rows))


def _cells(columns: tuple[str, ...], row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    """The cells by column, without those that are unbound and those that name what stands beside them."""
    pairs = dict(zip(columns, row, strict=True))
    return {
        name: _term(cell, names)
        for name, cell in pairs.items()
        if cell is not None and name.removesuffix("_label") not in pairs.keys() - {name}
    }


def _term(term: Term, names: Mapping[str, str]) -> Any:
    """A term: text, a number, or an IRI with its label."""
    if isinstance(term, NamedNode):
        return IriCell(term.value, names.get(term.value))
    return Table(("",), ((term,),))[0][0] if isinstance(term, Literal) else str(term)


def _described(query: NamedQuery) -> QueryData:
    takes = tuple(Taken(p.name, p.kind, p.meaning, p.needed, p.default) for p in query.parameters)
    about = (query.name, query.title, query.theme, query.answers)
    return QueryData(*about, takes, _columns(query), dict(query.example))


def _columns(query: NamedQuery) -> tuple[Column, ...]:
    return tuple(Column(column.name, column.meaning) for column in query.columns)
