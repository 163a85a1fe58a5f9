"""Limits on what an archive says of its members, which libraries read whole, however long it claims to be."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.read._member import Opened

LARGEST_HEAD = 200_000
"""Bytes before a member that tell of it: names, headers, and what is read ahead of its content."""

LARGEST_LIST = 60_000_000
"""Bytes of the list of all members that some archives have at their end."""


class Heads(io.RawIOBase):
    """The stream of an archive that is read from its start to its end.

    opened: Opened. While it is `narrowed` it gives no more than the head of a member may have.

    >>> from extract.read._member import Budget, Opened
    >>> heads = Heads(Opened(io.BytesIO(b"a" * 300_000), "a.tar", Budget(1)))
    >>> with heads.narrowed():
    ...     len(heads.read(300_000))
    Traceback (most recent call last):
    ontology.errors.DocumentRefused: a.tar: the head of a member is longer than 200,000 bytes
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._left: int | None = None

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills a buffer; as `io.RawIOBase` has it."""
        taken = self._opened.readinto(buffer)
        if self._left is not None:
            self._left -= taken
            if self._left < 0:
                raise DocumentRefused(
                    self._opened.source, f"the head of a member is longer than {LARGEST_HEAD:,} bytes"
                )
        return taken

    @contextmanager
    def narrowed(self) -> Iterator[None]:
        """While the next head is read."""
        self._left = LARGEST_HEAD
        yield
        self._left = None


class Listed:
    """A file with a list of its members at its end, which is read at once.

    file: binary stream that can be read from any place; source: str, what it is called.
    """

    def __init__(self, file: IO[bytes], source: str) -> None:
        self._file = file
        self._source = source
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """As the file does it; raises `DocumentRefused` where more is asked for than a list of members has."""
        if size > LARGEST_LIST:
            raise DocumentRefused(
                self._source, f"the list of its members is longer than {LARGEST_LIST // 1_000_000} MB; split it"
            )
        return self._file.read(size)
