"""What the registry holds: entries and their names, and how they are read from rows of a table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ontology.errors import InvalidData
from ontology.names import needs_exact_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALIAS_KINDS = ("legal", "short", "ticker", "native", "former", "brand", "plural", "demonym", "metonym")
ID_STATUSES = ("verified", "single-source", "unverified", "none")
# What `Entry.names` calls the label itself, which is no alias.
LABEL = "label"
# The columns that a row can have; `registry.md` says what each means.
COLUMNS = (
    *("id", "label", "type", "country", "business_models", "parent", "place", "iso3", *ALIAS_KINDS),
    *("isin", "lei", "wikidata", "id_status", "sources", "note", "ambiguous_with"),
    *("not_before", "not_after"),
)


class Alias(NamedTuple):
    """Another name of an entry.

    text: str; kind: str, one of `ALIAS_KINDS` (or "label" for the label itself); exact: bool, True where the name must
    match in its very case because it is short or an ordinary word too.
    """

    text: str
    kind: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a known name.

    id: str, its slug; label: str; type: str, a class of the ontology; country: str or None, ISO 3166 alpha-2;
    business_models, broader: tuples of concept ids; parent: str or None, id of the owner or of the wider place;
    place: str or None, id of the city or region it stands in; id_status: str, one of `ID_STATUSES`, speaking of the
    Wikidata id, where there is none of the ISIN, else of the LEI; sources: tuple of str, where the row comes from;
    note: str, where the name misleads; ambiguous_with: tuple of ids that share a name with it; not_before, not_after:
    tuples of the words that its names stand right before, or behind, where somebody else is meant.
    """

    id: str
    label: str
    type: str
    country: str | None = None
    business_models: tuple[str, ...] = ()
    parent: str | None = None
    aliases: tuple[Alias, ...] = ()
    ticker: str | None = None
    isin: str | None = None
    lei: str | None = None
    wikidata: str | None = None
    id_status: str = "none"
    sources: tuple[str, ...] = ()
    note: str = ""
    ambiguous_with: tuple[str, ...] = ()
    place: str | None = None
    iso3: str | None = None
    broader: tuple[str, ...] = ()
    scheme: str | None = None
    nanometres: float | None = None
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[Alias, ...]:
        """The label and the aliases, the label first.

        >>> from ontology.registry import load
        >>> [name.text for name in load().entries["tsmc"].names][:2]
        ['TSMC', 'Taiwan Semiconductor Manufacturing Company']
        """
        return (Alias(self.label, LABEL, needs_exact_case(self.label)), *self.aliases)


def rows(text: str, name: str) -> Iterator[dict[str, str]]:
    r"""The rows of a CSV text as column to value, blanks left out; raises `InvalidData` for a row of another length.

    text: str; name: str, what the text is called in errors.

    >>> list(rows("\n".join(["id,label,note", "imec,imec,"]), "a.csv"))
    [{'id': 'imec', 'label': 'imec'}]
    """
    return (row for _, row in numbered_rows(text, name))


def numbered_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The same, each with the number of its line, the header's being 1."""
    header, *lines = csv.reader(text.splitlines()) if text.strip() else ([],)
    for number, row in enumerate(lines, start=2):
        if row and len(row) != len(header):
            raise InvalidData(f"Row {number} of {name} has {len(row)} fields, not {len(header)}: mend its commas.")
        if row:
            yield number, {column: value for column, value in zip(header, row, strict=True) if value}


def entry(file: str, row: Mapping[str, str]) -> Entry:
    """The entry that a row describes; raises `InvalidData` where it lacks its id, label or type.

    >>> entry("a.csv", {"id": "acme", "label": "Acme", "type": "Company", "native": "微电子"}).aliases[0].kind
    'native'
    """
    if not row.get("id") or not row.get("label") or not row.get("type"):
        raise InvalidData(f"A row of {file} lacks its id, label or type: {','.join(row.values())[:60]!r}.")
    return Entry(
        id=row["id"],
        label=row["label"],
        type=row["type"],
        country=row.get("country"),
        business_models=_several(row, "business_models"),
        parent=row.get("parent"),
        aliases=_aliases(row),
        ticker=(_several(row, "ticker") or (None,))[0],
        isin=row.get("isin"),
        lei=row.get("lei"),
        wikidata=row.get("wikidata"),
        id_status=row.get("id_status", "none"),
        sources=_several(row, "sources"),
        note=row.get("note", ""),
        ambiguous_with=_several(row, "ambiguous_with"),
        place=row.get("place"),
        iso3=row.get("iso3"),
        not_before=_several(row, "not_before"),
        not_after=_several(row, "not_after"),
    )


def _several(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    value = row.get(column)
    return tuple(value.split("|")) if value else ()


def _aliases(row: Mapping[str, str]) -> tuple[Alias, ...]:
    names = [(text, kind) for kind in ALIAS_KINDS for text in _several(row, kind)]
    others = {row["label"], *(text for text, kind in names if kind != "ticker")}
    kept = ((text, kind) for text, kind in names if kind != "ticker" or text not in others)
    return tuple(Alias(text, kind, needs_exact_case(text)) for text, kind in kept)
