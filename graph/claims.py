"""Statements, entities and documents read back from a store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from extract.claims_io import dumps, loads
from extract.model import Claim, Entity
from graph import terms as t
from graph.names import Names
from graph.nodes import Nodes
from ontology.errors import StoreError
from ontology.iri import document_iri, entity_iri, evidence_iri, local_name
from ontology.namespaces import CR_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Evidence, Statement
    from graph.nodes import Properties
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the graph knows it.

    id: str; paths: tuple of str, where it was read; title, publisher, author, date, url, language: str or None;
    publisher is the name, publisher_id the entity; text: str, the id of the document that stands for all copies of the
    text, which is this one where there are none.
    """

    id: str
    paths: tuple[str, ...]
    title: str | None = None
    publisher: str | None = None
    publisher_id: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    text: str = field(default="", repr=False)

    def __str__(self) -> str:
        """How a document is cited: publisher or title or path, and the date."""
        name = self.publisher or self.title or (self.paths[0] if self.paths else self.id)
        return f"{name}, {self.date}" if self.date else name


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence behind a statement, with its place.

    document: Source; start, end: int, offsets into the document's text; text, before, after: str, the quote and what
    stands around it.
    """

    document: Source
    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"“{self.text}” ({self.document})"


class Reader:
    """Statements, entities and documents out of a store; entities and documents are read once.

    store: Store. `names` finds entities by the names that people write.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.names = Names(store)
        self._entities: dict[str, Entity] = {}
        self._merged: dict[str, str] | None = None
        self._sources: dict[str, Source] = {}
        self._nodes = Nodes(store, next_=t.PUBLISHER)

    def statement(self, key: str) -> Statement:
        """The claim or observation of an id, its entities under the labels of the graph.

        Raises `StoreError` where there is none.
        """
        return next(self.statements_of((key,)))

    def statements_of(self, keys: Iterable[str]) -> Iterator[Statement]:
        """The claims and observations of some ids, in their order, read as many at once as the store likes.

        Raises `StoreError` for an id that there is not.
        """
        left = iter(keys)
        while some := list(islice(left, self._store.at_once)):
            found = self._store.quads_of(map(record_node, some), t.RECORD, t.INDEX)
            records = {quad.subject: loads(quad.object.value) for quad in found}
            self._meet(records.values())
            for key in some:
                if (record := records.get(record_node(key))) is None:
                    raise StoreError(f"The graph holds no statement {key!r}: give the id of one that a look-up lists.")
                yield self._relabelled(record)

    def statements(self) -> Iterator[Statement]:
        """All statements, in one sweep of the index."""
        records = (loads(quad.object.value) for quad in self._store.quads(None, t.RECORD, None, t.INDEX))
        while some := list(islice(records, self._store.at_once)):
            self._meet(some)
            yield from map(self._relabelled, some)

    def _meet(self, statements: Iterable[Statement]) -> None:
        """Notes what will be asked of the statements: their entities, documents and sentences."""
        if self._store.at_once == 1:
            return
        for s in statements:
            ends = (s.subject, s.object) if isinstance(s, Claim) else (s.about,)
            ids = [self.standing(end.id) for end in (*ends, *filter(None, (s.attributed_to,)))]
            self._nodes.meet(entity_iri(key) for key in ids if key not in self._entities)
            if s.document not in self._sources:
                self._nodes.meet((document_iri(s.document),))
            self._nodes.meet(_quote(s.document, evidence) for evidence in (s.evidence, *s.support))

    def _relabelled(self, found: Statement) -> Statement:
        """The statement with its entities under the labels and types of the graph, which all documents share."""
        speaker = self._labelled(found.attributed_to) if found.attributed_to else None
        ends = (found.subject, found.object) if isinstance(found, Claim) else (found.about,)
        moved = any(self.standing(end.id) != end.id for end in (*ends, speaker or ends[0]))
        recorded = found.id if moved or speaker != found.attributed_to else None
        named = [self._labelled(end) for end in ends]
        if isinstance(found, Claim):
            return replace(found, subject=named[0], object=named[1], attributed_to=speaker, recorded=recorded)
        return replace(found, about=named[0], attributed_to=speaker, recorded=recorded)

    def standing_in(self, found: Statement) -> Statement:
        """The statement with what was merged under the id and label that stand for it, anything else as it is."""
        ends = (found.subject, found.object) if isinstance(found, Claim) else (found.about,)
        return self._relabelled(found) if any(end.id in self.merged for end in ends) else found

    def standing(self, key: str) -> str:
        """The id that an id goes by: itself, unless it was merged into another."""
        return self.merged.get(key, key)

    @property
    def merged(self) -> dict[str, str]:
        """Each id that was merged into another, with that one."""
        if self._merged is None:
            found = self._store.quads(None, t.REPLACES, None, t.SHARED)
            self._merged = {local_name(quad.object.value): local_name(quad.subject.value) for quad in found}
        return self._merged

    def evidence(self, statement: Statement) -> tuple[Passage, ...]:
        """The sentences behind a statement, in the order of the text."""
        return tuple(self._passage(statement.document, e) for e in sorted({statement.evidence, *statement.support}))

    def qualifiers(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """The qualifiers of a claim by name, ids of entities as their labels."""
        pairs = sorted(claim.qualifiers.items())
        return tuple(
            (key, self.entity(self.standing(value)).label if key in t.ENTITY_QUALIFIERS else value)
            for key, value in pairs
        )

    def entity(self, key: str) -> Entity:
        """The entity of an id, with its names; an id that nothing describes gives an entity named like it."""
        if key not in self._entities:
            properties = self._nodes.of(entity_iri(key))
            names = tuple(sorted(name.value for name in properties.get(t.ALT_LABEL.value, ())))
            type_ = local_name(_one(properties, t.TYPE) or "Entity")
            self._entities[key] = Entity(key, _one(properties, t.LABEL) or key, type_, "", names)
        return self._entities[key]

    def source(self, key: str) -> Source:
        """The document of an id."""
        if key not in self._sources:
            self._sources[key] = self._source(key, self._nodes.of(document_iri(key)))
        return self._sources[key]

    def _labelled(self, entity: Entity) -> Entity:
        known = self.entity(self.standing(entity.id))
        return replace(entity, id=known.id, label=known.label, type=known.type)

    def _passage(self, document: str, evidence: Evidence) -> Passage:
        around = self._nodes.of(_quote(document, evidence))
        before, after = (_one(around, predicate) or "" for predicate in (t.PREFIX, t.SUFFIX))
        return Passage(self.source(document), evidence.start, evidence.end, evidence.text, before, after)

    def _source(self, key: str, of: Properties) -> Source:
        publisher = _one(of, t.PUBLISHER)
        publisher_id = local_name(publisher) if publisher else None
        return Source(
            id=key,
            paths=tuple(sorted(path.value for path in of.get(t.SOURCE_PATH.value, ()))),
            title=_one(of, t.HEADLINE),
            publisher=self.entity(publisher_id).label if publisher_id else None,
            publisher_id=publisher_id,
            author=_one(of, t.AUTHOR),
            date=_one(of, t.PUBLISHED),
            url=_one(of, t.URL),
            language=_one(of, t.LANGUAGE),
            text=local_name(_one(of, t.ALTERNATE) or document_iri(key)),
        )


def record(statement: Statement) -> Quad:
    """What the index keeps of a statement, so that it is read back whole and at once."""
    return Quad(record_node(statement.id), t.RECORD, Literal(dumps(statement)), t.INDEX)


def record_node(key: str) -> NamedNode:
    """The IRI that the index keeps a statement under, apart from the statement's own so that DESCRIBE leaves it out."""
    return NamedNode(f"{CR_BASE}record/{quote(key, safe='')}")  # an id that was asked for may be anything


def _quote(document: str, evidence: Evidence) -> str:
    """The IRI of the words of a sentence."""
    return f"{evidence_iri(document, evidence.start, evidence.end)}/quote"


def _one(of: Properties, predicate: NamedNode) -> str | None:
    values = of.get(predicate.value)
    return values[0].value if values else None
