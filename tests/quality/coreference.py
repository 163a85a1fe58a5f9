"""How well pronouns and descriptions are followed: `python tests/quality/coreference.py [--side dev] [--show]`.

The corpus says with its `=` lines whom a word stands for. Printed is, by kind of word, the share that is resolved to
just those, to others, or to nobody. `--show` prints the cases; the side "test" is not offered.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.tools.reader import read_corpus
from corpus.tools.split import side
from extract.arguments import fillers
from extract.clauses import RELATIVE
from extract.evaluate import fold
from extract.model import Document
from extract.pipeline import read
from ontology import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.tools.model import Paragraph
    from extract.discourse import Discourse, Reading
    from extract.model import Entity
    from extract.tree import Token

_KINDS = {
    "it": ("it", "its", "itself"),
    "they": ("they", "their", "them", "both", "neither", "each", "either"),
    "we": ("we", "our", "us"),
    "person": ("he", "she", "his", "her", "him"),
    "ordinal": ("the former", "the latter"),
}
VERDICTS = ("right", "wrong", "none")


@dataclass(slots=True)
class Followed:
    """What was counted. counts: (kind of word, verdict) -> how many; notes: a line for each that is not right."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def share(self, verdict: str, kind: str | None = None) -> float:
        """The share of a verdict among the words of one kind, or of all."""
        wanted = {k: n for k, n in self.counts.items() if kind in (None, k[0])}
        return sum(n for k, n in wanted.items() if k[1] == verdict) / max(1, sum(wanted.values()))


def measure(paragraphs: Iterable[Paragraph]) -> Followed:
    """How the annotated pronouns and descriptions of some paragraphs are resolved; relative pronouns are left out."""
    result = Followed()
    for paragraph in paragraphs:
        discourse = read(Document(paragraph.text, paragraph.id))
        spans: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        for reference in paragraph.coreferences:
            spans[reference.start, reference.end].append(reference.name)
        for (start, end), names in sorted(spans.items()):
            word = paragraph.text[start:end]
            if word.lower() not in RELATIVE:
                _count(paragraph, discourse, (start, end), names, result)
    return result


def _count(
    paragraph: Paragraph, discourse: Discourse, span: tuple[int, int], names: list[str], result: Followed
) -> None:
    found = _found(discourse, *span)
    met = [{name for name in names if _is(entity, name, paragraph)} for entity in found]
    right = bool(found) and all(met) and set().union(*met) == set(names)
    verdict = "right" if right else "wrong" if found else "none"
    word = paragraph.text[slice(*span)]
    result.counts[_kind(word), verdict] += 1
    if not right:
        around = paragraph.text[max(0, span[0] - 160) : span[1] + 50].replace("\n", " / ")
        result.notes.append(f"{paragraph.id} {word!r} {verdict}: {names} not {[e.label for e in found]} << {around}")


def _kind(word: str) -> str:
    return next((kind for kind, words in _KINDS.items() if word.lower() in words), "description")


def _found(discourse: Discourse, start: int, end: int) -> list[Entity]:
    """The entities that the word at a stretch of the document is taken for."""
    for reading in discourse.readings:
        head = _head(reading, start, end)
        if head is not None:
            return [f.entity for f in fillers(discourse, reading, head) if f.how != "name" or f.token != head]
    return []


def _head(reading: Reading, start: int, end: int) -> Token | None:
    """The word of a stretch that hangs on a word outside it."""
    offsets = reading.block.body.offsets
    tokens = [t for t in reading.doc if start <= offsets[t.idx] < end]
    inside = {t.i for t in tokens}
    return next((t for t in reversed(tokens) if t.head == t or t.head.i not in inside), None)


def _is(entity: Entity, name: str, paragraph: Paragraph) -> bool:
    forms = {fold(name), *(fold(m.surface) for m in paragraph.marks if m.name == name)}
    entry = registry.load().entries.get(entity.id)
    known = [fold(n.text) for n in entry.names] if entry is not None else []
    return not forms.isdisjoint({fold(entity.label), fold(entity.mention), *known} - {""})


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", choices=["train", "dev"], default="train")
    parser.add_argument("--show", action="store_true", help="print the cases as well")
    given = parser.parse_args()
    found = measure(p for p in read_corpus() if side(p.topic, p.id) == given.side)
    for kind in [None, *sorted({k for k, _ in found.counts})]:
        size = sum(n for k, n in found.counts.items() if kind in (None, k[0]))
        shares = ", ".join(f"{verdict} {found.share(verdict, kind):.3f}" for verdict in VERDICTS)
        sys.stdout.write(f"{kind or 'all'}: {size} words, {shares}\n")
    for note in found.notes if given.show else ():
        sys.stdout.write(f"  {note}\n")


if __name__ == "__main__":
    main()
