"""What the ontology and the registry know of an id: labels, families, kinds, countries.

A graph may hold terms that this version's ontology lacks (an older build, somebody's own claims): they are shown under
a name made of the id instead of failing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from graph.view.palette import KIND_OF_CLASS
from ontology import classes, registry, relations

if TYPE_CHECKING:
    from ontology.registry import Entry


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation as it is shown: id, label and inverse label in words, id of its family, whether it has a direction."""

    id: str
    label: str
    inverse: str
    family: str
    symmetric: bool


@cache
def relation(name: str) -> RelationView:
    """How a relation reads; one that the ontology lacks is named after its id and belongs to the family "other".

    >>> relation("sharesCanteenWith")
    RelationView(id='sharesCanteenWith', label='shares canteen with', inverse='shares canteen with (of)', ...)
    """
    known = relations.relations().get(name)
    if known is None:
        return RelationView(name, words(name), f"{words(name)} (of)", "other", symmetric=False)
    return RelationView(name, known.label, known.inverse_label, known.family, known.symmetric)


@cache
def kind(cls: str) -> str:
    """The kind of node (an id of `palette.KINDS`) that a class is drawn as.

    >>> kind("Company"), kind("NoSuchClass")
    ('company', 'other')
    """
    above = classes.ancestors(cls) if cls in classes.classes() else ()
    for name in (cls, *above):
        if name in KIND_OF_CLASS:
            return KIND_OF_CLASS[name]
    return "other"


@cache
def type_label(cls: str) -> str:
    """The class in words."""
    known = classes.classes().get(cls)
    return known.label if known else words(cls)


def entry(key: str) -> Entry | None:
    """The registry's entry of an entity, or None where it is not registered."""
    return registry.load().entries.get(key)


def country(entry: Entry | None) -> str | None:
    """The name of an entry's country; None where it has none."""
    if entry is None or entry.country is None:
        return None
    return nation(entry.country)


def nation(code: str) -> str:
    """The name of a country's ISO 3166 alpha-2 code; the code itself where nobody has it."""
    return _countries(registry.load()).get(code, code)


def business_models(entry: Entry | None) -> tuple[str, ...]:
    """The labels of an entry's business models."""
    return () if entry is None else tuple(name(model) for model in entry.business_models)


def identifiers(entry: Entry | None) -> tuple[tuple[str, str], ...]:
    """The ids that registers elsewhere know an entry by, as (register, id).

    >>> dict(identifiers(entry("tsmc")))["Wikidata"]
    'Q713418'
    """
    if entry is None:
        return ()
    known = (("Wikidata", entry.wikidata), ("LEI", entry.lei), ("ISIN", entry.isin), ("Ticker", entry.ticker))
    return tuple((register, key) for register, key in known if key)


def name(key: str) -> str:
    """The label of a registered id; another text is returned as it is."""
    known = entry(key)
    return known.label if known else key


def words(name: str) -> str:
    """A camelCase id as words.

    >>> words("exportValue"), words("WaferPerMonth")
    ('export value', 'wafer per month')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


@lru_cache(maxsize=2)
def _countries(known: registry.Registry) -> dict[str, str]:
    entries = known.entries.values()
    return {e.country: e.label for e in entries if e.type == "Country" and e.country}
