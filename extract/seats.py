"""Seats before what firms are: the "Lowell, Mass." of "a Lowell, Mass.-based supplier" is one name.

The comma within it looks to a parser like the end of a phrase.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.gazetteer import Name
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

_BASED = frozenset({"based", "headquartered"})


def with_seats(raw: Doc, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names in a tokenised text, a town and its region before "-based" taken as one."""
    seats = list(_seats(raw, names))
    if not seats:
        return names
    apart = (n for n in names if not any(seat.start <= n.start < seat.end for seat in seats))
    return tuple(sorted((*apart, *seats), key=lambda name: name.start))


def _seats(raw: Doc, names: Iterable[Name]) -> Iterator[Name]:
    known = list(names)
    regions = {n.start: n for n in known if is_a(n.type, "Region") or is_a(n.type, "Country")}
    for token in raw[1:-2]:
        region = regions.get(raw[token.i + 1].idx) if token.text == "," else None
        if region is not None and (town := _town(raw, token.i, known)) and _is_before_based(raw, region.end):
            start, entries = town
            yield replace(region, start=start, text=raw.text[start : region.end], type="City", entries=entries)


def _town(raw: Doc, comma: int, names: list[Name]) -> tuple[int, tuple[str, ...]] | None:
    """Where the town before a comma begins, and its entries; None for what is no town."""
    before = raw[comma - 1]
    for name in names:
        if name.end == before.idx + len(before):
            return (name.start, name.entries) if is_a(name.type, "City") else None
    at = comma - 1
    while at >= 0 and raw[at].text[:1].isupper() and raw[at].is_alpha and at > comma - 4:
        at -= 1
    return (raw[at + 1].idx, ()) if at + 1 < comma else None


def _is_before_based(raw: Doc, end: int) -> bool:
    behind = [t.lower_ for t in raw if end <= t.idx < end + 16]
    return bool(behind) and (behind[0] in _BASED or (behind[0] == "-" and behind[1:2] and behind[1] in _BASED))
