"""What a built graph holds to be the same, and why, read from its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import terms as t
from graph.entities import Gazetteer
from graph.identity.names import parse, similarity
from graph.identity.resolve import resolve
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Entity
    from graph.identity.canonical import Canon
    from graph.identity.decisions import Decisions
    from graph.store import Store

_NEAR = 0.85


def canon(store: Store, decisions: Decisions) -> Canon:
    """Which id stands for which in a graph, with the decisions of people and of the program that each rests on."""
    gazetteer = Gazetteer()
    for quad in store.quads(None, t.ENTITIES, None, t.INDEX):
        _, _, summary = quad.object.value.partition("\n")
        if summary:  # the index of an older version has none, and nothing merged either
            gazetteer.recall(summary)
    return resolve(gazetteer.named(), decisions, load())


def reasons(key: str, of: Canon) -> Iterator[str]:
    """Why the ids of a node are one, a line each."""
    for member in of.members(key)[1:]:
        for decision in of.because.get(member, ()):
            other = decision.a if decision.b == member else decision.b
            who = decision.by or "somebody"
            when = f" on {decision.when}" if decision.when else ""
            yield f"{member} is {other}: {who}{when}" + (f", {decision.why}" if decision.why else "")


def nearest(name: str, entities: Iterable[Entity]) -> list[tuple[float, Entity]]:
    """The entities whose names are like a name, the likest first; 1.0 for the name itself.

    >>> from graph.example import knowledge
    >>> [(score, entity.id) for score, entity in nearest("Hua Hong Corp.", knowledge().entities())]
    [(1.0, 'hua-hong')]
    """
    wanted = parse(name)
    found = []
    for entity in entities:
        likest = max(_likeness(wanted.squashed, wanted.words, text) for text in (entity.label, *entity.aliases))
        if likest >= _NEAR:
            found.append((round(likest, 2), entity))
    return sorted(found, key=lambda row: (-row[0], row[1].id))


def _likeness(squashed: str, words: tuple[str, ...], text: str) -> float:
    name = parse(text)
    if name.squashed == squashed:
        return 1.0
    if words and set(words) <= set(name.words):
        return 0.9
    return similarity(squashed, name.squashed)
