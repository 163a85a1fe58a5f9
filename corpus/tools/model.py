"""What a paragraph of the corpus holds: its clean text, the entities marked in it, and what it states.

Offsets are 0-based code points into `Paragraph.text`, end exclusive, as everywhere in Chipgraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Modality, Polarity

STYLES = frozenset({
    "wire", "release", "filing", "notice", "analyst", "profile", "encyclopaedia", "blog", "bullets", "headline",
    "table", "note",
})  # fmt: skip

REASONS = frozenset({
    "negated", "co-occurrence", "denial", "plan", "hypothetical", "ended", "question", "other-source", "look-alike",
})  # fmt: skip

QUALIFIERS = ("product", "node", "amount", "percent", "place")


@dataclass(frozen=True, slots=True, order=True)
class EntityMark:
    """One mention of an entity: `text[start:end] == surface`.

    type: str, a class of chip.ttl; name: str, the canonical name, the surface itself where the mark gives none.
    """

    start: int
    end: int
    surface: str
    type: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Coreference:
    """A pronoun or description, `text[start:end]`, that stands for the entity of a canonical name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A statement of the text.

    subject, object: str, canonical names; by: str or None, the source that the text names; qualifiers: pairs of key
    and value, sorted; ended: bool, the relation held once; core: bool, false for a true but incidental statement.
    """

    subject: str
    relation: str
    object: str
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    time: str | None = None
    by: str | None = None
    ended: bool = False
    core: bool = True
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def triple(self) -> tuple[str, str, str]:
        """Subject, relation and object."""
        return self.subject, self.relation, self.object

    @property
    def is_stated(self) -> bool:
        """True where somebody affirms that it holds, be it the narrator or a source that the text names."""
        return self.polarity is Polarity.AFFIRMED and self.modality is Modality.ASSERTED and not self.ended

    @property
    def is_fact(self) -> bool:
        """True where the narrator affirms that it holds."""
        return self.is_stated and self.by is None


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """A number of the text.

    about: str, a canonical name; metric, unit: str, terms of chip.ttl; value: str, a decimal in base unit;
    printed: str, as in the text; scope: pairs of the remaining keys and values, sorted.
    """

    about: str
    metric: str
    value: str
    unit: str
    printed: str
    period: str | None = None
    forecast: bool = False
    scope: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HardNegative:
    """A triple that a careless reader would take for an affirmed fact, and why it is none (one of `REASONS`)."""

    subject: str
    relation: str
    object: str
    why: str

    @property
    def triple(self) -> tuple[str, str, str]:
        """Subject, relation and object."""
        return self.subject, self.relation, self.object


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One annotated paragraph.

    id: str, such as p-a-017; part, topic: str; style: one of `STYLES`; source: str, file and line of the block.
    """

    id: str
    part: str
    topic: str
    style: str
    source: str
    text: str
    marks: tuple[EntityMark, ...] = ()
    coreferences: tuple[Coreference, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    numbers: tuple[GoldNumber, ...] = ()
    negatives: tuple[HardNegative, ...] = field(default=())

    def types(self) -> dict[str, str]:
        """The type of each marked entity, by canonical name."""
        return {mark.name: mark.type for mark in self.marks}
