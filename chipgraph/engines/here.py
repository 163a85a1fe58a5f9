"""Extraction in this process, document by document."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from extract.batch import extract_document, load_models

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from chipgraph.engines import Wanted
    from extract.batch import Outcome
    from extract.model import Document

ON_CLUSTER = False


def start(_: Wanted) -> Here:
    """The engine of this process, which has nothing to set."""
    return Here()


class Here(AbstractContextManager["Here"]):
    """The engine of a single job; the registry in use is that of the process."""

    batch = 1

    def outcomes(self, batches: Iterable[list[Document]]) -> Iterator[list[Outcome]]:
        """What became of each batch, in their order."""
        is_loaded = False
        for batch in batches:
            if batch and not is_loaded:
                load_models()
                is_loaded = True
            yield [extract_document(document) for document in batch]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing was started."""
