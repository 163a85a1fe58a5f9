"""What the corpus holds, counted.

`python -m corpus.tools.statistics [--write]` prints it, or puts it into the datasheet, docs/corpus.md, which keeps the
counts between two marker lines; a test holds them to the corpus.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.tools.evidence import places
from corpus.tools.reader import ROOT, read_corpus
from corpus.tools.sentences import sentences
from corpus.tools.split import side
from corpus.tools.wordings import WORDINGS, is_coordinated, wording
from ontology.errors import InvalidData
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.tools.model import GoldClaim, Paragraph

DATASHEET = ROOT.parent / "docs" / "corpus.md"
BEGIN, END = "<!-- counts: begin (python -m corpus.tools.statistics --write) -->", "<!-- counts: end -->"


def report(paragraphs: Iterable[Paragraph]) -> str:
    """The counts as Markdown tables, the same for the same corpus."""
    held = list(paragraphs)
    claims = [(p, claim) for p in held for claim in p.claims]
    return "\n\n".join([
        _table("corpus", "count", _totals(held)),
        _table("part", "paragraphs", Counter(p.part for p in held)),
        _table("style", "paragraphs", Counter(p.style for p in held)),
        _table("side of the split", "paragraphs", Counter(side(p.topic, p.id) for p in held)),
        _by_relation(held, claims),
        _table("polarity, modality", "claims", Counter(f"{c.polarity}, {c.modality}" for _, c in claims)),
        _table("order of the two ends in the text", "claims", Counter(order(p, c) for p, c in claims)),
        _table("wording, by signs on the surface", "claims", Counter(wording(p, c) for p, c in claims)),
        _table("hard negatives", "count", Counter(n.why for p in held for n in p.negatives)),
        _table("type of marked entity", "mentions", Counter(mark.type for p in held for mark in p.marks)),
    ])  # fmt: skip


def order(paragraph: Paragraph, claim: GoldClaim) -> str:
    """Which end of a claim is named first, in its own sentence or across sentences."""
    found = places(paragraph, claim)
    first = "subject first" if found.subject < found.object else "object first"
    return first if found.together else f"{first}, across sentences"


def with_counts(datasheet: str, counts: str) -> str:
    """The datasheet with its counts replaced; raises `InvalidData` where the marker lines are missing."""
    head, begin, rest = datasheet.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise InvalidData(f"The datasheet must hold the lines {BEGIN!r} and {END!r}.")
    return f"{head}{BEGIN}\n{counts}\n{END}{tail}"


def _by_relation(held: list[Paragraph], claims: list[tuple[Paragraph, GoldClaim]]) -> str:
    """A row a relation: claims, of these affirmed and still true, the ways they are put, and hard negatives."""
    counts: dict[str, Counter[str]] = {}
    for paragraph, claim in claims:
        own = counts.setdefault(claim.relation, Counter())
        own.update(["claims", wording(paragraph, claim)])
        own["affirmed"] += claim.is_stated
        own["object first"] += order(paragraph, claim).startswith("object")
        own["coordinated"] += is_coordinated(paragraph, claim)
    negatives = Counter(negative.relation for p in held for negative in p.negatives)
    heads = ("claims", "affirmed", "object first", "coordinated", *WORDINGS)
    lines = [f"| relation | {' | '.join(heads)} | hard negatives |", "|" + "---|" * (len(heads) + 2)]
    for name, own in sorted(counts.items(), key=lambda row: (-row[1]["claims"], row[0])):
        lines.append(f"| {name} | {' | '.join(str(own[head]) for head in heads)} | {negatives[name]} |")
    return "\n".join(lines)


def _totals(paragraphs: list[Paragraph]) -> dict[str, int]:
    return {
        "paragraphs": len(paragraphs),
        "sentences": sum(len(sentences(p.text)) for p in paragraphs),
        "words": sum(len(p.text.split()) for p in paragraphs),
        "entity mentions": sum(len(p.marks) for p in paragraphs),
        "distinct entity names": len({mark.name for p in paragraphs for mark in p.marks}),
        "coreferences": sum(len(p.coreferences) for p in paragraphs),
        "claims": sum(len(p.claims) for p in paragraphs),
        "claims, core": sum(claim.core for p in paragraphs for claim in p.claims),
        "claims with a named source": sum(claim.by is not None for p in paragraphs for claim in p.claims),
        "numbers": sum(len(p.numbers) for p in paragraphs),
        "hard negatives": sum(len(p.negatives) for p in paragraphs),
    }


def _table(what: str, how_many: str, counts: Mapping[str, int]) -> str:
    by_count = (
        sorted(counts.items(), key=lambda row: (-row[1], row[0])) if isinstance(counts, Counter) else counts.items()
    )
    rows = [f"| {name} | {count} |" for name, count in by_count]
    return "\n".join([f"| {what} | {how_many} |", "|---|---|", *rows])


@click.command()
@click.option("--write", is_flag=True, help="Put the counts into docs/corpus.md instead of printing them.")
def main(write: bool) -> None:
    """Count what the corpus holds."""
    counts = report(read_corpus())
    if write:
        write_whole(DATASHEET, with_counts(Path(DATASHEET).read_text(encoding="utf-8"), counts))
    else:
        click.echo(counts)


if __name__ == "__main__":
    main()
