"""What is left of an article after a format: its words in their order, what is known of it, the statements found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from extract.model import Claim
from extract.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles import Article

    from extract.model import Document, Statement

SAID = ("title", "author", "date", "publisher", "url", "language")
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"^(?:\d+[.)] )", re.MULTILINE)


def words(text: str) -> list[str]:
    """The words of a text, marks of numbered lists aside."""
    return [word.casefold() for word in _WORD.findall(_MARKS.sub("", text))]


def in_order(wanted: Sequence[str], got: Sequence[str]) -> int:
    """How many words stand in both in the same order."""
    return sum(block.size for block in SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks())


def nearest(found: Sequence[Article], document: Document) -> int:
    """Which of the articles a document is, as archives have an order of their own."""
    got = set(words(document.text))
    return max(
        range(len(found)), key=lambda at: len(got & set(words(found[at].body))) / len(set(words(found[at].body)))
    )


@dataclass
class Score:
    """The sums over the articles in one format."""

    documents: int = 0
    wanted: int = 0
    got: int = 0
    shared: int = 0
    said: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, article: Article, document: Document, expected: Sequence[Statement]) -> None:
        """Counts one article that was read from the format; expected: what is found in its plain text."""
        wanted, got = words(f"{article.title}\n{article.body}"), words(document.text)
        self.documents += 1
        self.wanted += len(wanted)
        self.got += len(got)
        self.shared += in_order(wanted, got)
        known = {"title": article.title, "author": article.author, "date": article.date}
        for name in SAID:
            value = getattr(document, name)
            self.said[name] += value is not None and (name not in known or _same(value, known[name]))
        found = extract(document)
        for kind, counted in ((True, self.claims), (False, self.numbers)):
            before = Counter(_key(s) for s in expected if isinstance(s, Claim) is kind)
            after = Counter(_key(s) for s in found if isinstance(s, Claim) is kind)
            counted["equal"] += (before & after).total()
            counted["lost"] += (before - after).total()
            counted["extra"] += (after - before).total()
            self.differences += [f"- {article.name}: {key}" for key in sorted((before - after).elements())]
            self.differences += [f"+ {article.name}: {key}" for key in sorted((after - before).elements())]

    def row(self, name: str) -> str:
        """A line of the table."""
        kept = ", ".join(part for part in SAID if self.said[part] == self.documents)
        order = 100 * self.shared / self.wanted
        foreign = 100 * (self.got - self.shared) / max(1, self.got)
        counts = ((self.claims[k], self.numbers[k]) for k in ("equal", "lost", "extra"))
        cells = (f"{claims} + {numbers}" for claims, numbers in counts)
        return f"| {name} | {self.documents} | {order:.1f} % | {foreign:.1f} % | {kept} | {' | '.join(cells)} |"


def _same(value: str, wanted: str) -> bool:
    return words(value) == words(wanted)


def _key(said: Statement) -> str:
    if isinstance(said, Claim):
        return f"{said.subject.label} {said.relation} {said.object.label} {said.polarity} {said.modality}"
    return f"{said.about.label} {said.metric} {said.value} {said.unit} {said.period}"
