"""DOCX and PDF as real tools write them: structure kept, furniture left out, scans and locks named."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from extract.read import read
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """# A plan for the fab

Cedar Gas supplies neon to Aster Fab, and it has done so for the last three years. The plant in the north is one of
the largest that the group has built so far, and it will be enlarged in the coming years.

## Suppliers

- Cedar Gas supplies neon.
- Birch Wafer supplies wafers.

| Company | Country | Product |
|---|---|---|
| Cedar Gas | Norway | neon |
| Birch Wafer | Japan | wafers |

The last paragraph says that the company will build another plant of the same kind.
"""
TABLE = "Company\tCountry\tProduct\nCedar Gas\tNorway\tneon\nBirch Wafer\tJapan\twafers"


def run(*command: str, folder: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]}")
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    (folder / "a.md").write_text(ARTICLE)
    run("pandoc", "a.md", "-o", "a.docx", "-M", "author=A. Writer", folder=folder)
    return folder / "a.docx"


def test_a_word_document_of_pandoc_keeps_headings_items_and_rows(word):
    document = read(str(word))
    assert document.text.startswith("# A plan for the fab\n\n") or "# A plan for the fab" in document.text
    assert "## Suppliers\n\n- Cedar Gas supplies neon.\n- Birch Wafer supplies wafers.\n\n" + TABLE in document.text
    assert document.author == "A. Writer"


def test_a_pdf_of_libreoffice_keeps_items_and_rows(word):
    pytest.importorskip("pdfminer")
    profile = f"-env:UserInstallation=file://{word.parent}/profile"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "a.docx", folder=word.parent)
    text = read(str(word.with_suffix(".pdf"))).text
    assert TABLE in text
    assert "- Cedar Gas supplies neon.\n" in text
    assert "Aster Fab, and it has done so for the last three years. The plant in the north" in text


COLUMNS = """<style>div { columns: 2; text-align: justify } p { margin: 0 0 1em }</style>
<h1>A report</h1><div><p>FIRST WORDS</p><p>SECOND WORDS</p><p>THIRD WORDS</p></div>"""


def test_columns_of_a_printed_page_are_read_one_after_the_other(tmp_path):
    pytest.importorskip("pdfminer")
    words = "Aster Fab buys the neon of Cedar Gas for all of its plants, which is why it has a store in the north. " * 9
    (tmp_path / "a.html").write_text(COLUMNS.replace("WORDS", words))
    command = ("--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=a.pdf", "a.html")
    run("chromium", *command, folder=tmp_path)
    text = read(str(tmp_path / "a.pdf")).text
    assert "".join(text.split()).count("".join(words.split())) == 3


def pdf(content: bytes, resources: bytes = b"/Font << /F 5 0 R >>", more: bytes = b"") -> bytes:
    """A PDF of one page, written here; readers find its parts without a table of places."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %s >> >>" % resources,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        more or b"null",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for at, words in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (at, words)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 7\n0000000000 65535 f \n%strailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )


def test_words_broken_at_a_line_end_are_whole_and_page_numbers_are_gone(tmp_path):
    pytest.importorskip("pdfminer")
    content = (
        b"BT /F 10 Tf 50 700 Td 12 TL (The fab in the north makes semi-) Tj T* (conductors.) Tj 0 -660 Td (17) Tj ET"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(content))
    assert read(str(path)).text == "The fab in the north makes semiconductors."


def test_a_scanned_page_is_named_as_such(tmp_path):
    pytest.importorskip("pdfminer")
    form = b"/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    image = b"<< /Type /XObject /Subtype /Image %s >>\nstream\n0\nendstream" % form
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf(b"q 600 0 0 800 0 0 cm /I Do Q", b"/XObject << /I 6 0 R >>", image))
    with pytest.raises(DocumentRefused, match=r"scanned PDF .*OCR"):
        read(str(path))


def test_a_damaged_word_document_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a><b></a>")
    with pytest.raises(DocumentRefused, match="not well-formed"):
        read(str(path))
