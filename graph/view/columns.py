"""The scene as columns: one list a property, sentences and documents in shared tables, so that nothing is said twice.

What the browser does not need to draw but to explain (sentences, dates, sources, numbers) travels here; what
vis-network draws travels in pyvis' own lists of nodes and edges, in the same order.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from graph.view import palette, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extract.model import Claim, Document, Entity, Evidence, Observation, Statement
    from graph.view.scene import Edge, Node, Scene

Columns = dict[str, Any]


class Table:
    """Values numbered in the order of their first use."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._number: dict[Any, int] = {}

    def add(self, value: Any) -> int:
        """The number of a value, a new one where it is met for the first time.

        >>> table = Table()
        >>> [table.add(value) for value in ("a", "b", "a")], table.rows
        ([0, 1, 0], ['a', 'b'])
        """
        if value not in self._number:
            self._number[value] = len(self.rows)
            self.rows.append(value)
        return self._number[value]


def encode(scene: Scene, documents: Mapping[str, Document]) -> Columns:
    """Everything that a page says, as plain JSON values in a fixed order; where things stand is no part of it."""
    kinds, types, rules, relations, seen, sentences = (Table() for _ in range(6))
    number = {node.id: i for i, node in enumerate(scene.nodes)}
    for kind in palette.KINDS:
        kinds.add(kind.id)
    evidence = _Evidence(seen, sentences)
    columns: Columns = {
        "nodes": _nodes(scene.nodes, kinds, types),
        "edges": _edges(scene.edges, relations),
        "claims": _claims(scene.edges, evidence, rules),
        "numbers": _numbers(scene.numbers, number, evidence),
    }
    columns["relations"] = _relations(relations.rows)
    columns["families"] = [asdict(f) for f in palette.families(r["family"] for r in columns["relations"])]
    columns["shapes"] = dict(palette.SHAPES)
    columns["kinds"] = [asdict(kind) for kind in palette.KINDS]
    columns["stances"] = [asdict(s) for s in palette.STANCES]
    columns["sentences"] = {"document": [r[0] for r in sentences.rows], "text": [r[2] for r in sentences.rows]}
    columns["documents"] = _documents([(key, source, documents.get(key)) for key, source in seen.rows])
    return columns | {"types": types.rows, "rules": rules.rows}


class _Evidence:
    """Numbers of the sentences that a statement rests on."""

    def __init__(self, seen: Table, sentences: Table) -> None:
        self._seen, self._sentences = seen, sentences

    def of(self, statement: Statement) -> list[int]:
        document = self._seen.add((statement.document, statement.source))
        return [self._sentences.add((document, e.start, e.text)) for e in _unique(statement)]


def _unique(statement: Statement) -> list[Evidence]:
    return list(dict.fromkeys((statement.evidence, *statement.support)))


def _nodes(nodes: Sequence[Node], kinds: Table, types: Table) -> Columns:
    return {
        "id": [n.id for n in nodes],
        "type": [types.add(vocabulary.type_label(n.type)) for n in nodes],
        "kind": [kinds.add(n.kind) for n in nodes],
        "names": [list(n.names) for n in nodes],
        "country": [n.country for n in nodes],
        "business": [list(n.business) for n in nodes],
        "known": [[list(pair) for pair in n.identifiers] for n in nodes],
    }


def _edges(edges: Sequence[Edge], relations: Table) -> Columns:
    stances = [s.id for s in palette.STANCES]
    first, total = [], 0
    for edge in edges:
        first.append(total)
        total += len(edge.claims)
    return {
        "relation": [relations.add(e.key.relation) for e in edges],
        "stance": [stances.index(e.key.stance) for e in edges],
        "first": [*first, total],
    }


def _relations(ids: Iterable[str]) -> list[Columns]:
    return [asdict(vocabulary.relation(name)) for name in ids]


def _claims(edges: Sequence[Edge], evidence: _Evidence, rules: Table) -> Columns:
    claims = [c for edge in edges for c in edge.claims]
    ends = [_ends(edge, c) for edge in edges for c in edge.claims]
    return {
        "id": [c.id for c in claims],
        "sentences": [evidence.of(c) for c in claims],
        "subject": [_mention(subject) for subject, _ in ends],
        "object": [_mention(target) for _, target in ends],
        "confidence": [round(c.confidence, 3) for c in claims],
        "time": [c.time for c in claims],
        "said": [c.attributed_to.label if c.attributed_to else None for c in claims],
        "qualifiers": [_qualifiers(c) or 0 for c in claims],
        "rule": [rules.add(c.rule) for c in claims],
    }


def _qualifiers(claim: Claim) -> list[list[str]]:
    return [[vocabulary.words(key), vocabulary.name(value)] for key, value in sorted(claim.qualifiers.items())]


def _numbers(numbers: Sequence[Observation], number: Mapping[str, int], evidence: _Evidence) -> Columns:
    return {
        "id": [o.id for o in numbers],
        "about": [number[o.about.id] for o in numbers],
        "metric": [o.metric for o in numbers],
        "measures": [vocabulary.words(o.metric) for o in numbers],
        "printed": [o.printed for o in numbers],
        "unit": [o.unit for o in numbers],
        "value": [o.value for o in numbers],
        "period": [o.period for o in numbers],
        "forecast": [int(o.forecast) for o in numbers],
        "details": [_details(o) for o in numbers],
        "confidence": [round(o.confidence, 3) for o in numbers],
        "said": [o.attributed_to.label if o.attributed_to else None for o in numbers],
        "mention": [_mention(o.about) for o in numbers],
        "sentences": [evidence.of(o) for o in numbers],
    }


def _details(o: Observation) -> list[list[str]]:
    """What qualifies a number, in words."""
    named = {"product": o.product, "scope": o.scope, "geo": o.geo, "since": o.base_period, "direction": o.direction}
    flags = [["forecast", "yes"]] * o.forecast + [["approximate", "yes"]] * o.approx
    return [[key, vocabulary.name(value)] for key, value in named.items() if value] + flags


def _ends(edge: Edge, claim: Claim) -> tuple[Entity, Entity]:
    """The claim's two entities in the order of its edge: a symmetric relation may be told from either side."""
    if claim.subject.id == edge.key.subject:
        return claim.subject, claim.object
    return claim.object, claim.subject


def _mention(entity: Entity) -> str | int:
    """How the sentence writes the entity; 0 where it is the label, which the page has anyway."""
    return 0 if entity.mention == entity.label else entity.mention


def _documents(rows: Sequence[tuple[str, str, Document | None]]) -> Columns:
    known = [document for _, _, document in rows]
    return {
        "id": [key for key, _, _ in rows],
        "source": [source for _, source, _ in rows],
        "title": [d.title if d else None for d in known],
        "publisher": [d.publisher if d else None for d in known],
        "date": [d.date if d else None for d in known],
        "url": [d.url if d else None for d in known],
    }
