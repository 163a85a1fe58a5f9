"""How much faster several jobs are than one, built turn by turn so that other work on the machine hits both alike.

    python benchmarks/bench_jobs.py DOCUMENTS JOBS TURNS    e.g. 400 2 3

"all" is documents a second from start to end; "without start" counts from the first document stored, and so leaves out
what loads the models; "extraction" ends with the last document stored, before the rest of the index and the page, which
are made while no worker has anything to do: "after" is what they take of the main process. Processor seconds depend
little on what else the machine does; the share of them that is serial bounds how much faster more jobs can be.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import articles
import measured_build

HEAD = "jobs   all/s  without start/s  extraction/s  own cpu,s/doc  after,s/doc  workers' cpu,s/doc  load"


def rates(run: measured_build.Run) -> tuple[float, float, float]:
    end, last, first = run.end, run.last, run.first
    return (
        end.documents / end.seconds,
        (end.documents - 1) / (end.seconds - first.seconds),
        (last.documents - 1) / (last.seconds - first.seconds),
    )


def main(documents: int, jobs: int, turns: int) -> None:
    found: dict[int, list[tuple[float, float, float]]] = {1: [], jobs: []}
    with tempfile.TemporaryDirectory() as name:
        articles.write(Path(name) / "articles", documents)
        print(HEAD)
        for turn in range(turns):
            for count in found:
                run = measured_build.run(Path(name) / "articles", Path(name) / f"{turn}-{count}", count)
                found[count].append(rates(run))
                everything, without, extraction = found[count][-1]
                own, after, workers = (
                    seconds / documents
                    for seconds in (run.end.own_cpu, run.end.own_cpu - run.last.own_cpu, run.end.workers_cpu)
                )
                print(
                    f"{count:4} {everything:7.2f} {without:16.2f} {extraction:13.2f} {own:14.4f} {after:12.4f}"
                    f" {workers:19.4f} {run.load:5.1f}",
                    flush=True,
                )
    share = after / (own + workers)  # of the last turn of several jobs
    print(f"serial {share:.1%} of all processor time: at most {1 / (share + (1 - share) / jobs):.2f} times")
    for at, what in enumerate(("all", "without start", "extraction")):
        pairs = [several[at] / one[at] for one, several in zip(found[1], found[jobs], strict=True)]
        print(f"{what}: {statistics.median(pairs):.2f} times (turns: {', '.join(f'{pair:.2f}' for pair in pairs)})")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
