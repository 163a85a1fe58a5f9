"""What a file that holds several documents gives: its members, opened one by one, within a budget."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, cast

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 256_000
"""Bytes that a format is told by."""

LARGEST_COPY = 500_000_000
"""Bytes of an archive within another file, which is unpacked to a temporary file to be read."""

_RATIO = 200  # text packs at most some twenty times; a bomb a thousand times
_FREE = 50_000_000


class Budget:
    """How many bytes a file may unpack to, over all that is in it.

    packed: int, bytes of the file itself.

    >>> Budget(1).spend(60_000_000, "bomb.zip")
    Traceback (most recent call last):
    ontology.errors.DocumentRefused: bomb.zip: it unpacks to far more than text does (a zip bomb?); unpack it yourself
    """

    def __init__(self, packed: int) -> None:
        self._left = _FREE + _RATIO * packed

    def spend(self, size: int, source: str) -> None:
        """Takes some bytes from what is left; raises `DocumentRefused` where that is too little."""
        self._left -= size
        if self._left < 0:
            raise DocumentRefused(source, "it unpacks to far more than text does (a zip bomb?); unpack it yourself")


class Opened(io.RawIOBase):
    """A file or a member being read: its first bytes can be looked at before it is read.

    stream: binary stream; source: str, what it is called; budget: Budget, what reading it is charged to.

    >>> opened = Opened(io.BytesIO(b"One line"), "a.txt", Budget(8))
    >>> opened.head(), opened.read(3)
    (b'One line', b'One')
    """

    def __init__(self, stream: IO[bytes], source: str, budget: Budget, *, charged: bool = True) -> None:
        self._stream = stream
        self._pushed = b""
        self._charged = charged
        self.source = source
        self.budget = budget

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills a buffer; as `io.RawIOBase` has it."""
        view = memoryview(cast("bytearray", buffer))
        if self._pushed:
            data, self._pushed = self._pushed[: len(view)], self._pushed[len(view) :]
        else:
            data = self._taken(len(view))
        view[: len(data)] = data
        return len(data)

    def head(self) -> bytes:
        """The first bytes, which stay unread."""
        while len(self._pushed) < HEAD and (more := self._taken(HEAD - len(self._pushed))):
            self._pushed += more
        return self._pushed

    def whole(self, largest: int) -> bytes:
        """All that is left, but at most one byte more than `largest`."""
        parts, left = [], largest + 1
        while left and (part := self.read(left)):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def buffered(self) -> io.BufferedReader:
        """A stream of it that can be read by lines."""
        return io.BufferedReader(self, 1 << 16)

    def seekable_copy(self) -> IO[bytes]:
        """A stream that can be read from any place: the file itself where it is one, else a temporary copy."""
        if not self._charged:
            self._stream.seek(0)
            return self._stream
        copy = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=20_000_000))  # noqa: SIM115
        while part := self.read(1 << 16):
            copy.write(part)
            if copy.tell() > LARGEST_COPY:
                copy.close()
                raise DocumentRefused(self.source, f"it unpacks to more than {LARGEST_COPY // 1_000_000} MB")
        copy.seek(0)
        return copy

    def _taken(self, size: int) -> bytes:
        data = self._stream.read(size) or b""
        if self._charged:
            self.budget.spend(len(data), self.source)
        return data


@dataclass(frozen=True, slots=True)
class Member:
    """One of the things that a file holds.

    name: str, what tells it from the others, empty where the file holds but one; stream: binary stream; facts: mapping
    of fields of `Document` to what the file says of this member; formats: the names of the formats that it can have,
    empty for any.
    """

    name: str
    stream: IO[bytes]
    facts: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    formats: frozenset[str] = frozenset()

    @staticmethod
    def of_text(name: str, text: str, facts: Mapping[str, str | None]) -> Member:
        """A member whose text stands in the file itself, plain or HTML."""
        data = text.encode("utf-8", "surrogateescape")
        return Member(name, io.BytesIO(data), facts, frozenset({"html", "text"}))
