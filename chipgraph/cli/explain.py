"""`chipgraph explain`: the evidence of a claim, and why each part of it was read so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import click

from chipgraph.cli._options import debug, graph
from chipgraph.cli._reasons import ends, found_by, sourced
from chipgraph.cli._screen import console

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.text import Text

    from extract.model import Claim, Entity, Statement
    from graph.asking.explanation import Explanation
    from graph.claims import Passage
    from graph.knowledge import KnowledgeGraph
    from graph.results import Table

_BY_PREFIX = """
SELECT DISTINCT ?id {
  VALUES ?type { ck:Claim ck:Observation }
  ?statement a ?type
  BIND (REPLACE(STR(?statement), "^.*/", "") AS ?id)
  FILTER (STRSTARTS(?id, $start))
} ORDER BY ?id LIMIT 4
"""


@click.command("explain", short_help="Show the sentence behind a claim.")
@click.argument("claim", metavar="CLAIM_ID")
@graph
@debug
def command(claim: str, folder: Path) -> None:
    """Show the sentence behind a claim or a number.

    Reads a built folder or a server; CLAIM_ID is an id as `chipgraph show` and claims.jsonl give it, or its beginning.
    Prints the statement, its sentences with subject, object and trigger marked, its qualifiers with the words that each
    came from, who says it, the rule or model that found it, why each mention was taken for its entity, and the
    document. Writes nothing.

    Example: chipgraph explain 9c1f
    """
    from graph.knowledge import KnowledgeGraph

    opened = KnowledgeGraph.open(folder, in_memory=False)
    explanation = opened.explain(_whole_id(opened, claim))
    screen = console()
    screen.print(_headline(explanation.statement), style="bold")
    for passage in explanation.evidence:
        screen.print(_marked(passage, explanation.statement), soft_wrap=True)
    for name, value in _details(explanation):
        screen.print(f"{name:<12}{value}", soft_wrap=True)


def _whole_id(opened: KnowledgeGraph, start: str) -> str:
    found: list[str] = cast("Table", opened.sparql(_BY_PREFIX, start=start)).column("id")
    if len(found) == 1 or start in found:
        return start if start in found else found[0]
    if found:
        raise click.UsageError(
            f"The ids of several statements begin with {start!r} ({', '.join(found[:3])} ...): give more of it."
        )
    raise click.UsageError(f"No statement has an id that begins with {start!r}; `chipgraph show` lists ids.")


def _headline(statement: Statement) -> str:
    from extract.model import Claim
    from graph.asking.wording import phrase
    from ontology.measures import metrics

    if isinstance(statement, Claim):
        return phrase(statement)
    return f"{statement.about.label}: {metrics()[statement.metric].label} {statement.printed}"


def _marked(passage: Passage, statement: Statement) -> Text:
    """The sentence in quotation marks, what the statement is made of in brackets with the part it plays."""
    from rich.text import Text

    sentence, marked, done = passage.text, Text("“"), 0
    for start, end, part in _places(passage, statement):
        marked.append(sentence[done:start]).append(f"[{part}: {sentence[start:end]}]", style="bold cyan")
        done = end
    return marked.append(sentence[done:]).append("”")


def _places(passage: Passage, statement: Statement) -> list[tuple[int, int, str]]:
    """Where the sentence has each part, in order; a part that is only implied or inside another one has no place."""
    known = _known_places(passage, statement)
    found: list[tuple[int, int, str]] = []
    for part, names in _parts(statement).items():
        place = known.get(part) or next((at for name in names if (at := _find(name, passage.text))), None)
        if place and not any(place[0] < end and start < place[1] for start, end, _ in found):
            found.append((*place, part))
    return sorted(found)


def _known_places(passage: Passage, statement: Statement) -> dict[str, tuple[int, int]]:
    """The places that the extractor noted, as offsets into the passage; of a passage that it did not note, none."""
    from extract.model import Claim

    if not isinstance(statement, Claim):
        return {}
    noted = statement.places.items()
    return {
        part: (start - passage.start, end - passage.start)
        for part, (start, end) in noted
        if passage.start <= start < end <= passage.end
    }


def _find(name: str, sentence: str) -> tuple[int, int] | None:
    """Where the words stand as words, not inside another: "it" is not in "with"."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) if name else None
    return found.span() if found else None


def _parts(statement: Statement) -> dict[str, tuple[str, ...]]:
    from extract.model import Claim

    if isinstance(statement, Claim):
        trigger = (statement.reasons.get("trigger", ""),)
        return {"subject": _names(statement.subject), "object": _names(statement.object), "trigger": trigger}
    return {"about": _names(statement.about), "value": (statement.printed,)}


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.mention, entity.label, *sorted(entity.aliases, key=len, reverse=True))


def _details(explanation: Explanation) -> Iterator[tuple[str, str]]:
    from extract.model import Claim

    statement = explanation.statement
    yield "id", statement.id
    if isinstance(statement, Claim):
        yield from _of_claim(statement, explanation)
    else:
        if statement.period:
            yield "period", statement.period
        yield "said by", explanation.said_by
        yield "confidence", f"{statement.confidence:.2f}"
        yield "rule", statement.rule
    for passage in explanation.evidence:
        yield "document", _place(passage)
    yield from (("also in", claim.source) for claim in explanation.same)
    yield from (("against", claim.source) for claim in explanation.against)


def _of_claim(claim: Claim, explanation: Explanation) -> Iterator[tuple[str, str]]:
    stance = (sourced(claim.polarity, claim, "polarity"), sourced(claim.modality, claim, "modality"))
    yield "stance", "; ".join(stance)
    for name, value in explanation.qualifiers:
        yield name, sourced(value, claim, name)
    if claim.time:
        yield "time", sourced(claim.time, claim, "time")
    yield "said by", sourced(explanation.said_by, claim, "said by")
    yield "confidence", f"{claim.confidence:.2f}"
    yield from found_by(claim)
    yield from ends(claim)


def _place(passage: Passage) -> str:
    of = passage.document
    said = " | ".join(filter(None, (of.title, of.publisher, of.date, *of.paths)))
    return f"{said}, characters {passage.start} to {passage.end}"
