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
    from graph.knowledge import KnowledgeGraph
    from ontology.errors import DocumentRefused
    from ontology.registry import Registry

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
    registry: Iterable[str | Path] = (),
    refuse: Callable[[DocumentRefused], None] | None = None,
) -> Built:
    """Reads documents, extracts what they state and adds it to the graph in a folder.

    paths: files, folders (searched through), globs, or `-` for standard input; output: the folder, made where there is
    none, added to where there is one; registry: files of actors (CSV, YAML, JSON, TOML) to know beside the shipped
    ones, kept in the folder for later builds; refuse: called with each document that is refused, as it happens. Returns
    a `Built`; where no document can be read nothing is written. Raises `StoreError` where the folder cannot be used,
    and `InvalidData` where a file of actors is wrong.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = build(["no/such/file.txt"], folder)
    >>> [str(refused) for refused in result.refused]
    ['no/such/file.txt: there is no such file']
    """
    from extract.read import paths as expand
    from graph.folder import Layout
    from ontology.registry import using

    folder = Path(output)
    refused: list[DocumentRefused] = []
    documents: dict[str, Document] = {}
    statements: list[Statement] = []

    def note(refusal: DocumentRefused) -> None:
        refused.append(refusal)
        if refuse:
            refuse(refusal)

    known = with_actors(Layout(folder).known_actors(), registry)
    with using(known), ExitStack() as stack:
        builder = None
        for document, found in readings(expand(map(str, paths)), note):
            if builder is None:
                builder = stack.enter_context(builder_of(folder))
                keep_actors(folder, registry)
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
    Where the folder has a page already, things stay where it had them and what it lacks is marked as new.
    Raises `UnknownEntity` where `focus` is no entity of the graph.
    """
    from graph.build import open_folder
    from graph.claims import Reader
    from graph.folder import Layout, Library
    from graph.view import remember, write_html
    from ontology.registry import using

    layout = Layout(folder)
    library, reader = Library(layout.documents), Reader(open_folder(folder))
    documents = {key: library.origin(key).document for key in library.ids()}
    statements = (
        reader.standing_in(s) for key in documents for s in library.statements(key) if s.confidence >= min_confidence
    )
    earlier = remember(folder / PAGE)
    with using(layout.known_actors()):
        write_html(page, statements, documents, title=TITLE, focus=focus, hops=hops, earlier=earlier)


def write_picture(
    path: Path,
    kind: str,
    graph: KnowledgeGraph,
    *,
    focus: str | None = None,
    hops: int = 1,
    min_confidence: float = THRESHOLD,
) -> None:
    """Writes a still picture of a graph, whole or of what lies around one entity.

    path: Path, the file to write; kind: str, svg, png or pdf; focus: str or None, the id of the entity; hops: int, how
    far around it. Raises `MissingPackage` where matplotlib is not installed.
    """
    from ontology.files import write_whole

    if focus is None:
        view = graph.view(TITLE, min_confidence)
    else:
        view = graph.subgraph(focus, hops=hops, min_confidence=min_confidence).view()
    write_whole(path, view.picture(kind))


def builder_of(folder: Path, software: str = "") -> Builder:
    """The writer of a folder; software: str, what makes the statements where that is not the extractor."""
    from graph.build import Builder

    return Builder(folder, f"chipgraph {__version__}{software}")


def with_actors(known: Registry, files: Iterable[str | Path]) -> Registry:
    """A registry with the actors of some files too; raises `InvalidData` where one of them is wrong."""
    from ontology.additions import extended

    given = [Path(file) for file in files]
    return extended(known, given) if given else known


def keep_actors(folder: Path, files: Iterable[str | Path]) -> None:
    """Keeps files of actors in a built folder, so that later builds know them too; one of the same name is replaced."""
    from graph.folder import Layout
    from ontology.additions import dumps, read
    from ontology.files import write_whole

    for file in map(Path, files):
        write_whole(Layout(folder).registry / f"{file.stem}.csv", dumps(read(file)))
