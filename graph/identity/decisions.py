"""Decisions that two ids are the same, or are not: who said so, when and why, kept in one file that people review.

The file is CSV, sorted, a line a pair. What the program merges by itself is found anew by each build, and not in it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from ontology.errors import InvalidData
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SAME, NOT_SAME = "same", "not-same"
AUTOMATIC_BY = "chipgraph"


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """That two ids are the same, or are not.

    a: str, of two that are the same the id that stays, unless the registry has the other; b: str; verdict: str, `SAME`
    or `NOT_SAME`; by, when, why: str, who said so, the day (ISO 8601), and the reason in words.
    """

    a: str
    b: str
    verdict: str = SAME
    by: str = ""
    when: str = ""
    why: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, in no order."""
        return frozenset((self.a, self.b))

    @property
    def is_automatic(self) -> bool:
        """True where the program decided, which it does anew with every build."""
        return self.by == AUTOMATIC_BY


_COLUMNS = tuple(f.name for f in fields(Decision))


class Decisions:
    """The decisions of people, at most one a pair.

    given: iterable of Decision; of two on one pair the later stands.

    >>> kept = Decisions([Decision("a", "b"), Decision("b", "a", NOT_SAME, why="two plants")])
    >>> [(d.a, d.b, d.verdict) for d in kept]
    [('b', 'a', 'not-same')]
    """

    def __init__(self, given: Iterable[Decision] = ()) -> None:
        self._by_pair: dict[frozenset[str], Decision] = {}
        for decision in given:
            self._by_pair[decision.pair] = decision

    @classmethod
    def read(cls, path: Path) -> Self:
        """The decisions of a file, none where there is no such file; raises `InvalidData` for a line that is wrong."""
        return cls(_read(path)) if path.exists() else cls()

    def __iter__(self) -> Iterator[Decision]:
        return iter(sorted(self._by_pair.values()))

    def __len__(self) -> int:
        return len(self._by_pair)

    def on(self, a: str, b: str) -> Decision | None:
        """What was decided of two ids."""
        return self._by_pair.get(frozenset((a, b)))

    def of(self, key: str) -> tuple[Decision, ...]:
        """What was decided of an id and others."""
        return tuple(decision for decision in self if key in decision.pair)

    def with_(self, *more: Decision) -> Decisions:
        """These and more, which stand over earlier ones on the same pair."""
        return Decisions((*self._by_pair.values(), *more))

    def are_distinct(self, a: str, b: str) -> bool:
        """True where somebody decided that the two are not the same."""
        decision = self.on(a, b)
        return decision is not None and decision.verdict == NOT_SAME

    def dumps(self) -> str:
        """The decisions as CSV, sorted.

        >>> print(Decisions([Decision("a", "b", SAME, "eve", "2025-01-31", "one address")]).dumps(), end="")
        a,b,verdict,by,when,why
        a,b,same,eve,2025-01-31,one address
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows([getattr(decision, column) for column in _COLUMNS] for decision in self)
        return out.getvalue()

    def write(self, path: Path) -> None:
        """Writes the file, whole or not at all."""
        write_whole(path, self.dumps())


def _read(path: Path) -> Iterator[Decision]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"{path}: the decisions cannot be read as UTF-8 text ({error}).") from error
    reader = csv.DictReader(io.StringIO(text))
    missing = {"a", "b", "verdict"}.difference(reader.fieldnames or ())
    if missing:
        raise InvalidData(f"{path}: decisions need the columns a, b and verdict; {min(missing)!r} is not there.")
    for row in reader:
        if row.get("verdict"):  # a proposal that nobody has answered yet has none
            yield _decision(path, reader.line_num, {column: (row.get(column) or "").strip() for column in _COLUMNS})


def _decision(path: Path, line: int, row: dict[str, str]) -> Decision:
    if row["verdict"] not in (SAME, NOT_SAME):
        raise InvalidData(f"{path}, line {line}: the verdict is {SAME!r} or {NOT_SAME!r}, not {row['verdict']!r}.")
    if not row["a"] or not row["b"] or row["a"] == row["b"]:
        raise InvalidData(
            f"{path}, line {line}: a decision needs two different ids, not {row['a']!r} and {row['b']!r}."
        )
    return Decision(**row)
