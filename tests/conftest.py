"""What tests share: the sample articles, a graph built from them once, the command run as a user runs it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.remote.servers import Addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float) -> None:
    """Waits until a server listens; fails where it ends before that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail(f"{process.args!r} does not listen")


@contextlib.contextmanager
def running(command: list[str], port: int, folder: Path, seconds: float) -> Iterator[None]:
    """A server in a process of its own, ended at the end."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            wait_for(port, process, seconds)
            yield
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """The addresses of an Oxigraph server in memory; tests put there what they need, and remove what is there."""
    beside = Path(sys.executable).with_name("oxigraph")
    binary = str(beside) if beside.exists() else shutil.which("oxigraph")
    if binary is None:
        pytest.skip("needs the server `oxigraph` (pip install oxigraph)")
    port = free_port()
    folder = tmp_path_factory.mktemp("oxigraph")
    with running([binary, "serve", "--bind", f"127.0.0.1:{port}"], port, folder, 20):
        base = f"http://127.0.0.1:{port}"
        yield Addresses(f"{base}/query", f"{base}/update", f"{base}/store")


VIRTUOSO = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = {sql}
ServerThreads = 10
NumberOfBuffers = 2000
DirsAllowed = .
[HTTPServer]
ServerPort = {http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1200
"""
MAY_WRITE = (
    "grant execute on DB.DBA.SPARQL_INSERT_DICT_CONTENT to SPARQL; "
    "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7); user_grant_role('SPARQL', 'SPARQL_UPDATE');"
)


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """The addresses of a Virtuoso that cuts answers at 1,200 rows, as its public servers do, only at more."""
    server, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if server is None or client is None:
        pytest.skip("needs Virtuoso 7: virtuoso-t and isql-vt in PATH")
    folder, sql, http = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http))
    with running([server, "+foreground", "+configfile", "virtuoso.ini"], http, folder, 60):
        subprocess.run([client, str(sql), "dba", "dba", f"EXEC={MAY_WRITE}"], check=True, capture_output=True)
        base = f"http://127.0.0.1:{http}/sparql"
        yield Addresses(base, base, f"{base}-graph-crud")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """The folder built from the sample articles, once a session; tests read it and write elsewhere."""
    import chipgraph

    folder = tmp_path_factory.mktemp("sample") / "output"
    chipgraph.build([str(articles)], folder)
    return folder
