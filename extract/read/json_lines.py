"""JSON: an article a line, or one value that holds a list of articles."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from extract.read._columns import member_of
from extract.read._decode import text_of
from extract.read._limits import LARGEST_FILE, require_size
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.read._member import Member, Opened

_JSON = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\})')
_ONE_A_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{[^\r\n]*\}[ \t]*\r?(?:\n|\Z)")


def certainty(data: bytes) -> float:
    """Sure of what begins with an object or a list of objects."""
    return 0.9 if _JSON.match(data[:5_000]) else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The articles, under their ids or addresses, else the numbers of their lines."""
    head = opened.head()
    newline = head.find(b"\n") == -1 and len(head) > 200_000  # a first line longer than what was looked at
    if _ONE_A_LINE.match(head) or (newline and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")):
        yield from _by_line(opened)
        return
    data = opened.whole(LARGEST_FILE)
    require_size(data, opened.source, LARGEST_FILE)
    for at, row in enumerate(_listed(_loaded(data, opened.source)), start=1):
        yield member_of(row, str(at), opened.source)


def _by_line(opened: Opened) -> Iterator[Member | DocumentRefused]:
    stream = opened.buffered()
    at = 0
    while line := stream.readline(LARGEST_FILE + 1):
        at += 1
        place = f"{opened.source}#{at}"
        if len(line) > LARGEST_FILE:
            raise DocumentRefused(place, f"the line is longer than {LARGEST_FILE // 1_000_000} MB; split it")
        if not line.strip():
            continue
        try:
            row = _loaded(line, place)
        except DocumentRefused as refused:
            yield refused
            continue
        if isinstance(row, dict):
            yield member_of(row, str(at), opened.source)
        else:
            yield DocumentRefused(place, "the line is no JSON object")


def _loaded(data: bytes, source: str) -> Any:
    try:
        return json.loads(text_of(data, source))
    except RecursionError as error:
        raise DocumentRefused(source, "its JSON is nested too deeply") from error
    except ValueError as error:
        raise DocumentRefused(source, f"it is not JSON ({error})") from error


def _listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, of the first list of objects within an object, or the object itself."""
    if isinstance(value, list):
        return [row for row in value if isinstance(row, dict)]
    if not isinstance(value, dict):
        return []
    lists = (part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict))
    return _listed(next(lists, None) or [value])
