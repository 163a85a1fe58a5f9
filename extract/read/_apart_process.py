"""The process that formats with heavy parsers run in: it parses what comes on standard input until that ends."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from extract.read._apart import receive, send
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from extract.model import Document

_FIELDS = ("text", "source", "title", "publisher", "author", "date", "url", "language")


def main(memory: int) -> None:
    """Answers requests; memory: int, bytes that this process may use."""
    _limit(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks, which may end its work first
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a parser that prints does not disturb the answers
    while (message := receive(source)) is not None:
        head, data = message
        send(target, {}, json.dumps(answer(head["format"], data, head["source"])).encode())


def answer(name: str, data: bytes, source: str) -> dict[str, Any]:
    """The document that a format's module parses, as its fields, or the reason why it is refused."""
    try:
        document: Document = importlib.import_module(name).parse(data, source)
    except DocumentRefused as refused:
        return {"refused": refused.reason}
    except MemoryError:
        return {"refused": "reading it needs too much memory"}
    except RecursionError:
        return {"refused": "it is nested too deeply"}
    except Exception as error:  # whatever a parser raises of a damaged file
        words = " ".join(str(error).split())[:200]
        return {"refused": f"it is damaged ({words or type(error).__name__})"}
    return {"document": {field: getattr(document, field) for field in _FIELDS}}


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
