"""How far two annotators agree: the corpus and its second annotation, `corpus/second`.

`python -m corpus.tools.agreement [FOLDER]` prints the figures for the corpus in FOLDER. A block of the second
annotation is a line `@ id` and the claims that another annotator read out of that paragraph, without sight of those in
the corpus.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.tools.annotations import Names, claim
from corpus.tools.reader import ROOT, SECOND, blocks, read_corpus
from ontology.errors import InvalidData
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set

    from corpus.tools.model import GoldClaim, Paragraph
    from corpus.tools.reader import Block

# The subject, relation and object of a claim, behind the id of its paragraph.
Key = tuple[str, str, str, str]
# Two entities of a paragraph, behind its id.
Ends = tuple[str, frozenset[str]]
# What the first annotator says of something, and the second.
Labels = list[tuple["Hashable", "Hashable"]]
# The claims of one annotator; a triple may be claimed twice, as a plan of one time and a fact of another.
Reading = dict[Key, list["GoldClaim"]]


@dataclass(frozen=True, slots=True)
class Twice:
    """A paragraph with its claims in the corpus, and the claims of the second annotator."""

    paragraph: Paragraph
    second: tuple[GoldClaim, ...]


def annotated_twice(paragraphs: Iterable[Paragraph], folder: Path = SECOND) -> list[Twice]:
    """The paragraphs that a second annotator has read.

    paragraphs: of the corpus; folder: Path, of the second annotation. Raises `InvalidData` with file and line where a
    block belongs to no paragraph of the corpus or a line breaks the format.
    """
    known = {paragraph.id: paragraph for paragraph in paragraphs}
    return [_read(block, known) for path in sorted(folder.glob("*.txt")) for block in blocks(path)]


def f1(found_first: int, first: int, found_second: int, second: int) -> float:
    """The harmonic mean of two shares that have the same items in common, or nearly so.

    first, second: int, how many items each annotator lists; found_...: int, how many of these the other lists too.

    >>> f1(3, 4, 3, 6)
    0.6
    """
    return (found_first + found_second) / (first + second) if first + second else 1.0


def kappa(labels: Labels) -> float:
    """Cohen's kappa: the agreement beyond chance of two labels an item, 1 where chance alone makes them agree.

    labels: a pair an item, by the first and the second annotator. Source: J. Cohen, "A Coefficient of Agreement for
    Nominal Scales", Educational and Psychological Measurement 20 (1), 1960.

    >>> kappa([("a", "a"), ("a", "a"), ("b", "b"), ("a", "b")])
    0.5
    """
    first, second = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    by_chance = sum(first[label] * second[label] for label in first) / len(labels) ** 2 if labels else 1.0
    return (_equal(labels) - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


def report(held: Sequence[Twice]) -> str:
    """The figures as Markdown tables, the same for the same texts."""
    first = _keyed((twice.paragraph.id, twice.paragraph.claims) for twice in held)
    second = _keyed((twice.paragraph.id, twice.second) for twice in held)
    return "\n\n".join([_listed(first, second), _labelled(held, first, second), _by_relation(first, second)])


def _read(block: Block, known: Mapping[str, Paragraph]) -> Twice:
    head, *lines = block.lines
    paragraph = known.get(head.removeprefix("@ "))
    if paragraph is None or not all(line.startswith("+ ") for line in lines):
        raise InvalidData(f"{block.source}: A block holds '@ id', of a paragraph of the corpus, and lines of '+'.")
    names = Names(paragraph.text, paragraph.marks)
    try:
        return Twice(paragraph, tuple(claim(line[1:].strip(), names) for line in lines))
    except InvalidData as error:
        raise InvalidData(f"{block.source}: {error}") from error


def _keyed(claims: Iterable[tuple[str, Sequence[GoldClaim]]]) -> Reading:
    found: Reading = {}
    for name, stated in claims:
        for one in stated:
            found.setdefault((name, *_turned(one)), []).append(one)
    return found


def _turned(stated: GoldClaim) -> tuple[str, str, str]:
    """The triple of a claim, the ends of a symmetric relation in the order of the alphabet."""
    subject, relation, obj = stated.triple
    if relation in relations() and relations()[relation].symmetric:
        subject, obj = sorted((subject, obj))
    return subject, relation, obj


def _listed(first: Reading, second: Reading) -> str:
    core_first, core_second = _core(first), _core(second)
    rows = [
        _row("core claims, core for both", (core_first, core_second), (core_second, core_first)),
        _row("core claims, core or not for the other", (core_first, second.keys()), (core_second, first.keys())),
        _row("all claims", (first.keys(), second.keys()), (second.keys(), first.keys())),
    ]
    return _table("claims", rows)


def _by_relation(first: Reading, second: Reading) -> str:
    names = Counter(relation for _, _, relation, _ in [*first, *second])
    rows = []
    for name, _ in sorted(names.items(), key=lambda row: (-row[1], row[0])):
        a, b = ({key for key in reading if key[2] == name} for reading in (first, second))
        rows.append(_row(name, (a, b), (b, a)))
    return _table("relation", rows)


def _table(what: str, rows: Iterable[str]) -> str:
    head = f"| {what} | corpus | also in the second | second | also in the corpus | F1 |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def _row(name: str, one: tuple[Set[Key], Set[Key]], other: tuple[Set[Key], Set[Key]]) -> str:
    counts = [count for own, theirs in (one, other) for count in (len(own), len(own & theirs))]
    return f"| {name} | {' | '.join(map(str, counts))} | {f1(counts[1], counts[0], counts[3], counts[2]):.2f} |"


def _labelled(held: Sequence[Twice], first: Reading, second: Reading) -> str:
    both = sorted(first.keys() & second.keys())
    ties_first, ties_second = _ties(first), _ties(second)
    tied = [ends for ends in ties_first if ends in ties_second]
    rows: dict[str, Labels] = {
        "polarity of a claim that both list": _labels(both, first, second, lambda c: c.polarity),
        "modality": _labels(both, first, second, lambda c: c.modality),
        "status, ended or not": _labels(both, first, second, lambda c: c.ended),
        "polarity, modality and status": _labels(both, first, second, lambda c: (c.polarity, c.modality, c.ended)),
        "core or not": _labels(both, first, second, lambda c: c.core),
        "whether a claim ties a pair of entities": [(e in ties_first, e in ties_second) for e in _pairs(held)],
        "relations of a pair that both tie": [(ties_first[ends], ties_second[ends]) for ends in tied],
    }
    lines = ["| label | items | equal | kappa |", "|---|---|---|---|"]
    lines += [f"| {name} | {len(own)} | {_equal(own):.0%} | {kappa(own):.2f} |" for name, own in rows.items()]
    return "\n".join(lines)


def _equal(labels: Labels) -> float:
    return sum(a == b for a, b in labels) / len(labels) if labels else 1.0


def _labels(keys: Iterable[Key], first: Reading, second: Reading, label: Callable[[GoldClaim], Hashable]) -> Labels:
    """What each annotator says of a triple; where one lists it twice, as a plan and as denied, both labels together."""
    return [(frozenset(map(label, first[key])), frozenset(map(label, second[key]))) for key in keys]


def _core(reading: Reading) -> set[Key]:
    return {key for key, stated in reading.items() if any(one.core for one in stated)}


def _pairs(held: Iterable[Twice]) -> Iterator[Ends]:
    """Every two entities of a paragraph."""
    for twice in held:
        names = sorted({mark.name for mark in twice.paragraph.marks})
        yield from ((twice.paragraph.id, frozenset(ends)) for ends in combinations(names, 2))


def _ties(reading: Reading) -> dict[Ends, frozenset[tuple[str, str]]]:
    """The relations of each pair that a claim ties, each with its subject."""
    found: dict[Ends, set[tuple[str, str]]] = {}
    for name, subject, relation, obj in reading:
        found.setdefault((name, frozenset((subject, obj))), set()).add((subject, relation))
    return {ends: frozenset(ties) for ends, ties in found.items()}


@click.command()
@click.argument("folder", default=ROOT, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Print how far the second annotation agrees with the corpus in FOLDER."""
    click.echo(report(annotated_twice(read_corpus(folder))))


if __name__ == "__main__":
    main()
