"""The one tree of errors: every error that Chipgraph raises on purpose is a `ChipgraphError`."""

from __future__ import annotations


class ChipgraphError(Exception):
    """Root of all errors; its text is one sentence: what, where, what to do."""


class DocumentRefused(ChipgraphError):
    """A document that cannot be read.

    source: str, the path or address as given; reason: str, why it was refused.

    >>> str(DocumentRefused("notes.bin", "it is not text"))
    'notes.bin: it is not text'
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class UnknownEntity(ChipgraphError):
    """A name that no entity of the graph has.

    name: str, as asked; suggestions: tuple[str, ...], near names, best first.

    >>> str(UnknownEntity("Hua Hnog", ("Hua Hong Semiconductor",)))
    "No entity is called 'Hua Hnog'; did you mean 'Hua Hong Semiconductor'?"
    """

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = " or ".join(repr(s) for s in suggestions)
        super().__init__(f"No entity is called {name!r}" + (f"; did you mean {hint}?" if hint else "."))
        self.name = name
        self.suggestions = suggestions


class AmbiguousName(UnknownEntity):
    """A name that several entities have.

    name: str, as asked; suggestions: tuple[str, ...], what tells them apart: labels, or ids where labels are shared.

    >>> str(AmbiguousName("ASE", ("ASE Technology", "Amsterdam Stock Exchange")))
    "Several entities are called 'ASE': ASE Technology, Amsterdam Stock Exchange; say which."
    """

    def __str__(self) -> str:
        return f"Several entities are called {self.name!r}: {', '.join(self.suggestions)}; say which."


class UnknownDocument(ChipgraphError):
    """A document that a graph does not hold.

    name: str, as asked; suggestions: tuple[str, ...], near ids, paths and addresses, best first.

    >>> str(UnknownDocument("notes/on.txt", ("notes/one.txt",)))
    "No document of the graph is 'notes/on.txt'; did you mean 'notes/one.txt'?"
    """

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = " or ".join(repr(s) for s in suggestions)
        otherwise = ": `chipgraph check --documents` lists those there are."
        super().__init__(f"No document of the graph is {name!r}" + (f"; did you mean {hint}?" if hint else otherwise))
        self.name = name
        self.suggestions = suggestions


class InvalidData(ChipgraphError):
    """Data (a claims file, a registry row, a query) that breaks its contract."""


class QueryRefused(ChipgraphError):
    """A SPARQL query that is malformed, not allowed or over its limits."""


class StoreError(ChipgraphError):
    """A store that is missing, locked, damaged or of another version."""


class MissingPackage(ChipgraphError):
    """An optional package that is not installed; the text says how to get it."""
