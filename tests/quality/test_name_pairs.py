"""Merging without asking is right, on names written by hand; the floor only rises."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from graph.identity.score import AUTOMATIC, PROPOSED

PRECISION, RECALL = 0.99, 0.5
PROPOSED_RECALL = 0.85


@pytest.fixture(scope="module")
def measure():
    spec = importlib.util.spec_from_file_location("name_pairs", Path(__file__).with_name("name_pairs.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scored(measure):
    return [(measure.score(pair), pair) for pair in measure.pairs()]


def test_there_are_enough_pairs_of_both_kinds(scored):
    assert sum(pair.same for _, pair in scored) >= 100
    assert sum(not pair.same for _, pair in scored) >= 100
    keys = [frozenset((pair.a, pair.b)) for _, pair in scored]
    assert len(keys) == len(set(keys))


def test_what_is_merged_without_asking_is_right(measure, scored):
    found = measure.figures(scored, AUTOMATIC)
    wrong = [f"{pair.a} / {pair.b}" for value, pair in scored if value >= AUTOMATIC and not pair.same]
    assert found.precision >= PRECISION, wrong
    assert found.recall >= RECALL


def test_most_that_are_the_same_are_proposed(measure, scored):
    assert measure.figures(scored, PROPOSED).recall >= PROPOSED_RECALL


def test_the_registry_s_own_names_are_merged_right(measure):
    """Names held out of their rows: those of one row are thousands, those of two rows that are compared too."""
    scored = measure.registry_pairs()
    found = measure.figures(scored, AUTOMATIC)
    wrong = [f"{pair.a} / {pair.b}" for value, pair in scored if value >= AUTOMATIC and not pair.same]
    assert found.right >= 500
    assert found.precision >= PRECISION, wrong
