"""HTML: title, metadata, and the paragraphs, headings, list items and table rows of the article."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from extract.model import Document
from extract.read._dates import iso_date
from extract.read._decode import text_of

_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!--|(?:p|div|h[1-6]|article|section|main|ul|ol|table)\b)", re.IGNORECASE
)
_PARAGRAPH = re.compile(rb"</(?:p|h[1-6]|li|td)>", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^#{1,6} |^[-*] |\]\(https?:", re.MULTILINE)

_SKIPPED = frozenset(
    {
        "script",
        "style",
        "nav",
        "footer",
        "aside",
        "noscript",
        "template",
        "form",
        "svg",
        "button",
        "iframe",
        "select",
        "figure",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "blockquote",
        "pre",
        "figcaption",
        "hr",
    }
)
_BODIES = frozenset({"article", "main"})
_SPACE = re.compile(r"[ \t\n\xa0]+")
_META = {
    "date": "date",
    "article:published_time": "date",
    "datepublished": "date",
    "pubdate": "date",
    "dc.date": "date",
    "author": "author",
    "article:author": "author",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "dc.publisher": "publisher",
    "og:title": "title",
    "og:url": "url",
}


def certainty(data: bytes) -> float:
    """Sure of a page; fairly sure of a fragment that is made of paragraphs and is no Markdown with a tag on top."""
    start = data[:5_000]
    if _PAGE.match(start):
        return 1.0
    if _FRAGMENT.match(start) and _PARAGRAPH.search(data) and not _MARKDOWN.search(data):
        return 0.8
    return 0.0


def parse(data: bytes, source: str) -> Document:
    """The document that the page shows; raises `DocumentRefused` where the bytes are not text.

    >>> parse(b"<html><title>T</title><nav>Home</nav><p>One <b>thing</b>.</p></html>", "a.html").text
    'One thing.'
    """
    page = _Page()
    page.feed(text_of(data, source))
    page.close()
    return Document(
        text=page.text(),
        source=source,
        title=page.meta.get("title") or page.title(),
        publisher=page.meta.get("publisher"),
        author=page.meta.get("author"),
        date=iso_date(page.meta.get("date", "")[:10]) or iso_date(page.meta.get("date", "")),
        url=page.meta.get("url"),
    )


class _Page(HTMLParser):
    """Collects blocks of text; those of an article or main element apart, because the rest is furniture."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self._title = ""
        self._in_title = False
        self._skipped = 0
        self._in_body = 0
        self._prefix = ""
        self._words: list[str] = []
        self._blocks: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._note(given.get("name") or given.get("property") or given.get("itemprop") or "", given)
        elif tag == "link" and given.get("rel") == "canonical":
            self.meta["url"] = given.get("href", "")
        elif tag == "time" and "datetime" in given:
            self.meta.setdefault("date", given["datetime"])
        elif tag == "title" and not self._title:
            self._in_title = True
        self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in _BLOCKS or tag in ("li", "tr"):
            self._flush()
        elif tag in ("td", "th"):
            self._words.append("\t")
        if tag in _BODIES:
            self._in_body = max(0, self._in_body - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title += data
        elif not self._skipped:
            self._words.append(data)

    def title(self) -> str | None:
        """The page's title, its white space made single."""
        return _SPACE.sub(" ", self._title).strip() or None

    def text(self) -> str:
        """The blocks, a blank line between them; list items and table rows follow one another line by line."""
        self._flush()
        body = [block for inside, block in self._blocks if inside]
        lines = body or [block for _, block in self._blocks]
        joined = ""
        for previous, line in zip(["", *lines], lines, strict=False):
            same_list = previous[:2] == line[:2] == "- " or ("\t" in previous and "\t" in line)
            joined += ("" if not joined else "\n" if same_list else "\n\n") + line
        return joined

    def _note(self, name: str, given: dict[str, str]) -> None:
        key = _META.get(name.lower())
        if key and given.get("content"):
            self.meta.setdefault(key, given["content"].strip())

    def _open(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("li", "tr"):
            self._flush()
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag in _BODIES:
            self._in_body += 1
        elif tag == "li":
            self._prefix = "- "
        elif tag == "br":
            self._words.append("\n")

    def _flush(self) -> None:
        cells = "".join(self._words).split("\t") if "\t" in self._words else ["".join(self._words)]
        line = "\t".join(_SPACE.sub(" ", cell).strip() for cell in cells).strip()
        if line and not self._skipped:
            self._blocks.append((self._in_body > 0, self._prefix + line))
            self._prefix = ""
        self._words.clear()
