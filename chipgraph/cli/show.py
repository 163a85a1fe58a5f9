"""`chipgraph show`: what is known of one entity."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import debug, graph, min_confidence
from chipgraph.cli._screen import console, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.table import Table

    from extract.model import Claim, Entity, Observation
    from graph.answers import Relations
    from graph.claims import Passage
    from graph.knowledge import KnowledgeGraph


@click.command("show", short_help="Show what is known of an entity.")
@click.argument("entity")
@min_confidence
@graph
@debug
def command(entity: str, min_confidence: float, folder: Path) -> None:
    """Show what is known of an entity.

    Reads a built folder; ENTITY is a name or an id, in any case. Prints its claims by relation and its numbers, each
    with the sentence, the source and the id that `chipgraph explain` takes. Writes nothing.

    Example: chipgraph show "Hua Hong"
    """
    from graph.knowledge import KnowledgeGraph

    opened = KnowledgeGraph.open(folder)
    found = opened.entity(entity)
    known = opened.relations(found.id, min_confidence=min_confidence)
    numbers = [n for n in opened.observations(found.id) if n.confidence >= min_confidence]
    screen = console()
    screen.print(_title(found), style="bold")
    if known:
        screen.print(_claims(found, known))
    if numbers:
        screen.print(_numbers(opened, numbers))
    if not known and not numbers:
        screen.print("No document says anything of it.")


def _title(entity: Entity) -> str:
    from ontology.classes import classes

    kind = classes()[entity.type].label if entity.type in classes() else entity.type
    names = f"; also {', '.join(entity.aliases[:6])}" if entity.aliases else ""
    return f"{entity.label} ({kind}, {entity.id}{names})"


def _claims(entity: Entity, known: Relations) -> Table:
    made = table(["relation", "with", "stance", "sentence", "source", "id"])
    rows = sorted(_rows(entity, known), key=lambda row: row[:3])
    for _, group in groupby(rows, key=lambda row: row[0]):
        for place, row in enumerate(group):
            made.add_row(row[0] if place == 0 else "", *row[1:])
    return made


def _rows(entity: Entity, known: Relations) -> Iterator[tuple[str, str, str, str, str, str]]:
    from ontology.relations import relations

    for claim in known:
        relation = relations()[claim.relation]
        forwards = claim.subject.id == entity.id
        reads = relation.label if forwards else relation.inverse_label
        other = claim.object if forwards else claim.subject
        yield reads, other.label, _stance(claim), claim.evidence.text, _sources(known.evidence_of(claim)), claim.id


def _sources(passages: Iterable[Passage]) -> str:
    return "; ".join(dict.fromkeys(str(passage.document) for passage in passages))


def _stance(claim: Claim) -> str:
    """What keeps a claim from being a plain fact, its time and its qualifiers."""
    marks = [mark for mark in (claim.polarity.value, claim.modality.value) if mark not in ("affirmed", "asserted")]
    return ", ".join([*marks, *filter(None, [claim.time]), *(f"{k}: {v}" for k, v in sorted(claim.qualifiers.items()))])


def _numbers(opened: KnowledgeGraph, numbers: list[Observation]) -> Table:
    made = table(["number", "value", "period", "sentence", "source", "id"])
    for n in numbers:
        period = " ".join(filter(None, [n.period, "forecast" if n.forecast else None]))
        made.add_row(n.metric, n.printed, period, n.evidence.text, _sources(opened.evidence(n)), n.id)
    return made
