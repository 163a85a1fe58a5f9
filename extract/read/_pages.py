"""Lines on pages to running text: columns, rows, running heads, paragraphs, hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its words and its box in points from the lower left corner; size: of its letters."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


_EDGE = 0.1  # the part of a page's height, above and below, in which running heads stand
_NUMBER = re.compile(r"\d+")
# Page numbers, and what browsers print at the edges: the hour and the address.
_PAGE = re.compile(
    r"^(?:(?:page\s+)?[\divxlc]+(?:\s*(?:/|of)\s*\d+)?|\d+/\d+/\d+, \d+:\d\d(?: [AP]M)?|(?:https?|file)://\S+)$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•▪●‣◦·∙]\s*|^[-–*]\s+")
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s")
_BROKEN = re.compile(r"[^\W\d_]{2}[-\u2010\u00ad]$")


def text_of_pages(pages: Sequence[tuple[float, Sequence[Line]]]) -> str:
    """The text of pages, each with its height and lines: paragraphs apart by a blank line, cells of a row by a tab.

    >>> lines = [Line("It makes semi-", 50, 700, 300, 710, 10), Line("conductors.", 50, 688, 99, 698, 10)]
    >>> text_of_pages([(800, lines)])
    'It makes semiconductors.'
    """
    heads = _running_heads(pages)
    size = median(line.size for _, lines in pages for line in lines) if any(lines for _, lines in pages) else 0.0
    blocks: list[str] = []
    for height, lines in pages:
        kept = [line for line in lines if not _is_head(line, height, heads)]
        for column in _columns(kept):
            for block in _blocks(column, size):
                if blocks and _goes_on(blocks[-1], block):
                    blocks[-1] = _joined(blocks[-1], block)
                else:
                    blocks.append(block)
    return "\n\n".join(blocks)


def _running_heads(pages: Sequence[tuple[float, Sequence[Line]]]) -> frozenset[str]:
    """What stands at the edge of several pages, numbers aside."""
    counted: Counter[str] = Counter()
    for height, lines in pages:
        counted.update({_shape(line) for line in lines if _at_edge(line, height)})
    return frozenset(shape for shape, times in counted.items() if times > max(1, len(pages) // 4))


def _shape(line: Line) -> str:
    return _NUMBER.sub("0", line.text)


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - _EDGE) * height or line.top < _EDGE * height


def _is_head(line: Line, height: float, heads: frozenset[str]) -> bool:
    return _at_edge(line, height) and (_shape(line) in heads or bool(_PAGE.match(line.text)))


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in reading order: where a gap runs down between them, left of it before right of it."""
    ordered = sorted(lines, key=lambda line: (-line.top, line.left))
    gutter = _gutter(ordered)
    if gutter is None:
        yield ordered
        return
    left: list[Line] = []
    right: list[Line] = []
    for line in ordered:
        if line.left < gutter < line.right:  # across both: what stood above it comes first
            yield from (column for column in (left, right) if column)
            left, right = [], []
            yield [line]
        else:
            (left if line.right <= gutter else right).append(line)
    yield from (column for column in (left, right) if column)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where two columns part: a place that few lines cross, with running text on both sides of it."""
    wide = [line for line in lines if len(line.text) > 25]
    if len(wide) < 8:
        return None
    left, right = min(line.left for line in wide), max(line.right for line in wide)
    places = [left + (right - left) * part / 100 for part in range(35, 66)]
    crossing = {place: sum(line.left < place < line.right for line in lines) for place in places}
    best = min(places, key=lambda place: (crossing[place], abs(place - (left + right) / 2)))
    sides = [sum(line.right <= best for line in wide), sum(line.left >= best for line in wide)]
    return best if min(sides) >= 4 and crossing[best] <= 0.2 * len(lines) else None


def _blocks(lines: Sequence[Line], size: float) -> Iterator[str]:
    """Paragraphs, headings, items and tables of one column."""
    rows = _rows(lines)
    current = ""
    table: list[str] = []
    for before, row in pairwise([[], *rows]):
        if len(row) > 1 and not _is_marker(row):
            if current:
                yield current
                current = ""
            table.append("\t".join(line.text for line in row))
            continue
        if table:
            yield "\n".join(table)
            table = []
        words = " ".join(line.text for line in row)
        item = _BULLET.sub("- ", words)
        if current and (_new_block(before, row, size) or item != words or _NUMBERED.match(words)):
            yield current
            current = item
        else:
            current = _joined(current, words) if current else item
    if table:
        yield "\n".join(table)
    if current:
        yield current


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand beside one another."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].bottom - line.bottom) < 0.5 * min(line.top - line.bottom, 14):
            rows[-1].append(line)
            rows[-1].sort(key=lambda found: found.left)
        else:
            rows.append([line])
    return rows


def _is_marker(row: list[Line]) -> bool:
    """True where a bullet or number was printed apart from its item."""
    return len(row) == 2 and (bool(_BULLET.match(row[0].text + " ")) or bool(_NUMBERED.match(row[0].text + " ")))


def _new_block(before: list[Line], row: list[Line], size: float) -> bool:
    if not before:
        return True
    last, line = before[-1], row[0]
    gap = last.bottom - line.top
    return (
        gap > 0.6 * size
        or abs(last.size - line.size) > 0.15 * max(last.size, line.size)
        or (len(before) > 1 and not _is_marker(before))
    )


def _goes_on(block: str, following: str) -> bool:
    """True where a paragraph runs over the end of a column or page."""
    return (
        len(block) > 60
        and "\t" not in block
        and not block.endswith((".", "!", "?", ":", '"', "”"))
        and following[:1].islower()
    )


def _joined(block: str, words: str) -> str:
    if _BROKEN.search(block) and words[:1].islower():
        return block[:-1] + words
    return f"{block} {words}"
