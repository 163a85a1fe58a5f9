"""The registry of everything with a known name: actors, places, facilities, policies and the concepts of the schemes.

Actors live in `ontology/actors/*.csv`, which people edit; concepts come from the SKOS schemes. Both are one kind of
`Entry` here, so that recognising and linking names needs one table only.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ontology.concepts import concepts
from ontology.errors import InvalidData
from ontology.names import fold, needs_exact_case, strip_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

ALIAS_KINDS = ("legal", "short", "ticker", "native", "former", "brand", "plural", "demonym", "metonym")
ID_STATUSES = ("verified", "single-source", "unverified", "none")
NOT_SAME = "not_same.csv"
# What `Registry.names` calls the label itself, which is no alias.
LABEL = "label"
_MAY_HAVE_FORM = frozenset({LABEL, "legal", "former", "native"})


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
    Wikidata id, or of the ISIN where there is no Wikidata id; sources: tuple of str, where the row comes from;
    note: str, where the name misleads; ambiguous_with: tuple of ids that share a name with it.
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

    @property
    def names(self) -> tuple[Alias, ...]:
        """The label and the aliases, the label first.

        >>> [name.text for name in load().entries["tsmc"].names][:2]
        ['TSMC', 'Taiwan Semiconductor Manufacturing Company']
        """
        return (Alias(self.label, LABEL, needs_exact_case(self.label)), *self.aliases)


@dataclass(frozen=True)
class Registry:
    """All entries, and the way from a name to them.

    entries: mapping of id to `Entry`, sorted by id; not_same: frozenset of pairs of ids that must never be merged.
    """

    entries: Mapping[str, Entry]
    not_same: frozenset[frozenset[str]] = field(default_factory=frozenset)

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The entries that go by a name, those whose label it is first, then by id.

        name: str; case, punctuation and a legal form at its end do not matter. Returns none where nobody is known by
        it and several where the name is shared.

        >>> [entry.id for entry in load().lookup("Taiwan Semiconductor Manufacturing Co., Ltd.")]
        ['tsmc']
        """
        found = self._outright.get(_key(name)) or self._stripped.get(_key(strip_legal_form(name)), ())
        return tuple(self.entries[entry_id] for entry_id in found)

    def names(self) -> Iterator[tuple[str, Entry, str]]:
        """Every name of every entry as (text, entry, kind), entries by id; the label's kind is "label".

        >>> ("TSMC", "label") in {(text, kind) for text, entry, kind in load().names()}
        True
        """
        for entry in self.entries.values():
            for text, kind, _ in entry.names:
                yield text, entry, kind

    def are_distinct(self, a: str, b: str) -> bool:
        """True where the two ids are on the list of pairs that look alike and must never be merged.

        >>> load().are_distinct("nexperia", "nxp")
        True
        """
        return frozenset((a, b)) in self.not_same

    @cached_property
    def _outright(self) -> dict[str, tuple[str, ...]]:
        """Folded name -> ids."""
        return _index((_key(text), kind != LABEL, entry.id) for text, entry, kind in self.names())

    @cached_property
    def _stripped(self) -> dict[str, tuple[str, ...]]:
        """Folded name without its legal form -> ids; asked only where nobody bears a name outright."""
        full = ((strip_legal_form(text), entry, kind) for text, entry, kind in self.names() if kind in _MAY_HAVE_FORM)
        rows = _index((_key(text), kind != LABEL, entry.id) for text, entry, kind in full)
        return rows | self._outright


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _index(rows: Iterable[tuple[str, bool, str]]) -> dict[str, tuple[str, ...]]:
    """Key -> ids, those whose label it is first; rows: (key, whether it is but an alias, id)."""
    index: dict[str, list[tuple[bool, str]]] = {}
    for key, is_alias, entry_id in rows:
        index.setdefault(key, []).append((is_alias, entry_id))
    return {key: tuple(dict.fromkeys(entry_id for _, entry_id in sorted(found))) for key, found in index.items()}


@cache
def load() -> Registry:
    """The shipped registry, read once; raises `InvalidData` where a file of it breaks its contract."""
    known = _by_id(actors())
    entries = {**_concept_entries(known), **known}
    return Registry(dict(sorted(entries.items())), _not_same())


def actors() -> Iterator[Entry]:
    """The entries of the actor files, file by file, row by row.

    >>> next(entry.label for entry in actors() if entry.id == "imec")
    'imec'
    """
    for path in _actor_files():
        for row in _rows(path):
            yield _entry(path.name, row)


def _actor_files() -> list[Traversable]:
    folder = files("ontology").joinpath("actors")
    return sorted((p for p in folder.iterdir() if p.name.endswith(".csv") and p.name != NOT_SAME), key=lambda p: p.name)


def _rows(path: Traversable) -> Iterator[dict[str, str]]:
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise InvalidData(f"Row {number} of {path.name} has {len(row)} fields, not {len(header)}: mend its commas.")
        yield {column: value for column, value in zip(header, row, strict=True) if value}


def _entry(file: str, row: dict[str, str]) -> Entry:
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
    )


def _several(row: dict[str, str], column: str) -> tuple[str, ...]:
    value = row.get(column)
    return tuple(value.split("|")) if value else ()


def _aliases(row: dict[str, str]) -> tuple[Alias, ...]:
    names = [(text, kind) for kind in ALIAS_KINDS for text in _several(row, kind)]
    others = {row["label"], *(text for text, kind in names if kind != "ticker")}
    kept = ((text, kind) for text, kind in names if kind != "ticker" or text not in others)
    return tuple(Alias(text, kind, needs_exact_case(text)) for text, kind in kept)


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    unique: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in unique:
            raise InvalidData(f"Two rows of the registry have the id {entry.id!r}: give one of them another id.")
        unique[entry.id] = entry
    return unique


def _concept_entries(known: Mapping[str, Entry]) -> dict[str, Entry]:
    """The concepts; one that shares a name with an actor learns so from the actor's row."""
    sharing: dict[str, list[str]] = {}
    for entry in known.values():
        for other in entry.ambiguous_with:
            sharing.setdefault(other, []).append(entry.id)
    return {
        concept.id: Entry(
            id=concept.id,
            label=concept.label,
            type=concept.type,
            aliases=tuple(Alias(text, "short", needs_exact_case(text)) for text in concept.alt_labels),
            sources=("scheme",),
            ambiguous_with=tuple(sorted(sharing.get(concept.id, ()))),
            broader=tuple(concept.broader),
            scheme=concept.scheme,
            nanometres=concept.nanometres,
        )
        for concept in concepts().values()
    }


def _not_same() -> frozenset[frozenset[str]]:
    path = files("ontology").joinpath("actors", NOT_SAME)
    return frozenset(frozenset((row["a"], row["b"])) for row in _rows(path))
