from __future__ import annotations

import pyoxigraph
import pytest

from graph.example import knowledge
from graph.export import FORMATS, dump, everything, reified
from ontology.errors import QueryRefused


@pytest.mark.parametrize("syntax", ["trig", "nq"])
def test_dumps_hold_every_quad(syntax: str) -> None:
    store = knowledge().store
    parsed = set(pyoxigraph.parse(dump(store, syntax), FORMATS[syntax]))
    assert parsed == set(everything(store))
    assert dump(store, syntax) == dump(knowledge().store, syntax)


def test_other_formats() -> None:
    assert dump(knowledge().store, "jsonld").startswith("[")
    with pytest.raises(QueryRefused, match="choose trig, nq, jsonld"):
        dump(knowledge().store, "xlsx")


def test_rdf_12_view_says_what_each_claim_reifies() -> None:
    quads = list(reified(knowledge().store))
    assert len(quads) == 4
    assert all(isinstance(quad.object, pyoxigraph.Triple) for quad in quads)
