"""What an earlier page of the same graph remembers: where its nodes stood and which edges it had.

A map that jumps at every build cannot be learnt. So a page is written with the one before in mind: what stood somewhere
stays there, and what that page did not know is marked as new. A page whose graph has not changed is written as it was.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.view.scene import EdgeKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_ISLAND = re.compile(rb'<script type="application/octet-stream" id="data">([A-Za-z0-9+/=]+)</script>')
_PIECE = 10_000  # values of a list that are written at once


@dataclass(frozen=True, slots=True)
class Memory:
    """An earlier page.

    fingerprint: str, of what it said; compared: bool, whether it was written with a page before it in mind; places:
    mapping of node id to (x, y); nodes, edges: mappings of node id and `EdgeKey` to True where they were new then.
    """

    fingerprint: str
    compared: bool
    places: Mapping[str, tuple[int, int]]
    nodes: Mapping[str, bool]
    edges: Mapping[EdgeKey, bool]


def pack(value: Any) -> str:
    """A value as the page carries it: JSON, gzipped, in base64, which can stand in a script element as it is.

    >>> unpack(pack({"name": "</script>"}))
    {'name': '</script>'}
    """
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=9, fileobj=packed, mtime=0) as written:
        written.writelines(_pieces(value))
    return base64.b64encode(packed.getbuffer()).decode()


def fingerprint(value: Any) -> str:
    """16 hexadecimal digits that stand for a value, the same for equal ones.

    >>> fingerprint({"a": [1]}) == fingerprint({"a": [1]}) != fingerprint({"a": [2]})
    True
    """
    found = hashlib.sha256()
    for piece in _pieces(value):
        found.update(piece)
    return found.hexdigest()[:16]


def _pieces(value: Any) -> Iterator[bytes]:
    """A value as JSON in UTF-8, piece by piece: all of a large page at once is many times what it packs to."""
    if isinstance(value, dict):
        for number, (key, held) in enumerate(value.items()):
            yield b"%b%b:" % (b"," if number else b"{", _json(key))
            yield from _pieces(held)
        yield b"}" if value else b"{}"
    elif isinstance(value, list) and len(value) > _PIECE:
        for start in range(0, len(value), _PIECE):
            yield (b"," if start else b"[") + _json(value[start : start + _PIECE])[1:-1]
        yield b"]"
    else:
        yield _json(value)


def _json(value: Any) -> bytes:
    # A lone surrogate has no UTF-8; its escape, which is the same in Python and JSON, keeps the file writable.
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return dumped.encode("utf-8", "backslashreplace")


def unpack(packed: str | bytes) -> Any:
    """The value that `pack` packed."""
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def remember(page: Path) -> Memory | None:
    """What a page of ours remembers; None where there is no page, or one that this version cannot read."""
    if not page.is_file():
        return None
    found = _ISLAND.search(page.read_bytes())
    try:
        return _memory(unpack(found[1])) if found else None
    except (KeyError, IndexError, ValueError, EOFError, OSError):
        return None


def _memory(data: dict[str, Any]) -> Memory:
    ids, drawing, edges = data["nodes"]["id"], data["drawing"], data["edges"]
    keys = [
        EdgeKey(ids[s], data["relations"][r]["id"], ids[o], data["stances"][stance]["id"])
        for s, r, o, stance in zip(
            drawing["edges"]["from"], edges["relation"], drawing["edges"]["to"], edges["stance"], strict=True
        )
    ]
    return Memory(
        data["fingerprint"],
        data["compared"],
        dict(zip(ids, zip(drawing["nodes"]["x"], drawing["nodes"]["y"], strict=True), strict=True)),
        dict(zip(ids, map(bool, data["nodes"]["new"]), strict=True)),
        dict(zip(keys, map(bool, edges["new"]), strict=True)),
    )
