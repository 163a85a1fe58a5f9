"""A document as blocks: headings, paragraphs, list items, key-value lines, table rows; what says nothing left out.

Boilerplate is what the page around a text adds: addresses, author boxes, sharing lines, legal notices. It carries
names (an author's former employers, the slug of another story) that invite false facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from extract import datelines, lexicon
from extract.markup import URL, Clean, clean
from extract.tables import header_of, split_row, subject_column

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    PAIR = "pair"
    ROW = "row"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document that is read on its own.

    kind: what it is on the page; body: Clean, the words; key: str or None, what stands before the colon of a key-value
    line or above a table's cell; heading: str or None, the nearest heading above; level: int, depth of a heading (1 is
    the title) or of an item, in characters; row: the whole row that a cell stands in, as offsets of the document.

    Of a table's row the cell that says whom it is about is a `ROW`, the others are `CELL`s that follow it.
    """

    kind: Kind
    body: Clean
    key: str | None = None
    heading: str | None = None
    level: int = 0
    row: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+|^\s*<h([1-6])[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-*•▪●‣–—◦]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s+|^\s*<li[^>]*>", re.IGNORECASE)
_PAIR = re.compile(r"^\s*(?:[-*•]\s+)?(?:\*\*)?([A-Z][\w&/()' .-]{1,40}?)(?:\*\*)?\s*:(?:\*\*)?\s+(\S.*)$")
_RULE = re.compile(r"^[\s|:=_*~-]+$")
_NAME_LINE = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}$")
_LEGAL_END = re.compile(r"\b(?:Co|Inc|Ltd|Corp|Bhd|Pte|S\.A|N\.V|B\.V|A\.G)\.$")
_END = re.compile(r"[.!?…;,][\"'”’)\]]*$")


@cache
def _boilerplate() -> dict[str, re.Pattern[str]]:
    lists = lexicon.table("boilerplate")
    return {
        name: re.compile("|".join(f"(?:{p})" for p in entry["patterns"]), re.IGNORECASE)
        for name, entry in lists.items()
    }


def blocks(text: str) -> list[Block]:
    r"""The blocks of a document, in its order, boilerplate left out.

    text: the document as read, lines as they are.

    >>> [b.kind.value for b in blocks("Chips\n\n- Infineon opened a fab.\n\nhttps://example.com/x")]
    ['title', 'item']
    """
    found: list[Block] = []
    heading: str | None = None
    header: list[str] | None = None
    lines = _without_boilerplate(_joined(_lines(text)))
    for line in lines:
        if cells := split_row(line.text, line.start):
            header = _header(cells, header)
            found.extend(_row(text, line, cells, header, heading))
            continue
        header = None
        block = _block(text, line, heading, first=not found)
        if block is None:
            continue
        if block.kind in (Kind.TITLE, Kind.HEADING):
            heading = block.body.text
        found.append(block)
    return found


def _header(cells: list[tuple[int, int, str]], header: list[str] | None) -> list[str]:
    """A table's header: the one known, else that of its first row; empty where the table has none."""
    return header if header is not None else header_of([words for _, _, words in cells])


def _row(
    text: str, line: _Line, cells: list[tuple[int, int, str]], header: list[str], heading: str | None
) -> Iterator[Block]:
    """The blocks of a table's row, whom it is about first; nothing for the header itself."""
    if [words for _, _, words in cells] == header:
        return
    keys = header
    if not header and len(cells) == 2:
        keys, cells = [cells[0][2]], cells[1:]
    elif len(cells) == len(header):
        subject = subject_column(header)
        start, end, _ = cells[subject]
        yield Block(Kind.ROW, clean(text, start, end), heading=heading, row=(line.start, line.end))
        keys = [key for at, key in enumerate(header) if at != subject]
        cells = [cell for at, cell in enumerate(cells) if at != subject]
    else:
        return
    for key, (start, end, _) in zip(keys, cells, strict=True):
        body = clean(text, start, end)
        if any(c.isalnum() for c in body.text):
            yield Block(Kind.CELL, body, key=key, heading=heading, row=(line.start, line.end))


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for raw in text.split("\n"):
        yield _Line(at, at + len(raw), raw)
        at += len(raw) + 1


def _joined(lines: Iterator[_Line]) -> list[_Line]:
    """Hard-wrapped lines made one; a line that starts an item, a heading or a pair stays its own."""
    every = list(lines)
    wrapped = _is_wrapped(every)
    joined: list[_Line] = []
    for line in every:
        last = joined[-1] if joined else None
        if last and wrapped and _continues(last, line):
            joined[-1] = _Line(last.start, line.end, f"{last.text}\n{line.text}")
        else:
            joined.append(line)
    return [line for line in joined if line.text.strip()]


def _is_wrapped(lines: list[_Line]) -> bool:
    """True where the lines were broken at a fixed width: most of them medium long, none much longer.

    Some must go on in small letters, as a row of headlines never does.
    """
    long = [line.text for line in lines if len(line.text) > 30]
    lengths = sorted(map(len, long))
    if len(lengths) < 4 or 5 * sum(words.lstrip()[0].islower() for words in long) < len(long):
        return False
    return 45 <= lengths[len(lengths) // 2] <= 100 and lengths[-1] <= 130


def _continues(last: _Line, line: _Line) -> bool:
    if not last.text.strip() or not line.text.strip() or _RULE.match(line.text):
        return False
    if _ITEM.match(line.text) or _HEADING.match(line.text) or _HEADING.match(last.text):
        return False
    if split_row(line.text, 0) or split_row(last.text, 0):
        return False
    tail = last.text.rsplit("\n", 1)[-1]
    return len(tail) > 40 and not _PAIR.match(line.text)


def _without_boilerplate(lines: list[_Line]) -> Iterator[_Line]:
    patterns = _boilerplate()
    box = _author_box(lines)
    for at, line in enumerate(lines[:box]):
        words = line.text.strip()
        if _RULE.match(words) or URL.sub("", words).strip(" <>()[]-*") == "":
            continue
        if patterns["line"].search(words) or patterns["section"].match(_plain_heading(words)):
            continue
        if at and patterns["section"].match(_plain_heading(lines[at - 1].text.strip())) and len(words) < 200:
            continue
        if patterns["legal"].search(words):
            continue
        yield line


def _author_box(lines: list[_Line]) -> int:
    """Where the author box at the end begins: after a heading for it, or at a name printed twice in a row."""
    patterns = _boilerplate()
    for at in range(max(1, len(lines) - 12, len(lines) * 3 // 5), len(lines)):
        words, before = lines[at].text.strip(), lines[at - 1].text.strip()
        if patterns["author"].match(_plain_heading(words)):
            return at
        if words == before and _NAME_LINE.match(words):
            return at - 1
    return len(lines)


def _plain_heading(words: str) -> str:
    return words.strip("#*: \t")


def _block(text: str, line: _Line, heading: str | None, *, first: bool) -> Block | None:
    level = _level(line.text)
    start = line.start + (_marker(line.text) or datelines.length(line.text))
    body = clean(text, start, line.end)
    if not any(c.isalpha() for c in body.text):
        return None
    if first and _looks_like_heading(body.text):
        return Block(Kind.TITLE, body, level=1)
    if not level and (pair := _PAIR.match(body.text)):
        return Block(Kind.PAIR, body, key=pair[1].strip(), heading=heading, level=_indent(line.text))
    if level or (not _ITEM.match(line.text) and _looks_like_heading(body.text)):
        return Block(Kind.TITLE if level == 1 else Kind.HEADING, body, heading=heading, level=level or 2)
    if _ITEM.match(line.text):
        return Block(Kind.ITEM, body, heading=heading, level=_indent(line.text))
    return Block(Kind.PARAGRAPH, body, heading=heading)


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def _level(words: str) -> int:
    match = _HEADING.match(words)
    return 0 if match is None else len(match[1] or "") or int(match[2])


def _marker(words: str) -> int:
    match = _HEADING.match(words) or _ITEM.match(words)
    return match.end() if match else 0


def _looks_like_heading(words: str) -> bool:
    if (
        len(words) > 140
        or (_END.search(words) and not _LEGAL_END.search(words))
        or (": " in words.rstrip(": ")[:-1] and len(words) > 90)
    ):
        return False
    return len(words.split()) <= 16
