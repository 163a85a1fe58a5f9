from __future__ import annotations

import contextlib
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from graph.example import knowledge
from graph.guard import check, fill, tokens
from graph.parameters import term
from graph.query import run
from graph.results import Table
from graph.store import MemoryStore
from ontology.errors import QueryRefused, UnknownEntity

pytestmark = pytest.mark.filterwarnings("ignore:.* does not look like a valid URI")
_EMPTY = MemoryStore()
_KNOWN = knowledge()


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token for _, token in tokens(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_parameter_arrives_as_it_is(value: str) -> None:
    filled = fill("SELECT ?v { VALUES ?v { $value } }", {"value": str(term(value))})
    (solution,) = pyoxigraph.Store().query(filled)  # type: ignore[misc]
    assert solution[0].value == value  # type: ignore[index,union-attr]


_ANY = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        *('"', "'", '"""', "\\", '\\"', "} #", "> }", '"} UNION { ?e ?p ?o } #', "$name", "\\u0022", "UNDEF"),
        *('"@en', '"^^<x:y>', "\n", "\r", "\x00", "{{{{", "; DROP ALL", "SERVICE <http://127.0.0.1/> {}"),
    ]
)
_VALUES = _ANY | st.integers() | st.booleans() | st.dates()


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), _VALUES, min_size=3, max_size=3))
def test_hostile_values_change_nothing_but_their_place(values: dict[str, Any]) -> None:
    text = "SELECT ?x ?y ?z { VALUES (?x ?y) { ($a $b) } BIND($c AS ?z) } # $a"
    answer = run(_EMPTY, text, values)
    assert isinstance(answer, Table)
    assert answer.columns == ("x", "y", "z")
    assert [str(found) for found in answer.terms[0]] == [str(term(values[name])) for name in ("a", "b", "c")]


@given(_ANY)
def test_hostile_names_find_somebody_or_nobody(name: str) -> None:
    with contextlib.suppress(UnknownEntity):
        assert isinstance(_KNOWN.query("partners-of", entity=name), Table)


@given(_ANY)
def test_hostile_iris_are_refused_or_themselves(iri: str) -> None:
    with contextlib.suppress(QueryRefused):
        found = run(_EMPTY, "SELECT ?x { VALUES ?x { $iri } }", {"iri": rdflib.URIRef(iri)})
        assert isinstance(found, Table)
        assert found.column("x") == [iri]


@given(
    st.lists(
        st.sampled_from(
            ["?a", "<", ">", "#", "'", '"', "'''", "\n", "SERVICE", "<urn:x>", " ", "{", "}", ")", "(", "\\", "ck:a"]
        )
    )
)
def test_what_passes_has_no_service_for_the_engine(parts: list[str]) -> None:
    text = "ASK { ?s ?p ?o FILTER(1" + "".join(parts) + " }"
    with contextlib.suppress(QueryRefused):
        check(text)
        with contextlib.suppress(SyntaxError):
            # An engine that saw SERVICE would try to reach urn:x and say so with an OSError or RuntimeError.
            pyoxigraph.Store().query(text)
