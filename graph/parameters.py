"""Values that people and programs give for the `$name` of a query, as RDF terms: never as text of the query."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import terms as t
from ontology.errors import QueryRefused
from ontology.iri import entity_iri
from ontology.namespaces import XSD

if TYPE_CHECKING:
    import rdflib

    from extract.model import Entity

    Plain = str | int | float | bool | Decimal | datetime.date
    Value = ox.NamedNode | ox.Literal | Entity | Plain | rdflib.URIRef | rdflib.Literal

_DATE_TIME = ox.NamedNode(XSD.dateTime)


def term(value: Value) -> ox.NamedNode | ox.Literal:
    r"""A value as an RDF term.

    value: str becomes a plain literal, int xsd:integer, float xsd:double, Decimal xsd:decimal, bool xsd:boolean, date
    xsd:date, datetime xsd:dateTime; an `Entity` and the IRIs of pyoxigraph and rdflib become IRIs, their literals stay
    what they are. Raises `QueryRefused` for anything else.

    >>> str(term("a\"b")), str(term(3)), str(term(Decimal("0.90")))
    ('"a\\"b"', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', '"0.90"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    try:
        return _term(value)
    except ValueError as error:  # a lone surrogate, or an IRI that is none
        raise QueryRefused(f"The parameter {value!r} cannot stand in a query: {error}.") from error


def _term(value: Any) -> ox.NamedNode | ox.Literal:
    if type(value).__module__.startswith("rdflib."):  # told by name: rdflib takes a while to load
        return _from_rdflib(value)
    if isinstance(value, Decimal) and value.is_finite():
        return ox.Literal(format(value, "f"), datatype=t.DECIMAL)
    if isinstance(value, datetime.datetime):
        return ox.Literal(value.isoformat(), datatype=_DATE_TIME)
    if isinstance(value, datetime.date):
        return ox.Literal(value.isoformat(), datatype=t.DATE)
    if isinstance(value, str | int | float):
        return ox.Literal(value)
    from extract.model import Entity

    if isinstance(value, Entity):
        return ox.NamedNode(entity_iri(value.id))
    raise QueryRefused(
        f"A parameter cannot be a {type(value).__name__}: give text, a number, a date, an entity or IRI."
    )


def _from_rdflib(value: rdflib.URIRef | rdflib.Literal) -> ox.NamedNode | ox.Literal:
    """Rdflib's terms are strings to Python: an IRI must not become a text."""
    import rdflib

    if isinstance(value, rdflib.URIRef):
        return ox.NamedNode(str(value))
    if not isinstance(value, rdflib.Literal):
        raise QueryRefused(f"A parameter cannot be a {type(value).__name__}: give a URIRef or a Literal.")
    if value.language:
        return ox.Literal(str(value), language=value.language)
    return ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype)) if value.datatype else None)
