"""What the tests of w3c/rdf-tests share: one server that holds the data of all of them, each file a named graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdf_tests
from serving import Served, serving

from graph import index
from graph.build import Builder
from graph.export import trig
from graph.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNTS: list[str] = []
TOKEN = "of the tests"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in COUNTS:
        terminalreporter.write_line(f"w3c/rdf-tests {line}")


@pytest.fixture
def counts() -> list[str]:
    """Lines that are shown at the end of the run."""
    return COUNTS


@pytest.fixture
def token() -> str:
    """What an update must bring."""
    return TOKEN


@pytest.fixture(scope="session")
def data() -> list[ox.Quad]:
    """The data of all tests, each file as two graphs: its blank nodes as default and as named graph are not the same.

    The named graph goes by the file's address, or by what its test calls it.
    """
    if rdf_tests.ROOT is None:
        pytest.skip(rdf_tests.WHY_NOT)
    files = rdf_tests.files()
    named = {path.as_uri(): path for path in files} | {rdf_tests.as_default(path): path for path in files}
    named |= dict(rdf_tests.protocol_graphs())
    return [quad for name, path in named.items() for quad in rdf_tests.quads(path, ox.NamedNode(name))]


@pytest.fixture(scope="session")
def server(data: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = _built(tmp_path_factory)
    store = index.open_live(Layout(folder).store)
    store.engine.bulk_extend(data)
    index.publish(store, Layout(folder).store, Layout(folder).trig)
    with serving(folder, folder.parent / "log", "--timeout", "5") as served:
        yield served


@pytest.fixture(scope="session")
def writable(data: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes updates; the graphs of the protocol's tests are users' own there."""
    folder = _built(tmp_path_factory)
    names = {ox.NamedNode(name) for name, _ in rdf_tests.protocol_graphs()}
    Layout(folder).users.write_bytes(trig(quad for quad in data if quad.graph_name in names))
    token = folder.parent / "token"
    token.write_text(TOKEN)
    options = ("--timeout", "10", "--workers", "1", "--write-token-file", str(token))
    with serving(folder, folder.parent / "log", *options) as served:
        yield served


def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder without documents, to be served."""
    pytest.importorskip("uvicorn", reason="needs chipgraph[serve]")
    folder = tmp_path_factory.mktemp("w3c") / "output"
    with Builder(folder):
        pass
    return folder
