"""What lookups answer with: claims with their sentences, in sets, chains and explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.model import Claim
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from extract.model import Statement
    from graph.claims import Passage, Reader

_COLUMNS = ("subject", "relation", "object", "polarity", "modality", "time", "confidence", "source", "sentence", "id")


def phrase(claim: Claim, backwards: bool = False) -> str:
    """A claim in English, with what keeps it from being a plain fact in brackets.

    claim: Claim; backwards: bool, True reads it from the object.

    >>> from graph.example import statements
    >>> phrase(statements()[2]), phrase(statements()[0], backwards=True)
    ('Hua Hong supplies Huawei (negated)', 'STMicroelectronics has chips made by Hua Hong')
    """
    relation = relations()[claim.relation]
    ends = (claim.object.label, relation.inverse_label, claim.subject.label)
    text = " ".join(ends if backwards else (claim.subject.label, relation.label, claim.object.label))
    notes = [claim.polarity.value] * (claim.polarity != "affirmed") + [claim.modality.value] * (
        claim.modality != "asserted"
    )
    return f"{text} ({', '.join(notes)})" if notes else text


class Relations:
    """An unchanging set of claims, strongest first, each with its sentences.

    >>> from graph.example import knowledge
    >>> known = knowledge().relations("Hua Hong")
    >>> len(known), [claim.relation for claim in known.facts()]
    (3, ['manufacturesFor'])
    >>> known.evidence[0].text
    'Hua Hong makes 40 nm microcontrollers for STMicroelectronics.'
    """

    def __init__(self, claims: tuple[Claim, ...], reader: Reader) -> None:
        self.claims = claims
        self._reader = reader

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __getitem__(self, index: int) -> Claim:
        return self.claims[index]

    def __repr__(self) -> str:
        return f"<Relations: {len(self)} claims>"

    def __str__(self) -> str:
        return "\n".join(f"{phrase(claim)} [{claim.confidence:.2f}]" for claim in self.claims)

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The sentences behind the claims, each once."""
        return tuple(dict.fromkeys(p for claim in self.claims for p in self.evidence_of(claim)))

    @property
    def entities(self) -> tuple[str, ...]:
        """The labels of all subjects and objects, sorted."""
        return tuple(sorted({e.label for claim in self.claims for e in (claim.subject, claim.object)}))

    def evidence_of(self, claim: Claim) -> tuple[Passage, ...]:
        """The sentences behind one claim."""
        return self._reader.evidence(claim)

    def qualifiers_of(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """The qualifiers of one claim by name, ids of entities as their labels."""
        return self._reader.qualifiers(claim)

    def facts(self) -> Relations:
        """Those that are affirmed and asserted."""
        return self._only(claim for claim in self.claims if claim.is_fact)

    def of(self, relation: str) -> Relations:
        """Those of one relation, with the relations that imply it."""
        return self._only(claim for claim in self.claims if claim.relation in implying(relation))

    def at_least(self, confidence: float) -> Relations:
        """Those with a confidence of at least that."""
        return self._only(claim for claim in self.claims if claim.confidence >= confidence)

    def to_pandas(self) -> pd.DataFrame:
        """The claims as a data frame, a row each; needs pandas (`pip install chipgraph[pandas]`)."""
        import pandas as pd

        return pd.DataFrame([self._row(claim) for claim in self.claims], columns=list(_COLUMNS))

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{column}</th>" for column in _COLUMNS[:-1])
        rows = ("".join(f"<td>{escape(str(cell))}</td>" for cell in self._row(claim)[:-1]) for claim in self.claims)
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def _row(self, claim: Claim) -> tuple[object, ...]:
        ends = (claim.subject.label, relations()[claim.relation].label, claim.object.label)
        marks = (claim.polarity.value, claim.modality.value, claim.time or "", claim.confidence)
        return (*ends, *marks, claim.source, claim.evidence.text, claim.id)

    def _only(self, claims: Iterator[Claim]) -> Relations:
        return Relations(tuple(claims), self._reader)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain: a claim, read forwards or from its object, with its sentences."""

    claim: Claim
    backwards: bool
    evidence: tuple[Passage, ...]

    def __str__(self) -> str:
        return f"{phrase(self.claim, self.backwards)}: {self.evidence[0]}"


@dataclass(frozen=True, slots=True)
class Chain:
    """How two entities are tied: hops from the one to the other; empty where nothing ties them.

    >>> from graph.example import knowledge
    >>> print(knowledge().path("Hua Hong", "Northwind Motors"))
    Hua Hong Semiconductor makes chips for STMicroelectronics: “Hua Hong makes 40 nm microcontrollers for
    STMicroelectronics.” (Chip Gazette, 2025-01-20)
    STMicroelectronics supplies Northwind Motors: “STMicroelectronics supplies Northwind Motors with
    microcontrollers.” (Chip Gazette, 2025-01-20)
    """

    hops: tuple[Hop, ...]

    def __len__(self) -> int:
        return len(self.hops)

    def __iter__(self) -> Iterator[Hop]:
        return iter(self.hops)

    def __str__(self) -> str:
        return "\n".join(map(str, self.hops)) or "Nothing in the graph ties the two."


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the graph says something.

    statement: Claim or Observation; evidence: its sentences; said_by: str; same, against: tuples of claims of any
    document that state the same of the same two, and the opposite; qualifiers: tuple of name and value, ids of entities
    as their labels.
    """

    statement: Statement
    evidence: tuple[Passage, ...]
    said_by: str
    same: tuple[Claim, ...] = ()
    against: tuple[Claim, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        s = self.statement
        what = phrase(s) if isinstance(s, Claim) else f"{s.about.label}: {s.metric} {s.printed}"
        lines = [what, f"said by {self.said_by}; confidence {s.confidence:.2f}; recognised by {s.rule}"]
        lines += [f"  {passage}" for passage in self.evidence]
        lines += [f"also: {phrase(claim)} ({claim.source})" for claim in self.same]
        lines += [f"against: {phrase(claim)} ({claim.source})" for claim in self.against]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Event:
    """A statement and the time that it speaks of, or that its document is of where it names none."""

    time: str
    statement: Statement
    from_document: bool


def implying(relation: str) -> frozenset[str]:
    """A relation and those that imply it.

    >>> sorted(implying("suppliesTo"))
    ['manufacturesFor', 'suppliesTo']
    """
    below = {name for name, r in relations().items() if relation in r.parents}
    return frozenset({relation}.union(*(implying(name) for name in below)))
