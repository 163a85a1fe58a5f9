"""One build, measured from within; run by other benchmarks in a process of its own. Reads /proc, so Linux only.

python benchmarks/measured_build.py FOLDER OUTPUT JOBS MARK...    prints JSON; marks are numbers of documents
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class State:
    """How far a build is and what it took: wall seconds since its start, processor seconds, peaks of memory in MB."""

    documents: int
    seconds: float
    own_cpu: float
    workers_cpu: float
    own_peak: float
    worker_peak: float


@dataclass(frozen=True)
class Run:
    """A build: its first document stored, its last one, its end, and the marks in between."""

    first: State
    last: State
    end: State
    marks: list[State]
    load: float


def run(folder: Path, output: Path, jobs: int, marks: tuple[int, ...] = ()) -> Run:
    """Builds in a process of its own."""
    load = os.getloadavg()[0]
    command = [sys.executable, __file__, str(folder), str(output), str(jobs), *map(str, marks)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    first, last, end = (State(**found[name]) for name in ("first", "last", "end"))
    return Run(first, last, end, [State(**mark) for mark in found["marks"]], load)


def _build(folder: str, output: str, jobs: int, marks: tuple[int, ...]) -> dict[str, Any]:
    import chipgraph

    began, done, workers = time.perf_counter(), 0, (0.0, 0.0)
    states: dict[int, State] = {}

    def state() -> State:
        own = _of(os.getpid())
        return State(done, time.perf_counter() - began, own[0], workers[0], own[1], workers[1])

    def tell(event: str, _: dict[str, Any]) -> None:
        nonlocal done, workers
        if event == "document":
            done += 1
            found = [_of(worker.pid) for worker in multiprocessing.active_children() if worker.pid]
            workers = sum(cpu for cpu, _ in found), max((peak for _, peak in found), default=0.0)
            states[done if done in (1, *marks) else 0] = state()

    chipgraph.build([folder], output, jobs=jobs, tell=tell)
    last = max(states.values(), key=lambda one: one.documents)
    found = {"first": states[1], "last": last, "end": state()}
    return {name: asdict(one) for name, one in found.items()} | {
        "marks": [asdict(states[mark]) for mark in marks if mark in states]
    }


def _of(pid: int) -> tuple[float, float]:
    """Processor seconds and peak of memory in MB of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0, 0.0
    peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return (int(fields[11]) + int(fields[12])) / _TICKS, peak / 1024


if __name__ == "__main__":
    given = sys.argv[1:]
    print(json.dumps(_build(given[0], given[1], int(given[2]), tuple(map(int, given[3:])))))
