"""What a request asks by the SPARQL 1.1 Protocol: a query, or an update, and the graphs that it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from graph import guard
from graph.server.refusal import Refusal
from ontology.errors import QueryRefused
from ontology.namespaces import CR_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

FACTS = CR_BASE + "graph/facts"  # the name that the plain facts, which the store keeps in its default graph, go by
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_VALUES = re.compile(r""" \s+ | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | (?<![\w:.-])\d+(?!\w) """, re.VERBOSE)
_READ_ONLY = "This endpoint is read-only: a graph changes only when documents are built into it."
_NO_UPDATE = (
    "This is an update, not a query: send it by POST, as the parameter `update` or as application/sparql-update."
)
_CHANGES = frozenset(("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add", "with"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query by the protocol.

    query: str; dataset: None, or the graphs that make the default graph and the named graphs, which then count for the
    query instead of its own FROM (SPARQL 1.1 Protocol, 2.1.4); the empty name is the store's default graph.
    """

    query: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def union(self) -> bool:
        """True where the query reads all graphs as one, since neither it nor the request names any."""
        return self.dataset is None and not guard.names_graphs(self.query)

    @property
    def lasts(self) -> bool:
        """True where the answer is the same each time: the query asks neither the clock nor for something random."""
        return not guard.asks_anew(self.query)

    @property
    def kind(self) -> str:
        """The query without its strings, numbers and spaces: two of one kind take about as long.

        >>> Asked("SELECT * { ?s ?p 'a' } LIMIT 10").kind == Asked("select * {?s ?p 'b'} LIMIT 25").kind
        True
        """
        return _VALUES.sub("", self.query.casefold()) + str(self.dataset or "")


@dataclass(frozen=True, slots=True)
class Update:
    """An update by the protocol.

    text: str; dataset: None, or the graphs that its patterns read as one and by name, as of `Asked`.
    """

    text: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def read(method: str, query: bytes, content_type: str, body: bytes) -> Asked | Update | None:
    """What a request asks; None where it asks nothing, which is a request for the description of the service.

    method: str; query: bytes, the query string as sent; content_type: str, the header; body: bytes. Raises a `Refusal`
    where the request does not keep to the protocol.

    >>> read("GET", b"query=ASK%20%7B%7D&default-graph-uri=x:y", "", b"")
    Asked(query='ASK {}', dataset=(('x:y',), ()))
    """
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().casefold()
    if method == "POST":
        if media_type in (DIRECT, UPDATE):
            return _direct(media_type, query, rest, body)
        if media_type != FORM:
            raise Refusal(415, f"Send a query as {FORM} or {DIRECT}.", {"Accept": f"{FORM}, {DIRECT}"})
        pairs = [*_pairs(query), *_pairs(body)]
        return _updated(pairs) if any(name == "update" for name, _ in pairs) else _asked(pairs, needed=True)
    return _asked(_pairs(query), needed=False)


def admit(asked: Asked, writable: bool = False) -> None:
    """Raises a `Refusal` for a query that reaches out, changes data, is too long or nests too deeply.

    writable: bool, whether the server takes updates, which are no queries there either.
    """
    first = next((t.casefold() for kind, t in guard.tokens(asked.query) if kind == "word" and _is_verb(t)), "")
    if first in _CHANGES:
        raise Refusal(400, _NO_UPDATE) if writable else read_only()
    _check(asked.query)


def admit_update(update: Update) -> None:
    """Raises a `Refusal` for an update that reaches out, is too long or nests too deeply."""
    _check(update.text, allow_changes=True)


def read_only() -> Refusal:
    """The refusal of an update where none is taken."""
    return Refusal(403, _READ_ONLY)


def _check(text: str, allow_changes: bool = False) -> None:
    try:
        guard.check(text, allow_changes=allow_changes)
    except QueryRefused as refused:
        elsewhere = guard.asks_elsewhere(text) or guard.loads(text)
        raise Refusal(413 if len(text) > guard.MAX_LENGTH else 403 if elsewhere else 400, str(refused)) from refused


def _is_verb(word: str) -> bool:
    return word.casefold() not in ("base", "prefix", "version")


def _direct(media_type: str, query: bytes, rest: str, body: bytes) -> Asked | Update:
    charset = rest.strip().casefold().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise Refusal(415, "Send it in UTF-8.")
    pairs = _pairs(query)
    if any(name in ("query", "update") for name, _ in pairs):
        raise Refusal(400, "Give the query or update in the body or in the address, not in both.")
    return _update_of(_text(body), pairs) if media_type == UPDATE else _with_graphs(_text(body), pairs)


def _updated(pairs: list[tuple[str, str]]) -> Update:
    names = [name for name, _ in pairs]
    if names.count("update") > 1 or "query" in names:
        raise Refusal(400, "Give one update or one query, not several.")
    return _update_of(dict(pairs)["update"], pairs)


def _update_of(text: str, pairs: list[tuple[str, str]]) -> Update:
    if not text.strip():
        raise Refusal(400, "The update is empty.")
    if wrong := next((name for name, _ in pairs if name in ("default-graph-uri", "named-graph-uri")), ""):
        raise Refusal(400, f"An update has no {wrong}: name graphs with using-graph-uri and using-named-graph-uri.")
    return Update(text, _dataset(pairs, "using-graph-uri", "using-named-graph-uri"))


def _asked(pairs: list[tuple[str, str]], needed: bool) -> Asked | None:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise Refusal(400, "Send an update by POST.")
    if names.count("query") > 1:
        raise Refusal(400, "Give one query, not several.")
    if "query" not in names:
        if needed or names:
            raise Refusal(400, "Give a query, as the parameter `query`.")
        return None
    return _with_graphs(dict(pairs)["query"], pairs)


def _with_graphs(query: str, pairs: list[tuple[str, str]]) -> Asked:
    if not query.strip():
        raise Refusal(400, "The query is empty.")
    return Asked(query, _dataset(pairs, "default-graph-uri", "named-graph-uri"))


def _dataset(
    pairs: list[tuple[str, str]], default_name: str, named_name: str
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The graphs that a request names, of the default graph and by name; None where it names none."""
    default = _graphs(value for name, value in pairs if name == default_name)
    named = _graphs(value for name, value in pairs if name == named_name)
    return (default, named) if default or named else None


def _graphs(names: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(names))
    for name in found:
        if not _IRI.fullmatch(name):
            raise Refusal(400, "The name of a graph is not an absolute IRI.")
    return tuple("" if name == FACTS else name for name in found)


def _pairs(text: bytes) -> list[tuple[str, str]]:
    """The parameters, each decoded once."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise Refusal(400, "The parameters cannot be read: percent-encode them as UTF-8.") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "It is not UTF-8.") from error
