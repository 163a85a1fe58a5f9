"""The corpus as a gold folder, a text and a JSON a paragraph.

`python -m corpus.tools.convert OUT [--part a] [--side dev]` writes it.

A hard negative becomes `must_not` unless the paragraph also states the same triple with affirmed polarity (as a plan,
say, or with an end): those who score forbid the triple in any modality.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.tools.evidence import places, sentence_of
from corpus.tools.reader import read_corpus
from corpus.tools.split import side
from extract.model import Polarity
from ontology.classes import is_a
from ontology.files import write_whole
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.tools.model import GoldClaim, GoldNumber, Paragraph

# The coarse types of a gold folder, by the first class that a type lies under.
_COARSE = {
    "ActorGroup": "Other",
    "Country": "Country",
    "Person": "Person",
    "GovernmentBody": "Government",
    "ResearchOrganization": "ResearchOrganization",
    "MediaOrganization": "Media",
    "MarketResearcher": "Media",
    "Association": "Association",
    "StockExchange": "StockExchange",
    "Organization": "Company",
    "Facility": "Facility",
    "Place": "Place",
    "ProcessNode": "ProcessNode",
    "Technology": "Technology",
    "Material": "Material",
    "Equipment": "Equipment",
    "Product": "Product",
    "PolicyInstrument": "Policy",
}


def coarse(name: str) -> str:
    """The type that a gold folder gives a class of the ontology.

    >>> coarse("RestrictedPartyList"), coarse("JointVenture"), coarse("Fab")
    ('Policy', 'Company', 'Facility')
    """
    return next((gold for parent, gold in _COARSE.items() if is_a(name, parent)), "Other")


def gold(paragraph: Paragraph) -> dict[str, Any]:
    """The annotation of one paragraph in the form of a gold folder."""
    return {
        "source": paragraph.id,
        "style": paragraph.style,
        "claims": [_claim(paragraph, claim) for claim in paragraph.claims],
        "entities": _entities(paragraph),
        "observations": [_number(paragraph, number) for number in paragraph.numbers],
        "must_not": _must_not(paragraph),
    }


def known_names(paragraphs: Iterable[Paragraph]) -> dict[str, list[str]]:
    """The names that the registry gives the entities of the corpus, where it knows exactly one of that name."""
    registry = load()
    found: dict[str, list[str]] = {}
    for name in sorted({mark.name for paragraph in paragraphs for mark in paragraph.marks}):
        entries = registry.lookup(name)
        if len(entries) == 1:
            found[name] = sorted({entries[0].label, *(alias.text for alias in entries[0].aliases)})
    return found


def convert(paragraphs: Iterable[Paragraph], out: Path) -> int:
    """Writes a gold folder; returns how many paragraphs it holds."""
    held = list(paragraphs)
    for paragraph in held:
        write_whole(out / f"{paragraph.id}.txt", paragraph.text + "\n")
        write_whole(out / f"{paragraph.id}.json", _json(gold(paragraph)))
    write_whole(out / "names.json", _json(known_names(held)))
    return len(held)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _claim(paragraph: Paragraph, claim: GoldClaim) -> dict[str, Any]:
    found = places(paragraph, claim)
    types = paragraph.types()
    return {
        "subject": claim.subject,
        "subject_type": coarse(types[claim.subject]),
        "relation": claim.relation,
        "object": claim.object,
        "object_type": coarse(types[claim.object]),
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "time": claim.time,
        "attributed_to": claim.by,
        "evidence": paragraph.text[found.start : found.end],
        "core": claim.core,
        "needs_context": not (found.together and found.by_name),
    }


def _entities(paragraph: Paragraph) -> list[dict[str, Any]]:
    core = {name for claim in paragraph.claims if claim.core for name in (claim.subject, claim.object)}
    mentions: dict[str, list[str]] = {}
    for mark in paragraph.marks:
        if mark.surface not in mentions.setdefault(mark.name, []):
            mentions[mark.name].append(mark.surface)
    types = paragraph.types()
    return [
        {"name": name, "type": coarse(types[name]), "mentions": forms, "core": name in core}
        for name, forms in mentions.items()
    ]


def _number(paragraph: Paragraph, number: GoldNumber) -> dict[str, Any]:
    return {
        "subject": number.about,
        "measure": number.metric,
        "value": number.printed,
        "unit": number.unit,
        "period": number.period,
        "forecast": number.forecast,
        "evidence": sentence_of(paragraph, number.printed),
    }


def _must_not(paragraph: Paragraph) -> list[dict[str, str]]:
    stated = {claim.triple for claim in paragraph.claims if claim.polarity is Polarity.AFFIRMED}
    return [
        {"subject": n.subject, "relation": n.relation, "object": n.object, "why": n.why}
        for n in paragraph.negatives
        if n.triple not in stated
    ]


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--part", help="Only the paragraphs of this part.")
@click.option("--side", "wanted", type=click.Choice(["train", "dev", "test"]), help="Only this side of the split.")
def main(out: Path, part: str | None, wanted: str | None) -> None:
    """Write the corpus as a gold folder OUT."""
    chosen = [
        p for p in read_corpus() if part in {None, p.part} and wanted in {None, side(p.topic, p.id)}
    ]  # fmt: skip
    click.echo(f"{convert(chosen, out)} paragraphs written to {out}.")


if __name__ == "__main__":
    main()
