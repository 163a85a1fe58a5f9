"""What a request asks by the SPARQL 1.1 Protocol: a query and the graphs that it reads."""

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
_UPDATE = "application/sparql-update"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_READ_ONLY = "This endpoint is read-only: a graph changes only when documents are built into it."
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
    def kind(self) -> str:
        """The query without its strings, numbers and spaces: two of one kind take about as long.

        >>> Asked("SELECT * { ?s ?p 'a' } LIMIT 10").kind == Asked("select * {?s ?p 'b'} LIMIT 25").kind
        True
        """
        kept = (_kind(kind, token) for kind, token in guard.tokens(self.query))
        return " ".join(filter(None, (*kept, str(self.dataset))))


def read(method: str, query: bytes, content_type: str, body: bytes) -> Asked | None:
    """What a request asks; None where it asks nothing, which is a request for the description of the service.

    method: str; query: bytes, the query string as sent; content_type: str, the header; body: bytes. Raises a `Refusal`
    where the request does not keep to the protocol, or asks for a change.

    >>> read("GET", b"query=ASK%20%7B%7D&default-graph-uri=x:y", "", b"")
    Asked(query='ASK {}', dataset=(('x:y',), ()))
    """
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().casefold()
    if method == "POST":
        if media_type == _UPDATE:
            raise Refusal(403, _READ_ONLY)
        if media_type == DIRECT:
            return _direct(query, rest, body)
        if media_type != FORM:
            raise Refusal(415, f"Send a query as {FORM} or {DIRECT}.", {"Accept": f"{FORM}, {DIRECT}"})
        return _asked([*_pairs(query), *_pairs(body)], needed=True)
    return _asked(_pairs(query), needed=False)


def admit(asked: Asked) -> None:
    """Raises a `Refusal` for a query that reaches out, changes data, is too long or nests too deeply."""
    first = next((t.casefold() for kind, t in guard.tokens(asked.query) if kind == "word" and _is_verb(t)), "")
    if first in _CHANGES:
        raise Refusal(403, _READ_ONLY)
    try:
        guard.check(asked.query)
    except QueryRefused as refused:
        status = 413 if len(asked.query) > guard.MAX_LENGTH else 403 if guard.asks_elsewhere(asked.query) else 400
        raise Refusal(status, str(refused)) from refused


def _is_verb(word: str) -> bool:
    return word.casefold() not in ("base", "prefix", "version")


def _direct(query: bytes, rest: str, body: bytes) -> Asked:
    charset = rest.strip().casefold().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise Refusal(415, "Send the query in UTF-8.")
    pairs = _pairs(query)
    if any(name == "query" for name, _ in pairs):
        raise Refusal(400, "Give the query in the body or in the address, not in both.")
    return _with_graphs(_text(body), pairs)


def _asked(pairs: list[tuple[str, str]], needed: bool) -> Asked | None:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise Refusal(403, _READ_ONLY)
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
    default = _graphs(value for name, value in pairs if name == "default-graph-uri")
    named = _graphs(value for name, value in pairs if name == "named-graph-uri")
    return Asked(query, (default, named) if default or named else None)


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
        raise Refusal(400, "The query is not UTF-8.") from error


def _kind(kind: str, token: str) -> str:
    if kind == "comment" or not token.strip() or token.isdecimal():
        return ""
    return "''" if kind == "string" else token.casefold() if kind == "word" else token
