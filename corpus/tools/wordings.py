"""How a paragraph words a claim, told by signs on the surface alone: good for counting, not for teaching."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.tools.evidence import places

if TYPE_CHECKING:
    from corpus.tools.model import GoldClaim, Paragraph

WORDINGS = ("active or other", "passive", "nominal", "apposition", "list, key or table", "across sentences")

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|ght|ld|de|un|ut)\b|\w(?:ed|en)\s+by\b"
)
_NOMINAL = re.compile(r"\A['’]s?\s|\A\s+(?:\w+\s+){0,5}(?:of|by|with|from|between|and)\s+(?:the\s+)?(?:\w+\s+)?\Z")
_APPOSED = re.compile(r"\A\s*[,(]\s*(?:\S+\s+){0,7}\S*\s*\Z")
_LISTED = re.compile(r"\A\s*(?:[-*•]|\d+[.)])\s|\A[A-Z][\w ]{0,25}:\s|\t")
_JOINED_BEFORE = re.compile(r"(?:,|\band|\bor|&|\+|/)\s*(?:the\s+)?\Z")
_JOINED_BEHIND = re.compile(r"\A\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|&\s*|\+\s*|/\s*)(?:the\s+)?")


def wording(paragraph: Paragraph, claim: GoldClaim) -> str:
    """One of `WORDINGS`: how the sentence that names both ends puts the claim."""
    found = places(paragraph, claim)
    if not found.together:
        return "across sentences"
    first, last = sorted((found.subject, found.object))
    between = paragraph.text[_end(paragraph, first) : last]
    if _LISTED.search(paragraph.text[found.start : found.end]):
        return "list, key or table"
    signs = {"passive": _PASSIVE, "nominal": _NOMINAL, "apposition": _APPOSED}
    return next((name for name, sign in signs.items() if sign.search(between)), "active or other")


def is_coordinated(paragraph: Paragraph, claim: GoldClaim) -> bool:
    """True where an end stands in a list with another marked name: "A, B and C"."""
    found = places(paragraph, claim)
    return any(_joined(paragraph, start) for start in (found.subject, found.object))


def _joined(paragraph: Paragraph, start: int) -> bool:
    starts, ends = {m.start for m in paragraph.marks}, {m.end for m in paragraph.marks}
    end, text = _end(paragraph, start), paragraph.text
    behind = _JOINED_BEHIND.match(text[end:])
    before = _JOINED_BEFORE.search(text[:start])
    after = behind is not None and end + behind.end() in starts
    return after or (before is not None and len(text[: before.start()].rstrip()) in ends)


def _end(paragraph: Paragraph, start: int) -> int:
    ends = {c.start: c.end for c in paragraph.coreferences} | {m.start: m.end for m in paragraph.marks}
    return ends[start]
