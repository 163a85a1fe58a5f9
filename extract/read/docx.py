"""Word documents (DOCX): headings, paragraphs, lists and tables, without comments, notes and deleted text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from extract.model import Document
from extract.read._limits import kind
from extract.read._metadata import head
from extract.read._xml import local, root_of
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST_PART = 60_000_000
_HEADING = re.compile(r"heading\s*([1-6])", re.IGNORECASE)
# Text that is not the author's last word, and second versions of what is there.
_PASSED_OVER = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "Fallback", "txbxContent"})


def certainty(data: bytes) -> float:
    """Sure of a ZIP with Word's folder in it."""
    return 1.0 if kind(data) == "a Word document" else 0.0


def parse(data: bytes, source: str) -> Document:
    """The document; raises `DocumentRefused` where the file is damaged or grows too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = root_of(_part(package, "word/document.xml", source), source)
            styles = _styles(package, source)
            said = _properties(package, source)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise DocumentRefused(source, f"the Word document is damaged ({error})") from error
    blocks = list(_blocks(next(body.iter(f"{_W}body"), body), styles))
    titled = next((words.lstrip("# ") for style, words in blocks if style in ("title", "h1")), None)
    text = _joined(blocks)
    return Document(
        text=text,
        source=source,
        title=said.get("title") or titled,
        author=said.get("creator"),
        date=head(text).date,  # when the file was made, which it tells too, is not when its text was
        language=said.get("language"),
    )


def _part(package: zipfile.ZipFile, name: str, source: str) -> bytes:
    with package.open(name) as stream:
        data = stream.read(_LARGEST_PART + 1)
    if len(data) > _LARGEST_PART:
        raise DocumentRefused(source, f"it unpacks to more than {_LARGEST_PART // 1_000_000} MB (a zip bomb?)")
    return data


def _styles(package: zipfile.ZipFile, source: str) -> dict[str, str]:
    """The names of the paragraph styles by id; ids are translated with the program, names are not."""
    if "word/styles.xml" not in package.namelist():
        return {}
    root = root_of(_part(package, "word/styles.xml", source), source)
    named = ((s.get(f"{_W}styleId", ""), s.find(f"{_W}name")) for s in root.iter(f"{_W}style"))
    return {key: name.get(f"{_W}val", "") for key, name in named if name is not None}


def _properties(package: zipfile.ZipFile, source: str) -> dict[str, str]:
    if "docProps/core.xml" not in package.namelist():
        return {}
    root = root_of(_part(package, "docProps/core.xml", source), source)
    return {local(e.tag): e.text.strip() for e in root if e.text and e.text.strip()}


def _blocks(container: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Kind and words of each block; content controls and insertions are looked into."""
    for child in container:
        name = local(child.tag)
        if name == "p":
            yield from _paragraph(child, styles)
        elif name == "tbl":
            yield from (("row", "\t".join(cells)) for cells in _rows(child) if any(cells))
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _blocks(child, styles)


def _paragraph(paragraph: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    words = " ".join("".join(_words(paragraph)).split())
    if not words:
        return
    properties = paragraph.find(f"{_W}pPr")
    style = _value(properties, "pStyle")
    name = styles.get(style, style)
    if match := _HEADING.match(name):
        yield f"h{match[1]}", f"{'#' * int(match[1])} {words}"
    elif name.lower() == "title":
        yield "title", f"# {words}"
    elif (properties is not None and properties.find(f"{_W}numPr") is not None) or name.lower().startswith("list "):
        yield "item", f"{'  ' * _level(properties)}- {words}"
    else:
        yield "p", words


def _rows(table: Element) -> Iterator[list[str]]:
    for row in table.findall(f"{_W}tr"):
        cells = row.iter(f"{_W}tc")
        yield [" ".join(" ".join("".join(_words(p)) for p in cell.findall(f"{_W}p")).split()) for cell in cells]


def _words(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child.tag)
        if name in ("t", "noBreakHyphen"):
            yield (child.text or "") if name == "t" else "-"
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name not in _PASSED_OVER:
            yield from _words(child)


def _value(properties: Element | None, name: str) -> str:
    found = None if properties is None else properties.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def _level(properties: Element | None) -> int:
    found = None if properties is None else properties.find(f"{_W}numPr/{_W}ilvl")
    level = "0" if found is None else found.get(f"{_W}val", "0")
    return min(int(level), 8) if level.isdecimal() else 0


def _joined(blocks: list[tuple[str, str]]) -> str:
    """A blank line between blocks; items and rows follow one another."""
    parts: list[str] = []
    before = ""
    for style, words in blocks:
        parts.append("\n" if style == before and style in ("item", "row") else "\n\n" if parts else "")
        parts.append(words)
        before = style
    return "".join(parts)
