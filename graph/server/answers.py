"""What look-ups answer, as types: the JSON that is sent and the schemas that describe it are both made of them.

A field whose default is None is left out where it is None; one that ends in `_` loses that in JSON.
"""

# No `from __future__ import annotations`: schemas are made of the types as they stand.

from collections.abc import Mapping
from dataclasses import dataclass

from graph.server.parts import (
    Brief,
    ChainData,
    ClaimData,
    Column,
    DocumentData,
    EntityData,
    EventData,
    Found,
    Meaning,
    Neighbour,
    NumberData,
    Page,
    Placed,
    QueryData,
    RowData,
    SeriesData,
    SharedTie,
    SourceData,
)


@dataclass(frozen=True, slots=True)
class Matches:
    """The entities that a name may stand for, the likeliest first."""

    query: str
    matches: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Entities(Page):
    """Entities by label."""

    entities: tuple[EntityData, ...]


@dataclass(frozen=True, slots=True)
class EntityTold(EntityData):
    """What an entity is; relations: how many claims by relation, as it reads from there, numbers: how many of these."""

    properties: Mapping[str, str]
    relations: Mapping[str, int]
    numbers: int


@dataclass(frozen=True, slots=True)
class Claims(Page):
    """Claims, the strongest first."""

    relations: tuple[ClaimData, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entities near another, the nearest first."""

    entity: EntityData
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains between two entities, the shortest first."""

    from_: EntityData
    to: EntityData
    paths: tuple[ChainData, ...]


@dataclass(frozen=True, slots=True)
class Events(Page):
    """What is said of an entity, in the order of time."""

    entity: EntityData
    events: tuple[EventData, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an entity as series."""

    entity: EntityData
    series: tuple[SeriesData, ...]


@dataclass(frozen=True, slots=True)
class ClaimTold(ClaimData):
    """A claim with who says so, the rule that found it, and what says the same or the opposite."""

    said_by: str
    rule: str
    same: tuple[Brief, ...]
    against: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class NumberTold(NumberData):
    """A number with who says so, the rule that found it, and what says the same or the opposite."""

    said_by: str
    rule: str
    same: tuple[Brief, ...]
    against: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class Documents(Page):
    """Documents, the newest first."""

    documents: tuple[DocumentData, ...]


@dataclass(frozen=True, slots=True)
class DocumentTold(DocumentData):
    """A document with its text and what it states."""

    text: str
    statements: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Publishers, those of most documents first."""

    sources: tuple[SourceData, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How much a graph holds; facts: plain triples."""

    documents: int
    entities: int
    claims: int
    observations: int
    facts: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two entities side by side."""

    entities: tuple[EntityTold, ...]
    between: tuple[ClaimData, ...]
    shared: tuple[SharedTie, ...]


@dataclass(frozen=True, slots=True)
class Queries:
    """The named queries."""

    queries: tuple[QueryData, ...]


@dataclass(frozen=True, slots=True)
class Rows(Page):
    """The rows of an answer, or, where it is a graph, its triples as text."""

    rows: tuple[RowData, ...] | None = None
    triples: tuple[tuple[str, str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTold:
    """The answer of a named query, what it is first; its rows are as those of `Rows`."""

    query: str
    title: str
    answers: str
    sparql: str
    columns: tuple[Column, ...]
    total: int
    offset: int
    limit: int
    rows: tuple[RowData, ...] | None = None
    triples: tuple[tuple[str, str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTold:
    """The answer of a question; unsure_rows: how many were left out, since nothing behind them is 0.5 sure."""

    question: str
    query: str
    title: str
    command: str
    parameters: tuple[Meaning, ...]
    sparql: str | None
    unsure_rows: int
    total: int
    offset: int
    limit: int
    rows: tuple[RowData, ...] | None = None
    triples: tuple[tuple[str, str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """The text of a named query with the values of its example, and what it answers."""

    query: str
    answers: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The interactive picture of an entity, as a page."""

    html: str


@dataclass(frozen=True, slots=True)
class Described:
    """An IRI that the graph says something of, with its triples as text where they were asked for."""

    iri: str
    triples: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer; suggestions: what may have been meant."""

    status: int
    error: str
    suggestions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The variables of a SPARQL answer."""

    vars: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Bindings:
    """The rows of a SPARQL answer: of each variable a term, with its type, value, datatype and language."""

    bindings: tuple[Mapping[str, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer of a SELECT or an ASK (SPARQL 1.1 Query Results JSON Format)."""

    head: Head
    results: Bindings | None = None
    boolean: bool | None = None


StatementTold = ClaimTold | NumberTold
