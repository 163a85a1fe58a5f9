"""Documents read and statements extracted one by one, so that one that is refused never stops the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extract.model import Document, Statement


def readings(
    paths: Iterable[str], refuse: Callable[[DocumentRefused], None]
) -> Iterator[tuple[Document, list[Statement]]]:
    """Each document that can be read, with what it states; `refuse` is told of the others as they are met.

    paths: iterable of str, single documents. A text that comes again under another name is parsed once.
    """
    from extract.pipeline import extract
    from extract.read import read

    seen: dict[str, list[Statement]] = {}
    for path in paths:
        try:
            document = read(path)
        except DocumentRefused as refused:
            refuse(refused)
            continue
        if document.id not in seen:
            seen[document.id] = extract(document)
        yield document, seen[document.id]
