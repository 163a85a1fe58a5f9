"""A served graph: the command in a process of its own, on loopback."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extract.model import Claim, Document, Entity, Evidence, Observation
from graph.build import Builder
from graph.example import market

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOSTILE = "</script><script>window.pwned=1</script>"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path
    url: str = field(default="")

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        source: str = "127.0.0.1",
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Reply(answer.status, {k.casefold(): v for k, v in answer.getheaders()}, answer.read())

    def query(self, text: str, accept: str = "*/*", source: str = "127.0.0.1") -> Reply:
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.ask("/sparql", "POST", text.encode(), headers, source)


def fill(folder: Path) -> None:
    graph = market()
    told = {source.id: source for source in graph.documents()}
    texts: dict[str, list[Any]] = {key: [] for key in told}
    for statement in graph._reader.statements():
        texts[statement.document].append(statement)
    with Builder(folder) as builder:
        for key, statements in texts.items():
            text = " ".join(dict.fromkeys(s.evidence.text for s in statements))
            source = told[key]
            paper = Document(text, source.paths[0], source.title, source.publisher, None, source.date)
            for s in statements:
                start = text.index(s.evidence.text)
                evidence = Evidence(start, start + len(s.evidence.text), s.evidence.text)
                builder_statement = _moved(s, paper, evidence)
                texts.setdefault(paper.id + "!", []).append(builder_statement)
            builder.add(paper, texts.pop(paper.id + "!"))
        add_hostile(builder)


def _moved(s: Any, paper: Document, evidence: Evidence) -> Any:
    from dataclasses import replace

    return replace(s, document=paper.id, source=paper.source, evidence=evidence, support=())


def add_hostile(builder: Builder) -> None:
    text = f"{HOSTILE} supplies Evil {HOSTILE}."
    paper = Document(text, "evil.txt", HOSTILE, HOSTILE, HOSTILE, "2025-02-02", "javascript:window.pwned=1")
    evil = Entity("evil", f"Evil {HOSTILE}", "Company", HOSTILE)
    other = Entity("other-evil", f"<img src=x onerror=window.pwned=1>{HOSTILE}", "Company", HOSTILE)
    quote = Evidence(0, len(text), text)
    said = (paper.id, paper.source)
    number = Observation(*said, evil, "revenue", 1, HOSTILE, "USD", quote, "example", period="2024")
    builder.add(paper, [Claim(*said, evil, "suppliesTo", other, quote, "example", confidence=0.9), number])


@contextlib.contextmanager
def serving(folder: Path, log: Path, *options: str) -> Iterator[Served]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "chipgraph", "serve", "-g", str(folder), "--port", str(port), *options]
    with log.open("wb") as to:
        process = subprocess.Popen(command, stderr=to, stdout=to, cwd=Path(__file__).resolve().parents[2])
    served = Served(port, folder, process, log, f"http://127.0.0.1:{port}")
    try:
        _wait(served)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(served: Served) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and served.process.poll() is None:
        with contextlib.suppress(OSError):
            if served.ask("/health").status:
                return
        time.sleep(0.05)
    pytest.fail(served.log.read_text())


@pytest.fixture(scope="session")
def market_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "output"
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def server(market_folder: Path) -> Iterator[Served]:
    pytest.importorskip("starlette", reason="needs chipgraph[serve]")
    pytest.importorskip("uvicorn", reason="needs chipgraph[serve]")
    with serving(market_folder, market_folder.parent / "log", "--timeout", "2", "--max-rows", "1000") as served:
        yield served


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    with contextlib.ExitStack() as stack:

        def start(folder: Path, *options: str) -> Served:
            return stack.enter_context(serving(folder, tmp_path / "log", *options))

        yield start
