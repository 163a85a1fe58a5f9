"""What changed between two dates, or between two builds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.frame import Frame, Worded
from graph.asking.keys import Tie, by_tie, stance
from graph.asking.relations import Relations, strongest_first
from graph.asking.wanted import check_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Claim
    from graph.claims import Reader


@dataclass(frozen=True, slots=True, repr=False)
class Change(Worded):
    """A tie that was taken otherwise before: before, after, a stance (fact, planned, denied, over ...) or None.

    earlier, later: Relations, the claims of either side.
    """

    tie: Tie
    before: str | None
    after: str | None
    earlier: Relations
    later: Relations

    @property
    def kind(self) -> str:
        """new, where nobody said anything of it before; gone, where nobody does any more; else changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    def __str__(self) -> str:
        turned = f"{self.before} -> {self.after}" if self.kind == "changed" else self.after or self.before
        return f"{self.kind}: {self.tie} ({turned})"


class Changes(Frame[Change]):
    """What changed: first what is new, then what is taken otherwise, then what is gone.

    >>> from graph.example import market
    >>> for change in market().changes(since="2024-07", until="2025-01").where(lambda c: c.kind == "changed"):
    ...     print(change)
    changed: Aster Fab expands in Sudland (planned -> fact)
    """

    columns = ("kind", "subject", "relation", "object", "before", "after", "sentence", "source")
    nouns = ("change", "changes")

    def _row(self, item: Change) -> tuple[object, ...]:
        ends = (item.tie.subject.label, item.tie.relation, item.tie.object.label)
        claim = (item.later or item.earlier)[0]
        return (item.kind, *ends, item.before, item.after, claim.evidence.text, claim.source)


def between_dates(claims: Iterable[Claim], reader: Reader, since: str, until: str | None) -> Changes:
    """What was said by the end of `until` that was not said, or was said otherwise, before `since`.

    A claim counts from the date of its document on; one without a date, from no document that has one, is left out.
    Raises `InvalidData` for what is no time.
    """
    for time in filter(None, (since, until)):
        check_time(time)

    def parted() -> Iterator[Change | None]:
        for tie, found in by_tie(claims).values():
            dated = [c for c in found if (date := _said(c, reader)) and (until is None or date[: len(until)] <= until)]
            before = [claim for claim in dated if _said(claim, reader) < since]
            yield _change(tie, (before, reader), (dated, reader))

    return Changes(_ordered(parted()))


def between_builds(older: Iterable[Claim], newer: Iterable[Claim], readers: tuple[Reader, Reader]) -> Changes:
    """What one build says that another does not, or otherwise; readers: of the older and the newer."""

    def parted() -> Iterator[Change | None]:
        before, after = by_tie(older), by_tie(newer)
        for key in before.keys() | after.keys():
            tie, _ = after.get(key) or before[key]
            sides = (side[key][1] if key in side else [] for side in (before, after))
            yield _change(tie, *zip(sides, readers, strict=True))

    return Changes(_ordered(parted()))


def _change(tie: Tie, before: tuple[list[Claim], Reader], after: tuple[list[Claim], Reader]) -> Change | None:
    stances = _latest(*before), _latest(*after)
    return Change(tie, *stances, Relations(*before), Relations(*after)) if stances[0] != stances[1] else None


def _latest(claims: list[Claim], reader: Reader) -> str | None:
    """The stance of the claim that was said last; of those of one day, of the strongest."""
    ordered = sorted(strongest_first(claims), key=lambda claim: _said(claim, reader), reverse=True)
    return stance(ordered[0]) if ordered else None


def _said(claim: Claim, reader: Reader) -> str:
    return reader.source(claim.document).date or ""


def _ordered(changes: Iterable[Change | None]) -> Iterator[Change]:
    kinds = ("new", "changed", "gone")
    yield from sorted(filter(None, changes), key=lambda c: (kinds.index(c.kind), str(c.tie), c.tie.key))
