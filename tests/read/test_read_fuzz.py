"""Bad inputs without end: each becomes a document or a refusal with a reason, never an error that stops a build.

`CHIPGRAPH_FUZZ=10000 python -m pytest -s tests/read/test_read_fuzz.py` tries that many and prints what became of each
kind, the slowest and the memory. A kind is a function from chance to bytes; seeds/ holds inputs of kinds that chance
seldom makes, written by hand.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import tarfile
import time
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.model import Document
from extract.read import read_all
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = int(os.environ.get("CHIPGRAPH_FUZZ", "40"))
SEEDS = sorted(Path(__file__).parent.joinpath("seeds").iterdir())
TEXT = "Cedar Gas supplies neon to Aster Fab, and it has done so for the last three years of the market. "
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def word(body: str) -> bytes:
    return zipped({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()})


def pdf(shown: bytes, *, kids: bytes = b"3 0 R", stream: bytes = b"", more: bytes = b"") -> bytes:
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 1 >>" % kids,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(shown), stream, shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    listed = b"".join(b"%d 0 obj\n%s\nendobj\n" % part for part in enumerate(parts, start=1))
    return b"%%PDF-1.4\n%s%strailer\n<< /Size 9 /Root 1 0 R >>\n%%%%EOF" % (listed, more)


SHOWN = b"BT /F 10 Tf 50 700 Td (The fab makes semiconductors.) Tj ET"
HTML = f"<html><head><title>T</title></head><body><article><p>{TEXT}</p><ul><li>x</ul></article></body></html>".encode()
ROW = json.dumps({"title": "T", "text": TEXT, "date": "2025-03-04"}).encode() + b"\n"
MESSAGE = f"From: a@a.example\nTo: b@b.example\nSubject: =?utf-8?q?T?=\nMIME-Version: 1.0\n\n{TEXT}".encode()
FEED = f"<rss><channel><title>P</title><item><title>T</title><description>{TEXT}</description></item></channel></rss>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)
CSV = f'title,text\nT,"{TEXT}"\n'.encode()
GOOD = [
    *(TEXT.encode(), HTML, ROW * 3, CSV, MESSAGE, FEED.encode(), word(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>")),
    *(pdf(SHOWN), WARC, zipped({"a.html": HTML}), tarred("a.txt", TEXT.encode()), gzip.compress(ROW)),
    zipped({"b.zip": zipped({"a": HTML})}),
]
TRICKS = [
    *(b"\x00", b"\xff\xfe", b"\x1b[2J", "\u202e\u2066\u200b\ufeff".encode(), b"\xed\xa0\x80", b"%s%n"),
    *(b"<!ENTITY a '&a;&a;'>", b"<" * 3000, b"<!---->" * 700, b"<div>" * 3000, b"[" * 3000, b'{"a":' * 3000),
    *(b"a" * 100_000, b"(" * 3000, b"\r", b'"', b"]]>", b"&#x110000;", b"-1 0 obj", b"4 0 R 4 0 R", b"/Kids [2 0 R]"),
    b"/Length 999999999999",
]


def spoiled(chance: random.Random) -> bytes:
    """A good file that was cut, overwritten, doubled or had a trick put in, a few times over."""
    data = bytearray(chance.choice(GOOD))
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


def truncated(chance: random.Random) -> bytes:
    data = chance.choice(GOOD)
    return data[: chance.randrange(len(data))]


def wrongly_encoded(chance: random.Random) -> bytes:
    words = TEXT + chance.choice(["Çé ñ", "日本の半導体", "Привет мир", "\u202eabc", "💾"]) * chance.randint(1, 90)
    codec = chance.choice(["utf-16-le", "utf-16-be", "utf-7", "shift_jis", "gb18030", "koi8-r", "latin-1", "utf-8"])
    data = words.encode(codec, "replace") + chance.choice([b"", b"\xc3\x28", b"\xf8\x88\x80", b"\xc0\xaf"])
    return chance.choice([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"<html><meta charset=utf-8><p>"]) + data


def bomb(chance: random.Random) -> bytes:
    """A small file that unpacks to a large one, in all that can be packed."""
    large = chance.choice([b"a", TEXT.encode(), b"\x00", b"<p>", ROW]) * chance.randint(1, 60_000)
    large *= max(1, 30_000_000 // len(large) // chance.randint(1, 30))
    stuffed = zlib.compress(large[:20_000_000])
    return chance.choice([
        lambda: zipped({f"{at}.txt": large for at in range(chance.randint(1, 8))}),
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": large})})}),
        lambda: gzip.compress(gzip.compress(gzip.compress(large))),
        lambda: tarred("a", large),
        lambda: zipped({"word/document.xml": f"<w:document {W}>".encode() + large, "word/styles.xml": large}),
        lambda: pdf(stuffed, stream=b"/Filter /FlateDecode"),
        lambda: pdf(zlib.compress(stuffed), stream=b"/Filter [/FlateDecode /FlateDecode]"),
        lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n" + ANSWER,
    ])()  # fmt: skip


def nested(chance: random.Random) -> bytes:
    deep = 10 ** chance.randint(1, 5)
    tag = chance.choice([b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>", b"<font>", b"<svg>", b"<blockquote>"])
    inner = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * min(deep, 3000)
    table = f"<w:tbl><w:tr><w:tc>{'<w:sdt><w:sdtContent>' * min(deep, 9000)}"
    return chance.choice([
        b"<html><body>" + tag * deep + TEXT.encode(),
        b'{"text":' + b"[" * deep,
        b'[{"text":"' + TEXT.encode() + b'","b":' + b'{"a":' * deep + b"1" + b"}" * deep + b"}]",
        b"<rss>" + b"<item>" * deep + b"</rss>",
        b"From: a@a.example\nTo: b\nMIME-Version: 1.0\n" + inner + TEXT.encode(),
        word(table),
        pdf(b"[" * deep + SHOWN),
        pdf(b"q " * deep + SHOWN + b" BT" * deep),
        pdf(SHOWN, more=b"8 0 obj\n" + b"<< /A " * deep + b"\nendobj\n"),
    ])  # fmt: skip


def long_line(chance: random.Random) -> bytes:
    line = chance.choice([b"a", b"a ", TEXT.encode(), b"\t", b",", b'"', b"| a ", b"- ", b"#", b"1.", b"[a](b)", b"()"])
    line *= chance.choice([10_000, 1_000_000, 22_000_000]) // len(line)
    around = chance.choice([b"%s", b"title,text\nT,%s\n", b'{"title":"T","text":"%s"}\n', b"<html><p>%s</p>", b"# %s"])
    return around.replace(b"%s", line)


def unseen(chance: random.Random) -> bytes:
    """Control characters, marks of direction, half characters, a thousand accents on a letter."""
    marks = ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\x1b[31m", "\x07", "\x00", "\x85", "e" + "\u0301" * 999]
    marks += ["\U000e0041", "\ufdd0", "\u2028", "\x0b", "\u0378", "&#8238;", "&#0;", "&#xD800;", "&zwj;"]
    words = list(TEXT * 4)
    for _ in range(chance.randint(1, 60)):
        words.insert(chance.randrange(len(words)), chance.choice(marks))
    plain = "".join(words).encode("utf-8", "surrogatepass")
    return chance.choice([plain, b"<html><body><p>" + plain, b"title,text\nT," + plain, b"Title: " + plain])


def hostile_html(chance: random.Random) -> bytes:
    parts = [
        b"<script>while(1);</script>",
        b"<p " + b"a=1 " * 5000 + b">",
        b"<table><td colspan=999999999>x",
        b"<!DOCTYPE x [",
    ]
    parts += [
        b"<img src=x onerror=alert(1)>",
        b"<meta http-equiv=refresh content=0>",
        b"<![CDATA[",
        b"<!--",
        b"</p>" * 2000,
    ]
    parts += [b'<script type="application/ld+json">' + b'{"@graph":' * 9000 + b"</script>", b"<a href='javascript:x'>"]
    parts += [b"<time datetime='" + b"9" * 5000 + b"'>", b"<br>" * 9000, b"<p>" * 20_000, b"&" * 9000, b"<title>" * 500]
    parts += [
        b"<plaintext>",
        b"<base href=//[>",
        b'<link rel=canonical href="http://[::1">',
        b"<select><option>" * 3000,
    ]
    body = b"".join(chance.choice([*parts, TEXT.encode(), b"<p>"]) for _ in range(chance.randint(1, 12)))
    return b"<html><body>" + body + TEXT.encode()


def hostile_pdf(chance: random.Random) -> bytes:
    shown = chance.choice([
        SHOWN, b"BT /F 1e308 Tf (a) Tj ET", b"BT " + b"(a) Tj " * 20_000, b"/X Do " * 5000, b"BI /W 1 ID \x00 EI" * 500,
        b"1 0 0 1 1e300 -1e300 cm " + SHOWN, b"BT /F 10 Tf 0 0 0 0 0 0 Tm (a) Tj ET",
        b"0 0 m " + b"1 1 l " * 50_000 + b"S",
    ])  # fmt: skip
    more = chance.choice([
        b"", b"xref\n0 99999999\n", b"startxref\n-5\n%%EOF", b"trailer << /Prev 0 /Root 1 0 R >> startxref 0 %%EOF",
        b"6 0 obj << /Type /ObjStm /N 99999999 /First 5 /Length 3 >> stream\n0 0\nendstream endobj ",
        b"7 0 obj 7 0 R endobj ", b"trailer << /Encrypt << /Filter /Standard /V 9 >> /Root 1 0 R >> ",
    ])  # fmt: skip
    kids = chance.choice([b"3 0 R", b"2 0 R", b"3 0 R " * 3000, b"1 0 R", b"null", b"(a)", b"9 0 R", b""])
    stream = chance.choice(
        [b"", b"/Filter /LZWDecode", b"/Filter /ASCII85Decode", b"/Filter /JBIG2Decode", b"/Filter 3 0 R"]
    )
    return pdf(shown, kids=kids, stream=stream, more=more)


def rubbish(chance: random.Random) -> bytes:
    start = chance.choice(
        [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"WARC/1.0\r\n", b"{"]
    )
    return start + chance.randbytes(chance.choice([1, 50, 5000, 100_000]))


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "spoiled good file": spoiled,
    "truncated": truncated,
    "wrong encoding": wrongly_encoded,
    "bomb": bomb,
    "deep nesting": nested,
    "long line": long_line,
    "unseen characters": unseen,
    "hostile HTML": hostile_html,
    "hostile PDF": hostile_pdf,
    "rubbish": rubbish,
}
LARGE = (bomb, long_line)
"""Kinds that cost more than all others together and so come up more seldom."""

UNSEEN = set("\x00\r\x1b\u202e\u2066\u200b\ufeff\ud800")


def outcome(path: Path) -> str:
    """What became of a file; fails where that is neither a good document nor a refusal with a reason."""
    found = list(read_all(str(path)))
    assert found
    for one in found:
        assert isinstance(one, Document | DocumentRefused)
        assert one.reason if isinstance(one, DocumentRefused) else not set(one.text) & UNSEEN
    return "read" if any(isinstance(one, Document) for one in found) else "refused"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_what_once_broke_something_no_longer_does(seed):
    assert outcome(seed) in ("read", "refused")


def test_bad_inputs_are_read_or_refused_with_a_reason(tmp_path):
    path, ends = tmp_path / "input", Counter()
    slowest, largest, names = (0.0, "", 0), (0, "", 0), list(KINDS)
    for number in range(TIMES):
        chance = random.Random(number)
        kind = chance.choices(names, [0.1 if KINDS[name] in LARGE else 1 for name in names])[0]
        path.write_bytes(data := KINDS[kind](chance))
        started = time.perf_counter()
        try:
            ends[kind, outcome(path)] += 1
        except BaseException:
            print(f"input {number}, {kind}")  # noqa: T201 (which one it was)
            raise
        slowest = max(slowest, (time.perf_counter() - started, kind, number))
        largest = max(largest, (len(data), kind, number))
    for kind in names:
        print(f"{kind}: {ends[kind, 'read']} read, {ends[kind, 'refused']} refused")  # noqa: T201 (shown by -s)
    memory = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"slowest {slowest}, largest {largest}, memory in MB (this process, parsers) {memory}")  # noqa: T201
    assert {end for _, end in ends} == {"read", "refused"}
