"""From paths to a built folder: claims, store, TriG and the page to look at."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chipgraph import __version__
from chipgraph.reading import readings
from extract.model import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.model import Document, Statement
    from graph.build import Builder
    from ontology.errors import DocumentRefused

PAGE = "graph.html"
TITLE = "Semiconductor knowledge graph"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    folder: Path; documents: tuple of Document, those read now; refused: tuple of DocumentRefused; statements: tuple of
    Statement, what the documents read now state.
    """

    folder: Path
    documents: tuple[Document, ...]
    refused: tuple[DocumentRefused, ...]
    statements: tuple[Statement, ...]


def build(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    refuse: Callable[[DocumentRefused], None] | None = None,
) -> Built:
    """Reads documents, extracts what they state and adds it to the graph in a folder.

    paths: files, folders (searched through), globs, or `-` for standard input; output: the folder, made where there is
    none, added to where there is one; refuse: called with each document that is refused, as it happens. Returns a
    `Built`; where no document can be read nothing is written. Raises `StoreError` where the folder cannot be used.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = build(["no/such/file.txt"], folder)
    >>> [str(refused) for refused in result.refused]
    ['no/such/file.txt: there is no such file']
    """
    from extract.read import paths as expand

    folder = Path(output)
    refused: list[DocumentRefused] = []
    documents: dict[str, Document] = {}
    statements: list[Statement] = []

    def note(refusal: DocumentRefused) -> None:
        refused.append(refusal)
        if refuse:
            refuse(refusal)

    with ExitStack() as stack:
        builder = None
        for document, found in readings(expand(map(str, paths)), note):
            builder = builder or stack.enter_context(_builder(folder))
            builder.add(document, found)
            if document.id not in documents:
                documents[document.id] = document
                statements.extend(found)
    if documents:
        write_page(folder / PAGE, folder)
    return Built(folder, tuple(documents.values()), tuple(refused), tuple(statements))


def write_page(
    page: Path, folder: Path, *, focus: str | None = None, hops: int = 1, min_confidence: float = THRESHOLD
) -> None:
    """Writes the interactive page of a built folder, whole or around one entity.

    page: Path, the file to write; focus: str or None, the id of the entity to open on; hops: int, how far around it.
    Raises `UnknownEntity` where `focus` is no entity of the graph.
    """
    from graph.folder import Layout, Library
    from graph.view import write_html

    library = Library(Layout(folder).documents)
    documents = {key: library.origin(key).document for key in library.ids()}
    statements = (s for key in documents for s in library.statements(key) if s.confidence >= min_confidence)
    write_html(page, statements, documents, title=TITLE, focus=focus, hops=hops)


def _builder(folder: Path) -> Builder:
    from graph.build import Builder

    return Builder(folder, f"chipgraph {__version__}")
