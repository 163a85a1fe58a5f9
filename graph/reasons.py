"""What is said where a query cannot be read or a store cannot be used: what it is, where, and what to do."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from graph import guard
from ontology.errors import QueryRefused, StoreError
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

# Not "lock" alone, which is in "block checksum mismatch" and may be in a path.
_LOCKED = ("While lock file", "lock hold by current process")
_PLACE = re.compile(r"error at (\d+):(\d+): expected one of")


class StoreLocked(StoreError):
    """A store that another process is writing."""


class StoreDamaged(StoreError):
    """A store whose files do not fit together."""


def unreadable(text: str, error: SyntaxError) -> QueryRefused:
    """What is said of a query that the engine cannot read: where it stops, without the list of all tokens."""
    if unknown := _undeclared(text):
        return QueryRefused(f"The query cannot be read: declare the prefix {unknown[0]} or use {', '.join(PREFIXES)}.")
    where = _PLACE.search(str(error))
    if where is None:
        return QueryRefused(f"The query cannot be read: {_short(error)}.")
    line, column = int(where[1]), int(where[2])
    rest = " ".join(text.splitlines()[line - 1 : line])[column - 1 :].strip()
    place = f"before {rest[:20]!r}" if rest else "at its end"
    return QueryRefused(f"The query cannot be read: line {line}, column {column}, {place}.")


def _undeclared(text: str) -> list[str]:
    parts = [token for token in guard.tokens(text) if token[1].strip()]
    declared = {after for (_, before), (_, after) in pairwise(parts) if before.casefold() == "prefix"}
    used = {token.split(":")[0] + ":" for kind, token in parts if kind == "name" and token[0] != ":"}
    return sorted(used - declared - {f"{prefix}:" for prefix in PREFIXES})


def explained(path: Path, error: Exception) -> StoreError:
    """What is said of a store that the engine cannot open or read, by the engine's own words."""
    said = str(error)
    if any(words in said for words in _LOCKED):
        return StoreLocked(f"Another process is building the graph at {path}: wait until it is done.")
    if not path.exists():
        return StoreError(f"No store at {path}: run `chipgraph build` first, or open the graph again.")
    if is_damage(error):
        return StoreDamaged(f"The store at {path} is damaged ({_short(error)}): delete that folder and build again.")
    return StoreError(f"The store at {path} cannot be used ({said.rsplit(': ', 1)[-1]}): mend that and try again.")


def is_damage(error: Exception) -> bool:
    """True where the files of a store are not what the engine wrote; else the system refuses, and they may be well.

    >>> is_damage(RuntimeError("Corruption: block checksum mismatch")), is_damage(OSError("No space left on device"))
    (True, False)
    """
    return isinstance(error, RuntimeError) or "No such file" in str(error)


def _short(error: Exception) -> str:
    """The place and the first expectation of a parser's message, which lists every token otherwise."""
    text = " ".join(str(error).split())
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"
