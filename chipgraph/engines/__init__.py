"""Where extraction runs: in this process, in several, or on a cluster; an engine is a file here, found by its name.

An engine takes batches of documents and gives their outcomes in the same order, a bounded number of batches ahead, so
that the statements and their bytes are the same on all of them and memory does not grow with the number of documents.

Its file has `start(wanted)`, which returns the engine as a context manager, and `ON_CLUSTER`, which is true where it
runs on machines that a scheduler knows. A new engine is a new file.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from ontology.errors import ChipgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from extract.batch import Outcome, Setting
    from extract.model import Document


class Engine(Protocol):
    """What runs the extraction of documents.

    batch: int, how many documents are best handed over at once.
    """

    batch: int

    def outcomes(self, batches: Iterable[list[Document]]) -> Iterator[list[Outcome]]:
        """What became of each batch, in their order; batches are taken as there is room for them.

        A batch may be empty, for documents that are known are not in it; nothing is started or waited for then.
        """


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an engine.

    setting: Setting; jobs: int, how many processes of this machine; scheduler: str or None, the address of a cluster's.
    """

    setting: Setting
    jobs: int = 1
    scheduler: str | None = None


def names() -> list[str]:
    """The engines that there are.

    >>> names()
    ['dask', 'here', 'processes']
    """
    return sorted(module.name for module in iter_modules(__path__))


def start(wanted: Wanted, name: str | None = None) -> AbstractContextManager[Engine]:
    """An engine, as a context manager that ends what it started.

    wanted: Wanted; name: str or None, which is several processes where more than one job is wanted, else this one.
    Raises `ChipgraphError` where the engine is not there or not for what is wanted.

    >>> start(Wanted(None), "steam")
    Traceback (most recent call last):
    ontology.errors.ChipgraphError: There is no engine 'steam': choose one of dask, here, processes.
    """
    chosen = name or ("processes" if wanted.jobs > 1 else "here")
    if chosen not in names():
        raise ChipgraphError(f"There is no engine {chosen!r}: choose one of {', '.join(names())}.")
    module = import_module(f"{__name__}.{chosen}")
    if module.ON_CLUSTER and wanted.jobs > 1:
        raise ChipgraphError(f"{chosen} runs as many processes as its cluster has workers: leave --jobs out.")
    if module.ON_CLUSTER and not wanted.scheduler:
        raise ChipgraphError(
            f"{chosen} needs its scheduler: give the address with --scheduler, as tcp://10.0.0.1:8786."
        )
    if wanted.scheduler and not module.ON_CLUSTER:
        raise ChipgraphError(f"{chosen} has no scheduler: choose an engine that runs on a cluster, as --engine dask.")
    started: AbstractContextManager[Engine] = module.start(wanted)
    return started
