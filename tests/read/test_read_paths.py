from __future__ import annotations

from pathlib import Path

import pytest

from extract.read import paths


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.txt", "deep/er/c.md", ".hidden", ".git/config"):
        file = tmp_path / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_is_searched_through_in_order(folder):
    assert list(paths(["docs"])) == ["docs/a.txt", "docs/b.txt", "docs/deep/er/c.md"]


def test_globs_are_expanded(folder):
    assert list(paths(["docs/*.txt"])) == ["docs/a.txt", "docs/b.txt"]
    assert list(paths(["docs/**/*.md"])) == ["docs/deep/er/c.md"]


def test_what_leads_nowhere_is_given_back(folder):
    assert list(paths(["none.txt", "none*.txt"])) == ["none.txt", "none*.txt"]


def test_a_name_with_brackets_is_that_file(folder):
    Path("docs/a[1].txt").write_text("x", encoding="utf-8")
    assert list(paths(["docs/a[1].txt"])) == ["docs/a[1].txt"]


def test_each_path_comes_once(folder):
    assert list(paths(["docs/b.txt", "docs", "docs/*.txt", "-", "-"])) == [
        "docs/b.txt",
        "docs/a.txt",
        "docs/deep/er/c.md",
        "-",
    ]


def test_pipes_in_a_folder_are_passed_over(folder):
    import os

    os.mkfifo("docs/pipe")
    assert "docs/pipe" not in list(paths(["docs"]))
