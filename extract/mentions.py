"""Where a text names something: the registry's names, process nodes, trained recogniser, and typed common nouns.

Each mention is found by the first of these that claims its words; a longer name wins over a shorter one inside it, but
a name inside a common noun phrase stays ("U.S. export controls" is a policy with a country in it).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract import lexicon
from extract.coined import coined
from extract.gazetteer import CONCEPT_TYPES
from extract.mention_index import Mention, MentionIndex
from extract.name_bounds import NO_NAMES, bounded
from extract.name_types import name_type, recognised_type
from extract.namesakes import means_nobody
from extract.noun_phrases import head_type, noun_phrases
from extract.unlisted import unlisted
from ontology import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.parsing import Parsed
    from extract.tree import Span, Token, Tree

__all__ = ["Mention", "MentionIndex", "find", "head_type", "name_type"]

_SPELLED = {
    "two": "2", "three": "3", "four": "4", "five": "5", "seven": "7", "ten": "10", "twelve": "12", "fourteen": "14",
    "sixteen": "16", "twenty-two": "22", "twenty-eight": "28", "forty": "40",
}  # fmt: skip
_SIZE = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|{'|'.join(_SPELLED)})"
_NODE = re.compile(
    rf"(?<![\w.$€£¥]){_SIZE}(?:\s?-?\s?(?:,\s?(?:and|or)|and|or|to|through|/|,|&)\s?-?\s?{_SIZE})*"
    r"\s?-?\s?(?:(?P<nano>nm|nanomet(?:er|re)s?)|µm|μm|um|microns?|micromet(?:er|re)s?)\b"
    r"(?:[- ]class\b)?(?!\s*-?(?:wavelength|light|immersion|laser|ArF|DUV|EUV light|wide|thick|lithograph))",
    re.IGNORECASE,
)
_NUMBER = re.compile(_SIZE, re.IGNORECASE)
# Finer than this in micrometres is a process, coarser a length: "0.18 µm", but "a film of 5 µm".
_COARSEST = 3.0
# Wavelengths of light sources that are printed in nanometres as nodes are.
_WAVELENGTHS = frozenset({"193", "248", "365", "436", "13.5", "126", "157"})


def find(parsed: Parsed) -> MentionIndex:
    """The mentions of a parsed text."""
    doc = parsed.doc
    taken: list[Mention] = []
    names = [*_known(parsed), *_nodes(doc), *coined(parsed), *_recognised(parsed), *unlisted(parsed)]
    for mention in sorted(names, key=_priority):
        if not any(m.start < mention.end and mention.start < m.end for m in taken):
            taken.append(mention)
    return MentionIndex.of([*taken, *noun_phrases(doc, taken)])


def _known(parsed: Parsed) -> Iterator[Mention]:
    for name in parsed.names:
        span = parsed.doc.char_span(name.start, name.end, alignment_mode="expand")
        if span is not None:
            yield _mention(span, name.type, _kind(name.type), name.entries)


def _recognised(parsed: Parsed) -> Iterator[Mention]:
    for span in parsed.doc.ents:
        for name in bounded(span, parsed):
            if _is_common(name) or means_nobody(name):
                continue
            type_ = recognised_type(name, span.label_)
            if type_ is not None:
                yield _mention(name, type_, "name")


def _is_common(span: Span) -> bool:
    """Words that describe, whatever the recogniser takes them for: "Chinese companies", "the Company"."""
    last = span[-1]
    if last.text.islower() or name_type(span.text, "") == "NotAName":
        return True
    return len(span) == 1 and (last.pos_ in NO_NAMES or last.lemma in _descriptions())


@cache
def _descriptions() -> frozenset[str]:
    lists = (lexicon.words("nouns", name) for name in ("organization", "country", "person"))
    return frozenset().union(*lists)


def _kind(type_: str) -> str:
    return "node" if type_ == "ProcessNode" else "concept" if type_ in CONCEPT_TYPES else "name"


def _priority(mention: Mention) -> tuple[int, int, int, int]:
    """Longer first; of equals a known name before a recognised one, an actor before a concept of the same name."""
    concept = mention.kind == "concept" and not mention.text.islower()
    return (-(mention.end - mention.start), 0 if mention.entries else 1, int(concept), mention.start)


def _mention(span: Span, type_: str, kind: str, entries: tuple[str, ...] = ()) -> Mention:
    return Mention(span.start, span.end, _root(span).i, type_, kind, span.text, entries)


def _root(span: Span) -> Token:
    """The head of a phrase: of several tokens that hang on words outside it the last, as English puts heads last."""
    return [t for t in span if t.head.i < span.start or t.head.i >= span.end or t.head == t][-1]


def _nodes(doc: Tree) -> Iterator[Mention]:
    """Process nodes: each number of "28, 40 and 55nm" is one, the last together with its unit."""
    for match in _NODE.finditer(doc.text):
        numbers = list(_NUMBER.finditer(match[0]))
        for number in numbers:
            size = _SPELLED.get(number[0].lower(), number[0])
            if not _is_size(size, nano=match["nano"] is not None):
                continue
            end = match.end() if number is numbers[-1] else match.start() + number.end()
            span = doc.char_span(match.start() + number.start(), end, alignment_mode="expand")
            if span is not None:
                text = f"{size}nm" if match["nano"] else f"{size} µm"
                yield Mention(span.start, span.end, _root(span).i, "ProcessNode", "node", text, (_node_id(text),))


def _is_size(size: str, *, nano: bool) -> bool:
    """True where a number can be a node's: no wavelength, no length of something else."""
    if nano:
        return size not in _WAVELENGTHS and float(size) > 0
    return ("." in size or size in ("1", "2", "3")) and 0 < float(size) <= _COARSEST


def _node_id(text: str) -> str:
    known = registry.load().lookup(text)
    return known[0].id if known else f"node-{text}".replace(" µm", "um").replace(".", "-")
