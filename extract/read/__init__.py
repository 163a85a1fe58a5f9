"""Files to documents: what a path means, which format its content has, and why a document is refused.

Each public module of this package is one format: `certainty(data)` says how surely a file that begins with these bytes
is of it (0 is no), and either `parse(data, source)` gives the one document, or `members(opened)` what the file holds. A
new format is a new file.
"""

from __future__ import annotations

import os
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from extract.read._fetch import Mark, fetched, fetched_anew, is_address
from extract.read._limits import LARGEST_FILE
from extract.read._member import Budget, Opened
from extract.read._paths import paths
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Document

__all__ = ["LARGEST_FILE", "Mark", "is_address", "paths", "read", "read_all", "read_anew"]

_LARGEST_INPUT = 1_000_000_000


def read(path: str) -> Document:
    """The one document at a path; `-` is standard input.

    path: str, a file or an http(s) address, kept as the document's `source`, bytes that are not UTF-8 in escapes.
    Returns a `Document` whose text is normalised (line ends, control characters) and English. Raises `DocumentRefused`
    with the reason for all else, and where there are several documents (`read_all` gives them).

    >>> read("no/such/file.txt")
    Traceback (most recent call last):
    ontology.errors.DocumentRefused: no/such/file.txt: there is no such file
    """
    found = list(islice(read_all(path), 2))
    if len(found) > 1:
        raise DocumentRefused(path, "it holds several documents; `read_all` gives them one by one")
    if isinstance(found[0], DocumentRefused):
        raise found[0]
    return found[0]


def read_all(path: str) -> Iterator[Document | DocumentRefused]:
    """The documents at a path, one by one: one for an article, many for an archive, a feed or a dump.

    path: str, as for `read`. Yields a `Document` or, in its place, the `DocumentRefused` that says why it cannot be
    had; its source is the path, then `#` and the member's name. Always yields at least one.

    >>> [str(found) for found in read_all("no/such/file.txt")]
    ['no/such/file.txt: there is no such file']
    """
    source = os.fsencode(path).decode("utf-8", "backslashreplace")
    try:
        with _stream(path) as stream:
            yield from _documents(stream, source)
    except DocumentRefused as refused:
        yield refused
    except FileNotFoundError:
        yield DocumentRefused(path, "there is no such file")
    except PermissionError:
        yield DocumentRefused(path, "it may not be read by this user")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield DocumentRefused(path, f"it cannot be read ({error})")


def read_anew(url: str, mark: Mark) -> tuple[Mark, Iterator[Document | DocumentRefused]] | None:
    """The documents at an address where it answers something else than before; None where it does not.

    url: str, http(s); mark: Mark, what was returned the time before, `Mark()` at first. Returns the mark of this
    answer, and what `read_all` yields of it. Raises `DocumentRefused` where the address cannot be read.
    """
    found = fetched_anew(url, mark)
    if found is None:
        return None
    stream, told = found

    def documents() -> Iterator[Document | DocumentRefused]:
        with stream:
            yield from _documents(stream, url)

    return told, documents()


def _documents(stream: IO[bytes], source: str) -> Iterator[Document | DocumentRefused]:
    from extract.read._walk import documents_in  # it lists this package, which must be whole by then

    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    yield from documents_in(Opened(stream, source, Budget(size), charged=False))


def _stream(path: str) -> IO[bytes]:
    if path == "-":
        return _standard_input()
    if is_address(path):
        return fetched(path)
    if "://" in path and not Path(path).exists():
        raise DocumentRefused(path, "addresses of http and https alone are read")
    if Path(path).is_dir():
        raise DocumentRefused(path, "it is a folder, not a document")
    return Path(path).open("rb")


def _standard_input() -> IO[bytes]:
    """What comes on standard input, in a temporary file once it is large: archives are read from their end."""
    kept = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=LARGEST_FILE))  # noqa: SIM115
    while part := sys.stdin.buffer.read(1 << 20):
        kept.write(part)
        if kept.tell() > _LARGEST_INPUT:
            kept.close()
            raise DocumentRefused("-", f"it is larger than {_LARGEST_INPUT // 1_000_000} MB; name a file instead")
    return kept
