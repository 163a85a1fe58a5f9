"""HTML: title, metadata, and the paragraphs, headings, list items and table rows of the article."""

from __future__ import annotations

import re
from typing import Any

from extract.model import Document
from extract.read._article import of_article, told
from extract.read._dates import iso_date
from extract.read._decode import text_of
from extract.read._elements import Block, Blocks, written
from extract.read._metadata import Head, head
from extract.read._page_facts import facts_of
from ontology.errors import DocumentRefused

APART = True

_ABOVE = 200  # characters

_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!--|(?:p|div|h[1-6]|article|section|main|ul|ol|table)\b)", re.IGNORECASE
)
_PARAGRAPH = re.compile(rb"</(?:p|h[1-6]|li|td)>", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^#{1,6} |^[-*] |\]\(https?:", re.MULTILINE)


def certainty(data: bytes) -> float:
    """Sure of a page; fairly sure of a fragment that is made of paragraphs and is no Markdown with a tag on top."""
    start = data[:5_000]
    if _PAGE.match(start):
        return 1.0
    if _FRAGMENT.match(start) and _PARAGRAPH.search(data) and not _MARKDOWN.search(data):
        return 0.8
    return 0.0


def parse(data: bytes, source: str) -> Document:
    r"""The document that the page shows; raises `DocumentRefused` where the bytes are not text.

    Of a whole page the article is kept, of a piece of HTML, as feeds and dumps hold them, everything.

    >>> parse(b"<html><title>T</title><nav>Home</nav><p>One <b>thing</b>.</p></html>", "a.html").text
    '# T\n\nOne thing.'
    """
    page = text_of(data, source)
    root = _root(page, source)
    blocks = Blocks().of(root)
    found = told(page) if _PAGE.match(data[:5_000]) else Head("")
    said = facts_of(root, found.title)
    title = found.title or said.get("title")
    printed = head("\n".join(block.text for block in blocks))
    return Document(
        text=written(_titled(of_article(blocks, found.text), title)),
        source=source,
        title=title,
        publisher=said.get("publisher") or found.publisher,
        author=said.get("author") or found.author,
        date=iso_date(said.get("date", "")[:10]) or iso_date(said.get("date", "")) or found.date or printed.date,
        url=said.get("url") or found.url,
    )


def _root(page: str, source: str) -> Any:
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(page.encode(), HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except ParserError as error:
        raise DocumentRefused(source, "it holds no text") from error


def _titled(blocks: list[Block], title: str | None) -> list[Block]:
    """The blocks with a title on top, as headlines state things too; what stands above it is a date or a section."""
    own = next((at for at, block in enumerate(blocks) if block.text.lstrip("# ") == title), None)
    at = own if own is not None else next((at for at, b in enumerate(blocks) if b.text.startswith("# ")), None)
    if at is not None and sum(len(block.text) for block in blocks[:at]) < _ABOVE:
        return blocks[at:]
    if at is not None or title is None or not blocks:
        return blocks
    return [Block(f"# {title}", "head", 0, inside=True), *blocks]
