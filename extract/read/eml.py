"""E-mail messages: the text, and what is attached."""

from __future__ import annotations

import io
import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from extract.read._limits import LARGEST_FILE, require_size
from extract.read._member import Member
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart

    from extract.read._member import Opened

_HEADERS = re.compile(rb"\A(?:[!-9;-~]{1,70}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}\r?\n")
_FROM = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)
_OTHER = re.compile(rb"^(?:message-id|mime-version|received|to|content-type):", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_MOST_PARTS = 1_000


def certainty(data: bytes) -> float:
    """Sure of headers as messages have them: from whom, and two more."""
    match = _HEADERS.match(data[:100_000])
    return 0.95 if match and _FROM.search(match[0]) and _OTHER.search(match[0]) else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The message, then the files attached to it."""
    data = opened.whole(LARGEST_FILE)
    require_size(data, opened.source, LARGEST_FILE)
    if _MULTIPART.search(data) and sum(1 for _ in _BOUNDARY.finditer(data)) > 2 * _MOST_PARTS:
        raise DocumentRefused(opened.source, f"it has more than {_MOST_PARTS:,} parts")
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain", "html"))
    if body is not None:
        yield Member("", io.BytesIO(_content(body)), _said(message), frozenset({"html", "text"}))
    for at, part in enumerate(message.iter_attachments() if message.is_multipart() else (), start=1):
        if part.get_content_maintype() in ("image", "audio", "video"):
            continue
        content = part.as_bytes() if part.is_multipart() else _content(part)
        yield Member(str(part.get_filename() or f"attachment {at}"), io.BytesIO(content))


def _content(part: MIMEPart) -> bytes:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_maintype() != "text" or not charset:
        return data
    try:
        return data.decode(charset).encode()
    except (LookupError, UnicodeError):  # a charset that is not there, or not that of the bytes: judged by its bytes
        return data


def _said(message: EmailMessage) -> dict[str, str | None]:
    return {"title": _header(message, "subject"), "author": _author(message), "date": _date(message)}


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message[name]).split()) if message[name] else None
    except (ValueError, IndexError, AttributeError, MessageError):  # the library on some broken headers
        return None


def _author(message: EmailMessage) -> str | None:
    sender = _header(message, "from") or ""
    return sender.partition("<")[0].strip(' "') or sender.strip("<> ") or None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
