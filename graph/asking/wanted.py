"""What claims must be like to be an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from extract.model import THRESHOLD, Claim, Modality, Polarity
from graph.asking.wording import implying, relation_called
from graph.names import squash
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.model import Statement
    from graph.claims import Reader


TIME = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"  # a year, month or day of ISO 8601


@dataclass(frozen=True, slots=True)
class Wanted:
    """What claims must be like; None lets all pass.

    relations: frozenset of relation names; polarity, modality; since, until: str, ISO 8601 years, months or days, both
    included; source: str, a publisher, speaker, path or document id; min_confidence: float; facts_only: bool, True lets
    only pass what the graph holds as plain facts. Raises `InvalidData` for what is no time, polarity or modality.
    """

    relations: frozenset[str] | None = None
    polarity: Polarity | str | None = None
    modality: Modality | str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    min_confidence: float = 0.0
    facts_only: bool = False

    def __post_init__(self) -> None:
        for time in filter(None, (self.since, self.until)):
            check_time(time)
        for given, known in ((self.polarity, Polarity), (self.modality, Modality)):
            if given is not None and given not in set(known):
                names = ", ".join(known)
                raise InvalidData(f"No {known.__name__.lower()} is called {given!r}: choose {names}.")

    def admits(self, claim: Claim, reader: Reader) -> bool:
        """True where a claim is like that."""
        return (
            (self.relations is None or claim.relation in self.relations)
            and (self.polarity is None or claim.polarity == self.polarity)
            and (self.modality is None or claim.modality == self.modality)
            and claim.confidence >= self.min_confidence
            and (holds(claim) or not self.facts_only)
            and self._in_time(claim, reader)
            and (self.source is None or squash(self.source) in _sources(claim, reader))
        )

    def _in_time(self, claim: Claim, reader: Reader) -> bool:
        return not (self.since or self.until) or within(time_of(claim, reader), self.since, self.until)


def holds(claim: Claim) -> bool:
    """True where a claim is a plain fact of the graph: affirmed, asserted, not over and at least 0.5 sure."""
    return claim.is_fact and claim.confidence >= THRESHOLD


class _Rest(TypedDict, total=False):
    polarity: Polarity | str | None
    modality: Modality | str | None
    since: str | None
    until: str | None
    source: str | None
    min_confidence: float
    facts_only: bool


class Filters(_Rest, total=False):
    """What questions over many claims can be narrowed to, by keyword; as `KnowledgeGraph.relations` has it."""

    relation: str | Iterable[str] | None


def wanted(relation: str | Iterable[str] | None = None, **rest: Unpack[_Rest]) -> Wanted:
    """What claims must be like, a relation given by its id or label, or several of them.

    Raises `InvalidData` for a relation that there is not, `TypeError` for a filter that there is not.

    >>> sorted(wanted("partners with").relations)
    ['jointVentureWith', 'partnersWith']
    """
    if unknown := rest.keys() - _Rest.__annotations__.keys():
        raise TypeError(f"No filter is called {min(unknown)!r}: choose relation, {', '.join(_Rest.__annotations__)}.")
    if relation is None:
        return Wanted(None, **rest)
    names = (relation,) if isinstance(relation, str) else relation
    return Wanted(frozenset().union(*(implying(relation_called(name)) for name in names)), **rest)


def check_time(time: str) -> str:
    """A time as given; raises `InvalidData` where it is no year, month or day of ISO 8601.

    >>> check_time("2024-10")
    '2024-10'
    """
    if not re.fullmatch(TIME, time):
        raise InvalidData(f"{time!r} is no time to compare with: write 2024, 2024-10 or 2024-10-07.")
    return time


def within(time: str, since: str | None, until: str | None) -> bool:
    """True where a time lies between two others, both included; a coarser one counts where it overlaps.

    Raises `InvalidData` for what is no time to compare with.

    >>> within("2024-10", "2024", None), within("2024", "2024-06", None), within("", "2024", None)
    (True, True, False)
    """
    for given in filter(None, (since, until)):
        check_time(given)
    after = since is None or time >= since[: len(time)]
    return bool(time) and after and (until is None or time[: len(until)] <= until)


def time_of(statement: Statement, reader: Reader) -> str:
    """The time that a statement speaks of, else the date of its document, else nothing."""
    own = statement.time if isinstance(statement, Claim) else statement.period
    return own or reader.source(statement.document).date or ""


def _sources(claim: Claim, reader: Reader) -> set[str]:
    document = reader.source(claim.document)
    speaker = claim.attributed_to
    names = (document.id, document.publisher, document.publisher_id, document.url, *document.paths)
    spoken = (speaker.id, speaker.label, *speaker.aliases) if speaker else ()
    return {squash(name) for name in (*names, *spoken) if name}
