"""Three sample articles, read as they have been read before; `python tests/golden/regenerate.py` accepts a change."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.language


def _script() -> ModuleType:
    """The script beside this test; the folder is no package."""
    spec = importlib.util.spec_from_file_location("regenerate_golden", Path(__file__).with_name("regenerate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = _script()


@pytest.mark.parametrize("article", golden.ARTICLES)
def test_an_article_says_what_it_said(article: str) -> None:
    found, kept = golden.keys(golden.extracted(article)), golden.keys(golden.kept(article))
    assert {"lost": sorted(kept - found), "new": sorted(found - kept)} == {"lost": [], "new": []}


@pytest.mark.parametrize("article", golden.ARTICLES)
def test_golden_evidence_is_in_the_article(article: str) -> None:
    document, kept = golden.document(article), golden.kept(article)
    assert len(kept) >= 10
    assert {(s.document, s.source) for s in kept} == {(document.id, f"examples/articles/{article}")}
    assert all(document.text[s.evidence.start : s.evidence.end] == s.evidence.text for s in kept)


def test_every_golden_file_is_of_a_listed_article() -> None:
    assert {f.name for f in golden.FOLDER.glob("*")} == {golden.golden(a).name for a in golden.ARTICLES}
