"""Extraction on a cluster whose scheduler is Dask's; the extra `chipgraph[dask]` installs what it needs.

Dask gives the batches of a worker that is lost to another one. It cannot tell the document that ends its worker from
those that only waited there, so what it gives up is tried again with nothing else under way.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from contextlib import AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from extract.batch import KILLED, OTHER_VERSION, Outcome, extract_batch, outcome, to_plain
from extract.fingerprint import fingerprint
from ontology.errors import ChipgraphError, InvalidData, MissingPackage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from distributed import Future

    from chipgraph.engines import Wanted
    from extract.batch import Setting
    from extract.model import Document

ON_CLUSTER = True

_AHEAD = 4  # batches under way for each worker, as with processes of this machine
_SECONDS = 15.0
_LOOK = 5.0


def start(wanted: Wanted) -> Dask:
    """The engine on the cluster that is wanted; raises `MissingPackage` where Dask is not installed."""
    return Dask(wanted.setting, str(wanted.scheduler))


class Dask(AbstractContextManager["Dask"]):
    """The engine of a Dask cluster.

    setting: Setting; scheduler: str, its address; patience: float, for how many seconds a cluster may have no worker.
    Raises `ChipgraphError` where the scheduler does not answer or has no worker, and `InvalidData` where a worker has
    another version of Chipgraph.
    """

    batch = 8

    def __init__(self, setting: Setting, scheduler: str, patience: float = 60.0) -> None:
        self._dask = _distributed()
        self._setting = setting
        self._scheduler = scheduler
        self._patience = patience
        self._client = self._connected()
        try:
            self._require_workers()
            self._require_same_version()
        except BaseException:
            self._client.close()
            raise

    def outcomes(self, batches: Iterable[list[Document]]) -> Iterator[list[Outcome]]:
        """What became of each batch, in their order."""
        coming = iter(batches)
        waiting: deque[tuple[list[Document], Future[list[dict[str, Any]]] | None]] = deque()
        room = 0
        while True:
            if len(waiting) <= room // 2:  # the cluster may grow and shrink
                room = _AHEAD * max(1, len(self._client.nthreads()))
            while len(waiting) < room and (batch := next(coming, None)) is not None:
                waiting.append((batch, self._submitted(batch) if batch else None))
            if not waiting:
                return
            batch, future = waiting.popleft()
            yield self._ended(batch, future, [other for _, other in waiting if other]) if future else []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leaves the cluster, which drops what nobody waits for."""
        self._client.close()

    def _ended(self, batch: list[Document], future: Future[Any], others: list[Future[Any]]) -> list[Outcome]:
        if (found := self._result(future)) is not None:
            return found
        for other in others:
            self._result(other)  # what is under way elsewhere could end the worker of one that is tried alone
        return [self._alone(document) for document in batch]

    def _alone(self, document: Document) -> Outcome:
        found = self._result(self._submitted([document], "alone"))
        return found[0] if found else Outcome(fault=KILLED)

    def _submitted(self, batch: list[Document], how: str = "batch") -> Future[list[dict[str, Any]]]:
        """The future of a batch, under a key by its content: what several ask for at once is done once."""
        given = ([to_plain(document) for document in batch], self._setting.actors, self._setting.fingerprint)
        content = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
        future: Future[Any] = self._client.submit(extract_batch, *given, key=f"chipgraph-{how}-{content}")
        return future

    def _result(self, future: Future[list[dict[str, Any]]]) -> list[Outcome] | None:
        """What a batch gave, or None where each worker that took it up was lost."""
        while True:
            try:
                return [outcome(plain) for plain in future.result(timeout=_LOOK)]
            except TimeoutError:
                self._require_workers()
            except self._dask.KilledWorker:
                return None
            except self._dask.CancelledError as error:
                raise ChipgraphError(
                    f"The scheduler at {self._scheduler} is gone or has dropped what was asked of it: build again when "
                    "it is back; what was stored is kept."
                ) from error
            except ImportError as error:
                raise InvalidData(_lacking("a worker", error)) from error

    def _connected(self) -> Any:
        try:
            return self._dask.Client(self._scheduler, timeout=_SECONDS, set_as_default=False, name="chipgraph")
        except (OSError, ValueError) as error:
            raise ChipgraphError(
                f"No Dask scheduler answers at {self._scheduler}: start one with `dask scheduler`, which tells it."
            ) from error

    def _require_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except TimeoutError as error:
            raise ChipgraphError(
                f"The cluster of {self._scheduler} has had no worker for {self._patience:.0f} seconds: start some with "
                f"`dask worker {self._scheduler} --nthreads 1` and build again; what was stored is kept."
            ) from error

    def _require_same_version(self) -> None:
        """Asks each worker before anything is written; those that come later are asked with each batch."""
        answers = self._client.run(fingerprint, self._setting.actors, on_error="return")
        for worker in sorted(answers):
            if isinstance(answers[worker], ImportError):
                raise InvalidData(_lacking(worker, answers[worker]))
            if isinstance(answers[worker], OSError):  # lost since it was asked
                continue
            if answers[worker] != self._setting.fingerprint:
                raise InvalidData(OTHER_VERSION.format(worker=worker))


def _lacking(worker: str, error: ImportError) -> str:
    return f"Chipgraph cannot be imported on {worker} ({error}): install the same version on all workers."


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise MissingPackage("The engine dask needs a package more: pip install 'chipgraph[dask]'.") from error
