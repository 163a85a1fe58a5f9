"""Bad inputs without end: each becomes a document or a refusal with a reason, never an error that stops a build.

`CHIPGRAPH_FUZZ=10000 pytest tests/read/test_read_fuzz.py` tries that many; the seeds are good files, spoiled at random.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import tarfile
import zipfile
from typing import TYPE_CHECKING

from extract.model import Document
from extract.read import read_all
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from pathlib import Path

TIMES = int(os.environ.get("CHIPGRAPH_FUZZ", "200"))
TEXT = "Cedar Gas supplies neon to Aster Fab, and it has done so for the last three years of the market. "
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PAGE = b"/MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>"
SHOWN = b"BT /F 10 Tf 50 700 Td (The fab makes semiconductors.) Tj ET"
PARTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R %s >>" % PAGE,
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(SHOWN), SHOWN),
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)
PDF = b"%%PDF-1.4\n%strailer\n<< /Size 6 /Root 1 0 R >>\n%%%%EOF" % b"".join(
    b"%d 0 obj\n%s\nendobj\n" % part for part in enumerate(PARTS, start=1)
)


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


HTML = f"<html><head><title>T</title></head><body><article><p>{TEXT}</p><ul><li>x</ul></article></body></html>".encode()
ROW = json.dumps({"title": "T", "text": TEXT, "date": "2025-03-04"}).encode() + b"\n"
MESSAGE = f"From: a@a.example\nTo: b@b.example\nSubject: =?utf-8?q?T?=\nMIME-Version: 1.0\n\n{TEXT}".encode()
FEED = f"<rss><channel><title>P</title><item><title>T</title><description>{TEXT}</description></item></channel></rss>"
WORD = zipped("word/document.xml", f"<w:document {W}><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body>"
              f"</w:document>".encode())  # fmt: skip
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)
CSV = f'title,text\nT,"{TEXT}"\n'.encode()
SEEDS = [
    *(TEXT.encode(), HTML, ROW * 3, CSV, MESSAGE, FEED.encode(), WORD, PDF, WARC),
    *(zipped("a.html", HTML), tarred("a.txt", TEXT.encode()), gzip.compress(ROW), zipped("b.zip", zipped("a", HTML))),
]
TRICKS = [
    *(
        b"\x00",
        b"\xff\xfe",
        b"\x1b[2J",
        "\u202e\u2066\u200b\ufeff".encode(),
        b"\xed\xa0\x80",
        b"%s%n",
        b"<!ENTITY a '&a;&a;'>",
    ),
    *(b"<" * 3000, b"<!---->" * 700, b"<div>" * 3000, b"[" * 3000, b'{"a":' * 3000, b"a" * 100_000, b"(" * 3000),
    *(b"\r", b'"', b"]]>", b"&#x110000;", b"-1 0 obj", b"4 0 R 4 0 R", b"/Kids [2 0 R]", b"/Length 999999999999"),
]


def spoiled(chance: random.Random) -> bytes:
    """A seed that was cut, overwritten, doubled or had a trick put in, a few times over."""
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 4)):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(5)
        if kind == 0:
            del data[at:]
        elif kind == 1:
            data[at:at] = chance.choice(TRICKS)
        elif kind == 2:
            data[at : at + 8] = chance.randbytes(chance.randint(0, 16))
        elif kind == 3:
            data[at:at] = data[at : at + 200] * chance.randint(1, 50)
        else:
            del data[at : at + chance.randint(1, 100)]
    return bytes(data)


def test_bad_inputs_are_read_or_refused_with_a_reason(tmp_path: Path):
    path, read, refused = tmp_path / "input", 0, 0
    for seed in range(TIMES):
        path.write_bytes(spoiled(random.Random(seed)))
        found = list(read_all(str(path)))
        assert found, seed
        for document in found:
            if isinstance(document, DocumentRefused):
                assert document.reason, seed
                refused += 1
            else:
                assert isinstance(document, Document), seed
                assert not set(document.text) & set("\x00\r\u202e\u2066\u200b\ufeff\ud800"), seed
                read += 1
    print(f"{TIMES} inputs: {read} documents read, {refused} refused")  # noqa: T201 (shown by -s: the figures to report)
    assert read
    assert refused
