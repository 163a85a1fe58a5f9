"""What must hold of the paragraphs of the corpus, beyond what the reader already refuses."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corpus.tools.model import STYLES, GoldClaim, GoldNumber, Paragraph
from corpus.tools.sentences import sentences
from ontology.classes import classes
from ontology.measures import metrics, units
from ontology.relations import allows, relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GRAM = 8
MOST_SHARED = 0.2
MOST_SENTENCES = 6
MOST_LINES = 16


def problems_of(paragraph: Paragraph) -> list[str]:
    """What is wrong with one paragraph, a sentence each, with file and line."""
    found = [*_frame(paragraph), *_types(paragraph)]
    if not found:
        found = [*_claims(paragraph), *_numbers(paragraph), *_negatives(paragraph)]
    return [f"{paragraph.source} ({paragraph.id}): {problem}" for problem in found]


def problems_between(paragraphs: Iterable[Paragraph]) -> list[str]:
    """What is wrong between paragraphs: an id used twice, a text that stands twice or nearly so."""
    held = list(paragraphs)
    counts = Counter(paragraph.id for paragraph in held)
    found = [f"The id {name} is used {count} times." for name, count in sorted(counts.items()) if count > 1]
    return found + [
        f"{a.source} ({a.id}) and {b.source} ({b.id}) share {share:.0%} of their word {GRAM}-grams: rewrite one."
        for a, b, share in _near(held)
    ]


def grams(text: str) -> frozenset[tuple[str, ...]]:
    """The word 8-grams of a text, case and punctuation aside; of a shorter text its words, as one.

    >>> len(grams("one two three four five six seven eight nine"))
    2
    """
    words = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1)))


def _near(paragraphs: list[Paragraph]) -> Iterator[tuple[Paragraph, Paragraph, float]]:
    sets = [grams(paragraph.text) for paragraph in paragraphs]
    seen: dict[tuple[str, ...], list[int]] = {}
    for later, own in enumerate(sets):
        shared = Counter(earlier for gram in own for earlier in seen.get(gram, ()))
        for earlier, count in sorted(shared.items()):
            share = count / min(len(sets[earlier]), len(own))
            if share >= MOST_SHARED:
                yield paragraphs[earlier], paragraphs[later], share
        for gram in own:
            seen.setdefault(gram, []).append(later)


def _frame(p: Paragraph) -> Iterator[str]:
    if p.source.partition("/")[0] != p.part:
        yield f"The id says part {p.part!r}, the folder another."
    if p.style not in STYLES:
        yield f"The style {p.style!r} is not one of {', '.join(sorted(STYLES))}."
    if not p.marks:
        yield "No entity is marked."
    lines = p.text.count("\n") + 1
    if lines > MOST_LINES or (lines == 1 and len(sentences(p.text)) > MOST_SENTENCES):
        yield f"The paragraph is longer than {MOST_SENTENCES} sentences or {MOST_LINES} lines."


def _types(p: Paragraph) -> Iterator[str]:
    types: dict[str, set[str]] = {}
    for mark in p.marks:
        types.setdefault(mark.name, set()).add(mark.type)
        if mark.type not in classes():
            yield f"The type {mark.type!r} of {mark.surface!r} is no class of the ontology."
        if mark.surface != mark.surface.strip():
            yield f"The mark {mark.surface!r} begins or ends with a space."
    yield from (f"{name!r} has several types: {', '.join(sorted(t))}." for name, t in types.items() if len(t) > 1)


def _claims(p: Paragraph) -> Iterator[str]:
    for claim in p.claims:
        if claim.relation not in relations():
            yield f"There is no relation {claim.relation!r}."
        elif not allows(claim.relation, p.types()[claim.subject], p.types()[claim.object]):
            ends = f"{p.types()[claim.subject]} and {p.types()[claim.object]}"
            yield f"{claim.relation} does not tie {ends}: {' | '.join(claim.triple)}."
        if claim.subject == claim.object:
            yield f"{claim.subject!r} cannot be both ends of {claim.relation}."
        yield from _qualifiers(p, claim)
    counts = Counter(p.claims)
    yield from (f"The claim {' | '.join(c.triple)} stands {n} times." for c, n in counts.items() if n > 1)


def _qualifiers(p: Paragraph, claim: GoldClaim) -> Iterator[str]:
    for key, value in claim.qualifiers:
        if key in {"amount", "percent"} and not set(re.findall(r"\d[\d.,]*\d|\d", value)) <= _digits(p.text):
            yield f"The {key} {value!r} is not printed in the text."
    if claim.time and not set(claim.time[:4].split()) <= _digits(p.text):
        yield f"The year of the time {claim.time} is not printed in the text."


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d[\d.,]*\d|\d", text))


def _numbers(p: Paragraph) -> Iterator[str]:
    for number in p.numbers:
        if number.metric not in metrics() or number.unit not in units():
            yield f"The metric {number.metric!r} or the unit {number.unit!r} is unknown."
        elif not metrics()[number.metric].takes(units()[number.unit]):
            yield f"A {number.metric} is not counted in {number.unit}."
        yield from _printed(p, number)


def _printed(p: Paragraph, number: GoldNumber) -> Iterator[str]:
    if number.printed not in p.text:
        yield f"The number {number.printed!r} is not printed in the text."


def _negatives(p: Paragraph) -> Iterator[str]:
    facts = {claim.triple for claim in p.claims if claim.is_fact}
    facts |= {(o, r, s) for s, r, o in facts if r in relations() and relations()[r].symmetric}
    for negative in p.negatives:
        if negative.relation not in relations():
            yield f"There is no relation {negative.relation!r}."
        if negative.triple in facts:
            yield f"{' | '.join(negative.triple)} is both claimed as a fact and a hard negative."
    counts = Counter(negative.triple for negative in p.negatives)
    yield from (f"The hard negative {' | '.join(t)} stands {n} times." for t, n in counts.items() if n > 1)
