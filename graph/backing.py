"""Answers to named queries with the statements that each row rests on, and so with sentences and sources.

Which those are is said in the header of the query (`graph.catalogue`). Variables that hold statements are asked for
along with the columns; facts are looked up when a row is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from graph import guard
from graph.catalogue import bound, filled, named
from graph.query import execute
from graph.results import Table
from ontology.iri import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.model import Claim, Statement
    from graph.catalogue import NamedQuery
    from graph.knowledge import KnowledgeGraph
    from graph.parameters import Value
    from graph.results import Answer, Term

    Row = tuple[Term | None, ...]

_ANYTHING = "?"
_APART = " "


@dataclass(frozen=True)
class Backed:
    """The answer to a named query, and what is behind each of its rows.

    query: NamedQuery; given: mapping of parameter to the RDF term that its value stands for; sparql: str, the query
    with these in place; answer: Answer, each row of a table once.
    """

    query: NamedQuery
    given: Mapping[str, NamedNode | Literal]
    sparql: str
    answer: Answer
    _graph: KnowledgeGraph = field(repr=False)
    _found: Mapping[Row, tuple[str, ...]] = field(repr=False)
    _read: dict[Row, tuple[Statement, ...]] = field(default_factory=dict, repr=False)

    def behind(self, row: Row) -> tuple[Statement, ...]:
        """The statements that a row rests on, the surest first; row: tuple of RDF terms, one of the answer's.

        Empty where the query counts or lists what no one sentence says.
        """
        if row not in self._read:
            self._read[row] = self._behind(row)
        return self._read[row]

    def _behind(self, row: Row) -> tuple[Statement, ...]:
        stated = [self._graph.statement(key) for key in self._found.get(row, ())]
        for part in self.query.evidence:
            if len(part) > 1:
                stated += self._facts(part, row)
        unique = {statement.id: statement for statement in stated}
        return tuple(sorted(unique.values(), key=lambda s: (-s.confidence, s.id)))

    def _facts(self, part: tuple[str, ...], row: Row) -> Iterable[Claim]:
        """The facts between two cells or parameters; none where one of them is not there."""
        subject, relation, object_ = (self._named(word, row) for word in part)
        ends = [end for end in (subject, object_) if end != _ANYTHING]
        if not all(ends) or subject == object_:
            return ()
        other = ends[1] if len(ends) > 1 else None
        return self._graph.relations(ends[0], None if relation == _ANYTHING else relation, other=other, facts_only=True)

    def _named(self, word: str, row: Row) -> str | None:
        """The id that a word of the header stands for: a cell, a parameter, or else itself."""
        assert isinstance(self.answer, Table)
        if word in self.answer.columns:
            cell = row[self.answer.columns.index(word)]
            return local_name(cell.value) if isinstance(cell, NamedNode) else None
        return local_name(self.given[word].value) if word in self.given else word


def backed(
    graph: KnowledgeGraph,
    name: str,
    given: Mapping[str, Value],
    *,
    max_rows: int | None = None,
    timeout: float | None = None,
) -> Backed:
    """The answer to a named query with what it rests on.

    graph: KnowledgeGraph; name: str; given: mapping of parameter to value, as people write it or as a term; max_rows,
    timeout: as `graph.query.run` has them. Raises `QueryRefused` and `UnknownEntity` as `graph.query` does.

    >>> from graph.example import market
    >>> found = backed(market(), "suppliers-of", {"entity": "Birch Devices", "tiers": "1"})
    >>> for row in found.answer.terms:
    ...     print(row[2].value, [claim.evidence.text for claim in found.behind(row)])
    Aster Fab ['Aster Fab makes 28 nm microcontrollers for Birch Devices.']
    Juniper Gas ['Juniper Gas also supplies Birch Devices.']
    """
    query, names, store = named(name), graph.reader.names, graph.store
    terms = bound(query, names, store, given)
    text = filled(query, names, store, given)
    columns = tuple(column.name for column in query.columns)
    variables = tuple(part[0] for part in query.evidence if len(part) == 1)
    hidden = tuple(variable for variable in variables if variable not in columns)
    answer = execute(store, _asking_for(text, hidden), False, max_rows, timeout)
    if not isinstance(answer, Table):
        return Backed(query, terms, text, answer, graph, {})
    found = _gathered(answer, columns, variables)
    table = Table(columns, tuple(found), answer.labels)
    return Backed(query, terms, text, table, graph, {row: tuple(keys) for row, keys in found.items()})


def _asking_for(text: str, variables: tuple[str, ...]) -> str:
    """The query with variables among what it selects, as lists where it groups."""
    parts = list(guard.tokens(text))
    words = [token.casefold() for _, token in parts]
    if not variables:
        return text
    grouped = "group" in words
    asked = (_listed(v) if grouped else f"?{v}" for v in variables)
    at = words.index("where")
    return "".join(token for _, token in parts[:at]) + " ".join((*asked, "")) + "".join(t for _, t in parts[at:])


def _listed(variable: str) -> str:
    return f'(GROUP_CONCAT(DISTINCT STR(?{variable}); separator="{_APART}") AS ?{variable}_all)'


def _gathered(answer: Table, columns: tuple[str, ...], variables: tuple[str, ...]) -> dict[Row, dict[str, None]]:
    """The rows without what they rest on, in their order, each with the ids of that."""
    at = {name: index for index, name in enumerate(answer.columns)}
    shown = [at[name] for name in columns]
    held = [at[v] if v in at else at[f"{v}_all"] for v in variables]
    found: dict[Row, dict[str, None]] = {}
    for row in answer.terms:
        keys = found.setdefault(tuple(row[index] for index in shown), {})
        for index in held:
            cell = row[index]
            if cell is not None:
                keys.update(dict.fromkeys(map(local_name, cell.value.split(_APART))))
    return found
