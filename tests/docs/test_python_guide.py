"""docs/python.md does what it says: each block of code runs, and prints what stands under it."""

from __future__ import annotations

import contextlib
import io
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guide_prints_what_it_says(root: Path) -> None:
    pytest.importorskip("pandas", reason="the guide shows frames")
    text = (root / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = _BLOCK.findall(text)
    space: dict[str, object] = {}
    shown = 0
    for (kind, code), (after, expected) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "docs/python.md", "exec"), space)
        if after == "text":
            shown += 1
            assert _plain(printed.getvalue()) == _plain(expected), code
    assert shown == sum(kind == "python" for kind, _ in blocks) == sum(kind == "text" for kind, _ in blocks)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
