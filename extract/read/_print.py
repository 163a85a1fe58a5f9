"""What is printed on a page: letters to words, words to lines, lines side by side to rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter or a word: its box in points from the lower left corner; size: of its letters."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside one another, from left to right; at least one."""

    words: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words, a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return min(word.bottom for word in self.words)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return max(word.top for word in self.words)

    @property
    def size(self) -> float:
        """The size of its largest letters."""
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """True where every word is bold."""
        return all(word.bold for word in self.words)

    def gaps(self) -> list[tuple[float, float]]:
        """The spaces between its words, from where to where."""
        return [(before.right, after.left) for before, after in pairwise(self.words)]


# All in parts of the size of the letters.
_SPACE = 0.13  # from here on a gap parts words; letters of a word stand closer even where they are spread
_APART = 0.7  # from here on a gap parts lines, as between columns; stretched text is put together again later
_SAME_LINE = 0.3  # how much the lower edges of a line's words differ


def words_of(letters: Iterable[Piece]) -> Iterator[Piece]:
    """The words that letters make in the order in which they were set; digits set high, which call notes, left out."""
    word: list[Piece] = []
    for letter in letters:
        if letter.text.isspace():
            yield from _closed(word)
        elif word and _calls_note(word[-1], letter):
            continue
        elif not word or _follows(word[-1], letter):
            word.append(letter)
        else:
            yield from _closed(word)
            word.append(letter)
    yield from _closed(word)


def lines_of(words: Iterable[Piece]) -> list[Line]:
    """The lines that words stand in, from the top down; words far apart are lines of their own.

    >>> [line.text for line in lines_of([Piece("a", 0, 0, 5, 10, 10), Piece("b", 8, 0, 13, 10, 10),
    ...                                  Piece("c", 40, 0, 45, 10, 10)])]
    ['a b', 'c']
    """
    found = [
        line
        for row in _level([(word.bottom, word.size, word) for word in words])
        for line in _cut(sorted(row, key=lambda word: word.left))
    ]
    return sorted(found, key=lambda line: (-line.top, line.left))


def rows_of(lines: Sequence[Line]) -> list[Line]:
    """The lines of a column, those side by side made one, from the top down."""
    rows = _level([(line.bottom, line.size, line) for line in lines])
    return [Line(tuple(word for line in sorted(row, key=lambda one: one.left) for word in line.words)) for row in rows]


def _closed(word: list[Piece]) -> Iterator[Piece]:
    if word:
        yield Piece(
            "".join(letter.text for letter in word),
            min(letter.left for letter in word),
            min(letter.bottom for letter in word),
            max(letter.right for letter in word),
            max(letter.top for letter in word),
            max(letter.size for letter in word),
            all(letter.bold for letter in word),
        )
        word.clear()


def _calls_note(last: Piece, letter: Piece) -> bool:
    raised = 0.2 * last.size < letter.bottom - last.bottom < last.size and letter.size < 0.8 * last.size
    return raised and letter.text.isdigit() and abs(letter.left - last.right) < 0.3 * last.size


def _follows(last: Piece, letter: Piece) -> bool:
    size = max(last.size, letter.size)
    level = min(last.top, letter.top) - max(last.bottom, letter.bottom) > 0.4 * min(last.size, letter.size)
    return level and -0.6 * size < letter.left - last.right < _SPACE * size


def _level(found: Iterable[tuple[float, float, T]]) -> list[list[T]]:
    """Things with a lower edge and a size, put together where they stand on one level, from the top down."""
    rows: list[tuple[float, list[T]]] = []
    for bottom, size, thing in sorted(found, key=lambda one: -one[0]):
        for level, row in rows[:-4:-1]:
            if abs(level - bottom) < _SAME_LINE * size:
                row.append(thing)
                break
        else:
            rows.append((bottom, [thing]))
    return [row for _, row in rows]


def _cut(row: Sequence[Piece]) -> Iterator[Line]:
    line: list[Piece] = []
    for word in row:
        if line and word.left - line[-1].right > _APART * max(word.size, line[-1].size):
            yield Line(tuple(line))
            line = []
        line.append(word)
    if line:
        yield Line(tuple(line))
