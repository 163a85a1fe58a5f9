"""Processes, Dask and Ray on the same batches: how long each takes to start, and how many documents a second it does.

    python benchmarks/bench_engines.py DOCUMENTS ENGINE...    e.g. 160 processes dask ray; each has two workers

Ray needs `pip install ray`, which Chipgraph does not ask for. The first batches, which load the models, do not count.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from articles import article

from chipgraph.engines import Wanted, start
from extract.batch import Setting, extract_batch, outcome, to_plain
from extract.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2


@contextlib.contextmanager
def processes(setting: Setting) -> Iterator[Any]:
    with start(Wanted(setting, jobs=WORKERS)) as engine:
        yield engine


@contextlib.contextmanager
def dask(setting: Setting) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ended:
        file = Path(folder) / "scheduler.json"
        place = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
        commands = [("scheduler", *place, "--port", "0"), *[("worker", *place, "--nthreads", "1")] * WORKERS]
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            ended.callback(process.wait)
            ended.callback(process.terminate)
            while not file.exists():
                time.sleep(0.05)
        from distributed import Client

        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(WORKERS)
            address = client.scheduler.address
        with start(Wanted(setting, scheduler=address), "dask") as engine:
            yield engine


class Ray:
    """What an engine on Ray would be."""

    batch = 8

    def __init__(self, setting: Setting) -> None:
        import ray

        self._ray, self._setting = ray, setting
        self._extract = ray.remote(max_retries=3)(extract_batch)

    def outcomes(self, batches: Any) -> Any:
        coming, waiting = iter(batches), deque()
        while True:
            while len(waiting) < 4 * WORKERS and (batch := next(coming, None)) is not None:
                plain = [to_plain(document) for document in batch]
                waiting.append(self._extract.remote(plain, self._setting.actors, self._setting.fingerprint))
            if not waiting:
                return
            yield [outcome(plain) for plain in self._ray.get(waiting.popleft())]


@contextlib.contextmanager
def ray(setting: Setting) -> Iterator[Any]:
    import ray as engine

    environment = {"env_vars": {"PYTHONPATH": os.pathsep.join(sys.path)}}
    engine.init(num_cpus=WORKERS, include_dashboard=False, log_to_driver=False, runtime_env=environment)
    try:
        yield Ray(setting)
    finally:
        engine.shutdown()


def main(count: int, engines: list[str]) -> None:
    documents = [Document(article(number), f"{number}.txt") for number in range(count + 4 * WORKERS * 8)]
    batches = [documents[at : at + 8] for at in range(0, len(documents), 8)]
    warm = 4 * WORKERS
    setting = Setting.of(())
    print("engine      start,s  docs/s  load")
    for name in engines:
        load, began = os.getloadavg()[0], time.perf_counter()
        with globals()[name](setting) as engine:
            started = time.perf_counter() - began
            list(engine.outcomes(batches[:warm]))
            began = time.perf_counter()
            done = sum(len(found) for found in engine.outcomes(batches[warm:]))
            rate = done / (time.perf_counter() - began)
        print(f"{name:10} {started:8.1f} {rate:7.1f} {load:5.1f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:] or ["processes", "dask"])
