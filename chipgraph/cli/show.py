"""`chipgraph show`: what is known of one entity."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import debug, graph, min_confidence
from chipgraph.cli._screen import console
from graph.address import is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from extract.model import Claim, Entity, Observation
    from graph.asking.relations import Relations
    from graph.claims import Passage
    from graph.knowledge import KnowledgeGraph

MOST_NAMES = 6


@click.command("show", short_help="Show what is known of an entity.")
@click.argument("entity")
@min_confidence
@graph
@debug
def command(entity: str, min_confidence: float, folder: Path) -> None:
    """Show what is known of an entity.

    Reads a built folder or a server; ENTITY is a name or an id, in any case. Prints its claims by relation and its
    numbers, each with the sentence, the source and the id that `chipgraph explain` takes; and why its ids are one node
    where several were merged. Writes nothing.

    Example: chipgraph show "Hua Hong"
    """
    from graph.knowledge import KnowledgeGraph

    opened = KnowledgeGraph.open(folder, in_memory=False)
    found = opened.entity(entity)
    known = opened.relations(found.id, min_confidence=min_confidence)
    numbers = [n for n in opened.observations(found.id) if n.confidence >= min_confidence]
    screen = console()
    screen.print(_title(found), style="bold", soft_wrap=True)
    if found.aliases:
        screen.print(f"also called {', '.join(found.aliases[:MOST_NAMES])}", soft_wrap=True)
    for line in _merged(opened, found, folder):
        screen.print(line, soft_wrap=True)
    for reads, claims in groupby(sorted(known, key=_relation(found)), key=lambda claim: _relation(found)(claim)[0]):
        screen.print(f"\n{reads}", style="bold", soft_wrap=True)
        for claim in claims:
            _say(_claim(found, claim, known), claim.id, known.evidence_of(claim))
    if numbers:
        screen.print("\nnumbers", style="bold")
    for number in numbers:
        _say(_number(number), number.id, opened.evidence(number))
    if not known and not numbers:
        screen.print("No document says anything of it.")


def _merged(opened: KnowledgeGraph, entity: Entity, folder: Path) -> Iterator[str]:
    """The ids that are merged in a node, and why; nothing is read for a node that holds one only."""
    if entity.id not in opened.merged.values():
        return
    if is_address(folder):  # the decisions behind it are in the built folder
        yield f"merged: {', '.join(sorted(old for old, new in opened.merged.items() if new == entity.id))}"
        return
    from graph.identity.decisions import Decisions
    from graph.identity.stored import canon, reasons
    from graph.layout import Layout
    from ontology.registry import using

    layout = Layout(folder)
    with using(layout.known_actors()):
        of = canon(opened.store, Decisions.read(layout.decisions))
    for reason in reasons(entity.id, of):
        yield f"merged: {reason}"


def _title(entity: Entity) -> str:
    from ontology.classes import classes

    kind = classes()[entity.type].label if entity.type in classes() else entity.type
    return f"{entity.label} ({kind}, {entity.id})"


def _relation(entity: Entity) -> Callable[[Claim], tuple[str, str]]:
    """What claims are sorted by: the relation as it reads from an entity, then the label of the other end."""

    def key(claim: Claim) -> tuple[str, str]:
        relation = relations()[claim.relation]
        forwards = claim.subject.id == entity.id
        reads = relation.label if forwards else relation.inverse_label
        return reads, (claim.object if forwards else claim.subject).label

    from ontology.relations import relations

    return key


def _claim(entity: Entity, claim: Claim, known: Relations) -> str:
    """The other end of a claim, with what keeps it from being a plain fact, its time and its qualifiers."""
    marks = [mark for mark in (claim.polarity.value, claim.modality.value) if mark not in ("affirmed", "asserted")]
    marks += filter(None, [claim.time])
    marks += [f"{name}: {value}" for name, value in known.qualifiers_of(claim)]
    return f"{_relation(entity)(claim)[1]} ({', '.join(marks)})" if marks else _relation(entity)(claim)[1]


def _number(number: Observation) -> str:
    from ontology.measures import metrics

    marks = [*filter(None, (number.period, "forecast" if number.forecast else None))]
    text = f"{metrics()[number.metric].label} {number.printed}"
    return f"{text} ({', '.join(marks)})" if marks else text


def _say(what: str, key: str, passages: Iterable[Passage]) -> None:
    """A statement with its id, and below it the sentences."""
    screen = console()
    screen.print(f"  {what}  [{key}]", soft_wrap=True)
    for passage in passages:
        screen.print(f"      {passage}", soft_wrap=True)
