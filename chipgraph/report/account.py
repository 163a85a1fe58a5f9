"""The account of a build: documents in, refused and why, times, claims, names that nobody knows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Any, TypeVar

from extract.model import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.batch import Outcome
    from extract.model import Document
    from ontology.errors import DocumentRefused

T = TypeVar("T")
Tell = Callable[[str, dict[str, Any]], None]
"""Called with the name of an event and what belongs to it, all of it plain data."""

STAGES = ("read", "parse", "relations", "store", "index", "view")
_SLOWEST = 20
_NAMES = 50


class Account:
    """Takes note of what happens in a build, and tells it on.

    software: str, name and version; tell: called with "document", "refused" and "stage" as they happen.
    """

    def __init__(self, software: str, tell: Tell | None = None) -> None:
        self.ids: dict[str, None] = {}
        self.refused: list[DocumentRefused] = []
        self.kept = 0
        self.copies = 0
        self._software = software
        self._tell = tell or (lambda _, __: None)
        self._started = time.perf_counter()
        self._seconds = dict.fromkeys(STAGES, 0.0)
        self._claims: Counter[int] = Counter()
        self._numbers = 0
        self._slowest: list[tuple[float, str, str, dict[str, Any]]] = []
        self._unlinked: Counter[str] = Counter()

    def timed(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """The items, the time that it takes to get each counted for a stage."""
        coming = iter(items)
        while True:
            started = time.perf_counter()
            try:
                item = next(coming)
            except StopIteration:
                return
            finally:
                self._seconds[stage] += time.perf_counter() - started
            yield item

    @contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        """Counts the time that something takes for a stage, and tells it where it is one that comes once."""
        started = time.perf_counter()
        yield
        seconds = time.perf_counter() - started
        self._seconds[stage] += seconds
        if stage in ("index", "view"):
            self._tell("stage", {"stage": stage, "seconds": round(seconds, 3)})

    def refuse(self, refused: DocumentRefused) -> None:
        """A document that could not be read, or nothing extracted from it."""
        self.refused.append(refused)
        self._tell("refused", {"source": refused.source, "reason": refused.reason})

    def document(self, document: Document, outcome: Outcome | None) -> None:
        """A document that is stored; outcome: Outcome or None, which is one whose statements were there."""
        is_copy = document.id in self.ids
        self.ids[document.id] = None
        about: dict[str, Any] = {"source": document.source, "id": document.id, "characters": len(document.text)}
        if outcome is None:
            self.copies += is_copy
            self.kept += not is_copy
            self._tell("document", {**about, "kept": True})
            return
        claims = sum(isinstance(statement, Claim) for statement in outcome.statements)
        seconds = outcome.parse + outcome.relations
        self._claims[claims] += 1
        self._numbers += len(outcome.statements) - claims
        self._seconds["parse"] += outcome.parse
        self._seconds["relations"] += outcome.relations
        self._unlinked.update(outcome.unlinked)
        found = {**about, "seconds": round(seconds, 3), "claims": claims}
        # A document that was read again differs from itself by its source.
        place = (seconds, document.id, document.source, found)
        if len(self._slowest) < _SLOWEST:
            heappush(self._slowest, place)
        else:
            heappushpop(self._slowest, place)
        self._tell("document", {**found, "kept": False})

    def report(self) -> dict[str, Any]:
        """All of it as plain data, as report.json holds it."""
        reasons = Counter(refused.reason for refused in self.refused)
        return {
            "software": self._software,
            "seconds": round(time.perf_counter() - self._started, 3),
            "documents": {
                "read": len(self.ids),
                "kept": self.kept,
                "copies": self.copies,
                "refused": len(self.refused),
            },
            "stages": {name: round(seconds, 3) for name, seconds in self._seconds.items()},
            "claims": sum(number * times for number, times in self._claims.items()),
            "numbers": self._numbers,
            "claims_per_document": {str(number): self._claims[number] for number in sorted(self._claims)},
            "slowest": [found for *_, found in sorted(self._slowest, key=lambda one: (-one[0], one[1]))],
            "unlinked": [{"name": name, "mentions": n} for name, n in _ranked(self._unlinked)[:_NAMES]],
            "refused_for": [{"reason": reason, "documents": n} for reason, n in _ranked(reasons)],
            "refused": [{"source": refused.source, "reason": refused.reason} for refused in self.refused],
        }


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    """By frequency, then by name, so that the order does not hang on who came first."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
