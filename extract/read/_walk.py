"""From an opened file to the documents in it: the format chosen by content, archives walked through."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

import extract.read
from extract.read._apart import apart
from extract.read._decode import printable
from extract.read._language import require_english
from extract.read._limits import LARGEST_FILE, require_size, require_text
from extract.read._member import Opened
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.model import Document
    from extract.read._member import Member

DEEPEST = 4
"""How many archives may lie within one another."""

_SAID = ("title", "publisher", "author", "date", "url", "language")


class Format(Protocol):
    """What each public module of the package offers, and one of `parse` and `members`."""

    __name__: str

    def certainty(self, data: bytes) -> float:
        """How surely a file that begins with these bytes is of this format; 0 is no, and the highest wins."""


class Single(Format, Protocol):
    """A format of one document. Where the module has `APART = True`, it is parsed in a process with limits."""

    def parse(self, data: bytes, source: str) -> Document:
        """The document; raises `DocumentRefused`."""


class Several(Format, Protocol):
    """A format that holds documents of other formats."""

    def members(self, opened: Opened) -> Iterator[Member | DocumentRefused]:
        """What is in it, one by one, or why a member cannot be had; raises `DocumentRefused` where reading ends."""


@cache
def formats() -> tuple[Format, ...]:
    """The formats, found by listing the package, in the order of their names."""
    names = sorted(m.name for m in pkgutil.iter_modules(extract.read.__path__) if not m.name.startswith("_"))
    return tuple(cast("Format", importlib.import_module(f"extract.read.{name}")) for name in names)


def documents_in(opened: Opened, depth: int = 0) -> Iterator[Document | DocumentRefused]:
    """The documents in an opened file, each as it is met, or why it is refused."""
    yield from _documents(opened, {}, frozenset(), depth)


def _documents(
    opened: Opened, facts: Mapping[str, str | None], allowed: frozenset[str], depth: int
) -> Iterator[Document | DocumentRefused]:
    try:
        head = opened.head()
        require_size(head, opened.source, LARGEST_FILE)
        among = [f for f in formats() if not allowed or f.__name__.rpartition(".")[2] in allowed]
        chosen = max(among, key=lambda f: f.certainty(head))
        if hasattr(chosen, "members"):
            yield from _walked(cast("Several", chosen), opened, depth)
        else:
            yield _parsed(cast("Single", chosen), opened, facts)
    except DocumentRefused as refused:
        yield refused
    except Exception as error:  # whatever a hostile file brings about, the build goes on
        yield DocumentRefused(opened.source, f"it cannot be read: {_told(error)}")


def _walked(several: Several, opened: Opened, depth: int) -> Iterator[Document | DocumentRefused]:
    if depth >= DEEPEST:
        raise DocumentRefused(opened.source, f"it lies in more than {DEEPEST} archives within one another; unpack them")
    empty = True
    for member in several.members(opened):
        empty = False
        if isinstance(member, DocumentRefused):
            yield member
            continue
        source = f"{opened.source}#{printable(member.name)}" if member.name else opened.source
        yield from _documents(Opened(member.stream, source, opened.budget), member.facts, member.formats, depth + 1)
    if empty:
        raise DocumentRefused(opened.source, "it holds no documents")


def _parsed(single: Single, opened: Opened, facts: Mapping[str, str | None]) -> Document:
    data = opened.whole(LARGEST_FILE)
    require_size(data, opened.source, LARGEST_FILE)
    parse = apart if getattr(single, "APART", False) else _here
    document = _cleaned(_with_facts(parse(single, data, opened.source), facts))
    require_text(document)
    return require_english(document)


def _here(single: Single, data: bytes, source: str) -> Document:
    return single.parse(data, source)


def _with_facts(document: Document, facts: Mapping[str, str | None]) -> Document:
    """The document with what the file around it says of it; its title is put on top, as headlines state things too."""
    said = {field: value for field, value in facts.items() if value}
    title = said.get("title")
    if title and not document.text.lstrip("# \n").startswith(title):
        said["text"] = f"{title}\n\n{document.text.lstrip()}"
    return replace(document, **said) if said else document


def _cleaned(document: Document) -> Document:
    said = {name: printable(value).strip() or None for name in _SAID if (value := getattr(document, name))}
    said["text"] = printable(document.text)
    return replace(document, **cast("dict[str, str]", said))


def _told(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    words = " ".join(printable(str(error)).split())[:200]
    return f"it is damaged ({words or type(error).__name__})"
