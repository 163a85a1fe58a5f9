"""Named queries as examples: their parameters filled in, so that they can be asked as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.catalogue import filled, named
from graph.server.answers import Example
from ontology.errors import QueryRefused, UnknownEntity

if TYPE_CHECKING:
    from graph.server.lookups import Place


def example(place: Place, name: str) -> Example:
    """A named query with the values of its own example, or with none where the graph does not know them."""
    told = named(name)
    try:
        text = filled(told, place.graph.reader.names, place.graph.store, told.example)
    except (QueryRefused, UnknownEntity):
        text = told.body
    return Example(text, told.answers)
