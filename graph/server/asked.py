"""Named queries and questions in plain English, their answers as plain data with sentences and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from extract.model import Claim
from graph import catalogue
from graph.backing import backed
from graph.results import Table, Triples
from graph.server.plain import claim_data, number_data

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


def queries(_: Place) -> dict[str, Any]:
    """The named queries: what each answers, takes and gives."""
    return {"queries": [_described(query) for query in catalogue.queries().values()]}


def query(place: Place, name: str, offset: int, limit: int, **given: str | int | None) -> dict[str, Any]:
    """The answer to a named query, with what is behind each row."""
    values = {key: str(value) for key, value in given.items() if value is not None}
    found = backed(place.graph, name, values, max_rows=_MAX_ROWS)
    told = {"query": name, "title": found.query.title, "answers": found.query.answers, "sparql": found.sparql}
    columns = [{"name": c.name, "meaning": c.meaning} for c in found.query.columns]
    return told | {"columns": columns} | answer_data(place.graph, found.answer, found.behind, offset, limit)


def ask(place: Place, q: str, offset: int, limit: int) -> dict[str, Any]:
    """The answer to a question in plain English, with the query that it was taken for."""
    told = place.graph.ask(q, max_rows=_MAX_ROWS)
    made = {"question": q, "query": told.reading.shape.query, "title": told.title, "command": told.command}
    given = [{"name": n, "value": m.value, "label": m.label} for n, m in told.reading.given.items()]
    body = answer_data(place.graph, told.answer, told.behind, offset, limit)
    return made | {"parameters": given, "sparql": told.sparql, "unsure_rows": told.unsure} | body


def answer_data(
    graph: KnowledgeGraph, answer: Answer, behind: Callable[[Row], tuple[Statement, ...]], offset: int, limit: int
) -> dict[str, Any]:
    """The rows of an answer from `offset` on, or its triples, with what each row rests on."""
    if isinstance(answer, Triples):
        shown = answer.triples[offset : offset + limit]
        rows = [[str(part) for part in (t.subject, t.predicate, t.object)] for t in shown]
        return {"total": len(answer), "offset": offset, "limit": limit, "triples": rows}
    assert isinstance(answer, Table)  # no named query is an ASK
    part = answer.terms[offset : offset + limit]
    iris = (cell.value for row in part for cell in row if isinstance(cell, NamedNode))
    names = answer.labels.of(iris) if answer.labels else {}
    rows_ = [
        {"values": _cells(answer.columns, row, names)}
        | {"evidence": [_statement(graph, s) for s in behind(row)[:_STATEMENTS]]}
        for row in part
    ]
    return {"total": len(answer), "offset": offset, "limit": limit, "rows": rows_}


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
        return {"iri": term.value} | ({"label": names[term.value]} if term.value in names else {})
    return Table(("",), ((term,),))[0][0] if isinstance(term, Literal) else str(term)


def _statement(graph: KnowledgeGraph, found: Statement) -> dict[str, Any]:
    return claim_data(graph, found, None) if isinstance(found, Claim) else number_data(graph, found)


def _described(query: NamedQuery) -> dict[str, Any]:
    takes = [
        {"name": p.name, "kind": p.kind, "meaning": p.meaning, "needed": p.needed, "default": p.default}
        for p in query.parameters
    ]
    gives = [{"name": column.name, "meaning": column.meaning} for column in query.columns]
    about = {"name": query.name, "title": query.title, "theme": query.theme, "answers": query.answers}
    return about | {"parameters": takes, "columns": gives, "example": dict(query.example)}
