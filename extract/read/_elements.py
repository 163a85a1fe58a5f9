"""HTML as blocks: its paragraphs, headings, list items and table rows in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page.

    text: str, as it goes into the document, with the marks of headings and items and tabs between cells; kind: "head",
    "item", "row" or ""; group: int, the same for the items of one list and the rows of one table; inside: bool, True
    within an element that the page calls its article or main part; linked: bool, True where most of it is links.
    """

    text: str
    kind: str
    group: int
    inside: bool
    linked: bool = False


# What a page shows around its text, or does not show at all.
_SKIPPED = frozenset({
    "aside", "button", "dialog", "figure", "footer", "form", "head", "iframe", "math", "nav", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "audio", "canvas",
})  # fmt: skip
_FURNITURE = frozenset({
    "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation",
    "search", "toolbar",
})  # fmt: skip
# Classes of MediaWiki and of words for screen readers alone.
_ASIDE = frozenset({
    "catlinks", "hatnote", "mw-editsection", "navbox", "noprint", "references", "screen-reader-text", "sr-only", "toc",
    "visually-hidden",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_BODIES = frozenset({"article", "main"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"caption": 3}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\xa0]+")
_BREAK = "\r"  # which no text holds by then
_LONG_CELL = 300  # from here on a cell of several paragraphs lays a page out and holds no figure


class Blocks:
    r"""Walks a page once.

    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring("<h2>Sites</h2><table><tr><td>A</td><td><p>B</p></td></tr></table><ul><li>C</ul>")
    >>> [block.text for block in Blocks().of(page)]
    ['## Sites', 'A\tB', '- C']
    """

    def __init__(self) -> None:
        self._words: list[str] = []
        self._kind, self._mark, self._group = "", "", 0
        self._inside = self._groups = self._links = self._linked = 0

    def of(self, element: Any) -> list[Block]:
        """The blocks of an element of lxml."""
        return [*self._children(element), *self._closed()]

    def _children(self, element: Any) -> Iterator[Block]:
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _is_furniture(child):
                yield from self._element(child, child.tag.lower())
            self._add(child.tail)

    def _add(self, words: str | None) -> None:
        self._words.append(words or "")
        self._linked += len(words.strip()) if words and self._links else 0

    def _element(self, element: Any, tag: str) -> Iterator[Block]:
        if tag == "br":
            if self._is_broken():  # two of them end a paragraph
                yield from self._closed()
            self._words.append(_BREAK)
        elif tag in _INLINE:
            self._links += tag == "a"
            yield from self._children(element)
            self._links -= tag == "a"
        else:
            yield from self._closed()
            if tag == "table" and not _lays_out(element):
                yield from self._table(element)
            else:
                yield from self._block(element, tag)

    def _block(self, element: Any, tag: str) -> Iterator[Block]:
        before = self._kind, self._mark, self._group
        depth = sum(above.tag in ("ul", "ol") for above in element.iterancestors())
        if tag in _HEADINGS:
            self._kind, self._mark = "head", f"{'#' * _HEADINGS[tag]} "
        elif tag == "li":
            self._kind, self._mark = "item", f"{'  ' * (depth - 1)}- "
        elif tag in ("ul", "ol") and not depth:
            self._groups += 1
            self._group = self._groups
        self._inside += tag in _BODIES
        yield from self._children(element)
        yield from self._closed()
        self._inside -= tag in _BODIES
        self._kind, self._mark, self._group = (before[0], self._mark and before[1], before[2])

    def _table(self, table: Any) -> Iterator[Block]:
        for caption in table.iter("caption"):
            yield from self._block(caption, "caption")
        self._groups += 1
        for row in table.iter("tr"):
            cells = [_SPACE.sub(" ", _flat(cell)).strip() for cell in row if cell.tag in ("td", "th")]
            if any(cells):
                yield Block("\t".join(cells).rstrip("\t"), "row", self._groups, self._inside > 0)

    def _closed(self) -> Iterator[Block]:
        words = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        if words:
            yield Block(self._mark + words, self._kind, self._group, self._inside > 0, 2 * self._linked > len(words))
            self._mark = ""
        self._linked = 0

    def _is_broken(self) -> bool:
        return next((words for words in reversed(self._words) if words == _BREAK or words.strip()), "") == _BREAK


def written(blocks: Sequence[Block]) -> str:
    """The blocks as a text: a blank line between them, items of a list and rows of a table line by line."""
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        together = before and block.group and before.group == block.group
        parts.append("" if before is None else "\n" if together else "\n\n")
        parts.append(block.text)
    return "".join(parts)


def _is_furniture(element: Any) -> bool:
    if element.tag.lower() in _SKIPPED or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if element.get("role", "").lower() in _FURNITURE or not _ASIDE.isdisjoint(element.get("class", "").split()):
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _lays_out(table: Any) -> bool:
    """True of a table that only says where parts of a page stand."""
    if next(table.iterdescendants("table"), None) is not None or table.get("role") == "presentation":
        return True
    cells = (cell for cell in table.iter("td") if len(list(cell.iter("p", "br", "div", "ul"))) > 1)
    return any(len(_flat(cell)) > _LONG_CELL for cell in cells)


def _flat(element: Any) -> str:
    """The words of a cell, those of its blocks apart."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not _is_furniture(child):
            apart = "" if child.tag.lower() in _INLINE else " "
            parts.extend((apart, _flat(child), apart))
        parts.append(child.tail or "")
    return "".join(parts)
