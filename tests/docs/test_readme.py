from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def python_blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.language
def test_the_python_of_the_readme_runs(root, built, tmp_path, monkeypatch, capsys):
    blocks = python_blocks(root / "README.md")
    assert blocks
    shutil.copytree(root / "examples", tmp_path / "examples")
    shutil.copytree(built, tmp_path / "output")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:  # each goes on from the one before
        exec(compile(block, "README.md", "exec"), names)
    assert capsys.readouterr().out.strip()


def test_links_in_the_documents_lead_somewhere(root):
    pages = [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_makefile_has_the_targets_that_the_documents_name(root):
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = "".join((root / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"^make ([a-z-]+)", pages, re.MULTILINE))
    assert named
    assert named <= targets


def test_the_machine_runs_the_tests_that_the_readme_names(root):
    assert "make test" in (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "\nmake test" in (root / "README.md").read_text(encoding="utf-8")
