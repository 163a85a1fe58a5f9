"""The integrity of a built folder: what the files, the index and the vocabulary must agree on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph import index, users
from graph import terms as t
from graph.export import everything, trig
from graph.folder import Library, pieces
from graph.identity.decisions import Decisions
from graph.layout import Layout
from graph.opening import open_folder
from graph.rdf import check_statement
from ontology.errors import ChipgraphError, InvalidData
from ontology.registry import using

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Statement
    from graph.store import Store


class Finding(NamedTuple):
    """A fault of a built folder.

    where: str, the file or statement; what: str, the fault in one sentence.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check(folder: Path | str, shapes: bool = True) -> list[Finding]:
    """The faults of a built folder, sorted; empty where there is none.

    folder: Path or str; shapes: bool, False leaves out SHACL, which takes a second for each five hundred claims.
    Raises `StoreError` where there is no graph.

    >>> import tempfile
    >>> from graph.build import Builder
    >>> from graph.example import document, statements
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Builder(folder) as builder:
    ...         _ = builder.add(document(), statements())
    ...     check(folder)
    []
    """
    layout = Layout(Path(folder))
    store = open_folder(folder)
    library = Library(layout.documents)
    findings = [finding for key in library.ids() for finding in _document(library, key)]
    findings += _index(layout, library, store)
    findings += _files(layout, library, store)
    findings += _users(layout)
    findings += _shapes(store) if shapes else ()
    return sorted(set(findings))


def _document(library: Library, key: str) -> Iterator[Finding]:
    where = f"documents/{key}"
    try:
        document = library.origin(key).document
        statements = library.statements(key)
    except (ChipgraphError, OSError, UnicodeDecodeError) as error:
        yield Finding(where, f"It cannot be read ({error}): build the document again.")
        return
    if document.id != key:
        yield Finding(where, "The text was changed after it was built: build the document again.")
    for line, statement in zip(library.lines(key).splitlines(), statements, strict=False):
        yield from _statement(where, document.text, statement)
        if f'"id": "{statement.id}"'.encode() not in line:
            yield Finding(where, f"The statement {statement.id} stands under another id: build the document again.")


def _statement(where: str, text: str, statement: Statement) -> Iterator[Finding]:
    for evidence in (statement.evidence, *statement.support):
        if text[evidence.start : evidence.end] != evidence.text:
            yield Finding(where, f"The sentence of {statement.id} does not stand at {evidence.start}-{evidence.end}.")
    try:
        check_statement(statement)
    except ChipgraphError as error:
        yield Finding(where, str(error))


def _index(layout: Layout, library: Library, store: Store) -> Iterator[Finding]:
    """Compares the published index with the one that the documents give."""
    try:
        with using(layout.known_actors()):
            expected = index.expected(library, Decisions.read(layout.decisions))
        wanted = {(q.subject, q.predicate, q.object) for q in everything(expected)}
    except (ChipgraphError, OSError, UnicodeDecodeError):
        return  # said already, document by document
    found = {(q.subject, q.predicate, q.object) for q in everything(store)}
    if wanted != found:
        counts = f"{len(wanted - found)} triples are missing and {len(found - wanted)} are too many"
        yield Finding(layout.store.name, f"The index is not what the documents give ({counts}): run `chipgraph build`.")


def _files(layout: Layout, library: Library, store: Store) -> Iterator[Finding]:
    if not layout.claims.exists() or layout.claims.read_bytes() != b"".join(pieces(library)):
        yield Finding(layout.claims.name, "The file does not hold what the documents do: run `chipgraph build`.")
    if not layout.trig.exists() or layout.trig.read_bytes() != trig(everything(store)):
        yield Finding(layout.trig.name, "The file is not what the index holds: delete it and run `chipgraph build`.")


def _users(layout: Layout) -> Iterator[Finding]:
    try:
        users.read(layout.users)
    except InvalidData as error:
        yield Finding(layout.users.name, str(error))


def _shapes(store: Store) -> Iterator[Finding]:
    from ontology.validate import validate

    for violation in validate(quad for quad in everything(store) if quad.graph_name != t.FACTS):
        yield Finding(violation.focus, f"{violation.message} ({violation.path})")
