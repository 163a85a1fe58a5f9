"""What a query must pass before an engine sees it.

Oxigraph has no switch for SERVICE, no time limit in Python, and a request of 10 kB with deep nesting ends the process.
So the text is read here token by token, outside IRIs, strings and comments; an IRI that could also be read as a
comparison (`?a <?b`) is refused, because the two readings would hide different words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontology.errors import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_LENGTH = 64_000
MAX_DEPTH = 100
MAX_GROUPS = 1_000  # some 5,000 of `MINUS {}` or BIND in a row overflow the engine's stack

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<comment>\#[^\n\r]*)
  | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
              |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.%-]|\\.)*)
  | (?P<tag>@[A-Za-z][\w-]*)
  | (?P<word>[^\W\d]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_EITHER_WAY = re.compile(r"['#)]")
_NETWORK = frozenset(("service", "load"))
_CHANGES = frozenset(("insert", "delete", "clear", "drop", "create", "copy", "move", "add"))
_DEEPER, _SHALLOWER = frozenset("{(["), frozenset("})]")


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of a query as (kind, text); joined they are the query again.

    >>> [kind for kind, _ in tokens("ASK{?s ?p 'SERVICE'}") if kind != "other"]
    ['word', 'variable', 'variable', 'string']
    """
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "other", match.group()


def check(text: str) -> None:
    """Raises `QueryRefused` for a query that reaches out, changes data, is too long or too deep.

    >>> check("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ontology.errors.QueryRefused: SERVICE is not allowed: queries see this graph only.
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefused(f"The query has {len(text)} characters, over the limit of {MAX_LENGTH}: make it shorter.")
    depth = groups = 0
    for kind, token in tokens(text):
        _check_token(kind, token)
        depth += (token in _DEEPER) - (token in _SHALLOWER)
        groups += token == "{" or token.casefold() == "bind"
        if depth > MAX_DEPTH or groups > MAX_GROUPS:
            raise QueryRefused(f"The query nests over {MAX_DEPTH} levels or {MAX_GROUPS} groups: make it simpler.")


def names_graphs(text: str) -> bool:
    """True where the query says with FROM which graphs it reads.

    >>> names_graphs("SELECT * FROM <x:y> { ?s ?p ?o }"), names_graphs("SELECT ?from { ?from ?p 'from' }")
    (True, False)
    """
    return any(kind == "word" and token.casefold() == "from" for kind, token in tokens(text))


def fill(text: str, terms: Mapping[str, str]) -> str:
    """The query with `$name` replaced by terms; raises `QueryRefused` where it has no such parameter.

    terms: mapping of name to a term in N-Triples spelling. Strings, comments and IRIs are left alone.

    >>> fill("ASK { $who ?p '$who' }", {"who": "<x:y>"})
    "ASK { <x:y> ?p '$who' }"
    """
    parts = list(tokens(text))
    missing = sorted(terms.keys() - {token[1:] for kind, token in parts if kind == "variable" and token[0] == "$"})
    if missing:
        raise QueryRefused(f"The query has no parameter ${missing[0]}: write it as ${missing[0]} where it belongs.")
    return "".join(
        terms.get(token[1:], token) if kind == "variable" and token[0] == "$" else token for kind, token in parts
    )


def _check_token(kind: str, token: str) -> None:
    word = token.casefold()
    if kind == "iri" and not _ABSOLUTE.match(token) and _EITHER_WAY.search(token):
        raise QueryRefused(f"{token} can be read as an IRI or as a comparison: write the IRI with ://, or add spaces.")
    if kind == "word" and word in _NETWORK:
        raise QueryRefused(f"{token.upper()} is not allowed: queries see this graph only.")
    if kind == "word" and word in _CHANGES:
        raise QueryRefused(f"{token.upper()} is not allowed: a graph changes only when documents are built into it.")
