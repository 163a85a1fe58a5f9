"""Documents to what became of them, in their order, on any engine; those whose statements are known are passed by."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from chipgraph.engines import Engine
    from extract.batch import Outcome
    from extract.model import Document

# More characters than this are a batch of their own, so that a few books do not keep one worker while others idle.
_CHARACTERS = 40_000

Task = tuple["Document", bool]


def extracted(
    documents: Iterable[Document], is_known: Callable[[Document], bool], engine: Engine
) -> Iterator[tuple[Document, Outcome | None]]:
    """Each document with its outcome, or None where it was known when it was taken up or stood before in the same run.

    documents: taken up a bounded number ahead; is_known: told for each, in their order; engine: Engine.
    """
    under_way: deque[list[Task]] = deque()

    def batches() -> Iterator[list[Document]]:
        for tasks in _grouped(_judged(documents, is_known), engine.batch):
            under_way.append(tasks)
            yield [document for document, is_new in tasks if is_new]

    for found in engine.outcomes(batches()):
        outcomes = iter(found)
        for document, is_new in under_way.popleft():
            yield document, next(outcomes) if is_new else None


def _judged(documents: Iterable[Document], is_known: Callable[[Document], bool]) -> Iterator[Task]:
    seen: set[str] = set()
    for document in documents:
        yield document, document.id not in seen and not is_known(document)
        seen.add(document.id)


def _grouped(tasks: Iterable[Task], most: int) -> Iterator[list[Task]]:
    group: list[Task] = []
    characters = 0
    for document, is_new in tasks:
        group.append((document, is_new))
        characters += len(document.text)
        if len(group) == most or characters > _CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group
