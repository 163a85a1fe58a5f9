"""Updates worked out triple by triple: what the engine itself would make of graphs that users may change."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from graph.server.changing import Changing, Impossible, Untouchable

NAMING: dict[str, Any] = {"base_iri": "https://w3id.org/chipgraph/id/", "prefixes": {"x": "x:"}}
START = "INSERT DATA { GRAPH x:g { x:a x:p 1, 2 . x:b x:p 'one'@en ; x:q _:n . _:n x:r x:a } GRAPH x:h { x:a x:p 3 } }"
UPDATES = (
    'INSERT DATA { GRAPH x:g { x:c x:p \'x;y}\' , """{ # """ } GRAPH x:new { x:c x:p 4.5 } }',
    "DELETE DATA { GRAPH x:g { x:a x:p 1 } GRAPH x:h { x:a x:p 4 } }",
    "DELETE WHERE { GRAPH x:g { x:a x:p ?o } }",
    "DELETE WHERE { GRAPH ?g { ?s x:p ?o } }",
    "PREFIX y: <x:> # a comment with } and ;\nWITH y:g DELETE { ?s y:p ?o } INSERT { ?s y:old ?o } WHERE { ?s y:p ?o }",
    "BASE <x:> WITH <g> INSERT { ?s <seen> true } WHERE { ?s <p> ?o FILTER(?o < 2 && ?o > 0) }",
    "INSERT { GRAPH x:k { ?s x:n _:b . _:b x:v ?o } } WHERE { GRAPH x:g { ?s x:p ?o } }",
    "INSERT { GRAPH ?g { ?s x:both ?o } } WHERE { GRAPH ?g { ?s x:p ?o } OPTIONAL { GRAPH x:h { ?s x:none ?n } } }",
    "INSERT { GRAPH x:k { ?s x:maybe ?n . ?s x:p ?o } } WHERE { GRAPH x:g { ?s x:p ?o OPTIONAL { ?s x:q ?n } } }",
    "INSERT { GRAPH x:k { ?n x:copied ?o } } WHERE { GRAPH x:g { x:b x:q ?n . ?n x:r ?o } }",
    "INSERT { GRAPH x:k { ?s ?p ?o } } USING x:g WHERE { ?s ?p ?o }",
    "INSERT { GRAPH x:k { ?s ?p ?o } } USING x:g USING NAMED x:h WHERE { { ?s ?p ?o } UNION { GRAPH ?g {?s ?p ?o} } }",
    "INSERT { GRAPH x:k { x:a x:count ?n } } WHERE { SELECT (COUNT(*) AS ?n) { GRAPH x:g { ?s ?p ?o } } }",
    "INSERT { GRAPH x:k { ?o x:of x:p } } WHERE { GRAPH x:g { x:a x:p ?o } }",  # a number is no subject
    "INSERT { GRAPH x:k { x:a x:b x:c } } WHERE {} ; DELETE WHERE { GRAPH x:k { ?s ?p ?o } } ; DELETE {} WHERE {}",
    "DELETE { GRAPH x:g { ?s ?p ?o } } INSERT { GRAPH x:h { ?s ?p ?o } } WHERE { GRAPH x:g { ?s ?p ?o } } ;",
    "CLEAR GRAPH x:g ; CREATE GRAPH x:k",
    "DROP SILENT GRAPH x:none ; drop graph x:h",
    "COPY x:g TO x:h",
    "COPY GRAPH x:g TO GRAPH x:g",
    "MOVE SILENT x:h TO x:g",
    "COPY DEFAULT TO x:h",
    "ADD x:h TO GRAPH x:g ; ADD SILENT x:none TO x:g",
    "DROP ALL ; INSERT DATA { GRAPH x:z { x:a x:b 'DROP ALL' } }",
    "",
    "PREFIX y: <y:>",
)


def changed(text: str, most: int = 100) -> tuple[ox.Store, ox.Store]:
    """The store that a text changes, and users' graphs alone."""
    engine, own = ox.Store(), ox.Store()
    engine.update(START, **NAMING)
    own.extend(engine)
    Changing(engine, own, NAMING, most).run(text, None)
    return engine, own


def canonical(store: ox.Store) -> set[ox.Quad]:
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


@pytest.mark.parametrize("text", UPDATES)
def test_users_graphs_are_what_the_engine_makes_of_them(text):
    wanted = ox.Store()
    wanted.update(START, **NAMING)
    wanted.update(text, **NAMING)
    engine, own = changed(text)
    assert canonical(engine) == canonical(wanted)
    assert set(engine) == set(own)


def test_the_list_above_changes_something():
    before = canonical(changed("")[0])
    assert sum(canonical(changed(text)[0]) != before for text in UPDATES) > 18


@pytest.mark.parametrize(
    "text", ["COPY x:none TO x:g", "CREATE GRAPH x:g", "INSERT { GRAPH ?g { ?s x:x ?s } } WHERE { ?s ?p ?o }"]
)
def test_what_cannot_be_done_says_so(text):
    with pytest.raises(Impossible):
        changed(text, most=3)


def test_what_stands_in_another_graph_already_is_no_change():
    fact = "https://w3id.org/chipgraph/id/a"
    engine, own = ox.Store(), ox.Store()
    engine.update(f"INSERT DATA {{ <{fact}> <{fact}> 1 }}")
    changing = Changing(engine, own, NAMING, 10)
    changing.run(f"INSERT DATA {{ <{fact}> <{fact}> 1 }} ; DELETE DATA {{ <{fact}> <{fact}> 2 }}", None)
    for text in (f"DELETE DATA {{ <{fact}> <{fact}> 1 }}", f"INSERT DATA {{ <{fact}> <{fact}> 2 }}"):
        with pytest.raises(Untouchable, match="plain facts"):
            changing.run(text, None)
    assert (len(engine), len(own)) == (1, 0)
