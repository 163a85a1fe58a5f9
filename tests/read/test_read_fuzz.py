"""Bad inputs without end: each becomes a document or a refusal with a reason, never an error that stops a build.

`CHIPGRAPH_FUZZ=10000 python -m pytest -s tests/read/test_read_fuzz.py` tries that many and prints what became of each
kind, the slowest and the memory. A kind is a function from chance to a file; seeds/ holds inputs of kinds that chance
seldom makes, written by hand. What reads is a process with a limit on memory, so that a reader which takes more, ends
its process or does not come back is found and named by the number of its input.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import bad_files
import hostile_files
import pytest
from bad_files import Long

from extract.model import Document
from extract.read import read_all
from extract.read._apart import SECONDS, stop
from extract.read._member import Budget, Opened
from extract.read._walk import documents_in
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

TIMES = int(os.environ.get("CHIPGRAPH_FUZZ", "40"))
SEEDS = sorted(Path(__file__).parent.joinpath("seeds").iterdir())
KINDS: dict[str, Callable[[random.Random], bytes | Long]] = {
    "spoiled good file": bad_files.spoiled,
    "truncated": bad_files.truncated,
    "wrong encoding": bad_files.wrongly_encoded,
    "bomb": bad_files.bomb,
    "deep nesting": bad_files.nested,
    "long line": bad_files.long_line,
    "gigabyte line": bad_files.gigabyte_line,
    "unseen characters": bad_files.unseen,
    "hostile HTML": hostile_files.html,
    "hostile PDF": hostile_files.prints,
    "hostile mail": hostile_files.mail,
    "hostile feed": hostile_files.feed,
    "hostile XML": hostile_files.xml,
    "hostile table": hostile_files.table,
    "hostile Word document": hostile_files.office,
    "hostile crawl": hostile_files.crawl,
    "rubbish": bad_files.rubbish,
}
LARGE = {"bomb", "long line", "gigabyte line"}
"""Kinds that cost more than all others together and so come up more seldom."""

MEMORY = 1_000 << 20
"""Bytes that a reader may map, its program included: what it holds of a document is some tens of megabytes."""

UNSEEN = set("\x00\r\x1b\u202e\u2066\u200b\ufeff\ud800")


def outcome(found: Iterator[Document | DocumentRefused], tell: Callable[[], None] = lambda: None) -> str:
    """What became of a file; fails where that is neither a good document nor a refusal with a reason.

    tell: is called before each document, as it is met.
    """
    ends = set()
    for one in found:
        tell()
        assert isinstance(one, Document | DocumentRefused)
        ends.add(type(one))
        if isinstance(one, Document):
            assert not set(one.text) & UNSEEN
        else:
            assert one.reason
            assert "more memory than there is" not in one.reason  # nothing but the limit here would have stopped it
    assert ends
    return "read" if Document in ends else "refused"


def of_number(number: int) -> tuple[str, bytes | Long]:
    """The kind of an input, and the input."""
    chance = random.Random(number)
    kind = chance.choices(list(KINDS), [0.1 if kind in LARGE else 1 for kind in KINDS])[0]
    return kind, KINDS[kind](chance)


@dataclass(frozen=True)
class Tried:
    """What became of an input: how reading it ended, how many seconds that took, and its size."""

    number: int
    kind: str
    end: str
    seconds: float
    size: int


@contextlib.contextmanager
def limited_memory() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def tried(number: int, path: Path, tell: Callable[[], None]) -> Tried:
    """Makes an input and reads it."""
    kind, data = of_number(number)
    if isinstance(data, Long):
        found = documents_in(Opened(data.opened(), "made", Budget(len(data)), charged=False))
    else:
        path.write_bytes(data)
        found = read_all(str(path))
    started = time.perf_counter()
    with limited_memory():
        end = outcome(found, tell)
    seconds = time.perf_counter() - started
    return Tried(number, kind, end, seconds, len(data))


def reader(connection: Connection, path: Path) -> None:
    """What the process that reads does: tries the inputs whose numbers it is sent, and says what memory that took.

    A file may hold a million documents, so it sends None for each of them: what is bounded is the time of one.
    """
    while (number := connection.recv()) is not None:
        connection.send(tried(number, path, lambda: connection.send(None)))
    stop()
    connection.send(
        [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    )


def answer(connection: Connection, number: int) -> Tried:
    """What became of an input that the reader was sent; fails where a document takes for ever or ends the reader."""
    while True:
        assert connection.poll(SECONDS + 60), f"input {number}, {of_number(number)[0]}, takes for ever"
        try:
            told: Tried | None = connection.recv()
        except EOFError:
            pytest.fail(f"input {number}, {of_number(number)[0]}, ends the process that reads it")
        if told is not None:
            return told


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_what_once_broke_something_no_longer_does(seed):
    assert outcome(read_all(str(seed))) in ("read", "refused")


def test_bad_inputs_are_read_or_refused_with_a_reason(tmp_path):
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("forkserver").Process(target=reader, args=(there, tmp_path / "input"))
    process.start()
    there.close()
    found = []
    try:
        for number in range(TIMES):
            here.send(number)
            found.append(answer(here, number))
        here.send(None)
        memory = here.recv()
    finally:
        here.close()
        process.join(10)
        process.kill()
    ends = Counter((one.kind, one.end) for one in found)
    for kind in KINDS:
        print(f"{kind}: {ends[kind, 'read']} read, {ends[kind, 'refused']} refused")  # noqa: T201 (shown by -s)
    print("slowest", *sorted(found, key=lambda one: -one.seconds)[:3], sep="\n  ")  # noqa: T201
    print("memory in MB (what makes and reads them, parsers)", memory)  # noqa: T201
    assert {one.end for one in found} == {"read", "refused"}
