"""When a snapshot on disk is worth a copy in memory, and how the copy is made.

Oxigraph answers four times faster from memory, but reading a store off the disk quad by quad takes long. The TriG file
of a built folder holds nearly all of it and loads several times faster, so it is used where it is what the build wrote.
"""

from __future__ import annotations

import hashlib
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import terms as t

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

_BYTES_A_SECOND = 20_000_000  # of TriG, loaded
_MOST = 160_000_000  # bytes of TriG, some two million quads: a copy of more needs over 0.7 GB, so it is for who asks


class Account:
    """What reading a snapshot has cost so far; a copy is due once it has cost as much as the copy will.

    text: Path, the TriG file that the build wrote beside the snapshot. So a graph that is asked once is never copied,
    and one that is asked often has cost at most twice what it would have, had all been known before.
    """

    def __init__(self, text: Path) -> None:
        self.text = text
        size = text.stat().st_size if text.exists() else _MOST + 1
        self._left = size / _BYTES_A_SECOND if size <= _MOST else float("inf")
        self.lock = Lock()

    def spend(self, seconds: float) -> None:
        """Notes time that was spent on reading."""
        self._left -= seconds

    @property
    def due(self) -> bool:
        """True where the copy is worth its time."""
        return self._left <= 0


def digest(text: Path) -> ox.Literal:
    """What a snapshot notes of the file that was written with it."""
    with text.open("rb") as file:
        return _digest(file)


def _digest(file: BufferedReader) -> ox.Literal:
    return ox.Literal(hashlib.file_digest(file, "sha256").hexdigest())


def copied(disk: ox.Store, text: Path | None) -> ox.Store:
    """A copy of a store in memory.

    text: Path or None, the TriG file that may hold what the store does; where it is another one, all is read from disk.
    """
    memory = ox.Store()
    if text is None or not text.exists():
        memory.bulk_extend(disk)
        return memory
    with text.open("rb") as file:  # kept open, so that what is loaded is what was looked at
        if ox.Quad(t.INDEX, t.WRITTEN, _digest(file), t.INDEX) not in disk:
            memory.bulk_extend(disk)
            return memory
        file.seek(0)
        memory.bulk_load(file, ox.RdfFormat.TRIG, lenient=True)
    apart = (disk.quads_for_pattern(None, None, None, graph) for graph in (t.VOCABULARY, t.INDEX))
    memory.bulk_extend(chain.from_iterable(apart))
    return memory
