"""WARC files, as crawlers keep pages: the successful answers in them, plain or packed."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from typing import IO, TYPE_CHECKING, Any, cast

from extract.read._extras import needed
from extract.read._heads import Heads
from extract.read._member import Member, Opened
from extract.read._packed import DAMAGE, start_of, unpacked
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENTS = ("text/", "application/pdf", "application/xhtml", "application/rss", "application/atom", "application/xml")


def certainty(data: bytes) -> float:
    """Sure by the first word."""
    return 1.0 if start_of(data).startswith(b"WARC/") else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The pages that were fetched, under their addresses; raises `DocumentRefused` where the file is damaged."""
    archive = needed("warcio.archiveiterator", "a WARC file", opened.source)
    broken = needed("warcio.exceptions", "a WARC file", opened.source).ArchiveLoadFailed
    heads = Heads(Opened(unpacked(opened), opened.source, opened.budget))  # what is passed over is charged too
    try:
        records = archive.ArchiveIterator(heads)
        while (record := _next(records, heads)) is not None:
            if record.rec_type in ("response", "resource") and _is_document(record):
                yield _page(record)
            while record.raw_stream.read(1 << 16):
                pass
    except (broken, ValueError, *DAMAGE) as error:
        raise DocumentRefused(opened.source, f"the archive is damaged ({error})") from error


def _next(records: Iterator[Any], heads: Heads) -> Any:
    """The next record, None after the last; what the library would print of one with a wrong length is left out."""
    with redirect_stderr(io.StringIO()), heads.narrowed():
        return next(records, None)


def _is_document(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return False
    kind = headers.get_header("Content-Type") if headers else record.content_type
    return (kind or "").lower().startswith(_DOCUMENTS)


def _page(record: Any) -> Member:
    address = record.rec_headers.get_header("WARC-Target-URI") or "page"
    return Member(address, cast("IO[bytes]", record.content_stream()), {"url": address})
