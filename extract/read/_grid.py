"""Tables in print: rows that leave the same places free, told from lines of text that were stretched."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from extract.read._hyphens import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.read._print import Line

Gap = tuple[float, float]

# All in parts of the size of the letters.
_CLEAR = 0.5  # the least that stays free between two columns
_ALIGNED = 0.15  # the same where the cells of the second column begin at one place
_WIDE = 1.0  # a gap in the first row that makes it look like one of a table
_ALONE = 2.0  # a gap that makes a row alone one of a table
_ROW_SPACE = 3.0  # the most that rows of a table are apart
_LOOSE = 1.2  # the most that a line without a first cell is apart from the row to which it belongs
_OVERLAP = 0.95  # lines whose lower edges are closer stand beside one another, as where cells are centred
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
    met = [(gutter, gap, (max(gutter[0], gap[0]), min(gutter[1], gap[1]))) for gutter in gutters for gap in free]
    return [
        both
        for gutter, gap, both in met
        if _width(both) >= (_ALIGNED if abs(gutter[1] - gap[1]) < 1 else _CLEAR) * row.size
    ]


def _belongs(before: Line, row: Line, gutters: Sequence[Gap]) -> bool:
    """True where a row has cells on both sides of a free place, or goes on with cells of a row beside it."""
    if len(row.words) > 4 and is_even(row):
        return False
    if before.bottom - row.bottom < _OVERLAP * row.size or any(row.left < a and row.right > b for a, b in gutters):
        return True
    return before.bottom - row.top < _LOOSE * row.size and row.left > gutters[0][0]


def _cells(rows: Sequence[Line], gutters: Sequence[Gap]) -> list[list[str]]:
    edges = [sum(gap) / 2 for gap in gutters]
    cells: list[list[str]] = []
    for same in _of_one_row(rows, edges[0]):
        found = [""] * (len(edges) + 1)
        for row in same:
            for at in range(len(found)):
                words = [word.text for word in row.words if sum(word.left > edge for edge in edges) == at]
                found[at] = (
                    joined(found[at], " ".join(words), ()) if found[at] and words else found[at] + " ".join(words)
                )
        cells.append(found)
    return cells


def _of_one_row(rows: Sequence[Line], edge: float) -> list[list[Line]]:
    """The lines of print of each row of a table: those that overlap, and those without a first cell to the nearest."""
    found: list[list[Line]] = []
    for row in rows:
        if found and found[-1][-1].bottom - row.bottom < _OVERLAP * row.size:
            found[-1].append(row)
        else:
            found.append([row])
    whole = [same for same in found if any(row.left < edge for row in same)]
    for same in found:
        if same not in whole and whole:
            nearest = min(whole, key=lambda other: min(abs(one.bottom - same[0].bottom) for one in other))
            nearest.extend(same)
    return [sorted(same, key=lambda row: -row.bottom) for same in whole or found]


def _width(gap: Gap) -> float:
    return gap[1] - gap[0]
