"""One set of articles in every format that real tools write, read back: words, metadata and statements that remain.

python benchmarks/bench_formats.py [-v] [FORMAT ...]

Needs pandoc, LibreOffice, Chromium, poppler's pdftoppm, and from PyPI feedgen, pypandoc_binary, typst, weasyprint
beside the extra `dev`; -v prints each statement that is lost or extra.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent / "formats"))
import dumps
import office
from articles import articles
from score import Score, nearest

from extract.model import Document
from extract.pipeline import extract
from extract.read import read_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles import Article

    Maker = Callable[[list[Article], Path], list[Path]]


def _mixed(found: list[Article], folder: Path) -> list[Path]:
    """A file of each article, of four kinds in turn."""
    kinds = ("docx", "html", "pdf", "eml")
    made = {kind: MAKERS[name](found, _new(folder, kind)) for kind, name in zip(kinds, _MIXED, strict=True)}
    return [made[kinds[at % 4]][at] for at in range(len(found))]


_MIXED = ("DOCX (pandoc)", "HTML (pandoc)", "PDF (LibreOffice)", "EML, HTML alone")

MAKERS: dict[str, Maker] = {
    "Markdown": lambda found, folder: office.pandoc(found, folder, "gfm.md", "-t", "gfm"),
    "HTML (pandoc)": lambda found, folder: office.pandoc(found, folder, "html"),
    "HTML (LibreOffice)": lambda found, folder: office.libreoffice(_word(found, folder), "html", "html"),
    "text (LibreOffice)": lambda found, folder: office.libreoffice(
        _word(found, folder), "txt:Text (encoded):UTF8", "txt"
    ),
    "DOCX (pandoc)": lambda found, folder: _word(found, folder),
    "DOCX (LibreOffice from ODT)": lambda found, folder: office.libreoffice(_paged(found, folder), "docx", "docx"),
    "PDF (LibreOffice)": lambda found, folder: office.libreoffice(_word(found, folder), "pdf", "pdf"),
    "PDF (LibreOffice, running heads, hyphens)": lambda found, folder: office.libreoffice(
        _paged(found, folder), "pdf", "pdf"
    ),
    "PDF (LibreOffice, the same in two columns)": lambda found, folder: office.libreoffice(
        _paged(found, folder, columns=True), "pdf", "pdf"
    ),
    "PDF (Chromium with its heads and feet)": lambda found, folder: office.chromium(
        found, folder, columns=False, heads=True
    ),
    "PDF (Chromium, heads of the page)": lambda found, folder: office.chromium(
        found, folder, columns=False, heads=False
    ),
    "PDF (Chromium, two columns)": lambda found, folder: office.chromium(found, folder, columns=True, heads=False),
    "PDF (WeasyPrint, hyphens)": lambda found, folder: office.weasyprint(found, folder, columns=False),
    "PDF (WeasyPrint, hyphens, two columns)": lambda found, folder: office.weasyprint(found, folder, columns=True),
    "PDF (Typst, hyphens, ligatures, two columns)": office.typst,
    "EML, plain text": lambda found, folder: dumps.mails(found, folder, kinds=("plain",)),
    "EML, HTML beside it": lambda found, folder: dumps.mails(found, folder, kinds=("plain", "html")),
    "EML, HTML alone": lambda found, folder: dumps.mails(found, folder, kinds=("html",)),
    "RSS (feedgen)": lambda found, folder: [dumps.feeds(found, folder)[0]],
    "Atom (feedgen)": lambda found, folder: [dumps.feeds(found, folder)[1]],
    "JSON lines (pandas)": lambda found, folder: [dumps.tables(found, folder)[0]],
    "CSV (pandas)": lambda found, folder: [dumps.tables(found, folder)[1]],
    "WARC (warcio) of HTML": lambda found, folder: [dumps.crawl(office.pandoc(found, folder, "html"), folder)],
    "zip of DOCX, HTML, PDF, EML": lambda found, folder: [dumps.archives(_mixed(found, folder), folder)[0]],
    "tar.gz of the same": lambda found, folder: [dumps.archives(_mixed(found, folder), folder)[1]],
}


def _word(found: list[Article], folder: Path) -> list[Path]:
    return office.pandoc(found, folder, "docx")


def _paged(found: list[Article], folder: Path, *, columns: bool = False) -> list[Path]:
    style = office.paged_style(folder, columns=columns)
    return office.pandoc(found, folder, "odt", f"--reference-doc={style}")


def _new(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def main(arguments: list[str]) -> None:
    verbose, chosen = "-v" in arguments, [name for name in arguments if name != "-v"]
    found = articles()
    plain = [Document(text=f"{a.title}\n\n{a.body}", source=a.name, title=a.title, date=a.date) for a in found]
    expected = [extract(document) for document in plain]
    print("| format | documents | words in order | other words | kept of all | same claims + numbers | lost | extra |")
    print("|---" * 8 + "|", flush=True)
    for name, maker in MAKERS.items():
        if chosen and not any(part in name for part in chosen):
            continue
        with tempfile.TemporaryDirectory() as folder:
            read = [document for path in maker(found, Path(folder)) for document in read_all(str(path))]
        score = Score()
        for document in read:
            if isinstance(document, Document):
                at = nearest(found, document)
                score.add(found[at], document, expected[at])
            else:
                print(f"refused: {document}")
        print(score.row(name), flush=True)
        if verbose:
            print(*score.differences, sep="\n", flush=True)
    if not chosen:
        _scans(found)


def _scans(found: list[Article]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = office.scanned(office.libreoffice(_word(found[:3], Path(folder)), "pdf", "pdf"))
        print(f"\nScanned pages: {[str(told).rpartition(': ')[2] for path in paths for told in read_all(str(path))]}")


if __name__ == "__main__":
    main(sys.argv[1:])
