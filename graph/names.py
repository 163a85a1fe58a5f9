"""From a name as people write it to an entity of the graph."""

from __future__ import annotations

import difflib
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph import terms as t
from graph.store import as_node
from ontology.errors import AmbiguousName, UnknownEntity
from ontology.iri import entity_iri, local_name
from ontology.names import fold, strip_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store import Store

_SHORTEST_BEGINNING = 4
_SHORTEST_PART = 3
_MOST_NAMED = 8
_MOST_NEAR = 3
_NEAR = 0.7
_CODES = tuple(map(t.ck, ("ticker", "isin", "lei", "iso2", "iso3")))
# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a name may stand for.

    id, label: str; how: str, "id", "name", "legal form", "code", "beginning", "part" or "near"; score: float, 1 for
    what is sure.
    """

    id: str
    label: str
    how: str
    score: float

    def __str__(self) -> str:
        return f"{self.label} ({self.how}, {self.score:.2f})"


def squash(name: str) -> str:
    """A name without case, accents, punctuation and spaces.

    >>> squash("ST Micro"), squash("AT&T"), squash("Électricité"), squash("東芝 デバイス")
    ('stmicro', 'atandt', 'electricite', '東芝デバイス')
    """
    return fold(unaccented(name)).replace(" ", "")


def unaccented(name: str) -> str:
    """A name with plain letters for Latin ones with accents; other scripts stay as they are.

    >>> unaccented("Café Łódź"), unaccented("ルネサスエレクトロニクス")
    ('Cafe Lodz', 'ルネサスエレクトロニクス')
    """
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFD", name.translate(_PLAIN))
    kept: list[str] = []
    for character in parts:
        accent = unicodedata.combining(character) and kept and kept[-1].isascii()
        if not accent:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


class Names:
    """The names of all entities of a store.

    store: Store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, name: str) -> NamedNode:
        """The entity of a name or id.

        name: str, an id, label or alias, in any case and punctuation, with or without accents and a legal form, a
        ticker, ISIN, LEI or country code, or the beginning of one name only. Raises `UnknownEntity` with suggestions
        where none fits, `AmbiguousName` where several do.

        >>> from graph.example import knowledge
        >>> Names(knowledge().store).find("st micro").value.rsplit("/")[-1]
        'stmicroelectronics'
        """
        found = next((iris for iris, _, _ in self._surely(name) if iris), set())
        if len(found) == 1:
            return NamedNode(next(iter(found)))
        if found:
            raise AmbiguousName(name, self._told_apart(found)[:_MOST_NAMED])
        near = dict.fromkeys(self._label(iri) for iris, *_ in self._perhaps(name) for iri in sorted(iris))
        raise UnknownEntity(name, tuple(near)[:_MOST_NEAR])

    def meant(self, name: str) -> tuple[Match, ...]:
        """What `find` takes a name to stand for: one entity, several where it is ambiguous, none where it is unknown.

        >>> from graph.example import market
        >>> [str(match) for match in Names(market().store).meant("Juniper")]
        ['Juniper Gas (beginning, 0.90)']
        """
        for iris, how, score in self._surely(name):
            if iris:
                return tuple(Match(local_name(iri), self._label(iri), how, score) for iri in sorted(iris))
        return ()

    def matches(self, name: str, limit: int = 5) -> tuple[Match, ...]:
        """The entities that a name may stand for, each once, the surest first."""
        found: dict[str, Match] = {}
        for iris, how, score in (*self._surely(name), *self._perhaps(name)):
            for iri in sorted(iris, key=lambda iri: (self._label(iri), iri)):
                key = local_name(iri)
                found.setdefault(key, Match(key, self._label(iri), how, round(score, 2)))
        return tuple(sorted(found.values(), key=lambda match: -match.score))[:limit]

    def _surely(self, name: str) -> Iterator[tuple[set[str], str, float]]:
        """What a name stands for, the surest way of reading it first; no later one counts where an earlier one does."""
        if not squash(name):
            return
        yield set(self._by_id(name)), "id", 1.0
        yield self._by_name(name), "name", 1.0
        yield self._by_name(strip_legal_form(name)), "legal form", 0.98
        yield self._by_code(name), "code", 0.95
        yield self._by_beginning(name), "beginning", 0.9

    def _perhaps(self, name: str) -> Iterator[tuple[set[str], str, float]]:
        """What a name may have been meant for: names that it is a part of, then names spelt much like it."""
        key = squash(name)
        if len(key) >= (_SHORTEST_PART if key.isascii() else 1):  # a single Chinese character tells more than a letter
            longer = (known for known in self._sorted if key in known)
            for known in sorted(longer, key=len)[:_MOST_NEAR]:
                yield self._by_key(known), "part", 0.6 + 0.2 * len(key) / len(known)
        near = difflib.get_close_matches(key, self._sorted, n=_MOST_NEAR, cutoff=_NEAR) if key else []
        for known in near:
            yield self._by_key(known), "near", difflib.SequenceMatcher(None, known, key).ratio()

    def _by_id(self, name: str) -> Iterable[str]:
        as_id = NamedNode(entity_iri(name))
        if next(self._store.quads(as_id, t.LABEL, None, t.SHARED), None):
            return (as_id.value,)
        merged = next(self._store.quads(None, t.REPLACES, as_id, t.SHARED), None)
        return (as_node(merged.subject).value,) if merged else ()

    def _by_name(self, name: str) -> set[str]:
        return self._by_key(squash(name))

    def _by_key(self, key: str) -> set[str]:
        """The entities of a squashed name; those whose label it is go before those that merely answer to it."""
        return self._labels.get(key) or self._aliases.get(key) or set()

    def _by_code(self, name: str) -> set[str]:
        """The entities of a code; a ticker may come without its exchange."""
        code = name.strip().casefold()
        return self._codes.get(code) or self._codes.get(f"{code}.", set())

    def _by_beginning(self, name: str) -> set[str]:
        key = squash(name)
        if len(key) < _SHORTEST_BEGINNING:
            return set()
        found: set[str] = set()
        for known in self._sorted[bisect_left(self._sorted, key) :]:
            if not known.startswith(key):
                break
            found |= self._by_key(known)
        return found

    def _told_apart(self, iris: set[str]) -> tuple[str, ...]:
        """The labels of entities, sorted; where two share one, the id stands in its place, for that is found too."""
        labels = Counter(self._label(iri) for iri in iris)
        return tuple(sorted(self._label(iri) if labels[self._label(iri)] == 1 else local_name(iri) for iri in iris))

    def _label(self, iri: str) -> str:
        return next(self._store.quads(NamedNode(iri), t.LABEL, None, t.SHARED)).object.value

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._labels.keys() | self._aliases.keys())

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        return self._index(t.LABEL)

    @cached_property
    def _aliases(self) -> dict[str, set[str]]:
        return self._index(t.ALT_LABEL)

    @cached_property
    def _codes(self) -> dict[str, set[str]]:
        """Entities by code; a ticker also stands without its exchange, as `2330.` for `2330.TW`."""
        found: dict[str, set[str]] = {}
        for predicate in _CODES:
            for quad in self._store.quads(None, predicate, None, t.SHARED):
                code = quad.object.value.casefold()
                for key in {code, f"{code.partition('.')[0]}."}:
                    found.setdefault(key, set()).add(quad.subject.value)
        return found

    def _index(self, predicate: NamedNode) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for quad in self._store.quads(None, predicate, None, t.SHARED):
            found.setdefault(squash(quad.object.value), set()).add(quad.subject.value)
        return found
