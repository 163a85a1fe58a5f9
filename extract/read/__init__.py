"""Files to documents: what a path means, which format its content has, and why a document is refused.

Each public module of this package is one format with two functions: `certainty(data)`, how surely the bytes are
of that format (0 is no), and `parse(data, source)`, the document. A new format is a new file.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from extract.read._language import require_english
from extract.read._limits import require_size, require_text
from extract.read._paths import paths
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from extract.model import Document

__all__ = ["LARGEST_FILE", "paths", "read"]

LARGEST_FILE = 20_000_000
"""Bytes: more than any document whose text is within the limit needs, markup and all."""


class Format(Protocol):
    """What each public module of this package offers."""

    def certainty(self, data: bytes) -> float:
        """How surely the bytes are of this format; 0 is no, and the highest wins."""

    def parse(self, data: bytes, source: str) -> Document:
        """The document; raises `DocumentRefused`."""


def read(path: str) -> Document:
    """The document at a path; `-` is standard input.

    path: str, kept as the document's `source`, bytes that are not UTF-8 in escapes. Returns a `Document` whose text is
    normalised (line ends, control characters) and English. Raises `DocumentRefused` with the reason for all else.

    >>> read("no/such/file.txt")
    Traceback (most recent call last):
    ontology.errors.DocumentRefused: no/such/file.txt: there is no such file
    """
    data = _bytes(path)
    source = os.fsencode(path).decode("utf-8", "backslashreplace")
    document = max(formats(), key=lambda f: f.certainty(data)).parse(data, source)
    require_text(document)
    return require_english(document)


@cache
def formats() -> tuple[Format, ...]:
    """The formats, found by listing the package, in the order of their names."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(cast("Format", importlib.import_module(f"{__name__}.{name}")) for name in names)


def _bytes(path: str) -> bytes:
    try:
        data = _standard_input() if path == "-" else _file(Path(path), path)
    except FileNotFoundError as error:
        raise DocumentRefused(path, "there is no such file") from error
    except PermissionError as error:
        raise DocumentRefused(path, "it may not be read by this user") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise DocumentRefused(path, f"it cannot be read ({error})") from error
    require_size(data, path, LARGEST_FILE)
    return data


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(LARGEST_FILE + 1)


def _file(file: Path, path: str) -> bytes:
    if file.is_dir():
        raise DocumentRefused(path, "it is a folder, not a document")
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)
