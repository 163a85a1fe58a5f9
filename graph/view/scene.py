"""Statements grouped into what is drawn: a node an entity, an edge a (subject, relation, object, stance).

Parallel edges stay apart: two relations between the same pair are two edges, and a plan is another edge than a fact.
Nothing that is given is changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.model import Claim, Entity, Modality, Observation, Polarity, merge
from graph.described import Trait, countries, models, traits
from graph.view import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NOTHING: Mapping[str, str] = MappingProxyType({})
_HELD = 100_000  # parts of statements that are looked out for in further ones
MOST = 200_000
"""A page shows so many statements: more would make it slow to open, and its making would take memory without bound."""


class EdgeKey(NamedTuple):
    """What makes two claims one edge: ids of subject and object, relation, stance."""

    subject: str
    relation: str
    object: str
    stance: str


@dataclass(frozen=True, slots=True)
class Node:
    """An entity.

    id, label, type (a class), kind (of `palette.KINDS`): str; names: other names; country, business: labels;
    identifiers: pairs of a register's name and the id there.
    """

    id: str
    label: str
    type: str
    kind: str
    names: tuple[str, ...]
    country: str | None
    business: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """What all claims of one key say together, the surest first."""

    key: EdgeKey
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that one file shows: nodes sorted by id, edges by key, numbers by entity.

    left_out: int, how many statements there are beyond the surest that are shown.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    numbers: tuple[Observation, ...]
    left_out: int = 0


def stance(claim: Claim) -> str:
    """How the text commits to a claim, as an id of `palette.STANCES`: a negation outweighs the modality."""
    if claim.polarity is Polarity.NEGATED:
        return "negated"
    return "fact" if claim.modality is Modality.ASSERTED else claim.modality.value


def edge_key(claim: Claim) -> EdgeKey:
    """The edge that a claim belongs to; a symmetric relation has no direction, so its ends are put in order."""
    ends = (claim.subject.id, claim.object.id)
    if vocabulary.relation(claim.relation).symmetric:
        ends = (min(ends), max(ends))
    return EdgeKey(ends[0], claim.relation, ends[1], stance(claim))


def build(statements: Iterable[Claim | Observation], focus: str | None = None, most: int = MOST) -> Scene:
    """The scene of some statements, in any order.

    focus: str or None, id of the entity whose statements come before others; most: int, how many statements are shown.
    """
    kept, left_out = _surest(_slim(statements), focus, most)
    merged = merge(kept)
    numbers = sorted((s for s in merged if isinstance(s, Observation)), key=_number_order)
    told = _told(merged)
    nodes = tuple(_node(key, seen, told.get(key, [])) for key, seen in sorted(_entities(merged).items()))
    return Scene(nodes, tuple(_edges(merged)), tuple(numbers), left_out)


def _surest(
    statements: Iterable[Claim | Observation], focus: str | None, most: int
) -> tuple[list[Claim | Observation], int]:
    """The surest statements, those of one entity before all others, and how many more there are."""
    counted = count()

    def rank(item: tuple[Claim | Observation, int]) -> tuple[bool, float, str]:
        s = item[0]
        ends = (s.subject.id, s.object.id) if isinstance(s, Claim) else (s.about.id,)
        return focus in ends, s.confidence, s.id

    kept = nlargest(most, zip(statements, counted, strict=False), key=rank)
    return [statement for statement, _ in kept], max(0, next(counted) - most)


def _slim(statements: Iterable[Claim | Observation]) -> Iterator[Claim | Observation]:
    """The statements without what is not drawn, equal parts of them held once and ids hashed once.

    A page may hold all that thousands of documents state.
    """
    held: dict[Any, Any] = {}

    def once(value: Any) -> Any:
        return held.setdefault(value, value)

    for s in statements:
        if len(held) > _HELD:
            held.clear()
        shared = {
            "document": once(s.document),
            "source": once(s.source),
            "evidence": once(s.evidence),
            "support": tuple(map(once, s.support)),
            "rule": once(s.rule),
            "attributed_to": once(s.attributed_to),
            "recorded": s.id,
        }
        if isinstance(s, Claim):
            ends = {"subject": once(s.subject), "object": once(s.object), "relation": once(s.relation)}
            yield replace(s, **shared, **ends, qualifiers=s.qualifiers or _NOTHING, reasons=_NOTHING)
        else:
            yield replace(s, **shared, about=once(s.about))


def _edges(merged: list[Claim | Observation]) -> Iterator[Edge]:
    grouped: defaultdict[EdgeKey, list[Claim]] = defaultdict(list)
    for statement in merged:
        if isinstance(statement, Claim):
            grouped[edge_key(statement)].append(statement)
    for key, claims in sorted(grouped.items()):
        best_first = sorted(claims, key=lambda c: (-c.confidence, c.document, c.evidence, c.id))
        yield Edge(key, tuple(best_first))


def _entities(merged: list[Claim | Observation]) -> dict[str, list[Entity]]:
    seen: defaultdict[str, list[Entity]] = defaultdict(list)
    for s in merged:
        for entity in (s.subject, s.object) if isinstance(s, Claim) else (s.about,):
            seen[entity.id].append(entity)
    return dict(seen)


def _told(merged: list[Claim | Observation]) -> dict[str, list[Trait]]:
    """What the texts say of seat and trade, for those whom the registry does not know."""
    told: defaultdict[str, list[Trait]] = defaultdict(list)
    for statement in merged:
        for key, trait in traits(statement):
            if vocabulary.entry(key) is None:
                told[key].append(trait)
    return dict(told)


def _node(key: str, seen: list[Entity], told: list[Trait]) -> Node:
    entry = vocabulary.entry(key)
    label = entry.label if entry else _most_common(e.label for e in seen)
    cls = entry.type if entry else _most_common(e.type for e in seen)
    registered = (alias.text for alias in entry.aliases) if entry else ()
    names = {*registered, *(e.label for e in seen), *(a for e in seen for a in e.aliases)} - {label, ""}
    return Node(
        id=key,
        label=label or key,
        type=cls,
        kind=vocabulary.kind(cls),
        names=tuple(sorted(names)),
        country=vocabulary.country(entry) or next((vocabulary.nation(v.value) for v in countries(told)), None),
        business=vocabulary.business_models(entry) or tuple(vocabulary.name(v.value) for v in models(told)),
        identifiers=vocabulary.identifiers(entry),
    )


def _most_common(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _number_order(o: Observation) -> tuple[str, str, str, str]:
    return (o.about.id, o.metric, o.period or "", o.id)
