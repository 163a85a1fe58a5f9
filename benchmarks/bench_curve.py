"""What a build of many documents costs as it grows: rate, memory, size of the store.

    python benchmarks/bench_curve.py JOBS DOCUMENTS [MARK...]    e.g. 2 20000 1000 5000 10000 20000

All documents are built in one run, and rate and memory noted at the marks. Then index and page are made once more from
what the run stored for the first documents of each mark, which tells how their cost grows without extracting again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import articles
import measured_build

PAGE = """
import resource, sys, time
from chipgraph.building import builder_of, write_page
from pathlib import Path
folder = Path(sys.argv[1])
began = time.perf_counter()
with builder_of(folder):
    pass
indexed = time.perf_counter()
write_page(folder / "graph.html", folder)
print(indexed - began, time.perf_counter() - indexed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main(jobs: int, documents: int, marks: tuple[int, ...]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, output = Path(name) / "articles", Path(name) / "output"
        articles.write(folder, documents)
        run = measured_build.run(folder, output, jobs, marks)
        _say_run(run)
        _say_main(run, output)
        print("\nindex and page: documents  index,s  page,s  peak,MB  store,MB  graph.trig,MB  page,MB")
        order = [line for line in (output / "EXTRACTED").read_text().splitlines()[1:] if line]
        for mark in marks:
            part = Path(name) / f"part-{mark}"
            _copy(output, part, order[:mark])
            _say_index(part, mark)
            shutil.rmtree(part)


def _say_run(run: measured_build.Run) -> None:
    print("one run: documents  seconds  docs/s since the mark before  main,MB  largest worker,MB", flush=True)
    before = run.first
    for state in run.marks:
        rate = (state.documents - before.documents) / (state.seconds - before.seconds)
        print(
            f"{state.documents:18} {state.seconds:8.0f} {rate:29.2f} {state.own_peak:8.0f} {state.worker_peak:18.0f}",
            flush=True,
        )
        before = state
    end = run.end
    print(
        f"with index and page {end.seconds:.0f} s, main process {end.own_peak:.0f} MB; processor seconds a document: "
        f"{end.own_cpu / end.documents:.4f} main, {end.workers_cpu / end.documents:.4f} workers; load {run.load:.1f}"
    )


def _say_main(run: measured_build.Run, output: Path) -> None:
    """What bounds how many workers one build keeps busy."""
    stages = json.loads((output / "report.json").read_text(encoding="utf-8"))["stages"]
    cpu = (run.last.own_cpu - run.first.own_cpu) / (run.last.documents - 1)
    print(
        f"reading and storing, in the main process: {cpu:.4f} processor seconds a document; with waits for the disk "
        f"{stages['read'] / run.last.documents:.4f} s to read and {stages['store'] / run.last.documents:.4f} s to store"
    )


def _copy(output: Path, part: Path, keys: list[str]) -> None:
    (part / "documents").mkdir(parents=True)
    shutil.copy(output / "VERSION", part)
    for key in keys:
        for suffix in (".txt", ".jsonl", ".json"):
            shutil.copy(output / "documents" / (key + suffix), part / "documents")


def _say_index(part: Path, mark: int) -> None:
    time.sleep(1)  # what was copied is on its way to the disk
    done = subprocess.run([sys.executable, "-c", PAGE, str(part)], check=True, stdout=subprocess.PIPE, text=True)
    index, page, peak = map(float, done.stdout.split())
    # By their numbers on the disk: the snapshot shares most of its files with the live store.
    kept = {status.st_ino: status.st_size for status in (path.stat() for path in (part / "store").rglob("*"))}
    sizes = [sum(kept.values()) / 1e6, *((part / name).stat().st_size / 1e6 for name in ("graph.trig", "graph.html"))]
    print(
        f"{mark:25} {index:8.1f} {page:7.1f} {peak:8.0f} {sizes[0]:9.1f} {sizes[1]:14.1f} {sizes[2]:8.1f}", flush=True
    )


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0], given[1], tuple(given[2:]) or (given[1],))
