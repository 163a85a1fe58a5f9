"""Extraction in several processes of this machine, which share the models and the registry where the platform forks.

A fork server loads them once and each worker is a fork of it, so that a worker costs little memory and no time to
start. The server is not a fork of this process, which has a store open: that would not survive it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from extract.batch import KILLED, Outcome, extract_batch, outcome, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from chipgraph.engines import Wanted
    from extract.batch import Setting
    from extract.model import Document

ON_CLUSTER = False
# Batches under way for each worker: enough that none waits for the slowest one before it, few enough to hold in memory.
_AHEAD = 4
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def start(wanted: Wanted) -> Processes:
    """The engine of so many processes as there are jobs."""
    return Processes(wanted.setting, wanted.jobs)


class Processes(AbstractContextManager["Processes"]):
    """The engine of several jobs on this machine.

    setting: Setting; jobs: int, how many workers. A worker that ends is replaced and what it had is done again,
    document by document; the one that ends its worker twice is the one that is given up.
    """

    batch = 8

    def __init__(self, setting: Setting, jobs: int) -> None:
        self._setting = setting
        self._jobs = jobs
        self._pool = self._started()

    def outcomes(self, batches: Iterable[list[Document]]) -> Iterator[list[Outcome]]:
        """What became of each batch, in their order."""
        coming = iter(batches)
        waiting: deque[tuple[list[Document], Future[list[dict[str, Any]]]]] = deque()
        while True:
            while len(waiting) < _AHEAD * self._jobs and (batch := next(coming, None)) is not None:
                waiting.append((batch, self._submit(batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield [outcome(plain) for plain in future.result()]
            except BrokenProcessPool:
                undone = [batch, *(later for later, _ in waiting)]
                waiting.clear()
                self._start_again()
                yield from map(self._one_by_one, undone)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the workers; what they are at is finished, or dropped where an error is on its way."""
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def _one_by_one(self, batch: list[Document]) -> list[Outcome]:
        return [self._alone(document) for document in batch]

    def _alone(self, document: Document) -> Outcome:
        """The outcome of a document that was under way when a worker ended: it may be what ended it."""
        for _ in range(2):
            try:
                return outcome(self._submit([document]).result()[0])
            except BrokenProcessPool:
                self._start_again()
        return Outcome(fault=KILLED)

    def _submit(self, batch: list[Document]) -> Future[list[dict[str, Any]]]:
        if not batch:  # the pool starts with the first that it is given
            nothing: Future[list[dict[str, Any]]] = Future()
            nothing.set_result([])
            return nothing
        plain = [to_plain(document) for document in batch]
        try:
            return self._pool.submit(extract_batch, plain, self._setting.actors, self._setting.fingerprint)
        except BrokenProcessPool as broken:
            failed: Future[list[dict[str, Any]]] = Future()
            failed.set_exception(broken)
            return failed

    def _start_again(self) -> None:
        self._pool.shutdown(wait=False)
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        for name in _THREADS:  # more threads than cores would take turns
            os.environ.setdefault(name, "1")
        forks = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if forks else "spawn")
        if forks:
            context.set_forkserver_preload(["extract.preload"])
        return ProcessPoolExecutor(self._jobs, context, _start_worker)


def _start_worker() -> None:
    """Leaves Ctrl-C to the process that asked, and ends with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
