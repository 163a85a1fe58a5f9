"""A document's text cut where its statements and the names in them begin and end, so that a page can mark them."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple


class Part(NamedTuple):
    """A stretch of a piece; entity: str, the id of whom it names, or None."""

    text: str
    entity: str | None


class Piece(NamedTuple):
    """A stretch of text in its parts, and the ids of the statements that rest on it."""

    parts: tuple[Part, ...]
    statements: tuple[str, ...]


def pieces(text: str, statements: list[dict[str, Any]]) -> list[Piece]:
    """The text in pieces; joined they are the text again.

    statements: as `lookups.document` gives them, with their places and the names in them.

    >>> pieces("A b. C d.", [{"id": "x", "places": [[0, 4]], "names": [[0, 1, "a"]]}])
    [Piece(parts=(Part(text='A', entity='a'), Part(text=' b.', entity=None)), statements=('x',)),
     Piece(parts=(Part(text=' C d.', entity=None),), statements=())]
    """
    spans = [(start, end, row["id"]) for row in statements for start, end in row["places"]]
    names = _apart([tuple(name) for row in statements for name in row["names"]])
    cuts = sorted({0, len(text), *(place for start, end, _ in spans for place in (start, end))})
    made = []
    for start, end in itertools.pairwise(cuts):
        over = tuple(dict.fromkeys(key for first, last, key in spans if first <= start and end <= last))
        made.append(Piece(tuple(_parts(text, start, end, names if over else [])), over))
    return made


def _apart(names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The names in order, of those that overlap the one that begins first."""
    found: list[tuple[int, int, str]] = []
    for name in sorted(set(names)):
        if not found or name[0] >= found[-1][1]:
            found.append(name)
    return found


def _parts(text: str, start: int, end: int, names: list[tuple[int, int, str]]) -> list[Part]:
    found = []
    at = start
    for first, last, entity in names:
        if start <= first and last <= end:
            if at < first:
                found.append(Part(text[at:first], None))
            found.append(Part(text[first:last], entity))
            at = last
    return [*found, Part(text[at:end], None)] if at < end else found
