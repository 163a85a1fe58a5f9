"""Documents read and statements extracted one by one, so that one that is refused never stops the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extract.discourse import Discourse
    from extract.model import Document, Statement


def readings(
    paths: Iterable[str],
    refuse: Callable[[DocumentRefused], None],
    watch: Callable[[Discourse], None] | None = None,
) -> Iterator[tuple[Document, list[Statement]]]:
    """Each document that can be read, with what it states; `refuse` is told of the others as they are met.

    paths: iterable of str, files and addresses of one document or many; watch: is shown each document as parsed. A
    text that comes again under another name is parsed once.
    """
    from extract.pipeline import extract

    extracted = partial(extract, watch=watch) if watch else extract
    seen: dict[str, list[Statement]] = {}
    for document in documents(paths, refuse):
        if document.id not in seen:
            seen[document.id] = extracted(document)
        yield document, seen[document.id]


def documents(paths: Iterable[str], refuse: Callable[[DocumentRefused], None]) -> Iterator[Document]:
    """Each document that can be read; `refuse` is told of the others as they are met.

    paths: iterable of str, files and addresses of one document or many.
    """
    from extract.read import read_all

    for path in paths:
        for document in read_all(path):
            if isinstance(document, DocumentRefused):
                refuse(document)
            else:
                yield document
