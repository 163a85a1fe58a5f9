"""Answers as a sequence that is also a table, read only as far as it is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

T = TypeVar("T", covariant=True)

_SHOWN = 10
_IN_NOTEBOOK = 200


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun.

    >>> counted(1, "claim", "claims"), counted(2, "claim", "claims")
    ('1 claim', '2 claims')
    """
    return f"{number} {one if number == 1 else several}"


class Worded:
    """An answer whose words say enough to stand for it where Python shows objects."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"


class Frame(Sequence[T]):
    """An unchanging sequence of answers; what has not been looked at yet has not been read yet.

    items: the answers, in their order, from any iterable.

    >>> from graph.example import market
    >>> found = market().relations("Aster Fab")
    >>> found[0].object.label, len(found) > 5, found.to_pandas().shape[0] == len(found)
    ('Birch Devices', True, True)
    """

    columns: ClassVar[tuple[str, ...]]
    glance: ClassVar[tuple[str, ...]] = ()  # what a notebook shows of the columns, in its order; else all but ids
    nouns: ClassVar[tuple[str, str]] = ("answer", "answers")

    def __init__(self, items: Iterable[T]) -> None:
        self._rest: Iterator[T] = iter(items)
        self._seen: list[T] = []

    def __iter__(self) -> Iterator[T]:
        at = 0
        while self._reaches(at):
            yield self._seen[at]
            at += 1

    def __len__(self) -> int:
        self._seen.extend(self._rest)
        return len(self._seen)

    def __bool__(self) -> bool:
        return self._reaches(0)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T | Self:
        if isinstance(index, slice):
            ends = (index.start or 0, index.stop or 0, index.step or 1)
            forwards = min(ends) >= 0  # else counted from the end, which has to be reached first
            return self._with(islice(self, index.start, index.stop, index.step) if forwards else list(self)[index])
        if index < 0 or not self._reaches(index):
            return (self._seen if len(self) else [])[index]
        return self._seen[index]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Frame) and list(self) == list(other)

    def __str__(self) -> str:
        return "\n".join(map(self._line, self)) or f"No {self.nouns[1]}."

    def __repr__(self) -> str:
        shown = [self._line(item) for item in islice(self, _SHOWN)]
        more = ["…"] if self._reaches(_SHOWN) else []
        return "\n  ".join((f"<{self._count()}>", *shown, *more))

    def where(self, holds: Callable[[T], bool]) -> Self:
        """Those for which a function of yours says True."""
        return self._with(item for item in self if holds(item))

    def records(self) -> list[dict[str, Any]]:
        """The answers as dictionaries, a key a column: what `polars.DataFrame` and `json.dumps` take.

        >>> from graph.example import market
        >>> market().partners("Aster Fab").records()[0]["subject"]
        'Fir Systems'
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self._rows()]

    def to_pandas(self) -> pd.DataFrame:
        """The answers as a data frame, a row each; needs pandas (`pip install chipgraph[pandas]`)."""
        import pandas as pd

        return pd.DataFrame(list(self._rows()), columns=list(self.columns))

    def _repr_html_(self) -> str:
        from graph.markup import table, telling

        shown = self.glance or tuple(name for name in self.columns if not f"_{name}".endswith("_id"))
        at = [self.columns.index(name) for name in shown]
        rows = ([row[i] for i in at] for row in islice(self._rows(), _IN_NOTEBOOK))
        return table(*telling(shown, rows), self._count())

    def _rows(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table: one an answer, but for answers that are told in several."""
        return map(self._row, self)

    def _count(self) -> str:
        """How many there are, in words."""
        return counted(len(self), *self.nouns)

    def _row(self, item: Any) -> tuple[object, ...]:
        """What stands in the columns for an answer."""
        return tuple(getattr(item, column) for column in self.columns)

    def _line(self, item: Any) -> str:
        """An answer in one line."""
        return str(item)

    def _with(self, items: Iterable[T]) -> Self:
        """The same kind of frame with other items."""
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__, _rest=iter(items), _seen=[])
        return made

    def _reaches(self, index: int) -> bool:
        """True where there is an item at a position; reads as far as that."""
        self._seen.extend(islice(self._rest, max(0, index + 1 - len(self._seen))))
        return index < len(self._seen)
