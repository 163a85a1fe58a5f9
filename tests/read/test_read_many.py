"""Files that hold many documents: what is kept of each, and what is refused by name."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from bad_files import Long, tar_of_long_name

from extract.model import Document
from extract.read import read, read_all
from extract.read._heads import Listed
from extract.read._member import Budget, Opened
from extract.read._walk import documents_in
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE = "Cedar Gas supplies neon to Aster Fab, and it has done so for the last three years of the market."
TWO = "Birch Wafer sells wafers to Aster Fab, which is one of the largest makers of chips in the north."
PAGE = f"<html lang='en'><head><title>A page</title></head><body><article><p>{ONE}</p></article></body></html>"

MIXED = "From: a@a.example\nTo: b@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"


def found(path: Path) -> Iterator[Document | DocumentRefused]:
    return read_all(str(path))


def documents(path: Path) -> list[Document]:
    return [document for document in found(path) if isinstance(document, Document)]


def refusals(path: Path) -> list[DocumentRefused]:
    return [refused for refused in found(path) if isinstance(refused, DocumentRefused)]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: dict[str, bytes], mode: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


FILES = {"news/a.txt": ONE.encode(), "news/b.html": PAGE.encode(), "news/c.bin": b"\x00\x01\x02", ".hidden": b"x"}


@pytest.mark.parametrize("packing", ["zip", "w", "w:gz", "w:bz2", "w:xz"])
def test_an_archive_gives_its_documents_and_names_what_it_refuses(tmp_path, packing):
    path = tmp_path / "news"
    path.write_bytes(zipped(FILES) if packing == "zip" else tarred(FILES, packing))
    assert [d.source for d in documents(path)] == [f"{path}#news/a.txt", f"{path}#news/b.html"]
    assert [(r.source, "NUL bytes" in r.reason) for r in refusals(path)] == [(f"{path}#news/c.bin", True)]


@pytest.mark.parametrize("packed", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_the_document_in_it(tmp_path, packed):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(packed(ONE.encode()))
    assert (read(str(path)).text, read(str(path)).source) == (ONE, str(path))


def test_archives_lie_in_archives_up_to_a_depth(tmp_path):
    data = ONE.encode()
    for _ in range(3):
        data = zipped({"inner": data})
    path = tmp_path / "nested.zip"
    path.write_bytes(data)
    assert [d.source for d in documents(path)] == [f"{path}#inner#inner#inner"]
    path.write_bytes(zipped({"inner": zipped({"inner": data})}))
    assert "more than 4 archives" in str(refusals(path)[0])


def test_a_bomb_is_refused_before_it_goes_off(tmp_path):
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({f"{at}.txt": b"a" * 15_000_000 for at in range(8)}))
    reasons = [refused.reason for refused in refusals(path)]
    assert any("zip bomb" in reason for reason in reasons)


ENDLESS = [
    (Long(b"title,text\nT,", b"a" * 1_000_000, 1000), "a row is longer than 20 MB; split it"),
    (Long(b"title,text\nT,", b'"\n",', 30_000_000), "a row is longer than 20 MB; split it"),
    (Long(b'{"title":"T","text":"', b"a" * 1_000_000, 1000), "the line is longer than 20 MB; split it"),
    (Long(b"WARC/1.0\r\nX: ", b"a" * 1_000_000, 1000), "the head of a member is longer than 200,000 bytes"),
    (Long(tar_of_long_name(tarfile.XHDTYPE), b"a" * 1_000_000, 1000), "the head of a member is longer than 200,000"),
    (Long(MIXED.encode(), b"--b\n\na\n", 3_000), "it has more than 1,000 parts"),
]


@pytest.mark.parametrize(("file", "reason"), ENDLESS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_has_no_end_is_refused_before_memory_has_one(file, reason):
    opened = Opened(file.opened(), "made", Budget(len(file)), charged=False)
    (found,) = documents_in(opened)
    assert isinstance(found, DocumentRefused)
    assert found.reason.startswith(reason)


def test_a_list_of_members_has_an_end_too():
    listed = Listed(io.BytesIO(b""), "made")
    assert listed.read(1_000) == b""
    with pytest.raises(DocumentRefused, match="the list of its members is longer than 60 MB"):
        listed.read(100_000_000)


def test_a_file_of_several_is_not_read_as_one(tmp_path):
    path = tmp_path / "two.zip"
    path.write_bytes(zipped({"a": ONE.encode(), "b": TWO.encode()}))
    with pytest.raises(DocumentRefused, match="several documents"):
        read(str(path))


ROWS = [
    {"id": "n1", "headline": "Neon", "body": ONE, "published": "2025-03-04T10:00:00Z", "source": {"name": "The Paper"}},
    {"headline": "Wafers", "body": f"<p>{TWO}</p>", "link": "https://a.example/2", "authors": ["A. Writer", "B. Too"]},
]


def test_json_lines_name_their_columns(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + '\n{"broken\n[1]\n{"title": "No text"}\n')
    first, second = documents(path)
    assert (first.source, first.title, first.date) == (f"{path}#n1", "Neon", "2025-03-04")
    assert (first.publisher, first.text) == ("The Paper", f"Neon\n\n{ONE}")
    assert (second.source, second.url) == (f"{path}#https://a.example/2", "https://a.example/2")
    assert (second.author, second.text) == ("A. Writer, B. Too", f"Wafers\n\n{TWO}")
    assert [r.source.rpartition("#")[2] for r in refusals(path)] == ["3", "4", "5"]


def test_a_list_of_articles_in_json_is_a_dump_too(tmp_path):
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"status": "ok", "articles": ROWS}, indent=1))
    assert [d.title for d in documents(path)] == ["Neon", "Wafers"]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16")])
def test_csv_names_its_columns(tmp_path, delimiter, encoding):
    path = tmp_path / "dump.csv"
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerows(
            [["Title", "Text", "Date", "Url"], ["Café", f"{ONE}\n\n{TWO}", "4 March 2025", "https://a.example"]]
        )
    (document,) = documents(path)
    assert document.text == f"Café\n\n{ONE}\n\n{TWO}"
    assert (document.title, document.date, document.url) == ("Café", "2025-03-04", "https://a.example")


def test_a_message_gives_its_text_and_attachments(tmp_path):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "A. Writer <a@a.example>", "b@b.example", "Neön"
    message["Date"] = "Tue, 04 Mar 2025 10:00:00 +0000"
    message.set_content(ONE)
    message.add_alternative(f"<p>{ONE}</p>", subtype="html")
    message.add_attachment(TWO.encode(), maintype="text", subtype="plain", filename="b.txt")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    first, second = documents(path)
    assert (first.source, first.title, first.author, first.date) == (str(path), "Neön", "A. Writer", "2025-03-04")
    assert first.text.strip() == f"Neön\n\n{ONE}"
    assert (second.source, second.text) == (f"{path}#b.txt", TWO)


RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Paper</title><language>en-gb</language>
<item><title>Neon</title><link>https://a.example/1</link><dc:creator>A. Writer</dc:creator>
<pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><description>Short</description>
<content:encoded><![CDATA[<p>{ONE}</p>]]></content:encoded></item>
<item><guid>g2</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Paper</title>
<entry><id>urn:1</id><title>Neon</title><link href="https://a.example/1"/><author><name>A. Writer</name></author>
<published>2025-03-04T10:00:00Z</published><content type="html">&lt;p&gt;{ONE}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("feed", "name", "language"), [(RSS, "https://a.example/1", "en-gb"), (ATOM, "urn:1", "en")])
def test_a_feed_gives_its_items(tmp_path, feed, name, language):
    path = tmp_path / "feed"
    path.write_text(feed)
    (document,) = documents(path)
    assert (document.source, document.text) == (f"{path}#{name}", f"Neon\n\n{ONE}")
    said = (document.publisher, document.author, document.date, document.url, document.language)
    assert said == ("The Paper", "A. Writer", "2025-03-04", "https://a.example/1", language)


def test_entities_in_a_feed_are_not_followed(tmp_path):
    path = tmp_path / "feed"
    path.write_text('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>')
    assert "declares a document type" in refusals(path)[0].reason


def recorded(name: str, status: str, kind: str) -> bytes:
    """A record of a crawl: what a server answered."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{PAGE}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/{name}\r\n"
    kinds = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return f"{head}{kinds}{answer}\r\n\r\n".encode()


@pytest.mark.parametrize("packed", [gzip.compress, bytes])
def test_a_warc_gives_its_pages(tmp_path, packed):
    pytest.importorskip("warcio")
    answers = (("a", "200 OK", "text/html"), ("b", "404 Not Found", "text/html"), ("c", "200 OK", "image/png"))
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(packed(recorded(*answer)) for answer in answers))
    (document,) = documents(path)
    assert (document.url, document.title, document.text) == ("https://x.example/a", "A page", f"# A page\n\n{ONE}")
