"""What the encoder is shown: sentences with the pairs that some relation may tie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.encoder.scenes import DISTANCES, Spot, class_of, distance, learned, possible, scenes
from extract.encoder.wordpiece import START, STOP, UNKNOWN

VOCABULARY = {UNKNOWN: 0, START: 1, STOP: 2, "asml": 3, "serves": 4, "tsmc": 5, ".": 6, "it": 7, "grows": 8}
TEXT = "ASML serves TSMC. It grows."
SENTENCES = [(0, 18), (18, 27)]
ASML = Spot(0, 4, "Company", "name", "asml", 0)
TSMC = Spot(12, 16, "Company", "name", "tsmc", 0)
IT = Spot(18, 20, "Company", "coreference", "asml", 1)


def test_a_scene_has_both_directions_of_a_pair() -> None:
    (scene,) = scenes(TEXT, SENTENCES, [ASML, TSMC, IT], VOCABULARY)
    assert scene.ids == (1, 3, 4, 5, 6, 2)
    assert scene.pairs == ((0, 1), (1, 0))
    assert scene.kinds == (0, class_of("Company"), 0, class_of("Company"), 0, 0)
    assert [(scene.first[n], scene.last[n]) for n in range(2)] == [(1, 2), (3, 4)]


def test_sentences_without_a_pair_are_not_read() -> None:
    assert scenes(TEXT, SENTENCES, [ASML, IT], VOCABULARY) == []


def test_one_entity_is_no_pair_and_neither_are_two_that_go_unsaid() -> None:
    unsaid = [Spot(0, 18, "Company", "topic", name, 0) for name in ("asml", "tsmc")]
    assert scenes(TEXT, SENTENCES, [ASML, Spot(12, 16, "Company", "name", "asml", 0)], VOCABULARY) == []
    assert scenes(TEXT, SENTENCES, unsaid, VOCABULARY) == []


def test_each_sentence_with_a_pair_is_a_scene_of_its_own() -> None:
    text = TEXT[:18] * 100
    sentences = [(18 * n, 18 * n + 18) for n in range(100)]
    spots = [
        Spot(18 * n + at, 18 * n + at + 4, "Company", "name", name, n)
        for n in range(100)
        for at, name in ((0, "asml"), (12, "tsmc"))
    ]
    found = scenes(text, sentences, spots, VOCABULARY)
    assert len(found) == 100
    assert {scene.ids for scene in found} == {(1, 3, 4, 5, 6, 2)}
    assert [scene.spots for scene in found[:2]] == [(0, 1), (2, 3)]


def test_the_ontology_says_what_may_be() -> None:
    assert learned().index("suppliesTo") in possible("Company", "Company")
    assert learned().index("suppliesTo") not in possible("City", "Company")


@given(st.integers(0, 400), st.integers(1, 9), st.integers(0, 400), st.integers(1, 9))
def test_distances_are_few_and_tell_the_order(a: int, size: int, b: int, other: int) -> None:
    found = distance(a, a + size, b, b + other)
    assert 0 <= found < DISTANCES
    assert (found >= DISTANCES // 2) == (a < b)
