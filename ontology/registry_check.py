"""The checks that every row of the registry passes; `python -m ontology.registry_check` prints a line a fault.

Run by the tests and by whoever edits a file of `ontology/actors`: exit status 0 where nothing is wrong, 1 otherwise.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from ontology.classes import classes
from ontology.names import common_words, fold
from ontology.registry import ALIAS_KINDS, ID_STATUSES, Entry, Registry, actors, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Where each kind of id can come from; docs/registry.md says what each source is.
ID_SOURCES = {
    "wikidata": frozenset({"country-codes", "supplybench-id", "public-code-id"}),
    "isin": frozenset({"financedatabase", "investpy-isin", "pytickersymbols-isin", "sbti-isin", "twse-isin"}),
    "lei": frozenset({"gleif-lei", "sbti-lei", "public-code-lei"}),
}
PROGRAM_CODE = frozenset({"public-code-id", "public-code-lei"})
SOURCES = frozenset({"curated", "scheme"}).union(*ID_SOURCES.values())

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d")
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}")


def isin_is_valid(isin: str) -> bool:
    """True for an ISIN whose check digit is right.

    >>> isin_is_valid("NL0010273215"), isin_is_valid("NL0010273216")
    (True, False)
    """
    if not _ISIN.fullmatch(isin):
        return False
    digits = "".join(str(int(c, 36)) for c in isin)
    doubled = (int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits)))
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def lei_is_valid(lei: str) -> bool:
    """True for a legal entity identifier whose two check digits are right (ISO 17442: the number leaves 1 by 97).

    >>> lei_is_valid("724500Y6DUVHQD6OXN27"), lei_is_valid("724500Y6DUVHQD6OXN28")
    (True, False)
    """
    return bool(_LEI.fullmatch(lei)) and int("".join(str(int(c, 36)) for c in lei)) % 97 == 1


def faults(registry: Registry) -> list[str]:
    """What is wrong with a registry, a sentence each, sorted; empty where all is well."""
    found = [f"{entry.id}: {fault}" for entry in registry.entries.values() for fault in _of_one(entry, registry)]
    return sorted({*found, *_shared_names(registry), *_shared_ids(registry), *_lists(registry)})


def repeated(ids: Iterable[str]) -> list[str]:
    """The ids given more than once, as faults: the registry itself cannot hold them.

    >>> repeated(["tsmc", "umc", "tsmc"])
    ['tsmc: the id is given to two rows']
    """
    counts = Counter(ids)
    return [f"{row}: the id is given to two rows" for row in sorted(counts) if counts[row] > 1]


def row_faults(entry: Entry, registry: Registry) -> list[str]:
    """What is wrong with an entry that a user added, a clause each: its sources and ids are the user's own affair."""
    return [fault for check in _CHECKS if check is not _honesty for fault in check(entry, registry)]


def _of_one(entry: Entry, registry: Registry) -> Iterator[str]:
    for check in _CHECKS:
        yield from check(entry, registry)


def _type(entry: Entry, _: Registry) -> Iterator[str]:
    if entry.type not in classes():
        yield f"its type {entry.type!r} is no class of the ontology"


def _texts(entry: Entry, _: Registry) -> Iterator[str]:
    texts = [name.text for name in entry.names]
    for text in texts:
        if not fold(text) or text != " ".join(text.split()):
            yield f"the name {text!r} is blank or has stray spaces"
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"the name {text!r} is given twice"
    for name in entry.aliases:
        if name.kind not in ALIAS_KINDS:
            yield f"the alias {name.text!r} has the unknown kind {name.kind!r}"


def _links(entry: Entry, registry: Registry) -> Iterator[str]:
    targets = {"parent": (entry.parent,), "place": (entry.place,), "ambiguous_with": entry.ambiguous_with}
    for column, ids in targets.items():
        for other in ids:
            if other is not None and (other not in registry.entries or other == entry.id):
                yield f"its {column} {other!r} is no other entry"
    for model in entry.business_models:
        if model not in registry.entries or registry.entries[model].type != "BusinessModel":
            yield f"its business model {model!r} is none of the scheme"


def _country(entry: Entry, registry: Registry) -> Iterator[str]:
    if entry.country is not None and entry.country not in _iso2(registry):
        yield f"its country {entry.country!r} is no ISO 3166 alpha-2 code of countries.csv"


def _ids(entry: Entry, _: Registry) -> Iterator[str]:
    if entry.isin is not None and not isin_is_valid(entry.isin):
        yield f"the check digit of its ISIN {entry.isin!r} is wrong"
    if entry.lei is not None and not lei_is_valid(entry.lei):
        yield f"the check digits of its LEI {entry.lei!r} are wrong"
    if entry.wikidata is not None and not _WIKIDATA.fullmatch(entry.wikidata):
        yield f"its Wikidata id {entry.wikidata!r} does not look like Q713418"


def _honesty(entry: Entry, _: Registry) -> Iterator[str]:
    """Each id needs a source, and the first that a row has, where it is verified, two of which somebody curates one."""
    given = [kind for kind in ID_SOURCES if getattr(entry, kind) is not None]
    behind = {kind: ID_SOURCES[kind].intersection(entry.sources) for kind in given}
    if entry.id_status not in ID_STATUSES:
        yield f"its id_status {entry.id_status!r} is none of {', '.join(ID_STATUSES)}"
    if not entry.sources or not SOURCES.issuperset(entry.sources):
        yield f"its sources {'|'.join(entry.sources)!r} are blank or unknown"
    if (entry.id_status == "none") != (not given):
        yield f"its id_status {entry.id_status!r} does not fit the ids it has"
    for kind in given:
        if not behind[kind]:
            yield f"its {kind} has no source"
    if entry.id_status == "verified" and given and (len(behind[given[0]]) < 2 or behind[given[0]] <= PROGRAM_CODE):
        yield "a verified id needs two independent sources, one of them a curated data set"


_CHECKS: tuple[Callable[[Entry, Registry], Iterator[str]], ...] = (_type, _texts, _links, _country, _ids, _honesty)


@lru_cache(maxsize=2)
def _iso2(registry: Registry) -> frozenset[str]:
    return frozenset(e.country for e in registry.entries.values() if e.type == "Country" and e.country)


def _shared_names(registry: Registry) -> Iterator[str]:
    bearers: dict[str, dict[str, Entry]] = {}
    for text, entry, _ in registry.names():
        bearers.setdefault(fold(text), {})[entry.id] = entry
    for key, entries in bearers.items():
        for entry in entries.values():
            others = sorted(entries.keys() - {entry.id, *entry.ambiguous_with})
            if others:
                yield f"{entry.id}: {', '.join(others)} has its name {key!r} too: list it in ambiguous_with, or drop it"


def _shared_ids(registry: Registry) -> Iterator[str]:
    for column in ("wikidata", "isin", "lei"):
        owners: dict[str, list[str]] = {}
        for entry in registry.entries.values():
            owners.setdefault(getattr(entry, column) or "", []).append(entry.id)
        for value, ids in owners.items():
            if value and len(ids) > 1:
                yield f"{ids[0]}: its {column} {value} is also that of {', '.join(ids[1:])}"


def _lists(registry: Registry) -> Iterator[str]:
    """The lists beside the rows: pairs that are not the same, names that are ordinary words."""
    for pair in registry.not_same:
        if len(pair) != 2 or not pair <= registry.entries.keys():
            yield f"not_same.csv: the pair {', '.join(sorted(pair))} does not name two entries"
    for word in common_words() - {text.lower() for text, _, _ in registry.names()}:
        yield f"common_words.txt: nothing has the name {word!r}"


def main() -> int:
    """Prints the faults of the shipped registry; returns the exit status."""
    registry = load()
    own = [entry.id for entry in actors()]
    found = [*repeated([*own, *(e.id for e in registry.entries.values() if e.scheme)]), *faults(registry)]
    for fault in found:
        sys.stdout.write(fault + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
