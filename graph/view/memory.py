"""What an earlier page of the same graph remembers: where its nodes stood and which edges it had.

A map that jumps at every build cannot be learnt. So a page is written with the one before in mind: what stood somewhere
stays there, and what that page did not know is marked as new. A page whose graph has not changed is written as it was.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.view.scene import EdgeKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ISLAND = re.compile(rb'<script type="application/octet-stream" id="data">([A-Za-z0-9+/=]+)</script>')


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
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate has no UTF-8; its escape keeps the file writable.
    safe = "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in dumped)
    return base64.b64encode(gzip.compress(safe.encode(), compresslevel=9, mtime=0)).decode()


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
