"""Building a graph: documents and their statements into a folder, one writer at a time."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graph import index
from graph.ahead import Ahead
from graph.export import Blocks, trig_again
from graph.folder import Library, pieces
from graph.identity.decisions import Decisions
from graph.layout import FORMAT, Layout, current
from graph.rdf import check_statement
from graph.reasons import is_damage
from ontology.errors import StoreError
from ontology.files import sync_folder, write_whole
from ontology.registry import using

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from extract.model import Document, Statement
    from graph.rdf import Origin


class Builder:
    """The one writer of a built folder, as a context manager; leaving it without an error calls `finish`.

    folder: Path or str, made where there is none; software: str, name and version of what recognised the statements.
    Raises `StoreError` where another process builds into the folder or a newer Chipgraph made it.

    A document is stored for good when `add` returns: a build that is killed loses none, and the next one completes it.

    >>> import tempfile
    >>> from graph.example import document, statements
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Builder(folder) as builder:
    ...         first, again = builder.add(document(), statements()), builder.add(document(), statements())
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['VERSION', 'claims.jsonl', 'documents', 'graph.trig', 'store']
    >>> first, again
    (True, False)
    """

    def __init__(self, folder: Path | str, software: str = "chipgraph") -> None:
        self.layout = Layout(Path(folder))
        self.layout.check_version()
        self._software = software
        self._library = Library(self.layout.documents)
        with self._writing():
            self._store = index.open_live(self.layout.store)
            self.layout.documents.mkdir(exist_ok=True)
            self._library.sweep()
            if not self.layout.version.exists():
                write_whole(self.layout.version, f"{FORMAT}\n".encode())
        self._blocks = Blocks(self.layout.store)
        self._ahead = self._started_ahead()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.finish()
        finally:
            self._blocks.drop()
            del self._store, self._ahead  # closes the directory and gives up its lock

    def add(self, document: Document, statements: Iterable[Statement]) -> bool:
        """Adds a document with its statements, or replaces it; returns whether that changed anything.

        Statements that speak of another document are left out. The same text under another path is the same document
        and gains a source; another text under a path replaces what was read there before.
        Raises `InvalidData`, before anything is stored, where a statement uses a term that the vocabulary lacks.
        """
        checked = list(statements)
        for statement in checked:
            check_statement(statement)
        with self._writing():
            changed = self._library.put(document, checked, self._software)
            self._ahead.note(document.id)
            return changed

    def keep(self, document: Document) -> None:
        """Adds a document whose statements the folder has: the same text, perhaps under another path."""
        with self._writing():
            if self._library.holds(document):
                self._library.supersede(document.id, document.source)
            else:
                self._library.put(document, self._library.statements(document.id), self._software)

    def holds(self, document: Document) -> bool:
        """True where the folder has the document, and nothing else said of it by the same source."""
        return self._library.has(document.id) and not self._library.says_otherwise(document)

    def statements(self, document_id: str) -> list[Statement]:
        """What a document in the folder states, sorted."""
        return self._library.statements(document_id)

    def remove(self, document_id: str) -> None:
        """Removes a document and all that only it says; raises `UnknownDocument` where there is none of that id."""
        with self._writing():
            self._library.remove(document_id)

    def find(self, name: str) -> Origin:
        """What a document says of itself, by its id, path or address; raises `UnknownDocument` with suggestions."""
        return self._library.origin(self._library.find(name))

    def documents(self) -> list[str]:
        """The ids of the documents in the folder, sorted."""
        return self._library.ids()

    def finish(self) -> None:
        """Brings the index in line with the documents, writes claims.jsonl and graph.trig, publishes for readers."""
        with using(self.layout.known_actors()), self._writing():
            sync_folder(self.layout.documents)
            if not self._finished():
                del self._store, self._ahead  # closes the directory, which is then made anew
                self._store = index.open_anew(self.layout.store)
                self._finished(last=True)
            self._blocks.drop()
            self._ahead = self._started_ahead()

    def _finished(self, last: bool = False) -> bool:
        """Does what `finish` does; False where the index turns out to be damaged as it is read."""
        try:
            decisions = Decisions.read(self.layout.decisions)
            self._publish(index.reconcile(self._store.engine, self._library, decisions, self._blocks))
        except RuntimeError as error:
            if last or not is_damage(error):
                raise
            return False
        return True

    def _started_ahead(self) -> Ahead:
        return Ahead(self._store.engine, self._library, self.layout, self._blocks)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Says in a sentence of ours why the folder cannot be written."""
        try:
            yield
        except OSError as error:
            why = error.strerror or str(error).rsplit(": ", 1)[-1]
            raise StoreError(
                f"The folder {self.layout.root} cannot be written ({why}): make room or choose another one, and build "
                "again; what was stored before is kept."
            ) from error

    def _publish(self, change: index.Change | None) -> None:
        idle, changed = change is None, change.documents if change else frozenset()
        if not (idle and self.layout.claims.exists()):
            write_whole(self.layout.claims, pieces(self._library))
        if not (idle and self.layout.trig.exists()):
            write_whole(self.layout.trig, trig_again(self._store, self.layout.trig, changed, self._blocks))
        if not idle or current(self.layout.store) is None:
            index.publish(self._store, self.layout.store, self.layout.trig)
        if change:
            index.settle(self._store.engine, change)
