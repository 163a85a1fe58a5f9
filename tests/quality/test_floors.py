"""Precision and recall never fall below what they were; `python tests/quality/raise_floors.py` lifts the floors."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from types import ModuleType


def _script() -> ModuleType:
    """The script beside this test; the folder is no package."""
    spec = importlib.util.spec_from_file_location("raise_floors", Path(__file__).with_name("raise_floors.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


quality = _script()


@pytest.mark.language
@pytest.mark.shared
@pytest.mark.parametrize("name", ["seed", "dev"])
def test_shared_texts_are_read_no_worse_than_before(name: str) -> None:
    check(name)


@pytest.mark.language
def test_the_corpus_is_read_no_worse_than_before() -> None:
    check("corpus")


def check(name: str) -> None:
    found = quality.figures(name)
    if found is None:
        pytest.skip(f"the annotated texts {name!r} are not beside this checkout")
    floor = quality.floors()[name]
    assert {figure: found[figure] for figure in floor if found[figure] < floor[figure]} == {}, f"floors: {floor}"


def test_floors_are_percentages_of_known_sets() -> None:
    assert set(quality.floors()) <= set(quality.SETS)
    values = [value for figures in quality.floors().values() for value in figures.values()]
    assert values
    assert all(0 < value <= 100 for value in values)


figures = st.dictionaries(st.sampled_from(["precision", "recall"]), st.floats(0, 100), max_size=2)
sets = st.dictionaries(st.sampled_from(["seed", "dev", "corpus"]), figures, max_size=3)


@given(sets, sets)
def test_no_floor_falls_and_none_is_lost(old: dict, new: dict) -> None:
    found = quality.raised(old, new)
    assert all(found[name][f] >= value for name, each in old.items() for f, value in each.items())
    assert all(found[name][f] > value - 1 for name, each in new.items() for f, value in each.items())
    assert quality.raised(found, new) == found
