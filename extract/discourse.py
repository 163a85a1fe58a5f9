"""A document as it is read: its parsed blocks in order, and who has been spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.blocks import Kind
from extract.link import Linker
from extract.syntax import frame
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.arguments import Filler
    from extract.blocks import Block
    from extract.dates import Date
    from extract.mention_index import Mention, MentionIndex
    from extract.model import Document, Entity
    from extract.quantities import Quantity
    from extract.syntax import Frame
    from extract.tree import Span, Token, Tree
    from extract.verifier.ends import End


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One block, parsed, with what was found in it.

    place: int, its number in the document; block; doc: its parse; index: its mentions; sentences; dates, quantities: in
    the order of the text. What was asked for so far: frames, the predicates, by the place of their word; fillers, whom
    the phrases stand for, by the place of their head; ends and inside, what the sentences speak of and their mentions,
    by where they start.
    """

    place: int
    block: Block
    doc: Tree
    index: MentionIndex
    sentences: tuple[Span, ...]
    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]
    frames: dict[int, Frame] = field(default_factory=dict)
    fillers: dict[int, Sequence[Filler]] = field(default_factory=dict)
    ends: dict[int, Sequence[End]] = field(default_factory=dict)
    inside: dict[int, Sequence[Mention]] = field(default_factory=dict)

    def frame(self, token: Token) -> Frame:
        """The predicate that a token of this text stands for, made once."""
        if token.i not in self.frames:
            self.frames[token.i] = frame(token)
        return self.frames[token.i]

    def mentions_in(self, sentence: Span) -> Sequence[Mention]:
        """The mentions whose heads stand in a sentence of this text, in the order of the text."""
        if sentence.start not in self.inside:
            within = [m for m in self.index.mentions if sentence.start <= m.root < sentence.end]
            self.inside[sentence.start] = within
        return self.inside[sentence.start]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the last number was said of. place: number of its block; about: Entity; period: ISO 8601 or None."""

    place: int
    about: Entity
    period: str | None


# How many words may stand between a name and the place that it is said to be from.
_BESIDE = 4


def _is_whole(mention: Mention, doc: Tree) -> bool:
    """True where a heading is little more than the name: "Kestrel Devices AG", not "Strategic Partnerships in Asia"."""
    return mention.end - mention.start >= len(doc) - 2


@dataclass(slots=True)
class Discourse:
    """The whole document: readings in order, links, and the actor that it turns on."""

    document: Document
    readings: list[Reading]
    linker: Linker = field(default_factory=Linker)
    counted: Counted | None = None
    _topic: Entity | None = None
    _topic_known: bool = False
    _places: dict[str, set[str]] | None = None

    def __post_init__(self) -> None:
        self.linker.document = self.document.id
        for reading in self.readings:
            self.linker.learn(reading.doc, reading.index)

    def entity(self, reading: Reading, mention: Mention) -> Entity:
        """What a mention stands for."""
        return self.linker.link(reading.doc, mention, reading.index).entity

    def before(self, reading: Reading, token: Token, blocks: int = 3) -> Iterator[tuple[Reading, Span, list[Mention]]]:
        """The sentences before a token, nearest first, each with its mentions; its own counts, up to the token.

        reading: where the token stands; blocks: how many blocks back to go, its own counted.
        """
        for at in range(reading.place, max(-1, reading.place - blocks), -1):
            earlier = self.readings[at]
            for sentence in reversed(earlier.sentences):
                if earlier is reading and sentence.start > token.i:
                    continue
                limit = token.i if earlier is reading and sentence == token.sent else sentence.end
                yield earlier, sentence, [m for m in earlier.mentions_in(sentence) if m.root < limit]

    def places_beside(self, entity: Entity) -> set[str]:
        """The countries (ids) and towns (names) in whose company an entity is named: "the Norwegian firm Halvorsen"."""
        if self._places is None:
            self._places = {}
            for reading in self.readings:
                for place in reading.index.mentions:
                    if place.kind == "name" and is_a(place.type, "Place"):
                        self._note_place(reading, place)
        return self._places.get(entity.id, set())

    def _note_place(self, reading: Reading, place: Mention) -> None:
        assert self._places is not None
        country = registry.load().entries[place.entries[0]].country if place.entries else None
        for mention in reading.index.mentions:
            apart = max(mention.start - place.end, place.start - mention.end)
            near = 0 <= apart < _BESIDE and reading.doc[place.root].sent == reading.doc[mention.root].sent
            if near and mention.kind == "name" and is_a(mention.type, "Organization"):
                found = self._places.setdefault(self.entity(reading, mention).id, set())
                found.update({place.text} if country is None else {place.text, country})

    def section_subject(self, reading: Reading) -> Entity | None:
        """Whom a line without a subject is about: whom it opens with, its item's, its heading's, else the topic."""
        if reading.block.kind is Kind.CELL and reading.block.row is not None:
            return self._row_subject(reading)
        if reading.block.kind in (Kind.ITEM, Kind.PAIR) and (opener := self._opener(reading)) is not None:
            return opener
        return self.heading_subject(reading)

    def heading_subject(self, reading: Reading) -> Entity | None:
        """The organisation that the nearest heading with one names, else the topic."""
        for earlier in reversed(self.readings[: reading.place]):
            if earlier.block.kind not in (Kind.HEADING, Kind.TITLE):
                continue
            named = [m for m in earlier.index.mentions if m.kind == "name" and is_a(m.type, "Organization")]
            if named and (named[0].entries or _is_whole(named[0], earlier.doc)):
                return self.entity(earlier, named[0])
        return self.topic

    def _row_subject(self, reading: Reading) -> Entity | None:
        """Whom the row of a table is about; of a table of keys and values the section's subject."""
        row = next((r for r in self.readings if r.block.kind is Kind.ROW and r.block.row == reading.block.row), None)
        if row is None:
            return self.heading_subject(reading)
        return next((self.entity(row, m) for m in row.index.mentions if m.kind in ("name", "concept")), None)

    def _opener(self, reading: Reading) -> Entity | None:
        """The organisation that an item opens with, as its head: "- **Soitec** (France): ...", or the item above it."""
        level = reading.block.level
        at = reading.place
        while at >= 0 and self.readings[at].block.kind in (Kind.ITEM, Kind.PAIR):
            above = self.readings[at]
            if (above is reading or above.block.level < level) and (named := _head_of_line(above)) is not None:
                return self.entity(above, named)
            at -= 1
        return None

    @property
    def topic(self) -> Entity | None:
        """The organisation that the document is about: named in its title, else the one named most, where one is."""
        if not self._topic_known:
            self._topic = self._find_topic()
            self._topic_known = True
        return self._topic

    def _find_topic(self) -> Entity | None:
        counts: dict[str, int] = {}
        first: dict[str, Entity] = {}
        opened = False
        for reading in self.readings:
            defined = None if opened else _defined(reading)
            opened = opened or reading.block.kind is Kind.PARAGRAPH
            for mention in reading.index.mentions:
                if _may_be_topic(mention):
                    entity = self.entity(reading, mention)
                    weight = _prominence(reading, mention) + (_DEFINED if mention is defined else 0)
                    counts[entity.id] = counts.get(entity.id, 0) + weight
                    first.setdefault(entity.id, entity)
        ranked = sorted(counts, key=lambda entity_id: -counts[entity_id])
        if not ranked or (len(ranked) > 1 and counts[ranked[0]] < _RATIO * counts[ranked[1]]):
            return None
        return first[ranked[0]]


# How often the topic must outweigh the next organisation.
_RATIO = 2
# What it weighs that a text opens with "X is a ..."; a mention weighs 1.
_DEFINED = 3


_HEADS_LINE = frozenset({":", "-", "\u2013", "\u2014", "(", "|"})


def _head_of_line(reading: Reading) -> Mention | None:
    """The organisation that stands before a line's first colon, dash or bracket, or that is the whole line.

    It must be a known one: products head lines of a profile just so, and are easily taken for firms.
    """
    for mention in reading.index.mentions:
        if mention.start > 0 or not mention.entries or not is_a(mention.type, "Organization"):
            continue
        if mention.end >= len(reading.doc) or reading.doc[mention.end].text in _HEADS_LINE:
            return mention
    return None


def _prominence(reading: Reading, mention: Mention) -> int:
    """What one mention weighs: 3 in the title or as the subject of the first sentence, 2 as a subject, else 1."""
    subject = reading.doc[mention.root].dep_ in ("nsubj", "nsubj:pass")
    opens = reading.block.kind is Kind.TITLE or (subject and mention.start < reading.sentences[0].end)
    if reading.place == 0 and opens:
        return 3
    return 2 if subject else 1


def _defined(reading: Reading) -> Mention | None:
    """Whom a text's first paragraph says what it is: "Soitec is a French maker of wafers"."""
    if reading.block.kind is not Kind.PARAGRAPH or not reading.sentences:
        return None
    root = reading.sentences[0].root
    if not any(c.dep_ == "cop" for c in root.children):
        return None
    return next((reading.index.at(c) for c in root.children if c.dep_ == "nsubj"), None)


def _may_be_topic(mention: Mention) -> bool:
    """Documents turn on companies and the like, not on the media that they quote."""
    organization = mention.kind == "name" and is_a(mention.type, "Organization")
    return organization and not is_a(mention.type, "MediaOrganization")
