"""Builds killed by the system at random moments; CHIPGRAPH_KILLS=200 kills as many as a release wants to see."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("CHIPGRAPH_KILLS", "2"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_killed_build_leaves_whole_documents_and_the_next_ends_it(root: Path) -> None:
    program = [sys.executable, str(root / "benchmarks" / "kill_builds.py"), str(KILLS)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{KILLS} builds killed" in done.stdout
