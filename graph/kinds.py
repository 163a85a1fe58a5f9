"""What the parameters of named queries can be, and how a value as people write it becomes a term of that kind.

What only one kind needs of the ontology is imported there: a command that asks once waits for its imports.
"""

from __future__ import annotations

import difflib
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from graph import terms as t
from graph.literals import decimal, integer
from graph.names import squash
from graph.parameters import term
from ontology.errors import QueryRefused
from ontology.namespaces import CK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.names import Names
    from graph.parameters import Value
    from graph.store import Store

DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-Q[1-4])?"
_CODE = re.compile(r"[A-Za-z]{2}")
_COUNTRY = t.ck("country")


def read(kind: str, value: Value, names: Names, store: Store) -> NamedNode | Literal:
    """The term that a value of a parameter stands for.

    kind: str, a key of `KINDS`; value: str, as people write it, or what is a term already (an `Entity`, an IRI, a
    number); names: Names, to find entities by; store: Store. Raises `QueryRefused` for what is not of the kind, and
    `UnknownEntity`.

    >>> from graph.example import knowledge
    >>> store = knowledge().store
    >>> from graph.names import Names
    >>> read("integer", "3", Names(store), store).value, read("metric", "export value", Names(store), store).value
    ('3', 'https://w3id.org/chipgraph/ontology#exportValue')
    """
    return KINDS[kind](value, names, store) if type(value) is str else term(value)


def _entity(value: str, names: Names, _: Store) -> NamedNode:
    return names.find(value)


def _relation(value: str, _: Names, __: Store) -> NamedNode:
    from ontology.relations import relation, relations

    named = next((r.id for r in relations().values() if squash(value) in {squash(r.id), squash(r.label)}), value)
    return t.ck(relation(named).id)


def _metric(value: str, _: Names, __: Store) -> NamedNode:
    from ontology.measures import metrics

    found = next((m.id for m in metrics().values() if squash(value) in {squash(m.id), squash(m.label)}), None)
    if found is None:
        near = difflib.get_close_matches(value, metrics(), n=1)
        raise QueryRefused(
            f"No metric is called {value!r}; " + (f"did you mean {near[0]!r}?" if near else "see chip.ttl.")
        )
    return t.ck(found)


def _class(value: str, _: Names, __: Store) -> NamedNode:
    if value not in CK:
        near = difflib.get_close_matches(value, dir(CK), n=1)
        raise QueryRefused(
            f"No class is called {value!r}; " + (f"did you mean {near[0]!r}?" if near else "see chip.ttl.")
        )
    return t.ck(value)


def _country(value: str, names: Names, store: Store) -> Literal:
    """The code of a country: itself, or that of the country, place or body named, in the graph or not."""
    if _CODE.fullmatch(value):
        return Literal(value.upper())
    from ontology.registry import load

    known = {entry.country for entry in load().lookup(value)}
    if len(known) == 1 and (code := known.pop()):
        return Literal(code)
    found = next(store.quads(names.find(value), _COUNTRY), None)
    if found is None:
        raise QueryRefused(f"No country is known of {value!r}: give a country or its ISO code, such as CN.")
    return Literal(found.object.value)


def _date(value: str, _: Names, __: Store) -> Literal:
    if not re.fullmatch(DATE, value):
        raise QueryRefused(f"{value!r} is no date: write 2024, 2024-10, 2024-10-07 or 2024-Q3.")
    return Literal(value)


def _integer(value: str, _: Names, __: Store) -> Literal:
    try:
        return integer(int(value))
    except ValueError as error:
        raise QueryRefused(f"{value!r} is no whole number: write it in digits, such as 3.") from error


def _number(value: str, _: Names, __: Store) -> Literal:
    try:
        return decimal(float(value))
    except ValueError as error:
        raise QueryRefused(f"{value!r} is no number: write it in digits, such as 0.5.") from error


def _text(value: str, _: Names, __: Store) -> NamedNode | Literal:
    return term(value)


def _iri(value: str, _: Names, __: Store) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as error:
        raise QueryRefused(f"{value!r} is no IRI: {error}.") from error


KINDS: Mapping[str, Callable[[str, Names, Store], NamedNode | Literal]] = MappingProxyType(
    {
        "entity": _entity,
        "relation": _relation,
        "metric": _metric,
        "class": _class,
        "country": _country,
        "date": _date,
        "integer": _integer,
        "number": _number,
        "text": _text,
        "iri": _iri,
    }
)
