"""ZIP archives: the files in them, in the order of the archive."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING, cast

from extract.read._heads import Listed
from extract.read._limits import kind
from extract.read._member import Member
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.read._member import Opened

MOST_MEMBERS = 200_000


def certainty(data: bytes) -> float:
    """Sure of a ZIP that is no office document."""
    return 0.9 if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and kind(data) in (None, "a ZIP archive") else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The files in the archive; raises `DocumentRefused` where it is damaged."""
    with opened.seekable_copy() as file:
        yield from _files(file, opened)


def _files(file: IO[bytes], opened: Opened) -> Iterator[Member | DocumentRefused]:
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", Listed(file, opened.source)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise DocumentRefused(opened.source, f"the archive is damaged ({error})") from error
    with archive:
        listed = [info for info in archive.infolist() if not info.is_dir() and not hidden(info.filename)]
        if len(listed) > MOST_MEMBERS:
            raise DocumentRefused(opened.source, f"it holds more than {MOST_MEMBERS:,} files; split it")
        for info in listed:
            try:
                with archive.open(info) as stream:
                    yield Member(info.filename, stream)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, NotImplementedError) as error:
                what = "encrypted" if info.flag_bits & 1 else f"damaged ({error})"
                yield DocumentRefused(f"{opened.source}#{info.filename}", f"it is {what}")


def hidden(name: str) -> bool:
    """True of what systems leave in archives: files with a dot in front, and macOS's second copies.

    >>> hidden("__MACOSX/a.txt"), hidden("news/.DS_Store"), hidden("news/a.txt")
    (True, True, False)
    """
    parts = [part for part in name.split("/") if part not in (".", "..")]
    return any(part.startswith(".") for part in parts) or parts[:1] == ["__MACOSX"]
