"""Answers as sequences and tables, and filters that cannot fit."""

from __future__ import annotations

import pytest

from graph.example import market
from ontology.errors import InvalidData


def test_metrics_and_relations_by_label_or_with_a_hint() -> None:
    graph = market()
    assert list(graph.relations(relation="makes chips for")) == list(graph.relations(relation="manufacturesFor"))
    assert len(graph.relations(relation=["expands in", "imposes"])) == 3
    with pytest.raises(InvalidData, match="did you mean 'suppliesTo'"):
        graph.relations(relation="suplliesTo")
    with pytest.raises(InvalidData, match="did you mean 'revenue'"):
        graph.observations("Aster Fab", "revnue")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "yesterday"}, "'yesterday' is no time to compare with: write 2024, 2024-10 or 2024-10-07"),
        ({"until": "2024-13"}, "no time"),
        ({"polarity": "negativ"}, "No polarity is called 'negativ': choose affirmed, negated"),
        ({"modality": "maybe"}, "No modality is called 'maybe': choose asserted, planned"),
    ],
)
def test_filters_that_cannot_fit_say_so(asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidData, match=sentence):
        market().relations(**asked)  # type: ignore[arg-type]


def test_times_and_classes_are_checked_everywhere() -> None:
    graph = market()
    for wrong in (
        lambda: graph.changes("soon"),
        lambda: list(graph.timeline("Aster Fab", since="soon")),
        lambda: list(graph.observations("Aster Fab").during(until="soon")),
    ):
        with pytest.raises(InvalidData, match="'soon' is no time"):
            wrong()
    for wrong in (
        lambda: graph.neighbours("Aster Fab", kind="Compny"),
        lambda: graph.entities("Compny"),
        lambda: graph.bipartite("Compny"),
    ):
        with pytest.raises(InvalidData, match="did you mean 'Company'"):
            wrong()


def test_claims_one_by_one_are_those_of_the_set() -> None:
    graph = market()
    streamed = graph.iter_relations("Aster Fab", min_confidence=0.85)
    assert next(streamed).confidence >= 0.85
    kept = {claim.id for claim in graph.relations("Aster Fab", min_confidence=0.85)}
    assert {claim.id for claim in graph.iter_relations("Aster Fab", min_confidence=0.85)} == kept


def test_frames_are_sequences() -> None:
    found = market().relations("Aster Fab")
    assert found[-1] == list(found)[-1]
    assert list(found[2:4]) == list(found)[2:4]
    assert type(found[2:4]) is type(found)
    assert found == market().relations("Aster Fab") != market().relations("Elm Motors")
    assert found[0] in found
    assert list(reversed(found)) == list(found)[::-1]
    with pytest.raises(IndexError):
        found[99]
    assert str(market().relations("Ivy Group").that_are(polarity="negated")) == "No claims."
    assert repr(found).splitlines()[0] == "<12 claims>"
    assert repr(found).splitlines()[-1] == "  …"


def test_every_answer_is_a_table_of_its_columns() -> None:
    graph = market()
    network = graph.network()
    answers = [
        graph.relations("Aster Fab"),
        graph.suppliers("Aster Fab", tiers=2),
        graph.neighbours("Aster Fab"),
        graph.shared_partners("Aster Fab", "Birch Devices"),
        graph.paths("Aster Fab", "Elm Motors"),
        graph.exposure("Elm Motors", "Norland", steps=4),
        graph.chokepoints("Elm Motors"),
        graph.timeline("Aster Fab"),
        graph.changes("2024-06"),
        graph.corroboration(),
        graph.contradictions(),
        graph.observations("Aster Fab"),
        graph.series("Aster Fab"),
        graph.disagreements("Aster Fab"),
        network.centralities(),
        network.communities(),
        network.cut_points(),
        network.bridges(),
    ]
    for answer in answers:
        frame = answer.to_pandas()
        assert tuple(frame.columns) == answer.columns
        assert len(frame) == len(answer.records()) >= len(answer) > 0
        shown = answer._repr_html_()
        assert 0 < shown.count("<th") <= len(answer.columns)
        assert str(len(answer)) in shown
        assert ">id</th>" not in shown
        assert str(answer)
