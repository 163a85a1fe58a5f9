"""What tests share: the sample articles, a graph built from them once, the command run as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = ROOT / "extract" / "language" / "pipeline"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "language: needs the trained language pipeline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that parse text skip only while the pipeline is not there."""
    if (PIPELINE / "meta.json").exists():
        return
    for item in items:
        if item.get_closest_marker("language"):
            item.add_marker(pytest.mark.skip(reason="the language pipeline is not trained yet"))


@dataclass(frozen=True)
class Ran:
    """What a run of the command left: exit status and the two streams."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def articles() -> Path:
    return ROOT / "examples" / "articles"


@pytest.fixture
def chipgraph(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Runs the command line in this process, its output caught as bytes of the two streams."""
    from chipgraph.__main__ import main

    def run(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        status = main([str(a) for a in arguments])
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode(), err.decode())

    return run


@pytest.fixture(scope="session")
def fresh_python() -> Callable[[str], str]:
    """Runs a program in a new interpreter; returns what it printed."""

    def run(program: str) -> str:
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """The folder built from the sample articles, once a session; tests read it and write elsewhere."""
    import chipgraph

    folder = tmp_path_factory.mktemp("sample") / "output"
    chipgraph.build([str(articles)], folder)
    return folder
