"""WARC files, as crawlers keep pages: the successful answers in them, plain or packed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from extract.read._extras import needed
from extract.read._limits import LARGEST_FILE
from extract.read._member import Member
from extract.read._packed import DAMAGE, start_of
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.read._member import Opened

_DOCUMENTS = ("text/", "application/pdf", "application/xhtml", "application/rss", "application/atom", "application/xml")


def certainty(data: bytes) -> float:
    """Sure by the first word."""
    return 1.0 if start_of(data).startswith(b"WARC/") else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The pages that were fetched, under their addresses; raises `DocumentRefused` where the file is damaged."""
    archive = needed("warcio.archiveiterator", "a WARC file", opened.source)
    broken = needed("warcio.exceptions", "a WARC file", opened.source).ArchiveLoadFailed
    try:
        for record in archive.ArchiveIterator(opened.buffered(), no_record_parse=False):
            if record.rec_type in ("response", "resource") and _is_document(record):
                yield _page(record, opened)
    except (broken, ValueError, *DAMAGE) as error:
        raise DocumentRefused(opened.source, f"the archive is damaged ({error})") from error


def _is_document(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return False
    kind = headers.get_header("Content-Type") if headers else record.content_type
    return (kind or "").lower().startswith(_DOCUMENTS)


def _page(record: Any, opened: Opened) -> Member | DocumentRefused:
    address = record.rec_headers.get_header("WARC-Target-URI") or "page"
    data = record.content_stream().read(LARGEST_FILE + 1)
    opened.budget.spend(len(data), opened.source)
    return Member(address, io.BytesIO(data), {"url": address})
