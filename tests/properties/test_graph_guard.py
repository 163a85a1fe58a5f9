from __future__ import annotations

import contextlib

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st

from graph.guard import check, fill, tokens
from graph.parameters import term
from ontology.errors import QueryRefused


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token for _, token in tokens(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_parameter_arrives_as_it_is(value: str) -> None:
    filled = fill("SELECT ?v { VALUES ?v { $value } }", {"value": str(term(value))})
    (solution,) = pyoxigraph.Store().query(filled)  # type: ignore[misc]
    assert solution[0].value == value  # type: ignore[index,union-attr]


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
