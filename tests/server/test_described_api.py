"""The API is what its description says, by requests that schemathesis makes up from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_schemathesis_finds_nothing(serve, market_folder, tmp_path):
    program = Path(sys.executable).with_name("schemathesis")
    if not program.exists():
        pytest.skip("needs schemathesis")
    told = serve(market_folder, "--timeout", "60")
    # The routes of named queries are made by one function of their headers: some have parameters of every kind.
    left_out = ["--exclude-path-regex", "/api/queries/[a-r]"]
    limits = [*left_out, "--phases", "fuzzing", "--max-examples", "2", "--no-shrink", "--generation-deterministic"]
    command = [str(program), "run", f"{told.url}/api/openapi.json", *limits, "--warnings", "off"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " generated" in done.stdout
