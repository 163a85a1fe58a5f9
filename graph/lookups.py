"""The look-ups behind `KnowledgeGraph`: which statements answer a question, straight from the store's indexes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from extract.model import Claim
from graph import terms as t
from graph.answers import Chain, Hop, implying
from graph.names import squash
from graph.store import as_node
from ontology.iri import entity_iri, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Modality, Observation, Polarity, Statement
    from graph.claims import Reader
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What claims must be like; None lets all pass.

    relations: frozenset of relation names; polarity, modality; since, until: str, ISO 8601 years, months or days, both
    included; source: str, a publisher, speaker, path or document id; min_confidence: float.
    """

    relations: frozenset[str] | None = None
    polarity: Polarity | str | None = None
    modality: Modality | str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    min_confidence: float = 0.0

    def admits(self, claim: Claim, reader: Reader) -> bool:
        """True where a claim is like that."""
        return (
            (self.relations is None or claim.relation in self.relations)
            and (self.polarity is None or claim.polarity == self.polarity)
            and (self.modality is None or claim.modality == self.modality)
            and claim.confidence >= self.min_confidence
            and self._in_time(time_of(claim, reader))
            and (self.source is None or squash(self.source) in _sources(claim, reader))
        )

    def _in_time(self, time: str) -> bool:
        if (self.since or self.until) and not time:
            return False
        after = self.since is None or time >= self.since[: len(time)]
        return after and (self.until is None or time[: len(self.until)] <= self.until)


def time_of(statement: Statement, reader: Reader) -> str:
    """The time that a statement speaks of, else the date of its document, else nothing."""
    own = statement.time if isinstance(statement, Claim) else statement.period
    return own or reader.source(statement.document).date or ""


def claims_of(store: Store, reader: Reader, entity: NamedNode | None) -> Iterator[Claim]:
    """All claims, or those that an entity is subject or object of."""
    if entity is None:
        yield from (statement for statement in reader.statements() if isinstance(statement, Claim))
        return
    nodes = {quad.subject.value for end in (t.SUBJECT, t.OBJECT) for quad in store.quads(None, end, entity)}
    for node in nodes:
        statement = reader.statement(local_name(node))
        if isinstance(statement, Claim):
            yield statement


def between(store: Store, reader: Reader, a: NamedNode, b: NamedNode) -> list[Claim]:
    """The claims that tie two entities, either way round."""
    ends = {a.value, b.value}
    claims = claims_of(store, reader, a)
    return [c for c in claims if {entity_iri(c.subject.id), entity_iri(c.object.id)} == ends]


def alike(store: Store, reader: Reader, claim: Claim) -> tuple[Claim, ...]:
    """The other claims of the same relation between the same two, whatever they say of it, strongest first."""
    ends = (claim.subject.id, claim.relation, claim.object.id)
    found = claims_of(store, reader, NamedNode(entity_iri(claim.subject.id)))
    same = (c for c in found if (c.subject.id, c.relation, c.object.id) == ends and c.id != claim.id)
    return strongest_first(same)


def aimed_at(store: Store, reader: Reader, entity: NamedNode) -> Iterator[Claim]:
    """The claims that name an entity as the one a measure is aimed at, though it is neither subject nor object."""
    for quad in store.quads(None, t.ck("targetActor"), entity):
        statement = reader.statement(local_name(quad.subject.value))
        if isinstance(statement, Claim):
            yield statement


def observations_of(store: Store, reader: Reader, entity: NamedNode, metric: str | None) -> list[Observation]:
    """The numbers stated of an entity, by metric and period."""
    found = [reader.statement(local_name(quad.subject.value)) for quad in store.quads(None, t.ABOUT, entity)]
    kept = [o for o in found if not isinstance(o, Claim) and metric in (None, o.metric)]
    return sorted(kept, key=lambda o: (o.metric, o.period or "", o.value, o.id))


def mentioning(store: Store, reader: Reader, words: str) -> Iterator[Claim]:
    """The claims with a sentence that has the words, in any case."""
    wanted = words.casefold()
    for quad in store.quads(None, t.EXACT):
        if wanted in quad.object.value.casefold():
            evidence = NamedNode(quad.subject.value.removesuffix("/quote"))
            found = (reader.statement(local_name(q.subject.value)) for q in store.quads(None, t.DERIVED_FROM, evidence))
            yield from (statement for statement in found if isinstance(statement, Claim))


def tiers(store: Store, reader: Reader, start: NamedNode, relation: str, inward: bool, depth: int) -> Iterator[Claim]:
    """The facts of a relation that lead to an entity (or away from it), and on for `depth` tiers."""
    level, seen = [start], {start}
    for _ in range(depth):
        reached: list[NamedNode] = []
        for entity in level:
            for claim in claims_of(store, reader, entity):
                near, far = (claim.object, claim.subject) if inward else (claim.subject, claim.object)
                if claim.relation in implying(relation) and claim.is_fact and entity_iri(near.id) == entity.value:
                    yield claim
                    reached.append(NamedNode(entity_iri(far.id)))
        level = [entity for entity in dict.fromkeys(reached) if entity not in seen]
        seen.update(level)


def shortest(store: Store, reader: Reader, a: NamedNode, b: NamedNode, facts_only: bool) -> Chain:
    """The shortest chain of claims from one entity to another; of equally short ones the first in the alphabet."""
    came_from: dict[NamedNode, NamedNode | None] = {a: None}
    queue = deque([a])
    while queue and b not in came_from:
        here = queue.popleft()
        for there in sorted(_neighbours(store, here, facts_only), key=lambda node: node.value):
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
    if b not in came_from or a == b:
        return Chain(())
    nodes = [b]
    while (before := came_from[nodes[-1]]) is not None:
        nodes.append(before)
    nodes.reverse()
    return Chain(tuple(_hop(between(store, reader, x, y), x, facts_only, reader) for x, y in pairwise(nodes)))


def strongest_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, each once: facts before the rest, then by confidence, then by document and place."""
    unique = {claim.id: claim for claim in claims}.values()
    return tuple(sorted(unique, key=lambda c: (not c.is_fact, -c.confidence, c.document, c.evidence, c.id)))


def _neighbours(store: Store, here: NamedNode, facts_only: bool) -> set[NamedNode]:
    if facts_only:
        out = {as_node(quad.object) for quad in store.quads(here, None, None, t.FACTS)}
        return out | {quad.subject for quad in store.quads(None, None, here, t.FACTS)}
    ends = ((t.SUBJECT, t.OBJECT), (t.OBJECT, t.SUBJECT))
    claims = ((quad.subject, far) for near, far in ends for quad in store.quads(None, near, here))
    return {as_node(quad.object) for claim, far in claims for quad in store.quads(claim, far)}


def _hop(claims: list[Claim], start: NamedNode, facts_only: bool, reader: Reader) -> Hop:
    best = next(claim for claim in strongest_first(claims) if claim.is_fact or not facts_only)
    return Hop(best, entity_iri(best.subject.id) != start.value, reader.evidence(best))


def _sources(claim: Claim, reader: Reader) -> set[str]:
    document = reader.source(claim.document)
    speaker = claim.attributed_to
    names = (document.id, document.publisher, document.publisher_id, document.url, *document.paths)
    spoken = (speaker.id, speaker.label, *speaker.aliases) if speaker else ()
    return {squash(name) for name in (*names, *spoken) if name}
