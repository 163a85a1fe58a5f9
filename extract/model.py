"""The data types between documents and graph: frozen, slotted, with no spaCy and no rdflib.

Offsets are 0-based Unicode code points into `Document.text`, end exclusive: `text[start:end]` is the quote, always.
A claim's id is a hash of what it says and where it was said, so building twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


# Statements below this confidence are kept in the log and left out of what is shown and of the plain facts.
THRESHOLD = 0.5


class Polarity(StrEnum):
    """Whether the text affirms or negates the statement."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How the text commits to the statement."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    FORECAST = "forecast"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: `text[start:end]`.

    >>> Span(0, 4).of("TSMC supplies Apple.")
    'TSMC'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A span runs forward from 0 on, not from {self.start} to {self.end}.")

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def digest(*parts: str) -> str:
    """16 hexadecimal digits that stand for the parts, the same on every machine.

    >>> digest("a", "b") == digest("a", "b") != digest("ab", "")
    True
    """
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as stored, with what it says of itself.

    text: str; source: str, path or address as given; title, publisher, author, date (ISO 8601), url, language:
    str or None where the document does not say; id: str, hash of the text: the same text is the same document under any
    name.
    """

    text: str
    source: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    id: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Kept, as each claim asks for it: hashing a filing anew for each would cost its square.
        object.__setattr__(self, "id", digest(self.text))


@dataclass(frozen=True, slots=True)
class Entity:
    """What a mention stands for.

    id: str, the stable slug that its IRI is minted from; label: str; type: str, a class of the ontology;
    mention: str, as the sentence writes it; aliases: tuple[str, ...], the other names the document gives it.
    """

    id: str
    label: str
    type: str
    mention: str = ""
    aliases: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        from extract.cards import entity_card

        return entity_card(self)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The sentence behind a statement: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's statement that a relation holds (or does not) between two entities.

    document: str, id of the document; source: str, its path or address; relation: str, local name in the ontology;
    time: str or None, ISO 8601 (year, month or day); attributed_to: Entity or None, who says so where the text names
    somebody; qualifiers: mapping of str to str, sorted on writing; confidence: float, a probability; evidence:
    Evidence; support: further sentences of the same document that state the same; rule: str, what recognised it;
    recorded: str or None, the id that claims.jsonl has for it, where its ends have been merged with others since;
    reasons: mapping of str to str, where each part of it came from, as `extract.reasons` words it; empty where nobody
    knows.
    """

    document: str
    source: str
    subject: Entity
    relation: str
    object: Entity
    evidence: Evidence
    rule: str
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    time: str | None = None
    attributed_to: Entity | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    support: tuple[Evidence, ...] = ()
    recorded: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Hash of document, subject, relation, object and qualifiers; what it was found by is no part of it."""
        if self._id is None:  # kept, as a claim is asked for it several times on its way into the store
            object.__setattr__(self, "_id", self.recorded or self._hashed())
        return self._id  # type: ignore[return-value]

    def _hashed(self) -> str:
        said_by = self.attributed_to.id if self.attributed_to else ""
        qualifiers = json.dumps(dict(sorted(self.qualifiers.items())), ensure_ascii=False)
        core = (self.document, self.subject.id, self.relation, self.object.id)
        return digest(*core, self.polarity, self.modality, self.time or "", said_by, qualifiers)

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """The parts of the claim whose words have a place in the document, with their offsets.

        >>> ASML, Intel = (Entity(name.lower(), name, "Company") for name in ("ASML", "Intel"))
        >>> why = {"places": "subject 0-4; trigger 5-13; object 14-19"}
        >>> Claim("d", "f", ASML, "suppliesTo", Intel, Evidence(0, 20, "ASML supplies Intel."), "r", reasons=why).places
        {'subject': (0, 4), 'trigger': (5, 13), 'object': (14, 19)}
        """
        found = {}
        for entry in filter(None, self.reasons.get("places", "").split("; ")):
            part, _, at = entry.partition(" ")
            start, _, end = at.partition("-")
            if start.isdigit() and end.isdigit():  # the file may come from elsewhere
                found[part] = (int(start), int(end))
        return found

    @property
    def is_fact(self) -> bool:
        """True where the claim is affirmed, asserted and not over: what the projection shows as a plain triple."""
        over = self.qualifiers.get("status") in ("ended", "cancelled")
        return self.polarity is Polarity.AFFIRMED and self.modality is Modality.ASSERTED and not over

    def _repr_html_(self) -> str:
        from extract.cards import claim_card

        return claim_card(self)


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that a document states of something.

    about: Entity; metric: str, local name of a metric; value: float or int in base unit (159.499 billion is
    159499000000); printed: str, as in the text; unit: str (USD, PERCENT, WaferPerMonth ...); period: str or None (2024,
    2024-10, 2024-Q3); base_period: str or None; direction: "increase", "decrease" or None; forecast, approx: bool;
    recorded: str or None, the id that claims.jsonl has for it, where what it is about has been merged since.
    """

    document: str
    source: str
    about: Entity
    metric: str
    value: float | int
    printed: str
    unit: str
    evidence: Evidence
    rule: str
    period: str | None = None
    base_period: str | None = None
    product: str | None = None
    scope: str | None = None
    geo: str | None = None
    forecast: bool = False
    approx: bool = False
    direction: str | None = None
    attributed_to: Entity | None = None
    confidence: float = 1.0
    support: tuple[Evidence, ...] = ()
    recorded: str | None = None
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Hash of document and of everything that tells this number from another."""
        if self._id is None:
            object.__setattr__(self, "_id", self.recorded or self._hashed())
        return self._id  # type: ignore[return-value]

    def _hashed(self) -> str:
        said_by = self.attributed_to.id if self.attributed_to else ""
        scope = (self.period or "", self.base_period or "", self.product or "", self.scope or "", self.geo or "")
        number = (self.metric, repr(self.value), self.unit, *scope, str(self.forecast), self.direction or "", said_by)
        return digest(self.document, self.about.id, *number)

    def _repr_html_(self) -> str:
        from extract.cards import number_card

        return number_card(self)


Statement = Claim | Observation


def merge(statements: Iterable[Statement]) -> list[Statement]:
    """The statements with equal ids made one, evidence united, the higher confidence kept.

    statements: any order. Returns them sorted by document, first evidence offset, id. Merging is idempotent and
    does not depend on the order given.
    """
    merged: dict[str, Statement] = {}
    for s in statements:
        known = merged.get(key := s.id)
        merged[key] = s if known is None else _unite(known, s)
    return [s for _, s in sorted(merged.items(), key=lambda item: (item[1].document, item[1].evidence, item[0]))]


def _unite(a: Statement, b: Statement) -> Statement:
    first, *rest = sorted({a.evidence, b.evidence, *a.support, *b.support})
    kept = max((a, b), key=_strength)
    return replace(kept, evidence=first, support=tuple(rest))


def _strength(s: Statement) -> tuple[object, ...]:
    """What decides which of two equal statements is kept; reasons come before evidence, which merging changes."""
    reasons = sorted(s.reasons.items()) if isinstance(s, Claim) else []
    return s.confidence, s.rule, reasons, s.evidence
