"""What the RDF formats share: all quads in one order, or all triples where a format has no graphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.export import everything
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store import Store

_ROOT = re.compile(r"<rdf:RDF [^>]*>")


def quads(store: Store, form: ox.RdfFormat) -> bytes:
    """All graphs in a format that has graphs."""
    return written(everything(store), form)


def triples(store: Store, form: ox.RdfFormat) -> bytes:
    """All triples in a format that has no graphs."""
    return written(all_triples(store), form)


def all_triples(store: Store) -> list[ox.Triple]:
    """The triples of all graphs, sorted, each once."""
    found = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in everything(store)}
    return sorted(found, key=str)


def written(
    items: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Quads or triples in a format, in the order given, the prefixes of formats that have some sorted.

    Oxigraph writes prefixes in an order that differs from one time to the next.
    """
    if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        text = ox.serialize(items, format=form, prefixes=dict(prefixes)) or b""
        head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))
        return head.encode() + text.split(b"\n", len(prefixes))[-1]
    if form == ox.RdfFormat.RDF_XML:
        text = ox.serialize(items, format=form, prefixes=dict(prefixes)) or b""
        names = "".join(f' xmlns:{prefix}="{iri}"' for prefix, iri in sorted(prefixes.items()))
        return _ROOT.sub(f"<rdf:RDF{names}>", text.decode(), count=1).encode()
    return ox.serialize(items, format=form) or b""
