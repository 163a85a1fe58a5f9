"""A document's text cut where its statements begin and end, so that a page can mark them."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """A stretch of text and the ids of the statements that rest on it."""

    text: str
    statements: tuple[str, ...]


def pieces(text: str, statements: list[dict[str, Any]]) -> list[Piece]:
    """The text in pieces; joined they are the text again.

    statements: as `lookups.document` gives them, with their places.

    >>> pieces("A b. C d.", [{"id": "x", "places": [[0, 4]]}])
    [Piece(text='A b.', statements=('x',)), Piece(text=' C d.', statements=())]
    """
    spans = [(start, end, row["id"]) for row in statements for start, end in row["places"]]
    cuts = sorted({0, len(text), *(place for start, end, _ in spans for place in (start, end))})
    made = []
    for start, end in itertools.pairwise(cuts):
        over = tuple(dict.fromkeys(key for first, last, key in spans if first <= start and end <= last))
        made.append(Piece(text[start:end], over))
    return made
