"""The graph as an analyst asks it: look-ups by name, each answer with its claims and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.model import Document, merge
from graph import terms as t
from graph.address import is_address
from graph.asking.wording import class_called
from graph.face.judgement import Judgement
from graph.face.networks import Networks
from graph.face.roles import Roles
from graph.face.ties import Ties
from graph.face.views import Views
from ontology.errors import StoreError
from ontology.iri import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import rdflib

    from extract.model import Entity, Statement
    from graph.asking.explanation import Explanation
    from graph.asking.relations import Relations
    from graph.claims import Passage, Source
    from graph.parameters import Value
    from graph.questions.answering import Told
    from graph.results import Answer


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much a graph holds; facts are plain triples of the projection, rules applied."""

    documents: int
    entities: int
    claims: int
    observations: int
    facts: int


class KnowledgeGraph(Roles, Ties, Judgement, Networks, Views):
    """A graph to ask.

    store: Store; use `open` for a built folder, `from_claims` for statements at hand, `example` to try things out.
    Names are taken as people write them (`st micro`, `Hua Hong`, an id); a name that nobody has raises `UnknownEntity`
    with suggestions, one that several have `AmbiguousName`.

    >>> from graph.example import knowledge
    >>> for claim in knowledge().customers("Hua Hong"):
    ...     print(claim.object.label, claim.qualifiers["product"], claim.evidence.text)
    STMicroelectronics mcu Hua Hong makes 40 nm microcontrollers for STMicroelectronics.
    """

    @classmethod
    def open(cls, place: Path | str = "output", *, in_memory: bool | None = None) -> KnowledgeGraph:
        """The graph of a built folder, or of a server that `chipgraph push` filled, for reading.

        place: Path or str, the folder, or the address of a SPARQL 1.1 query endpoint such as
        `http://localhost:7878/query`; who asks is read from `CHIPGRAPH_TOKEN`, or `CHIPGRAPH_USER` and
        `CHIPGRAPH_PASSWORD`, or .netrc. in_memory: bool or None, whether a folder's store is copied into memory, where
        it answers several times faster: by default once it was asked so much that the copy pays, True at once, False
        never (docs/graph.md has the figures). Raises `StoreError` where there is no graph.
        """
        if is_address(place):
            if in_memory:
                raise StoreError(f"{place} is a server's graph: leave out in_memory, or export it and build a folder.")
            from graph.remote import open_server

            return cls(open_server(str(place)))
        from graph.opening import open_folder

        return cls(open_folder(place, in_memory))

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

    @classmethod
    def example(cls) -> KnowledgeGraph:
        """A small graph of an invented market, in memory: what the examples of the documentation run on.

        >>> KnowledgeGraph.example().statistics()
        Statistics(documents=3, entities=15, claims=22, observations=4, facts=22)
        """
        from graph.example import market

        return market()

    def __repr__(self) -> str:
        from graph.asking.frame import counted
        from graph.results import Table

        found = self.sparql(
            "SELECT (COUNT(?d) AS ?documents) (COUNT(?c) AS ?claims) { { ?d a ck:Document } UNION { ?c a ck:Claim } }"
        )
        assert isinstance(found, Table)
        documents, claims = found[0].values()
        told = f"{counted(documents, 'document', 'documents')}, {counted(claims, 'claim', 'claims')}"
        return f"<KnowledgeGraph: {told}>"

    @property
    def merged(self) -> dict[str, str]:
        """Each id that was merged into another, with the one that stands for it."""
        return dict(self.reader.merged)

    def entities(self, kind: str | None = None) -> tuple[Entity, ...]:
        """The entities that claims and numbers speak of, by label; `kind`: str, only those of a class or below it."""
        from ontology.classes import is_a

        wanted = class_called(kind) if kind is not None else None
        found = map(self.reader.entity, self._entity_ids())
        kept = [entity for entity in found if wanted is None or is_a(entity.type, wanted)]
        return tuple(sorted(kept, key=lambda entity: (entity.label, entity.id)))

    def statement(self, key: str) -> Statement:
        """The claim or observation of an id; raises `StoreError` where there is none."""
        return self.reader.statement(key)

    def evidence(self, statement: Statement | str) -> tuple[Passage, ...]:
        """The sentences behind a statement (or behind the id of one), with their documents.

        >>> from graph.example import knowledge, statements
        >>> passage, = knowledge().evidence(statements()[1])
        >>> passage.document.publisher, passage.start, passage.end
        ('Chip Gazette', 62, 129)
        """
        return self.reader.evidence(self.statement(statement) if isinstance(statement, str) else statement)

    def explain(self, statement: Statement | str) -> Explanation:
        """Why the graph says so: who says it, in which sentence, who else says the same, and who the opposite."""
        from graph.asking.explanation import explain

        return explain(self._access, self.statement(statement) if isinstance(statement, str) else statement)

    def search(self, words: str) -> Relations:
        """The claims with a sentence that has the words."""
        return self._access.relations(self._access.mentioning(words))

    def sparql(
        self,
        text: str,
        *,
        max_rows: int | None = None,
        timeout: float | None = None,
        allow_service: bool = False,
        **parameters: Value,
    ) -> Answer:
        """The answer to a SPARQL query; the prefixes are known, `$name` in it takes the parameter `name`.

        max_rows: int, more rows refuse the query; timeout: float, seconds after which it is stopped; allow_service:
        bool, True lets SERVICE ask other endpoints.

        >>> from graph.example import knowledge
        >>> knowledge().sparql("SELECT ?customer { cr:hua-hong ck:suppliesTo ?customer }").column("customer")
        ['https://w3id.org/chipgraph/id/stmicroelectronics']
        """
        from graph.query import run

        return run(self.store, text, parameters, max_rows=max_rows, timeout=timeout, allow_service=allow_service)

    def query(
        self, name: str, /, *, max_rows: int | None = None, timeout: float | None = None, **parameters: Value
    ) -> Answer:
        """The answer to a named query (`graph.catalogue.queries()` lists them), entities given by name."""
        from graph.catalogue import run_named

        return run_named(self.store, self._names, name, max_rows=max_rows, timeout=timeout, **parameters)

    def ask(self, question: str, *, max_rows: int | None = None, timeout: float | None = None) -> Told:
        """The answer to a question in plain English: the named query that it asks, its rows, the sentences behind each.

        question: str; max_rows, timeout: as for `sparql`. Raises `QueryRefused` where the question is not understood or
        a name in it is not known; nothing is guessed.

        >>> from graph.example import market
        >>> told = market().ask("Who supplies Birch Devices?")
        >>> told.command, told.answer.column("supplier_label")
        ('chipgraph query suppliers-of --entity birch-devices --tiers 1', ['Aster Fab', 'Juniper Gas'])
        """
        from graph.questions.answering import ask

        return ask(self, question, max_rows=max_rows, timeout=timeout)

    def to_rdflib(self) -> rdflib.Dataset:
        """The open store under rdflib's API, for reading; nothing is copied, and Oxigraph answers the queries.

        >>> from graph.example import knowledge
        >>> bool(knowledge().to_rdflib().query("ASK { cr:hua-hong ck:suppliesTo cr:stmicroelectronics }"))
        True
        """
        from graph.bridge import dataset

        return dataset(self.store)

    def export(self, form: str, to: Path | str | None = None) -> bytes | None:
        """The whole graph in a format of others (`graph.exchange.names()` lists them).

        to: Path or str, the file, or the folder of a format that has several files, written whole or not at all; None
        returns the bytes instead, of a format that has one file. Raises `InvalidData` for a format that there is not.

        >>> from graph.example import knowledge
        >>> knowledge().export("graphml")[:38]
        b"<?xml version='1.0' encoding='utf-8'?>"
        """
        from graph.exchange import export

        return export(self.store, form, to)

    def documents(self) -> tuple[Source, ...]:
        """The documents, by date and id."""
        ids = (local_name(quad.subject.value) for quad in self.store.quads(None, t.TYPE, t.DOCUMENT))
        return tuple(sorted(map(self.reader.source, ids), key=lambda d: (d.date or "", d.id)))

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
