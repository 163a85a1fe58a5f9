"""Where a paragraph states a claim: the sentence that names both ends, or the last sentence that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.tools.sentences import sentences

if TYPE_CHECKING:
    from corpus.tools.model import GoldClaim, Paragraph


@dataclass(frozen=True, slots=True)
class Places:
    """Where a claim stands.

    subject, object: int, offsets of the mentions that are nearest to each other; start, end: int, the sentence of the
    later one; together: bool, both in that sentence; by_name: bool, and neither of them by a pronoun.
    """

    subject: int
    object: int
    start: int
    end: int
    together: bool
    by_name: bool


def places(paragraph: Paragraph, claim: GoldClaim) -> Places:
    """Where the paragraph states the claim, by its marks and coreferences: names of one sentence come first."""
    spans = sentences(paragraph.text)
    options = [
        (home[0] != home[1], not (s_named and o_named), abs(s - o), s, o, max(home))
        for s, s_named in _mentions(paragraph, claim.subject)
        for o, o_named in _mentions(paragraph, claim.object)
        for home in [(_home(spans, s), _home(spans, o))]
    ]
    apart, by_pronoun, _, s, o, at = min(options)
    return Places(s, o, *spans[at], together=not apart, by_name=not by_pronoun)


def sentence_of(paragraph: Paragraph, printed: str) -> str:
    """The sentence that prints a number."""
    at = _home(sentences(paragraph.text), paragraph.text.index(printed))
    start, end = sentences(paragraph.text)[at]
    return paragraph.text[start:end]


def _mentions(paragraph: Paragraph, name: str) -> list[tuple[int, bool]]:
    named = [(mark.start, True) for mark in paragraph.marks if mark.name == name]
    return named + [(c.start, False) for c in paragraph.coreferences if c.name == name]


def _home(spans: list[tuple[int, int]], offset: int) -> int:
    return next(i for i, (_, end) in enumerate(spans) if offset < end)
