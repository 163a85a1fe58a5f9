"""Seats beside firms: "a Lowell, Mass.-based supplier" and "Kelvaro of Lowell, Mass., which ..." have one name each.

The comma within it looks to a parser like the end of a phrase.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from extract.gazetteer import Name

_BASED = frozenset({"based", "headquartered"})


def with_seats(raw: Doc, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names in a tokenised text, a town and its region taken as one before "-based" and behind a firm's "of"."""
    seats = list(_seats(raw, names))
    if not seats:
        return names
    apart = (n for n in names if not any(seat.start <= n.start < seat.end for seat in seats))
    return tuple(sorted((*apart, *seats), key=lambda name: name.start))


def _seats(raw: Doc, names: tuple[Name, ...]) -> Iterator[Name]:
    regions = {name.start: name for name in names if name.type in ("Region", "Country")}
    for token in raw[1:-2] if regions else ():
        region = regions.get(raw[token.i + 1].idx) if token.text == "," else None
        town = _town(raw, token.i, names) if region is not None else None
        if region is None or town is None:
            continue
        start, entries = town
        if _is_before_based(raw, region.end) or _is_behind_firm(raw, start, region.end):
            yield replace(region, start=start, text=raw.text[start : region.end], type="City", entries=entries)


def _town(raw: Doc, comma: int, names: tuple[Name, ...]) -> tuple[int, tuple[str, ...]] | None:
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
    behind = [t.lower_ for t in raw if end <= t.idx < end + 16 and t.text != "-"]
    return bool(behind) and behind[0] in _BASED


def _is_behind_firm(raw: Doc, start: int, end: int) -> bool:
    """True for the seat of "Kelvaro Corporation of Lowell, Mass., which makes ion sources"."""
    before = [t for t in raw if start - 24 < t.idx < start][-2:]
    closed = raw.text[end : end + 1] in (",", ")")
    return closed and len(before) == 2 and before[1].lower_ == "of" and before[0].text[:1].isupper()
