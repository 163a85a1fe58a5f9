"""Laws of the order of patterns: whatever it is, and however it was found, the rows are the same."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import ordering
from graph.ordering import Ordered
from graph.patterns import read, write

NODES = ("x:a", "x:b", "x:c", "x:d")
PROPERTIES = ("x:p", "x:q", "x:r")
VARIABLES = ("?s", "?t", "?u", "?v")
terms = st.sampled_from((*(f"<{node}>" for node in NODES), '"word"', "7", *VARIABLES, *VARIABLES, "_:one"))
subjects = st.sampled_from((*(f"<{node}>" for node in NODES), *VARIABLES, *VARIABLES))
steps = st.sampled_from([f"<{name}>" for name in PROPERTIES])
paths = st.one_of(
    steps,
    steps,
    st.sampled_from(
        ("?p", "^<x:p>", "<x:p>/<x:q>", "(<x:p>|<x:q>)", "<x:p>+", "!(<x:p>|^<x:q>)", "<x:p>/(^<x:q>|<x:r>)")
    ),
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    """A subject with one to three properties, each with one or two values."""
    said = [
        f"{draw(paths)} {', '.join(draw(st.lists(terms, min_size=1, max_size=2)))}"
        for _ in range(draw(st.integers(1, 3)))
    ]
    return f"{draw(subjects)} {' ; '.join(said)} ."


def others(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """What stands in a group beside triples, around a group."""
    forms = (
        *(
            "OPTIONAL {{ {0} }}",
            "{{ {0} }}",
            "MINUS {{ {0} }}",
            "FILTER EXISTS {{ {0} }}",
            "FILTER NOT EXISTS {{ {0} }}",
        ),
        *(
            "{{ SELECT ?s (COUNT(?t) AS ?n) WHERE {{ {0} }} GROUP BY ?s }}",
            "{{ {0} }} UNION {{ ?s <x:p> ?t . ?t ?p 7 }}",
        ),
        *("VALUES ?s {{ <x:a> UNDEF }} {0}", "FILTER(?s != <x:a>) {0}", "FILTER isIRI(?t) # not . \n {0}"),
    )
    return st.builds(str.format, st.sampled_from(forms), inner)


groups = st.recursive(statements(), lambda inner: st.lists(inner | others(inner), min_size=1, max_size=4).map(" ".join))
queries = groups.map("SELECT * WHERE {{ {} }}".format)


@st.composite
def stores(draw: st.DrawFn) -> ox.Store:
    ends = st.sampled_from([*map(ox.NamedNode, NODES), ox.Literal("word"), ox.Literal(7)])
    triples = st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), ends)
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in draw(st.lists(triples, max_size=25)))
    return store


def rows(answer: object) -> Counter[tuple[str, ...]]:
    """The rows of an answer, in any order; blank nodes of a query are never selected."""
    assert isinstance(answer, ox.QuerySolutions)
    return Counter(tuple(map(str, row)) for row in answer)


def read_by(engine: ox.Store, text: str) -> bool:
    try:
        engine.query(text)
    except SyntaxError:  # a label of a blank node in two blocks, a variable that is selected twice
        return False
    return True


@given(queries, stores(), st.randoms(use_true_random=False))
def test_no_order_within_a_block_changes_the_rows(text: str, engine: ox.Store, random: object) -> None:
    if not read_by(engine, text):
        return
    blocks = [(block, [p for run in block for p in run.patterns]) for block in read(text).blocks]
    assert blocks
    for _, patterns in blocks:
        random.shuffle(patterns)  # type: ignore[attr-defined]
    assert rows(engine.query(write(text, blocks))) == rows(engine.query(text))


@given(queries, stores())
@settings(max_examples=200)
def test_a_better_order_gives_the_same_rows(text: str, engine: ox.Store) -> None:
    if not read_by(engine, text):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_COUNTED", (1, 2, 5))  # so that few triples count as many
        assert rows(Ordered(engine).query(text)) == rows(engine.query(text))
