"""Streams that are packed with gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from extract.read._member import Opened

DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError)
"""What reading a damaged stream raises."""

_MAGIC: tuple[tuple[bytes, Any], ...] = (
    (b"\x1f\x8b\x08", lambda: zlib.decompressobj(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(memlimit=1 << 28)),
)


def is_packed(head: bytes) -> bool:
    """True where a file that begins so is packed."""
    return any(head.startswith(magic) for magic, _ in _MAGIC)


def start_of(head: bytes, size: int = 4096) -> bytes:
    """The first bytes of what is packed; the bytes themselves where nothing is.

    >>> import gzip
    >>> start_of(gzip.compress(b"WARC/1.0"))
    b'WARC/1.0'
    """
    made = next((made for magic, made in _MAGIC if head.startswith(magic)), None)
    if made is None:
        return head[:size]
    try:
        return bytes(made().decompress(head, size))
    except DAMAGE:
        return b""


def unpacked(opened: Opened) -> IO[bytes]:
    """The stream that is packed in an opened file; the file itself where nothing is."""
    head, stream = opened.head(), opened.buffered()
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(stream)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream) if is_packed(head) else stream)
