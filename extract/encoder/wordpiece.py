"""A text as the pieces of words that the encoder knows: WordPiece (Schuster & Nakajima 2012), without regard to case.

Case is told apart, as the shape of the word, since the pieces have none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

START, STOP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# What a word looks like: nothing (the ends of a text), small letters, a capital, capitals only, with a digit.
NO_SHAPE, SMALL, TITLE, CAPITALS, DIGITS = range(5)
SHAPES = 5
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_DIGIT = re.compile(r"\d")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text, N of them.

    ids: their numbers; shapes: of the words they are parts of; starts, ends: where these words stand in the text.
    """

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(text: str, vocabulary: Mapping[str, int]) -> Pieces:
    """The pieces of a text, without the marks of its start and its end.

    >>> found = pieces("ASML ships scanners", {"asml": 1, "ships": 2, "scan": 3, "##ners": 4, "[UNK]": 0})
    >>> found.ids, found.shapes
    ((1, 2, 3, 4), (3, 1, 1, 1))
    >>> found.starts, found.ends
    ((0, 5, 11, 11), (4, 10, 19, 19))
    """
    ids: list[int] = []
    shapes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    known: dict[str, tuple[tuple[int, ...], int]] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in known:
            known[word] = _cut(_plain(word), vocabulary), _shape(word)
        parts, shape = known[word]
        start, end = match.span()
        for part in parts:
            ids.append(part)
            shapes.append(shape)
            starts.append(start)
            ends.append(end)
    return Pieces(tuple(ids), tuple(shapes), tuple(starts), tuple(ends))


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """The word in small letters and without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")


def _cut(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """The longest known pieces, from the left; a word that they do not make up is unknown."""
    found: list[int] = []
    at = 0
    while at < len(word) <= _LONGEST:
        end = len(word)
        while end > at and (piece := ("##" if at else "") + word[at:end]) not in vocabulary:
            end -= 1
        if end == at:
            return (vocabulary[UNKNOWN],)
        found.append(vocabulary[piece])
        at = end
    return tuple(found) or (vocabulary[UNKNOWN],)


def _shape(word: str) -> int:
    if _DIGIT.search(word):
        return DIGITS
    if len(word) > 1 and word.isupper():
        return CAPITALS
    return TITLE if word[:1].isupper() else SMALL
