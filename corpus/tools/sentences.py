"""Where the sentences of a paragraph lie; list lines, headings and table rows are sentences of their own."""

from __future__ import annotations

import re

_END = re.compile(r"""[.!?]["'”’)]*(?=\s+["'“‘(]?[A-Z0-9À-Þ])""")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Co|Corp|Inc|Ltd|Bhd|Sdn|Pte|Pty|Mr|Ms|Mrs|Dr|Prof|No|St|vs|approx|Jr|Sr|Jan|Feb|Aug|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence.

    text: str, clean text. Returns offsets into it; blank lines belong to no sentence.

    >>> [text[a:b] for text in ["Acme Inc. grew. It hired."] for a, b in sentences(text)]
    ['Acme Inc. grew.', 'It hired.']
    """
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        found += _of_line(text, line.start(), line.end())
    return found


def _of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [m.end() for m in _END.finditer(text, start, end) if not _ABBREVIATED.search(text[start : m.end()])]
    pieces = zip([start, *cuts], [*cuts, end], strict=True)
    return [span for a, b in pieces if (span := _trimmed(text, a, b))[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
