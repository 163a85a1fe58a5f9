"""PDF: the text layer in reading order, without running heads, page numbers and hyphens at line ends."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from extract.model import Document
from extract.read._extras import needed
from extract.read._metadata import head
from extract.read._pages import Page, text_of_pages
from extract.read._print import Piece, lines_of, words_of
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

APART = True

_FEW = 20  # characters a page, below which it holds no text layer to speak of
_DOT = (1.5, 8.0)  # points that the dots before items measure
# What programs put where the title belongs.
_NO_TITLE = re.compile(r"^(?:Microsoft \w+ - |untitled|(?:Power)?Point Presentation)|\.\w{2,4}$", re.IGNORECASE)
_NAMELESS = re.compile(r"\(cid:\d+\)$")
# Letters that are printed as one.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def certainty(data: bytes) -> float:
    """Sure by the first bytes; readers of PDF allow some rubbish before them."""
    return 1.0 if b"%PDF-" in data[:1024] and not data.lstrip().startswith((b"<", b"#")) else 0.0


def parse(data: bytes, source: str) -> Document:
    """The document; raises `DocumentRefused` where it is locked, damaged, only scanned, or does not say its letters."""
    needed("pdfminer.layout", "a PDF", source)
    _require_open(data, source)
    pages, nameless, pictures = [], 0, False
    for page in _laid_out(data):
        letters = list(_letters(page))
        named = [letter for letter in letters if not _NAMELESS.match(letter.text)]
        nameless += len(letters) - len(named)
        pictures |= _has_picture(page)
        pages.append(Page(page.height, tuple(lines_of(words_of(named)))))
    count = sum(len(word.text) for page in pages for line in page.lines for word in line.words)
    if nameless > count:
        raise DocumentRefused(source, "its fonts do not say which letters they show; run text recognition (OCR) on it")
    if count < _FEW * max(1, len(pages)) and pictures:
        raise DocumentRefused(
            source, "it is a scanned PDF without a text layer; run text recognition (OCR) on it first"
        )
    said = _said(data)
    titled = said.get("Title", "")
    text = text_of_pages(pages, titled)
    first = text.partition("\n")[0]
    return Document(
        text=text,
        source=source,
        title=titled if titled and not _NO_TITLE.search(titled) else first[2:] if first.startswith("# ") else None,
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


def _laid_out(data: bytes) -> Iterator[Any]:
    """The pages with all that is on them, letter by letter."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
        yield device.get_result()


def _letters(container: Any) -> Iterator[Piece]:
    """The letters that stand upright, and the dots that are drawn before items, in the order in which they were set."""
    from pdfminer.layout import LTChar, LTCurve, LTFigure

    for part in container:
        if isinstance(part, LTFigure):
            yield from _letters(part)
        elif isinstance(part, LTCurve) and _DOT[0] < part.width < _DOT[1] and abs(part.width - part.height) < 0.5:
            yield Piece("•", part.x0, part.y0 - part.height, part.x1, part.y1 + part.height, 3 * part.height)
        elif isinstance(part, LTChar) and part.upright:
            words = part.get_text().translate(_LIGATURES)
            yield Piece(words, part.x0, part.y0, part.x1, part.y1, part.size, "bold" in part.fontname.lower())


def _has_picture(container: Any) -> bool:
    from pdfminer.layout import LTFigure, LTImage

    return any(isinstance(part, LTImage | LTFigure) for part in container)
