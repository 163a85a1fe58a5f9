"""Statements straight from the indexes of a store: what every question starts from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from extract.model import Claim
from graph import terms as t
from graph.asking.relations import Relations, strongest_first
from graph.store import as_node
from ontology.iri import entity_iri, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Entity, Observation
    from graph.asking.wanted import Wanted
    from graph.claims import Reader
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Access:
    """A store with what reads it: statements, documents, entities and their names."""

    store: Store
    reader: Reader

    def node(self, name: str) -> NamedNode:
        """The entity of a name, as people write it; raises `UnknownEntity` or `AmbiguousName`."""
        return self.reader.names.find(name)

    def entity(self, node: NamedNode) -> Entity:
        """The entity of a node."""
        return self.reader.entity(local_name(node.value))

    def relations(self, claims: Iterable[Claim]) -> Relations:
        """Claims as an answer."""
        return Relations(claims, self.reader)

    def claims(self, wanted: Wanted, entity: NamedNode | None = None) -> Iterator[Claim]:
        """The claims that are as wanted, of one entity or of all, by the index that leaves the fewest to read."""
        found = self._all() if (nodes := self._nodes(wanted, entity)) is None else self.read(nodes)
        yield from (claim for claim in found if wanted.admits(claim, self.reader))

    def counts(self, entity: NamedNode, end: NamedNode) -> Counter[str]:
        """How many claims of each relation have an entity at an end, subject or object; none of them is read."""
        nodes = {quad.subject for quad in self.store.quads(None, end, entity)}
        return Counter(local_name(quad.object.value) for quad in self.store.quads_of(nodes, t.PREDICATE))

    def between(self, a: NamedNode, b: NamedNode) -> tuple[Claim, ...]:
        """The claims that tie two entities, either way round, strongest first."""
        nodes = self._at_either_end(a) & self._at_either_end(b)
        return strongest_first(c for c in self.read(nodes) if c.subject.id != c.object.id)

    def alike(self, claim: Claim) -> tuple[Claim, ...]:
        """The other claims of the same relation between the same two, whatever they say of it, strongest first."""
        ends = (claim.subject.id, claim.relation, claim.object.id)
        found = self.between(node_of(claim.subject), node_of(claim.object))
        return tuple(c for c in found if (c.subject.id, c.relation, c.object.id) == ends and c.id != claim.id)

    def aimed_at(self, entity: NamedNode) -> Iterator[Claim]:
        """The claims that name an entity as the one a measure is aimed at, though it is neither subject nor object."""
        return self.read({as_node(quad.subject) for quad in self.store.quads(None, t.ck("targetActor"), entity)})

    def mentioning(self, words: str) -> Iterator[Claim]:
        """The claims with a sentence that has the words, in any case."""
        wanted = words.casefold()
        for quad in self.store.quads(None, t.EXACT):
            if wanted in quad.object.value.casefold():
                evidence = NamedNode(quad.subject.value.removesuffix("/quote"))
                yield from self.read({q.subject for q in self.store.quads(None, t.DERIVED_FROM, evidence)})

    def numbers(self, entity: NamedNode | None, metric: str | None) -> list[Observation]:
        """The numbers of an entity or of all, by entity, metric and period."""
        if entity is not None:
            nodes = {quad.subject for quad in self.store.quads(None, t.ABOUT, entity)}
        elif metric is not None:
            nodes = {quad.subject for quad in self.store.quads(None, t.METRIC, t.ck(metric))}
        else:
            nodes = {quad.subject for quad in self.store.quads(None, t.TYPE, t.OBSERVATION)}
        read = self.reader.statements_of(local_name(node.value) for node in nodes)
        kept = [o for o in read if not isinstance(o, Claim) and metric in (None, o.metric)]
        return sorted(kept, key=lambda o: (o.about.label, o.metric, o.period or "", o.value, o.id))

    def read(self, nodes: Iterable[NamedNode]) -> Iterator[Claim]:
        """The claims of some nodes, in the order of their ids."""
        ids = (local_name(node.value) for node in sorted(nodes, key=lambda node: node.value))
        yield from (found for found in self.reader.statements_of(ids) if isinstance(found, Claim))

    def _all(self) -> Iterator[Claim]:
        return (statement for statement in self.reader.statements() if isinstance(statement, Claim))

    def _nodes(self, wanted: Wanted, entity: NamedNode | None) -> set[NamedNode] | None:
        """The nodes of all claims that can be as wanted; None where that is all of them."""
        if entity is not None:
            nodes = self._at_either_end(entity)
            return nodes if wanted.relations is None else self._of(nodes, wanted.relations)
        if wanted.relations is not None:
            return self._with(t.PREDICATE, wanted.relations)
        if wanted.polarity not in (None, "affirmed"):
            return self._with(t.POLARITY, {str(wanted.polarity)})
        if wanted.modality not in (None, "asserted"):
            return self._with(t.MODALITY, {str(wanted.modality)})
        return None

    def _of(self, nodes: set[NamedNode], relations: Iterable[str]) -> set[NamedNode]:
        """Those of some relations: to ask the index costs a tenth of reading the claim."""
        kinds = {t.ck(name) for name in relations}
        return {quad.subject for quad in self.store.quads_of(nodes, t.PREDICATE) if quad.object in kinds}

    def _with(self, predicate: NamedNode, values: Iterable[str]) -> set[NamedNode]:
        return {quad.subject for value in values for quad in self.store.quads(None, predicate, t.ck(value))}

    def _at_either_end(self, entity: NamedNode) -> set[NamedNode]:
        return {quad.subject for end in (t.SUBJECT, t.OBJECT) for quad in self.store.quads(None, end, entity)}


def node_of(entity: Entity) -> NamedNode:
    """The node of an entity."""
    return NamedNode(entity_iri(entity.id))
