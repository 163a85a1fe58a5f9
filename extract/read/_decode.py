"""Bytes to text: UTF-8, UTF-16 and UTF-32 with a byte order mark, Windows-1252 where it makes sense."""

from __future__ import annotations

import codecs
import re

from extract.read._limits import refuse_binary
from ontology.errors import DocumentRefused

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_LINE_END = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
# What XML, Turtle and terminals cannot carry, half characters, and what is not seen but splits a name or turns the
# order of what is seen: byte order marks, soft hyphens, joiners of no width, marks of direction.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def text_of(data: bytes, source: str) -> str:
    r"""The text that the bytes encode, line ends made `\n`, control characters left out.

    data: bytes; source: str, for the refusal. Raises `DocumentRefused` for binary data and for encodings other than
    UTF-8, UTF-16 or UTF-32 with a byte order mark, and Windows-1252.

    >>> text_of(b"\xef\xbb\xbfTwo\r\nlines", "a.txt")
    'Two\nlines'
    """
    refuse_binary(data, source)
    return printable(_decoded(data, source))


def printable(text: str) -> str:
    r"""The text with line ends made one kind, and without what is not seen and would mislead who reads it.

    >>> printable("TS" + chr(0xAD) + "MC" + chr(0x202E) + " is" + chr(13) + "a foundry")
    'TSMC is\na foundry'
    """
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))


def _decoded(data: bytes, source: str) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and sensible_as_windows(data):
            return data.decode("cp1252")
        what = f"byte {error.start} is not {encoding.removesuffix('-sig').upper()}"
        raise DocumentRefused(source, f"its encoding is not known ({what}); save it as UTF-8") from error


def sensible_as_windows(data: bytes) -> bool:
    """True where the bytes above ASCII are few and stand alone, as accents and quotes do in Western text."""
    high = len(_HIGH.findall(data))
    in_runs = sum(map(len, _HIGH_RUN.findall(data)))
    if high > 0.1 * len(data) or in_runs > 0.5 * high:
        return False
    return not any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")
