"""The page on the engine names tests that there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_the_tests_that_it_names_are_there(root: Path) -> None:
    named = set(re.findall(r"`((?:test_|Test)\w+)`", (root / "docs" / "engine.md").read_text(encoding="utf-8")))
    sources = "".join(path.read_text(encoding="utf-8") for path in (root / "tests").rglob("test_*.py"))
    assert len(named) > 30
    assert named - set(re.findall(r"(?:def|class) (\w+)", sources)) == set()
