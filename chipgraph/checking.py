"""The faults of a built folder: quotes that moved, files that disagree, statements that break a shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.model import digest
from graph.folder import Layout, Library, pieces
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def faults(folder: Path) -> Iterator[str]:
    """One sentence for each fault of a built folder, those of documents first."""
    layout = Layout(folder)
    library = Library(layout.documents)
    for key in library.ids():
        yield from _document_faults(library, key)
    yield from _file_faults(layout, library)


def _document_faults(library: Library, key: str) -> Iterator[str]:
    try:
        text = library.text(key)
        statements = library.statements(key)
        library.origin(key)
    except (InvalidData, OSError) as error:
        yield f"Document {key} cannot be read: {error}"
        return
    if digest(text) != key:
        yield f"Document {key}: its text was changed; build it again."
    for statement in statements:
        for evidence in (statement.evidence, *statement.support):
            if text[evidence.start : evidence.end] != evidence.text:
                yield f"Statement {statement.id}: its quote is not at {evidence.start} to {evidence.end} of {key}."


def _file_faults(layout: Layout, library: Library) -> Iterator[str]:
    if not layout.claims.exists() or layout.claims.read_bytes() != b"".join(pieces(library)):
        yield f"{layout.claims} is not what the documents say; build again."
    if not layout.trig.exists():
        yield f"{layout.trig} is missing; build again."
        return
    from ontology.validate import validate

    for violation in validate(layout.trig.read_bytes()):
        yield f"{violation.focus} {violation.path}: {violation.message}"
