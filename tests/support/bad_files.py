"""Bad files by chance: good ones that were spoiled, bombs, deep nesting, long lines, characters that mislead.

Each public function of `KINDS` makes an input from chance; `hostile_files` has what is bad in the manner of one format.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

TEXT = "Cedar Gas supplies neon to Aster Fab, and it has done so for the last three years of the market. "
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True)
class Long:
    """A file that is made as it is read: a head, a filling so many times over, an end."""

    head: bytes
    filling: bytes
    times: int
    end: bytes = b""

    def __len__(self) -> int:
        return len(self.head) + len(self.filling) * self.times + len(self.end)

    def opened(self) -> io.BufferedReader:
        """A stream of it that can be read from any place."""
        return io.BufferedReader(_Made(self))


class _Made(io.RawIOBase):
    def __init__(self, made: Long) -> None:
        self._made, self._at = made, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._made)}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        made, start = self._made, len(self._made.head)
        inside, end = self._at - start, start + len(made.filling) * made.times
        if inside < 0:
            data = made.head[self._at :]
        elif self._at >= end:
            data = made.end[self._at - end :]
        else:
            turn = inside % len(made.filling)
            wanted = -(-(len(buffer) + turn) // len(made.filling))
            data = (made.filling * min(wanted, made.times - inside // len(made.filling)))[turn:]
        data = data[: len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


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


def word(body: str, **parts: str) -> bytes:
    """A Word document with that body; parts: other files in it, "core" and "styles" as Word calls them."""
    files = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    places = {"core": "docProps/core.xml", "styles": "word/styles.xml", "document": "word/document.xml"}
    return zipped({name: part.encode() for name, part in (files | {places[k]: v for k, v in parts.items()}).items()})


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
HEADERS = "From: a@a.example\nTo: b@b.example\nSubject: =?utf-8?q?T?=\nMIME-Version: 1.0\n"
MESSAGE = f"{HEADERS}\n{TEXT}".encode()
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
    return chance.choice([
        lambda: zipped({f"{at}.txt": large for at in range(chance.randint(1, 8))}),
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": large})})}),
        lambda: gzip.compress(gzip.compress(gzip.compress(large))),
        lambda: tarred("a", large),
        lambda: zipped({"word/document.xml": f"<w:document {W}>".encode() + large, "word/styles.xml": large}),
        lambda: pdf(zlib.compress(large[:4_000_000]), stream=b"/Filter /FlateDecode"),
        lambda: pdf(zlib.compress(zlib.compress(large[:4_000_000])), stream=b"/Filter [/FlateDecode /FlateDecode]"),
        lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n" + ANSWER,
    ])()  # fmt: skip


def nested(chance: random.Random) -> bytes:
    deep = 10 ** chance.choice([1, 1, 2, 2, 3, 3, 4, 4, 5])
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


def tar_of_long_name(kind: bytes) -> bytes:
    """The head of a tar archive that says that a name of a gigabyte follows."""
    info = tarfile.TarInfo("a")
    info.type, info.size = kind, 10**9
    return info.tobuf()


LINES = (b"a", b"a ", TEXT.encode(), b"\t", b",", b'"', b"| a ", b"- ", b"#", b"1.", b"[a](b)", b"()")


def long_line(chance: random.Random) -> bytes:
    line = chance.choice(LINES)
    line *= chance.choice([10_000, 1_000_000, 22_000_000]) // len(line)
    around = chance.choice([b"%s", b"title,text\nT,%s\n", b'{"title":"T","text":"%s"}\n', b"<html><p>%s</p>", b"# %s"])
    return around.replace(b"%s", line)


def gigabyte_line(chance: random.Random) -> bytes | Long:
    """A line of a gigabyte, as it is and packed, in each format that is read line by line or at once."""
    line = chance.choice(LINES)
    head = chance.choice([
        *(b"", b"title,text\nT,", b'title,text\n"T","', b'{"title":"T","text":"', b"[", b"<html><p>", b"<rss><a>"),
        *(HEADERS.encode() + b"\n", HEADERS.encode() + b"X-Long: ", b"%PDF-1.4\n", b"WARC/1.0\r\nX-Long: ", ROW),
        *(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\n", b"# ", b"PK\x03\x04"),
        *(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\nHTTP/1.1 200 OK\r\nX: ", CSV + b'T,"'),
        *(tar_of_long_name(tarfile.GNUTYPE_LONGNAME), tar_of_long_name(tarfile.XHDTYPE)),
    ])  # fmt: skip
    if chance.random() < 0.5:
        return Long(head, line * (1_000_000 // len(line)), 1000, b"\n")
    pack = chance.choice([gzip.compress, bz2.compress, lzma.compress])
    return pack(head) + pack(line * (4_000_000 // len(line))) * 250  # packed files may be joined


def unseen(chance: random.Random) -> bytes:
    """Control characters, marks of direction, half characters, a thousand accents on a letter."""
    marks = ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\x1b[31m", "\x07", "\x00", "\x85", "e" + "\u0301" * 999]
    marks += ["\U000e0041", "\ufdd0", "\u2028", "\x0b", "\u0378", "&#8238;", "&#0;", "&#xD800;", "&zwj;"]
    words = list(TEXT * 4)
    for _ in range(chance.randint(1, 60)):
        words.insert(chance.randrange(len(words)), chance.choice(marks))
    plain = "".join(words).encode("utf-8", "surrogatepass")
    return chance.choice([plain, b"<html><body><p>" + plain, b"title,text\nT," + plain, b"Title: " + plain])


def rubbish(chance: random.Random) -> bytes:
    start = chance.choice(
        [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"WARC/1.0\r\n", b"{"]
    )
    return start + chance.randbytes(chance.choice([1, 50, 5000, 100_000]))
