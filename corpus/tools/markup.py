"""Inline entity marks, `[surface|Type]` or `[surface|Type|Canonical name]`; offsets count without them."""

from __future__ import annotations

import re

from corpus.tools.model import EntityMark
from ontology.errors import InvalidData

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Za-z]+)(?:\|([^\[\]|]+))?\]")


def without_marks(line: str) -> str:
    """The line with every mark replaced by its surface.

    >>> without_marks("[TSMC|Company] and [it|Company|UMC]")
    'TSMC and it'
    """
    return _MARK.sub(r"\1", line)


def read_marks(marked: str) -> tuple[str, tuple[EntityMark, ...]]:
    """The clean text and its marks.

    marked: str, text with inline marks. Raises `InvalidData` where a bracket or a pipe is left over.

    >>> read_marks("[ASE|Company] packs.")
    ('ASE packs.', (EntityMark(start=0, end=3, surface='ASE', type='Company', name='ASE'),))
    """
    pieces: list[str] = []
    marks: list[EntityMark] = []
    length = last = 0
    for found in _MARK.finditer(marked):
        before, surface = marked[last : found.start()], found[1]
        length += len(before)
        marks.append(EntityMark(length, length + len(surface), surface, found[2], (found[3] or surface).strip()))
        pieces += [before, surface]
        length += len(surface)
        last = found.end()
    text = "".join([*pieces, marked[last:]])
    if left := re.search(r"[\[\]|]", text):
        near = text[max(0, left.start() - 20) : left.start() + 20]
        raise InvalidData(f"A bracket or pipe is left over near {near!r}: write marks as [surface|Type|Name].")
    return text, tuple(marks)
