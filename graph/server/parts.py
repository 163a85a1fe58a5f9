"""The parts that answers are made of, as types."""

# No `from __future__ import annotations`: schemas are made of the types as they stand.

from collections.abc import Mapping
from dataclasses import dataclass

from extract.model import Modality, Polarity


@dataclass(frozen=True, slots=True)
class EntityData:
    """An entity with its names; type: a class of the ontology."""

    id: str
    iri: str
    label: str
    type: str
    type_label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """An end of a statement."""

    id: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class DocumentData:
    """A document; name: its title, or else the name of its file; url: where it was published."""

    id: str
    iri: str
    name: str
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place in the text of its document, and the words around it."""

    text: str
    start: int
    end: int
    before: str
    after: str
    document: DocumentData


@dataclass(frozen=True, slots=True)
class ClaimData:
    """A claim with its sentences; reads: the relation as it reads from the entity that was asked for."""

    id: str
    iri: str
    text: str
    subject: End
    relation: str
    reads: str
    object: End
    backwards: bool
    polarity: Polarity
    modality: Modality
    time: str | None
    qualifiers: Mapping[str, str]
    attributed_to: str | None
    confidence: float
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class NumberData:
    """A number with its sentences; value: in the unit, printed: as in the text."""

    id: str
    iri: str
    text: str
    about: End
    metric: str
    metric_label: str
    value: float
    printed: str
    unit: str
    period: str | None
    forecast: bool
    confidence: float
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A statement without its sentences."""

    id: str
    text: str
    confidence: float
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a longer answer."""

    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Found(EntityData):
    """An entity that a name may stand for; matched: how, score: 1 for what is sure."""

    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Neighbour(EntityData):
    """An entity near another: how many steps away, by how many claims, of which relations."""

    hops: int
    claims: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HopData:
    """A step of a chain, with the sentences of its claim."""

    from_: End
    to: End
    text: str
    id: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ChainData:
    """A chain of claims."""

    confidence: float
    hops: tuple[HopData, ...]


@dataclass(frozen=True, slots=True)
class EventData:
    """A statement and its time; time_of_document: true where it names none of its own."""

    time: str
    text: str
    time_of_document: bool
    id: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class PointData:
    """The best attested value of a period, the lowest and highest, and what the best rests on."""

    period: str
    value: float
    low: float
    high: float
    forecast: bool
    sources: tuple[str, ...]
    printed: str
    id: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SeriesData:
    """A quantity of an entity over its periods."""

    quantity: str
    metric: str
    unit: str
    unit_label: str
    points: tuple[PointData, ...]


@dataclass(frozen=True, slots=True)
class Placed(Brief):
    """A statement, the start and end of its sentences in the text, and of the names in them with the entity's id."""

    places: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class SourceData:
    """A publisher: how many documents, and the first and last date of them."""

    publisher: str
    id: str | None
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SharedTie(EntityData):
    """An entity that two others are tied to, and by which relations each."""

    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A parameter of a named query; kind: what a value of it names."""

    name: str
    kind: str
    meaning: str
    needed: bool
    default: str | None


@dataclass(frozen=True, slots=True)
class QueryData:
    """A named query: what it answers, takes and gives; example: values of its parameters."""

    name: str
    title: str
    theme: str
    answers: str
    parameters: tuple[Taken, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IriCell:
    """A cell that names something."""

    iri: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class RowData:
    """A row: its cells by column, those without a value left out, and what it rests on."""

    values: Mapping[str, IriCell | str | int | float | bool]
    evidence: tuple[ClaimData | NumberData, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a parameter of a question was taken for."""

    name: str
    value: str
    label: str
