"""WARC files, as crawlers keep pages: the successful answers in them, plain or packed."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from typing import IO, TYPE_CHECKING, Any, cast

from extract.read._extras import needed
from extract.read._member import Member, Opened
from extract.read._packed import DAMAGE, start_of, unpacked
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENTS = ("text/", "application/pdf", "application/xhtml", "application/rss", "application/atom", "application/xml")
_LARGEST_HEAD = 100_000


def certainty(data: bytes) -> float:
    """Sure by the first word."""
    return 1.0 if start_of(data).startswith(b"WARC/") else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The pages that were fetched, under their addresses; raises `DocumentRefused` where the file is damaged."""
    archive = needed("warcio.archiveiterator", "a WARC file", opened.source)
    broken = needed("warcio.exceptions", "a WARC file", opened.source).ArchiveLoadFailed
    heads = _Heads(Opened(unpacked(opened), opened.source, opened.budget))  # what is passed over is charged too
    try:
        records = archive.ArchiveIterator(heads)
        while (record := _next(records, heads)) is not None:
            if record.rec_type in ("response", "resource") and _is_document(record):
                yield _page(record)
            while record.raw_stream.read(1 << 16):
                pass
    except (broken, ValueError, *DAMAGE) as error:
        raise DocumentRefused(opened.source, f"the archive is damaged ({error})") from error


class _Heads(io.RawIOBase):
    """The stream of an archive. While it is narrow it gives no more than the head of a record may have.

    The library reads a head line by line, however long the lines are.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._taken = 0
        self._narrow = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        taken = self._opened.readinto(buffer)
        self._taken += taken
        if self._narrow and self._taken > _LARGEST_HEAD:
            raise DocumentRefused(self._opened.source, f"the head of a record is longer than {_LARGEST_HEAD:,} bytes")
        return taken

    def narrow(self, narrow: bool) -> None:
        self._taken, self._narrow = 0, narrow


def _next(records: Iterator[Any], heads: _Heads) -> Any:
    """The next record, None after the last; what the library would print of one with a wrong length is left out."""
    heads.narrow(True)
    with redirect_stderr(io.StringIO()):
        record = next(records, None)
    heads.narrow(False)
    return record


def _is_document(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return False
    kind = headers.get_header("Content-Type") if headers else record.content_type
    return (kind or "").lower().startswith(_DOCUMENTS)


def _page(record: Any) -> Member:
    address = record.rec_headers.get_header("WARC-Target-URI") or "page"
    return Member(address, cast("IO[bytes]", record.content_stream()), {"url": address})
