"""What no reader accepts: nothing at all, too much, and things that are not text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from extract.model import Document

LARGEST_FILE = 20_000_000
"""Bytes: more than any document whose text is within the limit needs, markup and all."""

LARGEST_TEXT = 5_000_000

# Byte, what the file is called in the refusal. Longer prefixes need not come first: none is a prefix of another.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF media file"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
)
_OFFICE = (
    (b"opendocument", "an OpenDocument file"),
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.002


def kind(data: bytes) -> str | None:
    """What a known binary format is called, by its first bytes; None for anything else.

    >>> kind(b"%PDF-1.7")
    'a PDF'
    """
    if data.startswith(b"PK\x03\x04"):
        return next((name for part, name in _OFFICE if part in data), "a ZIP archive")
    if data[4:8] == b"ftyp":
        return "an MP4 media file"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), None)


def require_size(data: bytes, source: str, largest: int) -> None:
    """Refuses no bytes at all and more bytes than `largest`."""
    if not data:
        raise DocumentRefused(source, "it is empty")
    if len(data) > largest:
        raise DocumentRefused(source, f"it is larger than {largest // 1_000_000} MB; split it")


def require_text(document: Document) -> None:
    """Refuses a document without a word, and one that is too long to be one document."""
    if not any(c.isalnum() for c in document.text):
        raise DocumentRefused(document.source, "it holds no text")
    if len(document.text) > LARGEST_TEXT:
        raise DocumentRefused(document.source, f"its text is longer than {LARGEST_TEXT:,} characters; split it")


def refuse_binary(data: bytes, source: str) -> None:
    """Refuses known binary formats by name, and others by their NUL bytes and control characters."""
    if name := kind(data):
        raise DocumentRefused(source, f"it is {name}; convert it to text first")
    if data.startswith(_WIDE_MARKS):
        return
    if b"\x00" in data:
        raise DocumentRefused(source, "it is binary (it holds NUL bytes), not text")
    if len(_CONTROLS.findall(data)) > max(2, _MOST_CONTROLS * len(data)):
        raise DocumentRefused(source, "it is binary (it holds control characters), not text")
