"""What a query must pass before an engine sees it.

Oxigraph has no switch for SERVICE, no time limit in Python, and a request of 10 kB with deep nesting or a long chain of
operators ends the process. So the text is read here token by token, outside IRIs, strings and comments; an IRI that
could also be read as a comparison (`?a <?b`) is refused, because the two readings would hide different words.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from graph.remembered import remembered
from ontology.errors import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAX_LENGTH = 64_000
MAX_DEPTH = 100
MAX_GROUPS = 1_000  # some 5,000 of `MINUS {}` or BIND in a row overflow the engine's stack
MAX_TOKENS = 5_000  # so do some 8,000 of `!`, or 6,600 of `1+`, `?a||` or `?b ?c;` in a row

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
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_CHANGES = frozenset(("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add"))
# A short query without any of these, few brackets apart, needs no look at its tokens, which takes 0.2 ms.
_SUSPECT = ("service", *sorted(_CHANGES), "\\u")
_SHORT = 4_000
_DEEPER, _SHALLOWER = frozenset("{(["), frozenset("})]")


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of a query as (kind, text); joined they are the query again.

    >>> [kind for kind, _ in tokens("ASK{?s ?p 'SERVICE'}") if kind != "other"]
    ['word', 'variable', 'variable', 'string']
    """
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "other", match.group()


@remembered
def check(text: str, allow_service: bool = False, allow_changes: bool = False) -> None:
    r"""Raises `QueryRefused` for a query that reaches out, changes data, is too long or too deep.

    text: str; allow_service: bool, True lets SERVICE pass, so that other endpoints learn what is asked of them;
    allow_changes: bool, True lets all that changes data pass but LOAD, which reads from elsewhere. An
    escape such as `\u0053` may be read before or after all else (SPARQL 1.1, 19.2), so both readings must pass.

    >>> check("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ontology.errors.QueryRefused: SERVICE is not allowed: queries see this graph only.
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefused(f"The query has {len(text)} characters, over the limit of {MAX_LENGTH}: make it shorter.")
    if _is_plain(text):
        return
    for reading in dict.fromkeys((text, _unescaped(text))):
        _check_reading(reading, allow_service, allow_changes)


@remembered
def names_graphs(text: str) -> bool:
    """True where the query says with FROM which graphs it reads.

    >>> names_graphs("SELECT * FROM <x:y> { ?s ?p ?o }"), names_graphs("SELECT ?from { ?from ?p 'from' }")
    (True, False)
    """
    return _has(text, "from")


def asks_elsewhere(text: str) -> bool:
    """True where the query has a SERVICE.

    >>> asks_elsewhere("ASK { SERVICE <http://example.org/> {} }"), asks_elsewhere("ASK { ?service ?p ?o }")
    (True, False)
    """
    return _has(text, "service")


def loads(text: str) -> bool:
    """True where an update has a LOAD.

    >>> loads("LOAD <http://example.org/>"), loads("DELETE WHERE { ?load ?p ?o }")
    (True, False)
    """
    return _has(text, "load")


def asks_anew(text: str) -> bool:
    """True where the query asks the clock or for something random, so that its answer is another each time.

    >>> asks_anew("SELECT (NOW() AS ?t) {}"), asks_anew("SELECT ?now { ?rand ?p 'now' }")
    (True, False)
    """
    return any(_has(text, word) for word in ("now", "rand", "uuid", "struuid"))


def _has(text: str, word: str) -> bool:
    if word not in text.casefold() or not re.search(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE):
        return False  # in the middle of a longer word, as in prov:wasDerivedFrom: no need to read the tokens
    return any(kind == "word" and token.casefold() == word for kind, token in tokens(text))


def _is_plain(text: str) -> bool:
    """True where nothing in a query could be refused, however it is read: no such word, not even inside a string."""
    if len(text) > _SHORT or sum(map(text.count, _DEEPER)) > MAX_DEPTH:
        return False
    folded = text.casefold()  # single searches beat one for any of the words, case aside, by ten times
    for word in _SUSPECT:  # noqa: SIM110 - a loop takes a third of the time of any()
        if word in folded:
            return False
    return True


def fill(text: str, terms: Mapping[str, str]) -> str:
    """The query with `$name` replaced by terms; raises `QueryRefused` where it has no such parameter.

    terms: mapping of name to a term in N-Triples spelling. Strings, comments and IRIs are left alone.

    >>> fill("ASK { $who ?p '$who' }", {"who": "<x:y>"})
    "ASK { <x:y> ?p '$who' }"
    """
    if not terms:
        return text
    parts = list(tokens(text))
    missing = sorted(terms.keys() - {token[1:] for kind, token in parts if kind == "variable" and token[0] == "$"})
    if missing:
        raise QueryRefused(f"The query has no parameter ${missing[0]}: write it as ${missing[0]} where it belongs.")
    return _replaced(parts, terms, "$")


def put_in(text: str, terms: Mapping[str, str]) -> str:
    """The query with variables replaced by terms, wherever they stand outside of strings, comments and IRIs.

    terms: mapping of name to a term in N-Triples spelling.

    >>> put_in("ASK { ?who ?p '?who' }", {"who": "<x:y>"})
    "ASK { <x:y> ?p '?who' }"
    """
    return _replaced(tokens(text), terms, "?$")


def _replaced(parts: Iterable[tuple[str, str]], terms: Mapping[str, str], signs: str) -> str:
    return "".join(
        terms.get(token[1:], token) if kind == "variable" and token[0] in signs else token for kind, token in parts
    )


def _unescaped(text: str) -> str:
    """The text with its escaped code points written out; what is no code point stays."""
    return _ESCAPE.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]


def _check_reading(text: str, allow_service: bool, allow_changes: bool) -> None:
    depth = groups = count = 0
    for kind, token in tokens(text):
        _check_token(kind, token, allow_service, allow_changes)
        depth += (token in _DEEPER) - (token in _SHALLOWER)
        groups += token == "{" or token.casefold() == "bind"
        count += kind != "comment" and not token.isspace()
        if depth > MAX_DEPTH or groups > MAX_GROUPS:
            raise QueryRefused(f"The query nests over {MAX_DEPTH} levels or {MAX_GROUPS} groups: make it simpler.")
        if count > MAX_TOKENS:
            raise QueryRefused(f"The query has over {MAX_TOKENS} words and signs: make it shorter.")


def _check_token(kind: str, token: str, allow_service: bool, allow_changes: bool) -> None:
    word = token.casefold()
    if kind == "iri" and not _ABSOLUTE.match(token) and _EITHER_WAY.search(token):
        raise QueryRefused(f"{token} can be read as an IRI or as a comparison: write the IRI with ://, or add spaces.")
    if kind == "word" and word == "service" and not allow_service:
        raise QueryRefused("SERVICE is not allowed: queries see this graph only.")
    if kind == "word" and word == "load" and allow_changes:
        raise QueryRefused("LOAD is not allowed: nothing is read from elsewhere.")
    if kind == "word" and word in _CHANGES and not allow_changes:
        raise QueryRefused(f"{token.upper()} is not allowed: a graph changes only when documents are built into it.")
