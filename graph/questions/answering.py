"""A question and its answer: what was made of it, the query that was asked, the rows, and the sentences behind each."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from extract.model import THRESHOLD
from graph.backing import backed
from graph.questions.chains import LOOK_UPS, chained
from graph.questions.reading import read
from graph.results import Table

if TYPE_CHECKING:
    from extract.model import Statement
    from graph.backing import Backed, Row
    from graph.claims import Passage
    from graph.knowledge import KnowledgeGraph
    from graph.questions.chains import Chained
    from graph.questions.reading import Reading
    from graph.results import Answer

EVIDENCE = ("claim", "sentence", "source")  # the columns that `with_evidence` adds


@dataclass(frozen=True, repr=False)
class Told:
    """The answer to a question.

    question: str; reading: Reading, what was made of it; answer: Answer, without rows that are less than 0.5 sure;
    unsure: int, how many of these there are.
    """

    question: str
    reading: Reading
    answer: Answer
    unsure: int
    _found: Backed | Chained
    _graph: KnowledgeGraph

    def __str__(self) -> str:
        return f"{self.title}.\n{self.answer}"

    def __repr__(self) -> str:
        return f"<Told: {self.command}>\n{self.answer!r}"

    @property
    def title(self) -> str:
        """What the query that was asked answers."""
        return self.reading.shape.title

    @property
    def sparql(self) -> str | None:
        """The query with its parameters in place; None where chains answered."""
        return None if self.reading.shape.looks_up else self._found.sparql  # type: ignore[union-attr]

    @cached_property
    def command(self) -> str:
        """How to ask the same again, and all of it, on the command line or in Python."""
        query, given = self.reading.shape.query, self.reading.given
        if self.reading.shape.looks_up:
            return LOOK_UPS[query].asked({name: meant.value for name, meant in given.items()})
        options = (f"--{name} {shlex.quote(meant.value)}" for name, meant in given.items())
        return " ".join(("chipgraph query", query, *options))

    def behind(self, row: Row) -> tuple[Statement, ...]:
        """The claims and numbers that a row of the answer rests on, the surest first."""
        return self._found.behind(row)

    def evidence(self, statement: Statement) -> tuple[Passage, ...]:
        """The sentences behind one of these."""
        return self._graph.evidence(statement)

    def with_evidence(self) -> Answer:
        """The answer with three more columns: the surest claim behind each row, its sentence and its source."""
        if not isinstance(self.answer, Table):
            return self.answer
        rows = tuple((*row, *self._cited(row)) for row in self.answer.terms)
        return replace(self.answer, columns=(*self.answer.columns, *EVIDENCE), terms=rows)

    def _repr_html_(self) -> str:
        from html import escape

        from graph.markup import table

        answer, asked = self.with_evidence(), f"{self.title}: {self.command}"
        if isinstance(answer, Table):
            return table(*answer.shown(), asked)
        return f"<p>{escape(asked)}</p><p>{escape(answer.to_text())}</p>"

    def _cited(self, row: Row) -> tuple[Literal | None, ...]:
        for statement in self.behind(row):
            passage = self.evidence(statement)[0]
            return Literal(statement.id), Literal(passage.text), Literal(str(passage.document))
        return (None,) * len(EVIDENCE)


def ask(graph: KnowledgeGraph, question: str, *, max_rows: int | None = None, timeout: float | None = None) -> Told:
    """The answer to a question in plain English.

    graph: KnowledgeGraph; question: str; max_rows, timeout: as `graph.query.run` has them. Raises `NotUnderstood` where
    no shape takes the question or a name in it is not known.

    >>> from graph.example import market
    >>> told = ask(market(), "Who makes chips for Elm Motors?")
    >>> told.command, [told.behind(row)[0].evidence.text for row in told.answer.terms]
    ('chipgraph query claims --object elm-motors --relation manufacturesFor', ['Aster Fab makes chips for Elm Motors.'])
    """
    reading = read(question, graph.reader)
    given = {name: meant.value for name, meant in reading.given.items()}
    query = reading.shape.query
    found: Backed | Chained
    if reading.shape.looks_up:
        found = chained(graph, query, given)
    else:
        found = backed(graph, query, given, max_rows=max_rows, timeout=timeout)
    if not isinstance(found.answer, Table):
        return Told(question, reading, found.answer, 0, found, graph)
    kept = tuple(row for row in found.answer.terms if _is_sure(found, row))
    unsure = len(found.answer) - len(kept)
    return Told(question, reading, replace(found.answer, terms=kept), unsure, found, graph)


def _is_sure(found: Backed | Chained, row: Row) -> bool:
    """True where what a row rests on is sure enough to be shown, and where it only counts."""
    behind = found.behind(row)
    return not behind or any(statement.confidence >= THRESHOLD for statement in behind)
