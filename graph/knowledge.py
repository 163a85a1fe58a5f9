"""The graph as an analyst asks it: look-ups by name, each answer with its claims and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.model import Claim, Document, merge
from graph import lookups
from graph import terms as t
from graph.answers import Chain, Event, Explanation, Relations, implying
from graph.claims import Passage, Reader, Source
from graph.lookups import Wanted
from graph.names import Names
from ontology.iri import entity_iri, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import networkx as nx
    import rdflib

    from extract.model import Entity, Modality, Observation, Polarity, Statement
    from graph.results import Answer
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much a graph holds; facts are plain triples of the projection, rules applied."""

    documents: int
    entities: int
    claims: int
    observations: int
    facts: int


class KnowledgeGraph:
    """A graph to ask.

    store: Store; use `open` for a built folder and `from_claims` for statements at hand. Names are taken as people
    write them (`st micro`, `Hua Hong`, an id); a name that nobody has raises `UnknownEntity` with suggestions.

    >>> from graph.example import knowledge
    >>> for claim in knowledge().customers("Hua Hong"):
    ...     print(claim.object.label, claim.qualifiers["product"], claim.evidence.text)
    STMicroelectronics mcu Hua Hong makes 40 nm microcontrollers for STMicroelectronics.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._reader = Reader(store)
        self._names = Names(store)

    @classmethod
    def open(cls, folder: Path | str = "output") -> KnowledgeGraph:
        """The graph of a built folder, for reading; raises `StoreError` where there is none."""
        from graph.build import open_folder

        return cls(open_folder(folder))

    @classmethod
    def from_claims(cls, statements: Iterable[Statement], documents: Iterable[Document] = ()) -> KnowledgeGraph:
        """A graph in memory.

        statements: claims and observations; documents: those they come from, for titles, dates and what stands around
        a sentence; a document that is missing is known by its path alone.
        """
        from graph.index import in_memory
        from graph.rdf import Origin, check_statement, in_order

        known = {document.id: document for document in documents}
        by_document: dict[str, list[Statement]] = {}
        for statement in merge(statements):
            check_statement(statement)
            by_document.setdefault(statement.document, []).append(in_order(statement))
        for key in known:
            by_document.setdefault(key, [])
        origins = {key: known.get(key) or Document("", found[0].source) for key, found in by_document.items()}
        return cls(in_memory((Origin(key, d, (d.source,)), by_document[key]) for key, d in origins.items()))

    def entity(self, name: str) -> Entity:
        """The entity of a name.

        >>> from graph.example import knowledge
        >>> knowledge().entity("st micro").id
        'stmicroelectronics'
        """
        return self._reader.entity(local_name(self._names.find(name).value))

    @property
    def merged(self) -> dict[str, str]:
        """Each id that was merged into another, with the one that stands for it."""
        return dict(self._reader.merged)

    def entities(self, kind: str | None = None) -> tuple[Entity, ...]:
        """The entities that claims and numbers speak of, by label; `kind`: str, only those of a class or below it."""
        from ontology.classes import is_a

        found = map(self._reader.entity, self._entity_ids())
        kept = [entity for entity in found if kind is None or is_a(entity.type, kind)]
        return tuple(sorted(kept, key=lambda entity: (entity.label, entity.id)))

    def relations(
        self,
        entity: str | None = None,
        relation: str | None = None,
        *,
        polarity: Polarity | str | None = None,
        modality: Modality | str | None = None,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        min_confidence: float = 0.0,
    ) -> Relations:
        """The claims that fit, facts or not, strongest first.

        entity: str, a name, subject or object; relation: str, with the relations that imply it; polarity, modality:
        str; since, until: str, such as 2024 or 2024-10, compared with the time of the claim, else with the date of its
        document; source: str, a publisher, speaker, path or document id; min_confidence: float.

        >>> from graph.example import knowledge
        >>> [claim.object.label for claim in knowledge().relations("Hua Hong", modality="planned")]
        ['Wuxi']
        """
        kinds = implying(relation) if relation else None
        wanted = Wanted(kinds, polarity, modality, since, until, source, min_confidence)
        node = self._names.find(entity) if entity is not None else None
        claims = lookups.claims_of(self.store, self._reader, node)
        return self._answer(claim for claim in claims if wanted.admits(claim, self._reader))

    def partners(self, name: str) -> Relations:
        """The facts that tie an entity to partners, joint ventures included."""
        return self._facts(name, "partnersWith", "either")

    def suppliers(self, name: str, tiers: int = 1) -> Relations:
        """The facts that name who supplies an entity, and who supplies them, for so many tiers."""
        return self._tiers(name, tiers, inward=True)

    def customers(self, name: str, tiers: int = 1) -> Relations:
        """The facts that name whom an entity supplies, and whom they supply, for so many tiers."""
        return self._tiers(name, tiers, inward=False)

    def owners(self, name: str) -> Relations:
        """The facts that name who owns, bought or has a stake in an entity."""
        return self._owning(name, "object", "subject")

    def subsidiaries(self, name: str) -> Relations:
        """The facts that name what an entity owns, bought or has a stake in."""
        return self._owning(name, "subject", "object")

    def competitors(self, name: str) -> Relations:
        """The facts that name rivals of an entity."""
        return self._facts(name, "competesWith", "either")

    def restrictions(self, name: str) -> Relations:
        """The facts that restrict an entity: measures against it, lists that it is on, measures aimed at it."""
        aimed = lookups.aimed_at(self.store, self._reader, self._names.find(name))
        against = (*self._facts(name, "restricts", "object"), *self._facts(name, "subjectTo", "subject"))
        return self._answer((*against, *(claim for claim in aimed if claim.is_fact)))

    def between(self, a: str, b: str) -> Relations:
        """All claims that tie two entities, facts or not, either way round."""
        return self._answer(lookups.between(self.store, self._reader, self._names.find(a), self._names.find(b)))

    def path(self, a: str, b: str, facts_only: bool = True) -> Chain:
        """The shortest chain of claims between two entities, each hop with its sentence; it prints as English."""
        return lookups.shortest(self.store, self._reader, self._names.find(a), self._names.find(b), facts_only)

    def statement(self, key: str) -> Statement:
        """The claim or observation of an id; raises `StoreError` where there is none."""
        return self._reader.statement(key)

    def evidence(self, statement: Statement | str) -> tuple[Passage, ...]:
        """The sentences behind a statement (or behind the id of one), with their documents.

        >>> from graph.example import knowledge, statements
        >>> passage, = knowledge().evidence(statements()[1])
        >>> passage.document.publisher, passage.start, passage.end
        ('Chip Gazette', 62, 129)
        """
        return self._reader.evidence(self.statement(statement) if isinstance(statement, str) else statement)

    def explain(self, statement: Statement | str) -> Explanation:
        """Why the graph says so: who says it, in which sentence, who else says the same, and who the opposite."""
        found = self.statement(statement) if isinstance(statement, str) else statement
        speaker = found.attributed_to
        said_by = self._reader.entity(speaker.id).label if speaker else str(self._reader.source(found.document))
        others = lookups.alike(self.store, self._reader, found) if isinstance(found, Claim) else ()
        same = tuple(claim for claim in others if claim.polarity == _polarity(found))
        against = tuple(claim for claim in others if claim.polarity != _polarity(found))
        qualifiers = self._reader.qualifiers(found) if isinstance(found, Claim) else ()
        return Explanation(found, self.evidence(found), said_by, same, against, qualifiers)

    def observations(self, name: str, metric: str | None = None) -> tuple[Observation, ...]:
        """The numbers stated of an entity, by metric and period."""
        return tuple(lookups.observations_of(self.store, self._reader, self._names.find(name), metric))

    def timeline(self, name: str) -> tuple[Event, ...]:
        """What is said of an entity, in the order of time; what has no time at all is left out.

        >>> from graph.example import knowledge
        >>> [event.time for event in knowledge().timeline("Northwind Motors")]
        ['2024']
        """
        statements: list[Statement] = [*self.relations(name), *self.observations(name)]
        events = (Event(lookups.time_of(s, self._reader), s, _own_time(s) is None) for s in statements)
        return tuple(sorted((e for e in events if e.time), key=lambda e: (e.time, e.statement.id)))

    def search(self, words: str) -> Relations:
        """The claims with a sentence that has the words."""
        return self._answer(lookups.mentioning(self.store, self._reader, words))

    def sparql(
        self, text: str, *, max_rows: int | None = None, timeout: float | None = None, **parameters: Any
    ) -> Answer:
        """The answer to a SPARQL query; the prefixes are known, `$name` in it takes the parameter `name`.

        >>> from graph.example import knowledge
        >>> knowledge().sparql("SELECT ?customer { cr:hua-hong ck:suppliesTo ?customer }").column("customer")
        ['https://w3id.org/chipgraph/id/stmicroelectronics']
        """
        from graph.query import run

        return run(self.store, text, parameters, max_rows=max_rows, timeout=timeout)

    def query(self, name: str, **parameters: str) -> Answer:
        """The answer to a named query (`graph.catalogue.queries()` lists them), entities given by name."""
        from graph.catalogue import run_named

        return run_named(self.store, self._names, name, **parameters)

    def to_networkx(self, facts_only: bool = True) -> nx.MultiDiGraph[str]:
        """The claims as a networkx graph: nodes by entity id, an edge a claim, its key the claim's id."""
        from graph.analysis import claims_graph

        return claims_graph(self.relations().facts() if facts_only else self.relations())

    def to_rdflib(self) -> rdflib.Dataset:
        """The open store under rdflib's API, for reading; nothing is copied, and Oxigraph answers the queries.

        >>> from graph.example import knowledge
        >>> bool(knowledge().to_rdflib().query("ASK { cr:hua-hong ck:suppliesTo cr:stmicroelectronics }"))
        True
        """
        from graph.bridge import dataset

        return dataset(self.store)

    def documents(self) -> tuple[Source, ...]:
        """The documents, by date and id."""
        ids = (local_name(quad.subject.value) for quad in self.store.quads(None, t.TYPE, t.DOCUMENT))
        return tuple(sorted(map(self._reader.source, ids), key=lambda d: (d.date or "", d.id)))

    def statistics(self) -> Statistics:
        """How much the graph holds.

        >>> from graph.example import knowledge
        >>> knowledge().statistics()
        Statistics(documents=1, entities=5, claims=4, observations=1, facts=3)
        """
        kinds = (t.DOCUMENT, t.CLAIM, t.OBSERVATION)
        documents, claims, observations = (sum(1 for _ in self.store.quads(None, t.TYPE, kind)) for kind in kinds)
        facts = sum(1 for _ in self.store.quads(None, None, None, t.FACTS))
        return Statistics(documents, len(self._entity_ids()), claims, observations, facts)

    def _entity_ids(self) -> set[str]:
        ends = (t.SUBJECT, t.OBJECT, t.ABOUT)
        nodes = {quad.object for end in ends for quad in self.store.quads(None, end)}
        return {local_name(node.value) for node in nodes}

    def _answer(self, claims: Iterable[Claim]) -> Relations:
        return Relations(lookups.strongest_first(claims), self._reader)

    def _facts(self, name: str, relation: str, end: str) -> Relations:
        """The facts of a relation that have an entity at one end, or at either."""
        node = self._names.find(name)
        claims = self.relations(name, relation).facts()
        return self._answer(c for c in claims if end == "either" or entity_iri(getattr(c, end).id) == node.value)

    def _owning(self, name: str, owned: str, owner: str) -> Relations:
        claims: Iterator[Claim] = (
            claim
            for relation, end in (("ownsStakeIn", owned), ("acquires", owned), ("subsidiaryOf", owner))
            for claim in self._facts(name, relation, end)
        )
        return self._answer(claims)

    def _tiers(self, name: str, depth: int, inward: bool) -> Relations:
        node = self._names.find(name)
        return self._answer(lookups.tiers(self.store, self._reader, node, "suppliesTo", inward, depth))


def _polarity(statement: Statement) -> str:
    return statement.polarity if isinstance(statement, Claim) else ""


def _own_time(statement: Statement) -> str | None:
    return statement.time if isinstance(statement, Claim) else statement.period
