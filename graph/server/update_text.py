"""A SPARQL update cut into its operations, and what each says.

The engine has read the whole text before, so it is known to be an update. What is cut here wrongly all the same is
refused by the engine as a fragment: the pieces only ever run as queries, or in a store that is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARED = {"prefix": 2, "base": 1, "version": 1}  # how many parts follow the word
_WHERE, _USING, _DATA = "where", "using", "data"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update.

    prologue: str, the prefixes and the base declared before it; parts: tuple of str, its words and names and, whole
    each, its blocks in braces.
    """

    prologue: str
    parts: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The parts without the difference of case that keywords do not make."""
        return tuple(part.casefold() for part in self.parts)

    @property
    def has_dataset(self) -> bool:
        """True where it says itself which graphs it reads."""
        return not {_USING, "with"}.isdisjoint(self.words)


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation deletes and inserts, each a template in braces or nothing.

    where: str, the pattern that fills the templates, nothing where they are data; using: str, the FROM clauses that it
    reads; graph: str, the graph that WITH names, or nothing.
    """

    delete: str
    insert: str
    where: str = ""
    using: str = ""
    graph: str = ""


def operations(text: str) -> list[Operation]:
    """The operations of an update, in their order.

    >>> [op.parts for op in operations("PREFIX a: <x:a> CLEAR GRAPH a:b ; DELETE WHERE { ?s ?p 'a;b' }")]
    [('CLEAR', 'GRAPH', 'a:b'), ('DELETE', 'WHERE', "{ ?s ?p 'a;b' }")]
    """
    found: list[Operation] = []
    prologue: list[str] = []
    parts: list[str] = []
    declared = 0
    for part in _parts(text):
        if declared or (not parts and part.casefold() in _DECLARED):
            declared = declared - 1 if declared else _DECLARED[part.casefold()]
            prologue.append(part)
        elif part != ";":
            parts.append(part)
        elif parts:
            found.append(Operation(_joined(prologue), tuple(parts)))
            parts = []
    return [*found, Operation(_joined(prologue), tuple(parts))] if parts else found


def change(operation: Operation) -> Change | None:
    """What an operation changes triple by triple; None for one that is about whole graphs.

    >>> change(operations("WITH <x:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }")[0])
    Change(delete='{ ?s ?p 1 }', insert='', where='{ ?s ?p 1 }', using='', graph='<x:g>')
    """
    words, parts = operation.words, operation.parts
    if words[0] not in ("insert", "delete", "with"):
        return None
    if words[1] == _DATA:
        return Change(parts[2], "") if words[0] == "delete" else Change("", parts[2])
    if words[1] == _WHERE:
        return Change(parts[2], "", parts[2])
    where = words.index(_WHERE)
    blocks = {words[at]: parts[at + 1] for at in range(where) if words[at] in ("insert", "delete")}
    start = words.index(_USING) if _USING in words else where
    using = " ".join("FROM" if part.casefold() == _USING else part for part in parts[start:where])
    graph = parts[1] if words[0] == "with" else ""
    return Change(blocks.get("delete", ""), blocks.get("insert", ""), parts[where + 1], using, graph)


def _joined(prologue: list[str]) -> str:
    return "".join(f"{part} " for part in prologue)


def _parts(text: str) -> Iterator[str]:
    """Tokens outside of braces, and blocks in braces as one each."""
    block: list[str] = []
    depth = 0
    for kind, token in guard.tokens(text):
        depth += (token == "{") - (token == "}")
        if depth or block:
            block.append(" " if kind == "comment" else token)
        elif kind != "comment" and token.strip():
            yield token
        if block and not depth:
            yield "".join(block)
            block = []
