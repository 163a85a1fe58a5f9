"""Plain text and Markdown, kept as written but for the lines that describe the document."""

from __future__ import annotations

from extract.model import Document
from extract.read._decode import text_of
from extract.read._metadata import head


def certainty(data: bytes) -> float:
    """Anything may be plain text: what every other format is asked before."""
    return 0.1 if data else 0.0


def parse(data: bytes, source: str) -> Document:
    r"""The document that the bytes hold; raises `DocumentRefused` where they are not text.

    >>> parse(b"# A title\n\nA sentence.", "a.md").title
    'A title'
    """
    found = head(text_of(data, source))
    return Document(
        text=found.text,
        source=source,
        title=found.title,
        publisher=found.publisher,
        author=found.author,
        date=found.date,
        url=found.url,
    )
