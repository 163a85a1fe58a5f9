"""Kills builds at random moments and looks at what is left: `python benchmarks/kill_builds.py [KILLS] [SEED]`.

One process forks; the child brings a folder from one state to another through `Builder` (new documents, other
statements for a known text, another text at a known path, a removal) and is killed with SIGKILL at a moment drawn from
the time that the job takes. Then the folder is opened, and must hold whole documents only; the same job runs again, and
the folder must then be, byte for byte, what an undisturbed build makes. Ends with status 1, and says what is wrong,
where it is not.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bench_store import invented

from extract.claims_io import dumps
from extract.model import Document
from graph.build import Builder
from graph.check import check
from graph.claims import Reader
from graph.folder import Library
from graph.knowledge import KnowledgeGraph
from graph.opening import open_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.model import Claim

    Told = tuple[Document, list[Claim]]

# Few documents are added one by one to the index, more in bulk, and of many a part while others are still stored.
SIZES = (4, 30, 100)
ADDING, FINISHING = b"a", b"f"
STAGES = {b"": "before the first document", ADDING: "while documents are stored", FINISHING: "while the index follows"}


@dataclass(frozen=True)
class Job:
    """What a build is to do.

    before: documents that are there; told: documents to add or replace; gone: the document to remove; versions: for
    each document the statements that it may have, before or after, as lines.
    """

    before: list[Told]
    told: list[Told]
    gone: Document
    versions: dict[str, set[frozenset[str]]]


def job(size: int) -> Job:
    """A job over so many new documents."""
    before, fresh = list(invented(6, 200, seed=7)), list(invented(size, 200, seed=8))
    doubted = [(d, [replace(c, confidence=0.99) for c in claims]) for d, claims in before[:2]]
    moved = [_at(told, before[2 + n][0].source) for n, told in enumerate(invented(2, 200, seed=9))]
    told = [*fresh[: size // 2], *doubted, *moved, *fresh[size // 2 :]]
    versions: dict[str, set[frozenset[str]]] = {}
    for document, claims in (*before, *told):
        versions.setdefault(document.id, set()).add(lines(claims))
    return Job(before, told, before[5][0], versions)


def lines(claims: list[Claim]) -> frozenset[str]:
    """The claims of a document as lines, whatever their order."""
    return frozenset(map(dumps, claims))


def start(folder: Path, given: Job) -> None:
    """The state before the job."""
    with Builder(folder, "bench before") as builder:
        for document, claims in given.before:
            builder.add(document, claims)


def work(folder: Path, given: Job, note: Callable[[bytes], object] = lambda _: None) -> None:
    """The job."""
    builder = Builder(folder, "bench after")
    note(ADDING)
    for document, claims in given.told:
        builder.add(document, claims)
    if given.gone.id in builder.documents():
        builder.remove(given.gone.id)
    note(FINISHING)
    builder.finish()


def look(folder: Path, given: Job) -> None:
    """Raises where the folder does not open or holds a part of a document."""
    store = open_folder(folder)
    reader = Reader(store)
    for source in KnowledgeGraph(store).documents():
        claims = [statement for statement in reader.statements() if statement.document == source.id]
        assert lines(claims) in given.versions[source.id], f"the index holds half of {source.id}"  # type: ignore[arg-type]
    Builder(folder)  # ends what was begun, as each build does
    library = Library(folder / "documents")
    for key in library.ids():
        kept = lines(library.statements(key))  # type: ignore[arg-type]
        assert kept in given.versions[key], f"the files hold half of {key}"
        assert library.origin(key).document.id == key, f"the text of {key} is another"


def finish(folder: Path, given: Job, wanted: dict[str, bytes]) -> None:
    """Raises where the job, done again, does not give what it gives undisturbed."""
    work(folder, given)
    found = content(folder)
    assert found.keys() == wanted.keys(), f"files differ: {sorted(found.keys() ^ wanted.keys())}"
    differ = [name for name in wanted if found[name] != wanted[name]]
    assert not differ, f"other content in {differ}"
    assert check(folder, shapes=False) == [], "faults"
    rest = [path.name for path in (folder / "store" / "live").glob("bulk-*")]
    assert not rest, f"orphans of a bulk load: {rest}"


def content(folder: Path) -> dict[str, bytes]:
    """All files but the index."""
    paths = [folder / "claims.jsonl", folder / "graph.trig", *sorted((folder / "documents").iterdir())]
    return {path.name: path.read_bytes() for path in paths}


def apart(action: Callable[[], object]) -> int:
    """Runs an action in a process of its own, for this one must never have a store open when it forks."""
    child = os.fork()
    if not child:
        _run(action)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(folder: Path, given: Job, after: float) -> bytes | None:
    """Starts the job and kills it after so many seconds; returns its last stage, None where it was done before."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        _run(lambda: work(folder, given, lambda stage: os.write(write, stage)))
    os.close(write)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    stages = os.read(read, 16) if select.select([read], [], [], 0)[0] else b""
    os.close(read)
    return stages[-1:] if status == -signal.SIGKILL else None


def _run(action: Callable[[], object]) -> NoReturn:
    try:
        action()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _at(told: Told, source: str) -> Told:
    document = Document(told[0].text, source, publisher=told[0].publisher)
    return document, [replace(claim, source=source) for claim in told[1]]


def main(kills: int, seed: int) -> int:
    """Kills so many builds; returns the exit status."""
    draw, found, late = random.Random(seed), Counter[str](), 0
    with tempfile.TemporaryDirectory() as name:
        root, jobs, durations, wanted = Path(name), [job(size) for size in SIZES], [], []
        for number, given in enumerate(jobs):
            base, whole = root / f"base-{number}", root / f"whole-{number}"
            assert apart(partial(start, base, given)) == 0
            shutil.copytree(base, whole)
            started = time.perf_counter()
            assert apart(partial(work, whole, given)) == 0
            durations.append(time.perf_counter() - started)
            wanted.append(content(whole))
        while sum(found.values()) < kills:
            number = draw.randrange(len(jobs))
            given, folder = jobs[number], root / "trial"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(root / f"base-{number}", folder)
            stage = killed(folder, given, draw.uniform(0, durations[number]))
            if stage is None:
                late += 1
                continue
            found[STAGES[stage]] += 1
            for what in (partial(look, folder, given), partial(finish, folder, given, wanted[number])):
                if apart(what) != 0:
                    print(f"kill {sum(found.values())} ({STAGES[stage]}) left what it must not")
                    return 1
    print(f"{sum(found.values())} builds killed, {late} were done before: no half document, none lost, each job ended")
    for stage_name in STAGES.values():
        print(f"  {found[stage_name]:4} {stage_name}")
    return 0


if __name__ == "__main__":
    given_arguments = [int(argument) for argument in sys.argv[1:3]]
    sys.exit(main(*(given_arguments + [20, 1][len(given_arguments) :])))
