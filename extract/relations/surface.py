"""Rules on the words between two mentions, for what a tree adds nothing to: "Soitec (Euronext Paris: SOI)".

They also catch plain statements in lines that no parser reads well. Hearst (1992, COLING) is the pattern's ancestor.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.arguments import Filler
from extract.relations.matcher import Candidate
from extract.relations.rules import of_kind
from extract.syntax import Frame
from ontology.classes import is_a
from ontology.relations import allows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.relations.rules import Rule
    from extract.tree import Token


def surface_candidates(discourse: Discourse, reading: Reading) -> Iterator[Candidate]:
    """The candidates that the words between neighbouring mentions state, in the order of the text."""
    for first, second in _neighbours(reading):
        words = reading.doc[first.end : second.start].text
        behind = reading.doc[second.end : second.end + 4].text
        for rule, match, after in _matching(words):
            if after is None or after.match(behind):
                trigger = _trigger(reading, first, match)
                for a, b in _spread(reading, rule, first, second):
                    yield from _candidate(discourse, reading, rule, a, b, trigger)


@lru_cache(maxsize=4096)
def _matching(words: str) -> tuple[tuple[Rule, re.Match[str], re.Pattern[str] | None], ...]:
    """The rules that match some words; most of them, such as a comma, stand between names again and again."""
    return tuple(
        (rule, match, after)
        for rule, patterns, after in _patterns()
        if (match := next((m for pattern in patterns if (m := pattern.fullmatch(words))), None)) is not None
    )


@cache
def _patterns() -> tuple[tuple[Rule, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]:
    """Each rule with its patterns (one by one, as each may have a group named `t`) and what must stand behind."""
    return tuple(
        (
            rule,
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in sorted(rule.lemmas)),
            re.compile(rule.after) if rule.after else None,
        )
        for rule in of_kind("between")
    )


def _neighbours(reading: Reading) -> Iterator[tuple[Mention, Mention]]:
    """Neighbouring mentions of one sentence, outermost ones only."""
    for first, second in pairwise(_outermost(reading)):
        if reading.doc[first.root].sent == reading.doc[second.root].sent and second.start - first.end < 12:
            yield first, second


def _outermost(reading: Reading) -> list[Mention]:
    outer: list[Mention] = []
    for mention in reading.index.mentions:
        if not outer or mention.start >= outer[-1].end:
            outer.append(mention)
    return outer


_LISTED = re.compile(r"(?:,?\s*and|&|,?\s*or|,|,?\s*as well as|vs\.?|versus)(?:\s+the)?", re.IGNORECASE)


def _spread(reading: Reading, rule: Rule, first: Mention, second: Mention) -> Iterator[tuple[Mention, Mention]]:
    """The pair and, where the rule says so, those with what is coordinated to either: "supplies A, B and C"."""
    if not rule.spread:
        yield first, second
        return
    outer = _outermost(reading)
    before = _listed(reading, list(reversed(outer[: outer.index(first) + 1])))
    behind = _listed(reading, outer[outer.index(second) :])
    for a in before:
        for b in behind:
            yield a, b


def _listed(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """The first mention and those that only commas and "and" part from it, while they are of one kind."""
    found = mentions[:1]
    for mention in mentions[1:]:
        left, right = sorted((found[-1], mention), key=lambda m: m.start)
        alike = is_a(mention.type, "Actor") == is_a(found[-1].type, "Actor") and mention.kind == found[-1].kind
        if not alike or not _LISTED.fullmatch(reading.doc[left.end : right.start].text):
            break
        found.append(mention)
    return found


def _trigger(reading: Reading, first: Mention, match: re.Match[str]) -> Token:
    start = reading.doc[first.end].idx
    if "t" in match.groupdict() and match["t"]:
        span = reading.doc.char_span(start + match.start("t"), start + match.end("t"), alignment_mode="expand")
        if span is not None:
            return span.root
    return reading.doc[first.root]


def _candidate(
    discourse: Discourse, reading: Reading, rule: Rule, first: Mention, second: Mention, trigger: Token
) -> Iterator[Candidate]:
    a, b = (second, first) if rule.reverse else (first, second)
    subject, obj = discourse.entity(reading, a), discourse.entity(reading, b)
    if subject.id == obj.id or not allows(rule.relation, subject.type, obj.type):
        return
    if rule.subject_types and not any(is_a(subject.type, t) for t in rule.subject_types):
        return
    if rule.object_types and not any(is_a(obj.type, t) for t in rule.object_types):
        return
    fillers = (Filler(subject, reading.doc[a.root], "name", 1.0), Filler(obj, reading.doc[b.root], "name", 1.0))
    yield Candidate(rule, Frame(trigger, "surface", {}), *fillers)
