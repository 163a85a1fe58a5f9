"""A served graph for tests: the command in a process of its own, on loopback."""

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

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    end = time.monotonic() + 60
    while time.monotonic() < end and served.process.poll() is None:
        with contextlib.suppress(OSError):
            if served.ask("/health").status == 200:
                return
        time.sleep(0.05)
    pytest.fail(served.log.read_text())
