"""What is said, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.model import Claim
from graph.asking.frame import Frame, Worded
from graph.asking.wanted import time_of, within
from graph.asking.wording import phrase
from ontology.measures import metrics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.model import Statement
    from graph.claims import Passage, Reader


@dataclass(frozen=True, slots=True, repr=False)
class Event(Worded):
    """A statement and the time that it speaks of, or that its document is of where it names none."""

    time: str
    statement: Statement
    from_document: bool
    evidence: tuple[Passage, ...] = ()

    def __str__(self) -> str:
        said = " (as of the document)" if self.from_document else ""
        return f"{self.time}: {worded(self.statement)}{said}"


class Timeline(Frame[Event]):
    """Statements in the order of time.

    >>> from graph.example import market
    >>> print(market().timeline("Norland"))
    2024-11: Norland imposes Norland Entity List
    """

    columns = ("time", "what", "from_document", "source", "sentence", "id")
    nouns = ("event", "events")

    def during(self, since: str | None = None, until: str | None = None) -> Timeline:
        """The events of a time; since, until: str, such as 2024 or 2024-10, both included."""
        return self.where(lambda event: within(event.time, since, until))

    def _row(self, item: Event) -> tuple[object, ...]:
        s = item.statement
        return item.time, worded(s), item.from_document, s.source, s.evidence.text, s.id


def timeline(statements: Iterable[Statement], reader: Reader) -> Timeline:
    """Statements in the order of time; what has no time at all is left out."""
    events = (Event(time_of(s, reader), s, _own_time(s) is None, reader.evidence(s)) for s in statements)
    return Timeline(sorted((e for e in events if e.time), key=lambda e: (e.time, e.statement.id)))


def worded(statement: Statement) -> str:
    """A claim or a number in English."""
    if isinstance(statement, Claim):
        return phrase(statement)
    notes = [*filter(None, (statement.period,)), *["forecast"] * statement.forecast]
    text = f"{statement.about.label}: {metrics()[statement.metric].label} {statement.printed}"
    return f"{text} ({', '.join(notes)})" if notes else text


def _own_time(statement: Statement) -> str | None:
    return statement.time if isinstance(statement, Claim) else statement.period
