"""Tables in print: rows that leave the same places free, told from lines of text that were stretched."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.read._print import Line

Gap = tuple[float, float]

# All in parts of the size of the letters.
_CLEAR = 0.5  # the least that stays free between two columns
_WIDE = 1.0  # a gap in the first row that makes it look like one of a table
_ALONE = 2.0  # a gap that makes a row alone one of a table
_ROW_SPACE = 3.0  # the most that rows of a table are apart
_TIGHT = 0.45  # the most that the lines of one cell are apart
_EVEN = 0.3  # the most that the spaces of a stretched line differ
_MARKER = re.compile(r"^(?:[•▪●‣◦·∙–*-]|\(?(?:\d{1,2}|[a-z])[.)])$")


def table_at(rows: Sequence[Line], at: int) -> tuple[int, list[list[str]]]:
    """The table that begins at a row: where it ends, and its cells; the row itself and none where there is none.

    rows: lines of one column, from the top down.
    """
    gutters = [gap for gap in rows[at].gaps() if _width(gap) >= _CLEAR * rows[at].size]
    if not _may_begin(rows[at], gutters):
        return at, []
    end = at + 1
    while end < len(rows) and rows[end - 1].bottom - rows[end].top < _ROW_SPACE * rows[end].size:
        shared = _shared(gutters, rows[end])
        if not shared or not _belongs(rows[end - 1], rows[end], shared):
            break
        gutters, end = shared, end + 1
    if end == at + 1 and max(map(_width, gutters)) < _ALONE * rows[at].size:
        return at, []
    return end, _cells(rows[at:end], gutters)


def is_even(row: Line) -> bool:
    """True of a line of text: its spaces are alike, however wide they were stretched."""
    widths = [_width(gap) for gap in row.gaps()]
    return len(widths) > 2 and max(widths) - min(widths) < _EVEN * row.size


def _may_begin(row: Line, gutters: Sequence[Gap]) -> bool:
    if not gutters or max(map(_width, gutters)) < _WIDE * row.size or is_even(row):
        return False
    return not (_MARKER.match(row.words[0].text) and len(gutters) == 1)


def _shared(gutters: Sequence[Gap], row: Line) -> list[Gap]:
    """What of the free places a further row leaves free; an empty cell leaves all of its place."""
    free = [(-inf, row.left), *row.gaps(), (row.right, inf)]
    met = ((max(a[0], b[0]), min(a[1], b[1])) for a in gutters for b in free)
    return [gap for gap in met if _width(gap) >= _CLEAR * row.size]


def _belongs(before: Line, row: Line, gutters: Sequence[Gap]) -> bool:
    """True where a row has cells on both sides of a free place, or goes on with cells of the row before it."""
    if len(row.words) > 4 and is_even(row):
        return False
    if any(row.left < left and row.right > right for left, right in gutters):
        return True
    return before.bottom - row.top < _TIGHT * row.size and row.left > gutters[0][0]


def _cells(rows: Sequence[Line], gutters: Sequence[Gap]) -> list[list[str]]:
    edges = [sum(gap) / 2 for gap in gutters]
    cells: list[list[str]] = []
    for row in rows:
        found: list[list[str]] = [[] for _ in range(len(edges) + 1)]
        for word in row.words:
            found[sum(word.left > edge for edge in edges)].append(word.text)
        words = [" ".join(cell) for cell in found]
        if cells and not words[0]:
            cells[-1] = [f"{above} {below}".strip() for above, below in zip(cells[-1], words, strict=True)]
        else:
            cells.append(words)
    return cells


def _width(gap: Gap) -> float:
    return gap[1] - gap[0]
