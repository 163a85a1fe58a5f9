"""The registry of everything with a known name: actors, places, facilities, policies and the concepts of the schemes.

Actors live in `ontology/actors/*.csv`, which people edit; concepts come from the SKOS schemes. Both are one kind of
`Entry` here, so that recognising and linking names needs one table only. `using` puts another registry in its place for
a while, such as the shipped one with a user's own actors (`ontology.additions`).
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ontology import compiled
from ontology.concepts import concepts
from ontology.entries import ALIAS_KINDS, ID_STATUSES, LABEL, Alias, Entry, entry, rows
from ontology.errors import InvalidData
from ontology.names import fold, needs_exact_case, strip_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

__all__ = ["ALIAS_KINDS", "ID_STATUSES", "LABEL", "Alias", "Entry", "Registry", "actors", "load", "using"]

NOT_SAME = "not_same.csv"
_MAY_HAVE_FORM = frozenset({LABEL, "legal", "former", "native"})


class Bearers(NamedTuple):
    """The ids behind folded names: outright, and of names without their legal form that nobody bears outright."""

    outright: Mapping[str, tuple[str, ...]]
    stripped: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Registry:
    """All entries, and the way from a name to them. Two registries are equal only where they are one.

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
        outright, stripped = self.bearers
        found = outright.get(_key(name))
        if found is None:
            shorter = _key(strip_legal_form(name))
            found = outright.get(shorter) or stripped.get(shorter, ())
        return tuple(self.entries[entry_id] for entry_id in found)

    def names(self) -> Iterator[tuple[str, Entry, str]]:
        """Every name of every entry as (text, entry, kind), entries by id; the label's kind is "label".

        >>> ("TSMC", "label") in {(text, kind) for text, entry, kind in load().names()}
        True
        """
        for known in self.entries.values():
            for text, kind, _ in known.names:
                yield text, known, kind

    def are_distinct(self, a: str, b: str) -> bool:
        """True where the two ids are on the list of pairs that look alike and must never be merged.

        >>> load().are_distinct("nexperia", "nxp")
        True
        """
        return frozenset((a, b)) in self.not_same

    @cached_property
    def states(self) -> Mapping[str, Entry]:
        """Country code -> the country.

        >>> load().states["NL"].label
        'Netherlands'
        """
        return {e.country: e for e in self.entries.values() if e.type == "Country" and e.country}

    @cached_property
    def bearers(self) -> Bearers:
        """Who bears each folded name; made at the first look-up where it was not compiled."""
        outright = _index((_key(text), kind != LABEL, e.id) for text, e, kind in self.names())
        full = ((strip_legal_form(text), e, kind) for text, e, kind in self.names() if kind in _MAY_HAVE_FORM)
        short = _index((_key(text), kind != LABEL, e.id) for text, e, kind in full)
        return Bearers(outright, {key: ids for key, ids in short.items() if key not in outright})


def load() -> Registry:
    """The registry in use: the shipped one, unless `using` has put another in its place.

    Raises `InvalidData` where a file of it breaks its contract.
    """
    return _active.get() or shipped()


@contextmanager
def using(registry: Registry) -> Iterator[Registry]:
    """Makes `load` give another registry while the context lasts, in this thread or task only.

    >>> with using(Registry({})):
    ...     load().lookup("TSMC")
    ()
    """
    token = _active.set(registry)
    try:
        yield registry
    finally:
        _active.reset(token)


_active: ContextVar[Registry | None] = ContextVar("registry", default=None)


@cache
def shipped() -> Registry:
    """The shipped registry, read once: from its compiled form where there is one, else from its files."""
    found = compiled.read()
    if found is None:
        made = from_files()
        compiled.write(made.entries, made.not_same, *made.bearers)
        return made
    made = Registry(found.entries, found.not_same)
    made.__dict__["bearers"] = Bearers(found.outright, found.stripped)
    return made


def from_files() -> Registry:
    """The shipped registry, read from the files that people edit."""
    known = _by_id(actors())
    entries = {**_concept_entries(known), **known}
    return Registry(dict(sorted(entries.items())), _not_same())


def actors() -> Iterator[Entry]:
    """The entries of the actor files, file by file, row by row.

    >>> next(entry.label for entry in actors() if entry.id == "imec")
    'imec'
    """
    for path in _actor_files():
        for row in rows(path.read_text(encoding="utf-8"), path.name):
            yield entry(path.name, row)


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _index(found: Iterable[tuple[str, bool, str]]) -> dict[str, tuple[str, ...]]:
    """Key -> ids, those whose label it is first; found: (key, whether it is but an alias, id)."""
    index: dict[str, list[tuple[bool, str]]] = {}
    for key, is_alias, entry_id in found:
        index.setdefault(key, []).append((is_alias, entry_id))
    return {key: tuple(dict.fromkeys(entry_id for _, entry_id in sorted(ids))) for key, ids in index.items()}


def _actor_files() -> list[Traversable]:
    folder = files("ontology").joinpath("actors")
    return sorted((p for p in folder.iterdir() if p.name.endswith(".csv") and p.name != NOT_SAME), key=lambda p: p.name)


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    unique: dict[str, Entry] = {}
    for found in entries:
        if found.id in unique:
            raise InvalidData(f"Two rows of the registry have the id {found.id!r}: give one of them another id.")
        unique[found.id] = found
    return unique


def _concept_entries(known: Mapping[str, Entry]) -> dict[str, Entry]:
    """The concepts; one that shares a name with an actor learns so from the actor's row."""
    sharing: dict[str, list[str]] = {}
    for actor in known.values():
        for other in actor.ambiguous_with:
            sharing.setdefault(other, []).append(actor.id)
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
    text = path.read_text(encoding="utf-8")
    return frozenset(frozenset((row["a"], row["b"])) for row in rows(text, path.name))
