"""Parsing in a process with limits: a hostile file may end that one, never the build."""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from extract.model import Document
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from extract.read._walk import Single

MEMORY = 2 << 30
"""Bytes that a parser may use."""

SECONDS = 120.0
"""Time that a parser may take for one document."""


class _Process:
    """The process, started when it is first needed and kept; another one after each that was ended."""

    def __init__(self) -> None:
        # In isolated mode the folder that happens to be the current one is not searched for modules.
        program = (
            f"import sys; sys.path[:] = {sys.path!r}; from extract.read._apart_process import main; main({MEMORY})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.owner = os.getpid()

    def ask(self, head: dict[str, str], data: bytes, seconds: float) -> dict[str, Any]:
        """The answer to a request; raises `TimeoutError`, and `EOFError` where the process ended without one."""
        answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._exchange, args=(head, data, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty as error:
            raise TimeoutError from error
        if answer is None:
            raise EOFError
        return answer

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()

    def _exchange(self, head: dict[str, str], data: bytes, answers: queue.SimpleQueue[dict[str, Any] | None]) -> None:
        assert self._process.stdin
        assert self._process.stdout
        try:
            send(self._process.stdin, head, data)
            received = receive(self._process.stdout)
        except (OSError, ValueError):  # ended while we wrote or read
            received = None
        answers.put(received and json.loads(received[1]))


_running: list[_Process] = []


def apart(single: Single, data: bytes, source: str) -> Document:
    """The document that a format's `parse` gives, parsed in a process with limits on memory and time.

    Raises `DocumentRefused` where the parser does, and where it runs out of memory or time or breaks.
    """
    if not _running or _running[0].owner != os.getpid():  # a fork's parent goes on using its own
        _running[:] = [_Process()]
    try:
        answer = _running[0].ask({"format": single.__name__, "source": source}, data, SECONDS)
    except TimeoutError as error:
        stop()
        raise DocumentRefused(source, f"reading it takes longer than {SECONDS:.0f} seconds") from error
    except EOFError as error:
        stop()
        raise DocumentRefused(source, "it breaks the parser of its format (it is damaged, or hostile)") from error
    if reason := answer.get("refused"):
        raise DocumentRefused(source, reason)
    return Document(**answer["document"])


def send(stream: IO[bytes], head: dict[str, str], body: bytes) -> None:
    """Writes one message: its length in eight bytes, a line of JSON, bytes."""
    data = json.dumps(head).encode() + b"\n" + body
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, str], bytes] | None:
    """Reads one message; None where the stream ends before it does.

    >>> import io
    >>> pipe = io.BytesIO()
    >>> send(pipe, {"a": "1"}, b"text"), pipe.seek(0)
    (None, 0)
    >>> receive(pipe), receive(pipe)
    (({'a': '1'}, b'text'), None)
    """
    size = int.from_bytes(stream.read(8), "big")
    data = stream.read(size)
    if not size or len(data) < size:
        return None
    head, _, body = data.partition(b"\n")
    return json.loads(head), body


@atexit.register
def stop() -> None:
    """Ends the process, which the next document starts again."""
    for process in _running:
        if process.owner == os.getpid():
            process.end()
    _running.clear()
