"""Lines on pages to running text: columns, running heads, tables, headings, paragraphs, items."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from extract.read._grid import table_at
from extract.read._hyphens import joined
from extract.read._print import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.read._print import Line


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its height in points, its lines from the top down."""

    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """How the running text is set: size of its letters, distance of its lines in parts of it, words it has whole."""

    size: float
    leading: float
    known: frozenset[str]


@dataclass(slots=True)
class _Block:
    """A heading ("#"), paragraph (""), item ("-") or table ("row"), and the line that was put to it last."""

    kind: str
    text: str
    last: Line


_EDGE = 0.1  # the part of a page's height, above and below, in which page numbers stand
_OUTER = 0.16  # the same for heads that come again, and for page numbers with nothing further out
_PARAGRAPH = 0.25  # in parts of the size of the letters, how much further apart paragraphs stand than lines
_NUMBER = re.compile(r"\d+")
# Page numbers, and what browsers print at the edges: the hour and the address.
_PAGE = re.compile(
    r"^(?:[-–—|\s]*(?:page\s+)?(?:\d{1,4}|[ivxlc]+)(?:\s*(?:/|of)\s*\d+)?[-–—|\s]*"
    r"|\d+/\d+/\d+, \d+:\d\d(?:\s[AP]M)?|(?:https?|file)://\S+(?: \d+/\d+)?)$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•▪●‣◦·∙⁃]\s*|^[-–*]\s+")
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_WORD = re.compile(r"[\w-]+")


def text_of_pages(pages: Sequence[Page], title: str = "") -> str:
    """The text of pages: blocks apart by a blank line, items and rows line by line, cells by a tab.

    pages: sequence of Page; title: str, of the document, which browsers print at the edge of each page.

    >>> from extract.read._print import Piece, lines_of
    >>> words = [Piece("It", 50, 700, 60, 710, 10), Piece("makes", 63, 700, 90, 710, 10),
    ...          Piece("semi-", 93, 700, 120, 710, 10), Piece("conductors.", 50, 688, 99, 698, 10)]
    >>> text_of_pages([Page(800, tuple(lines_of(words)))])
    'It makes semiconductors.'
    """
    heads = _running_heads(pages) | {_shape(title)}
    columns = [
        rows_of(column)
        for page in pages
        for column in _columns([ln for ln in page.lines if not _is_head(ln, page, heads)])
    ]
    style = _style(columns)
    blocks: list[_Block] = []
    for rows in columns:
        fresh = True
        for block in _blocks(rows, style):
            if fresh and blocks and _goes_on(blocks[-1], block, style):
                blocks[-1] = _Block(blocks[-1].kind, joined(blocks[-1].text, block.text, style.known), block.last)
            else:
                blocks.append(block)
            fresh = False
    return _written(blocks)


def _written(blocks: Sequence[_Block]) -> str:
    headings = [block for block in blocks if block.kind == "# "]
    title = max(headings, key=lambda block: block.last.size, default=None)  # the first of the largest
    parts: list[str] = []
    before = ""
    for block in blocks:
        parts.append("" if not parts else "\n" if before == block.kind == "- " else "\n\n")
        parts.append(f"#{block.kind}" if block in headings and block is not title else block.kind.replace("row", ""))
        parts.append(block.text)
        before = block.kind
    return "".join(parts)


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """What stands at the edge of several pages, numbers aside."""
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({_shape(line.text) for line in page.lines if _at_edge(line, page, _OUTER)})
    return {shape for shape, times in counted.items() if times > max(1, len(pages) // 4)}


def _shape(words: str) -> str:
    return _NUMBER.sub("0", " ".join(words.split()))


def _at_edge(line: Line, page: Page, part: float) -> bool:
    return line.bottom > (1 - part) * page.height or line.top < part * page.height


def _is_head(line: Line, page: Page, heads: set[str]) -> bool:
    if not _at_edge(line, page, _OUTER):
        return False
    if _shape(line.text) in heads:
        return line.size < 1.2 * median(other.size for other in page.lines)  # a title set large is the title
    beside = [other for other in page.lines if abs(other.bottom - line.bottom) < 0.3 * line.size]
    alone = all(_PAGE.match(other.text) or _shape(other.text) in heads for other in beside)  # no cell of a table
    outermost = line.top >= page.lines[0].top or line.bottom <= min(other.bottom for other in page.lines)
    return alone and (outermost or _at_edge(line, page, _EDGE))


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in reading order: where a gap runs down between them, left of it before right of it."""
    gutter = _gutter(lines)
    if gutter is None:
        yield list(lines)
        return
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right:  # across both: what stood above it comes first
            yield from (column for column in (left, right) if column)
            left, right = [], []
            yield [line]
        else:
            (left if line.right <= gutter else right).append(line)
    yield from (column for column in (left, right) if column)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where two columns part: a place that few lines cross, with running text on both sides of it."""
    boxes = [(line.left, line.right, len(line.text)) for line in lines]
    wide = [box for box in boxes if box[2] > 25]
    if len(wide) < 8:
        return None
    left, right = min(box[0] for box in wide), max(box[1] for box in wide)
    places = [left + (right - left) * part / 100 for part in range(35, 66)]
    crossing = {place: sum(box[0] < place < box[1] for box in boxes) for place in places}
    best = min(places, key=lambda place: (crossing[place], abs(place - (left + right) / 2)))
    sides = [sum(box[1] <= best for box in wide), sum(box[0] >= best for box in wide)]
    return best if min(sides) >= 4 and crossing[best] <= 0.2 * len(lines) else None


def _style(columns: Iterable[Sequence[Line]]) -> _Style:
    sizes: list[float] = []
    distances: Counter[float] = Counter()
    known: set[str] = set()
    for rows in columns:
        for at, row in enumerate(rows):
            sizes.extend([row.size] * len(row.words))
            known.update(word.casefold() for part in row.words[1:-1] for word in _WORD.findall(part.text))
            if at and row.bottom < rows[at - 1].bottom:
                distances[round((rows[at - 1].bottom - row.bottom) / row.size, 1)] += 1
    leading = distances.most_common(1)[0][0] if distances else 1.2
    return _Style(median(sizes) if sizes else 0.0, min(max(leading, 1.0), 2.5), frozenset(known))


def _blocks(rows: Sequence[Line], style: _Style) -> Iterator[_Block]:
    """Paragraphs, headings, items and tables of one column."""
    current: _Block | None = None
    at = 0
    while at < len(rows):
        end, cells = table_at(rows, at)
        if cells:
            if current:
                yield current
            yield _Block("row", "\n".join("\t".join(row) for row in cells), rows[end - 1])
            current, at = None, end
            continue
        row, following = rows[at], rows[at + 1] if at + 1 < len(rows) else None
        if current and not _begins(current, row, following, style):
            current = _Block(current.kind, joined(current.text, row.text, style.known), row)
        else:
            if current:
                yield current
            current = _begun(row, style)
        at += 1
    if current:
        yield current


def _begun(row: Line, style: _Style) -> _Block:
    if _BULLET.match(row.text):
        return _Block("- ", _BULLET.sub("", row.text), row)
    stands_out = row.size > 1.12 * style.size or row.bold
    is_heading = stands_out and len(row.words) < 20 and not _SENTENCE_END.search(row.text)
    return _Block("# " if is_heading else "", row.text, row)


def _begins(block: _Block, row: Line, following: Line | None, style: _Style) -> bool:
    """True where a row begins a block of its own after those of the block before it."""
    last = block.last
    if _BULLET.match(row.text) or _NUMBERED.match(row.text):
        return True
    if abs(last.size - row.size) > 0.12 * max(last.size, row.size):
        return True
    if last.bottom - row.bottom > (style.leading + _PARAGRAPH) * row.size:
        return True
    if block.kind == "# ":
        return last.bold != row.bold
    return _is_indented(block, row, following) or _had_room(last, row, following)


def _is_indented(block: _Block, row: Line, following: Line | None) -> bool:
    """True where a row begins further in than the rows around it; those of an item hang from its mark."""
    if following is None or block.kind == "- " or _NUMBERED.match(block.text):
        return False
    by = row.left - block.last.left
    return 0.8 * row.size < by < 5 * row.size and following.left < row.left - 0.5 * row.size


def _had_room(last: Line, row: Line, following: Line | None) -> bool:
    """True where the row's first word would have stood on the line before: whoever set it wanted a new line."""
    edge = max(line.right for line in (last, row, following) if line)
    word = row.words[0]
    return last.right + (word.right - word.left) + 1.0 * row.size < edge


def _goes_on(block: _Block, following: _Block, style: _Style) -> bool:
    """True where a paragraph runs over the end of a column or page, or a heading above columns over a line's end."""
    alike = abs(block.last.size - following.last.size) < 0.5
    if block.kind == following.kind == "# ":
        return alike and 0 < block.last.bottom - following.last.bottom < (style.leading + 0.25) * following.last.size
    if block.kind not in ("", "- ") or following.kind or _SENTENCE_END.search(block.text):
        return False
    return len(block.text) > 60 and (alike or following.text[:1].islower())
