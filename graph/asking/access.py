"""Statements straight from the indexes of a store: what every question starts from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from extract.model import Claim
from graph import terms as t
from graph.asking.relations import Relations, strongest_first
from graph.store import as_node
from ontology.iri import claim_iri, entity_iri, local_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from extract.model import Entity, Observation
    from graph.asking.wanted import Wanted
    from graph.claims import Reader
    from graph.store import Store

    Pair = tuple[NamedNode, NamedNode]


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

    def claims(self, wanted: Wanted, *entities: NamedNode | None) -> Iterator[Claim]:
        """The claims that are as wanted, by the index that leaves the fewest to read.

        entities: what each has part in; where two are given, claims that both have part in. None lets all pass.
        """
        nodes = self._nodes(wanted, {entity for entity in entities if entity is not None})
        found = self._all() if nodes is None else self.read(nodes)
        yield from (claim for claim in found if wanted.admits(claim, self.reader))

    def counts(self, entity: NamedNode, end: NamedNode) -> Counter[str]:
        """How many claims of each relation have an entity at an end, subject or object; none of them is read."""
        nodes = {quad.subject for quad in self.store.quads(None, end, entity)}
        return Counter(local_name(quad.object.value) for quad in self.store.quads_of(nodes, t.PREDICATE))

    def claims_of_each(self, wanted: Wanted, entities: Iterable[NamedNode]) -> Iterator[tuple[NamedNode, list[Claim]]]:
        """The claims of each of several entities that are as wanted; as many entities are read as the store likes."""
        left = iter(entities)
        while some := list(islice(left, self.store.at_once)):
            nodes = self._at_the_ends_of(some)
            found = set().union(*nodes.values())
            read = self._by_node(found if wanted.relations is None else self._of(found, wanted.relations))
            claims = {node: claim for node, claim in read.items() if wanted.admits(claim, self.reader)}
            for entity in some:
                yield entity, [claims[node] for node in sorted(nodes[entity], key=_value) if node in claims]

    def between(self, a: NamedNode, b: NamedNode) -> tuple[Claim, ...]:
        """The claims that tie two entities, either way round, strongest first."""
        return self.between_each(((a, b),))[a, b]

    def between_each(self, pairs: Iterable[Pair]) -> dict[Pair, tuple[Claim, ...]]:
        """The claims that tie the two entities of each pair, either way round, strongest first."""
        wanted = list(dict.fromkeys(pairs))
        nodes = self._at_the_ends_of({node for pair in wanted for node in pair})
        both = {pair: nodes[pair[0]] & nodes[pair[1]] for pair in wanted}
        read = self._by_node(set().union(*both.values()))
        claims = {node: claim for node, claim in read.items() if claim.subject.id != claim.object.id}
        return {pair: strongest_first(claims[n] for n in found if n in claims) for pair, found in both.items()}

    def alike(self, claim: Claim) -> tuple[Claim, ...]:
        """The other claims of the same relation between the same two, whatever they say of it, strongest first."""
        ends = (claim.subject.id, claim.relation, claim.object.id)
        found = self.between(node_of(claim.subject), node_of(claim.object))
        return tuple(c for c in found if (c.subject.id, c.relation, c.object.id) == ends and c.id != claim.id)

    def facts(
        self, entities: Sequence[NamedNode], relations: Collection[str] | None, outward: bool
    ) -> dict[NamedNode, set[NamedNode]]:
        """For each entity those that facts of some relations, or of all, lead to; outward: bool, or come from."""
        wanted = None if relations is None else {t.ck(name) for name in relations}
        read = self.store.quads_of if outward else self.store.quads_to
        found: dict[NamedNode, set[NamedNode]] = {entity: set() for entity in entities}
        for quad in read(entities, None, t.FACTS):
            if wanted is None or quad.predicate in wanted:
                near, far = (quad.subject, as_node(quad.object))[:: 1 if outward else -1]
                found[near].add(far)
        return found

    def aimed_at(self, entities: Sequence[NamedNode]) -> dict[NamedNode, list[Claim]]:
        """For each entity the claims that name it as the one a measure is aimed at, as subject or object or neither."""
        found = [(as_node(q.object), q.subject) for q in self.store.quads_to(entities, t.ck("targetActor"))]
        claims = self._by_node({node for _, node in found})
        aimed: dict[NamedNode, list[Claim]] = {entity: [] for entity in entities}
        for entity, node in sorted(found, key=lambda pair: pair[1].value):
            if node in claims:
                aimed[entity].append(claims[node])
        return aimed

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

    def _nodes(self, wanted: Wanted, entities: set[NamedNode]) -> set[NamedNode] | None:
        """The nodes of all claims that can be as wanted; None where that is all of them."""
        if entities:
            nodes = set.intersection(*self._at_the_ends_of(entities).values())
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

    def _at_the_ends_of(self, entities: Collection[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """For each entity the nodes of the claims that it is subject or object of."""
        found: dict[NamedNode, set[NamedNode]] = {entity: set() for entity in entities}
        for end in (t.SUBJECT, t.OBJECT):
            for quad in self.store.quads_to(entities, end):
                found[as_node(quad.object)].add(quad.subject)
        return found

    def _by_node(self, nodes: Iterable[NamedNode]) -> dict[NamedNode, Claim]:
        return {NamedNode(claim_iri(claim.id)): claim for claim in self.read(nodes)}


def _value(node: NamedNode) -> str:
    return node.value


def node_of(entity: Entity) -> NamedNode:
    """The node of an entity."""
    return NamedNode(entity_iri(entity.id))
