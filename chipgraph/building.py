"""From paths to a built folder: claims, store, TriG and the page to look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipgraph import __version__
from chipgraph.reading import documents
from chipgraph.report import Account, Tell, write_report
from extract.model import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from chipgraph.engines import Engine
    from chipgraph.ledger import Ledger
    from extract.batch import Setting
    from extract.model import Document, Statement
    from graph.build import Builder
    from graph.folder import Library
    from graph.knowledge import KnowledgeGraph
    from ontology.errors import DocumentRefused
    from ontology.registry import Registry

PAGE = "graph.html"
TITLE = "Semiconductor knowledge graph"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    folder: Path; ids: tuple of str, the documents read now, each once, in their order; refused: tuple of
    DocumentRefused; kept: int, how many documents read now were there already, so that nothing had to be extracted;
    copies: int, how many more files held the text of one of them.
    """

    folder: Path
    ids: tuple[str, ...]
    refused: tuple[DocumentRefused, ...]
    kept: int = 0
    copies: int = 0

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents read now, taken from the folder."""
        library = self._library()
        return tuple(library.origin(key).document for key in self.ids)

    @property
    def statements(self) -> Iterator[Statement]:
        """What the documents read now state, taken from the folder one document at a time."""
        library = self._library()
        return (statement for key in self.ids for statement in library.statements(key))

    def _library(self) -> Library:
        from graph.folder import Library
        from graph.layout import Layout

        return Library(Layout(self.folder).documents)


def build(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    registry: Iterable[str | Path] = (),
    refuse: Callable[[DocumentRefused], None] | None = None,
    tell: Tell | None = None,
    jobs: int = 1,
    engine: str | None = None,
    scheduler: str | None = None,
) -> Built:
    """Reads documents, extracts what they state and adds it to the graph in a folder.

    paths: files, folders (searched through), globs, or `-` for standard input; output: the folder, made where there is
    none, added to where there is one; registry: files of actors (CSV, YAML, JSON, TOML) to know beside the shipped
    ones, kept in the folder for later builds; refuse: called with each document that is refused, as it happens; tell:
    called with each event, its name and what belongs to it; jobs: int, how many processes extract, on which what is
    built does not depend (a script that asks for several needs `if __name__ == "__main__":`); engine: str or None, a
    name of `chipgraph.engines` where it is not one that follows from jobs; scheduler: str or None, the address of the
    cluster that the engine runs on.

    A build goes on where one that was broken off ended: what the same extractor has read is not extracted again.
    Returns a `Built`; where no document can be read nothing is written. Raises `StoreError` where the folder cannot be
    used, and `InvalidData` where a file of actors is wrong.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = build(["no/such/file.txt"], folder)
    >>> [str(refused) for refused in result.refused]
    ['no/such/file.txt: there is no such file']
    """
    from chipgraph.engines import Wanted, start
    from extract.read import paths as expand

    return build_from(
        partial(documents, expand(map(str, paths))),
        Path(output),
        [Path(file) for file in registry],
        _telling(refuse, tell),
        lambda setting: start(Wanted(setting, jobs, scheduler), engine),
    )


def build_from(
    read: Callable[[Callable[[DocumentRefused], None]], Iterator[Document]],
    folder: Path,
    added: Sequence[Path],
    tell: Tell,
    start: Callable[[Setting], AbstractContextManager[Engine]],
) -> Built:
    """Adds documents to the graph in a folder, however they come.

    read: gives them, and tells its argument of those that are refused; folder: Path; added: files of actors to know
    beside those of the folder; tell: called with each event; start: gives the engine for a setting. Returns and raises
    as `build` does.
    """
    from chipgraph.ledger import Ledger
    from ontology.registry import load, using

    actors = actor_files(folder, added)
    account = Account(f"chipgraph {__version__}", tell)
    with using(with_actors(load(), actors)):
        coming = account.timed("read", read(account.refuse))
        first = next(coming, None)
        if first is not None:
            setting = setting_of(actors)
            with start(setting) as chosen, builder_of(folder) as builder:
                keep_actors(folder, added)
                with Ledger(folder, setting.fingerprint) as ledger:
                    _add(chain([first], coming), chosen, builder, ledger, account)
                with account.stage("index"):
                    builder.finish()
    if account.ids:
        with account.stage("view"):
            write_page(folder / PAGE, folder)
        write_report(folder, account.report())
    return Built(folder, tuple(account.ids), tuple(account.refused), account.kept, account.copies)


def _add(coming: Iterable[Document], engine: Engine, builder: Builder, ledger: Ledger, account: Account) -> None:
    """Extracts what the folder lacks and stores it, one document at a time."""
    from chipgraph.extracting import extracted
    from ontology.errors import DocumentRefused

    faults: dict[str, str] = {}

    def is_known(document: Document) -> bool:
        return document.id in ledger and builder.holds(document)

    for document, outcome in extracted(coming, is_known, engine):
        fault = outcome.fault if outcome else faults.get(document.id)
        if fault:
            faults[document.id] = fault
            account.refuse(DocumentRefused(document.source, fault))
            continue
        with account.stage("store"):
            if outcome is None:
                builder.keep(document)
            else:
                builder.add(document, outcome.statements)
                ledger.note(document.id)
        account.document(document, outcome)


def _telling(refuse: Callable[[DocumentRefused], None] | None, tell: Tell | None) -> Tell:
    """What passes events on, refusals also to those who want only them."""
    from ontology.errors import DocumentRefused

    def told(event: str, about: dict[str, Any]) -> None:
        if refuse and event == "refused":
            refuse(DocumentRefused(about["source"], about["reason"]))
        if tell:
            tell(event, about)

    return told


def write_page(
    page: Path, folder: Path, *, focus: str | None = None, hops: int = 1, min_confidence: float = THRESHOLD
) -> None:
    """Writes the interactive page of a built folder, whole or around one entity.

    page: Path, the file to write; focus: str or None, the id of the entity to open on; hops: int, how far around it.
    Where the folder has a page already, things stay where it had them and what it lacks is marked as new.
    Raises `UnknownEntity` where `focus` is no entity of the graph.
    """
    from graph.claims import Reader
    from graph.folder import Library
    from graph.layout import Layout
    from graph.opening import open_folder
    from graph.view import remember, write_html
    from ontology.registry import using

    layout = Layout(folder)
    library, reader = Library(layout.documents), Reader(open_folder(folder))
    documents = {key: library.origin(key, with_text=False).document for key in library.ids()}
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


def actor_files(folder: Path, added: Iterable[Path]) -> list[Path]:
    """The files of actors that a build knows: those of its folder, and added ones, which replace those of their name.

    They are in the order in which the folder will have them, so that they mean the same in later builds.
    """
    from graph.layout import Layout

    kept = {file.stem: file for file in Layout(folder).actor_files()}
    known = kept | {file.stem: file for file in added}
    return [known[name] for name in sorted(known)]


def setting_of(actors: Iterable[Path]) -> Setting:
    """What extraction follows from beside the document; actors: files of them."""
    from extract.batch import Setting
    from ontology.additions import read

    return Setting.of(row for file in actors for row in read(file))


def keep_actors(folder: Path, files: Iterable[str | Path]) -> None:
    """Keeps files of actors in a built folder, so that later builds know them too; one of the same name is replaced."""
    from graph.layout import Layout
    from ontology.additions import dumps, read
    from ontology.files import write_whole

    for file in map(Path, files):
        write_whole(Layout(folder).registry / f"{file.stem}.csv", dumps(read(file)))
