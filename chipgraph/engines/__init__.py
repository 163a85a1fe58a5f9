"""Where extraction runs: in this process or in several; an engine is a file here with a class like these.

An engine takes batches of documents and gives their outcomes in the same order, a bounded number of batches ahead, so
that the statements and their bytes are the same on all of them and memory does not grow with the number of documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

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
        """What became of each batch, in their order; batches are taken as there is room for them."""


def engine(setting: Setting, jobs: int = 1) -> AbstractContextManager[Engine]:
    """The engine for so many jobs, as a context manager that ends what it started.

    setting: Setting; jobs: int, how many processes.
    """
    if jobs > 1:
        from chipgraph.engines.processes import Processes

        return Processes(setting, jobs)
    from chipgraph.engines.here import Here

    return Here()
