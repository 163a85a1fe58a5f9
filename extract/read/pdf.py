"""PDF: the text layer in reading order, without running heads, page numbers and hyphens at line ends."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from extract.model import Document
from extract.read._extras import needed
from extract.read._metadata import head
from extract.read._pages import Line, text_of_pages
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

APART = True

_FEW = 20  # characters a page, below which it holds no text layer to speak of
# Letters that are printed as one.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def certainty(data: bytes) -> float:
    """Sure by the first bytes; readers of PDF allow some rubbish before them."""
    return 1.0 if b"%PDF-" in data[:1024] and not data.lstrip().startswith((b"<", b"#")) else 0.0


def parse(data: bytes, source: str) -> Document:
    """The document; raises `DocumentRefused` where it is locked, damaged or only scanned."""
    high = needed("pdfminer.high_level", "a PDF", source)
    layout = needed("pdfminer.layout", "a PDF", source)
    _require_open(data, source)
    pages = [
        (
            page.height,
            list(_lines(page, layout)),
            any(isinstance(part, layout.LTImage | layout.LTFigure) for part in page),
        )
        for page in high.extract_pages(io.BytesIO(data), laparams=layout.LAParams(boxes_flow=None))
    ]
    letters = sum(len(line.text) for _, lines, _ in pages for line in lines)
    if letters < _FEW * max(1, len(pages)) and any(pictures for *_, pictures in pages):
        raise DocumentRefused(
            source, "it is a scanned PDF without a text layer; run text recognition (OCR) on it first"
        )
    said = _said(data)
    text = text_of_pages([(height, lines) for height, lines, _ in pages])
    return Document(
        text=text,
        source=source,
        title=said.get("Title"),
        author=said.get("Author"),
        date=head(text).date,  # when the file was made, which it tells too, is not when its text was
    )


def _require_open(data: bytes, source: str) -> None:
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfparser import PDFParser

    try:
        PDFDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise DocumentRefused(source, "it is a PDF locked with a password; unlock it first") from error


def _said(data: bytes) -> dict[str, str]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    found: dict[str, str] = {}
    for info in PDFDocument(PDFParser(io.BytesIO(data))).info:
        for key, value in info.items():
            if isinstance(value, bytes) and (words := decode_text(value).strip()):
                found.setdefault(key, words)
    return found


def _lines(page: Any, layout: Any) -> Iterator[Line]:
    for box in page:
        if isinstance(box, layout.LTTextBox):
            for line in box:
                if words := " ".join(line.get_text().translate(_LIGATURES).split()):
                    size = max((c.size for c in line if isinstance(c, layout.LTChar)), default=0.0)
                    yield Line(words, line.x0, line.y0, line.x1, line.y1, size)
