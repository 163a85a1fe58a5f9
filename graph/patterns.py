"""The triple patterns of a SPARQL query, block by block, with their places in its text.

A block is a basic graph pattern: the triple patterns of a group between two things that are none, filters left aside
(SPARQL 1.1, 18.2.2.5). Within one, order means nothing, so whoever knows a better one may write it so. What is not
understood here (collections, `[]`, triple terms) is no error: such a query has no blocks to write anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Block = tuple["Run", ...]

_TOKEN = re.compile(
    r"""
    <[^<>"{}|^`\\\x00-\x20]*>
  | \#[^\n\r]*
  | '''(?:(?:'|'')?(?:[^'\\]|\\.))*''' | \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
  | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"
  | [?$]\w+
  | (?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.|\.+(?=[\w:%\\-]))*
  | @[A-Za-z][\w-]*
  | [+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?
  | \w+
  | \^\^
  | \S
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {"(": ")", "{": "}", "[": "]"}
_FORMS = frozenset(("select", "ask", "construct", "describe"))
_ENDS_BLOCK = frozenset(("optional", "minus", "union", "graph", "service", "bind", "values", "select"))


class _Unclear(Exception):
    """A query with something in it that is not understood here."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern, each part in the words of the query.

    >>> Pattern("?claim", "a", "ck:Claim").bound
    (False, True, True)
    """

    subject: str
    predicate: str
    object: str

    @property
    def bound(self) -> tuple[bool, bool, bool]:
        """Which of the three parts are given; a path, which is no single property, is not."""
        single = " " not in self.predicate and not _is_open(self.predicate)
        return not _is_open(self.subject), single, not _is_open(self.object)

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ."


@dataclass(frozen=True, slots=True)
class Run:
    """Patterns that stand together: start and end, their place in the text; patterns, in the order given."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What a query says before its form (prefixes and base), and its blocks, each of one run or several."""

    prologue: str
    blocks: tuple[tuple[Run, ...], ...]


def read(text: str) -> Query:
    """The blocks of a query; none where it holds something that is not understood.

    >>> (run,), = read("SELECT * { ?a a ck:Fab ; ck:country 'TW', ?c }").blocks
    >>> list(map(str, run.patterns))
    ['?a a ck:Fab .', "?a ck:country 'TW' .", '?a ck:country ?c .']
    """
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    reader = _Reader([token for token in found if token[0][0] != "#"])
    try:
        return Query(text[: reader.prologue()], reader.blocks())
    except _Unclear:
        return Query("", ())


def write(text: str, blocks: Iterable[tuple[Block, Sequence[Pattern]]]) -> str:
    """A query with the patterns of its blocks in another order; the text itself where none is.

    blocks: those of `read`, each with all its patterns.

    >>> text = "ASK { ?a a ck:Fab . FILTER(?b > 1) ?a ck:rank ?b }"
    >>> block, = read(text).blocks
    >>> write(text, [(block, [pattern for run in block for pattern in run.patterns][::-1])])
    'ASK { ?a ck:rank ?b . FILTER(?b > 1) ?a a ck:Fab . }'
    """
    changes = []
    for block, patterns in blocks:
        left = iter(patterns)
        now = [(run, tuple(islice(left, len(run.patterns)))) for run in block]
        changes += [(run.start, run.end, patterns) for run, patterns in now if patterns != run.patterns]
    made, at = [], 0
    for start, end, patterns in sorted(changes, key=itemgetter(0)):
        made += [text[at:start], " ".join(map(str, patterns))]
        at = end
    return "".join((*made, text[at:])) if made else text


class _Reader:
    """One way through the tokens of a query."""

    def __init__(self, tokens: list[tuple[str, int, int]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._found: list[tuple[Run, ...]] = []

    def prologue(self) -> int:
        """Goes to the form of the query and returns where that stands."""
        while self._word() not in _FORMS:
            self._next()
        return self._tokens[self._at][1]

    def blocks(self) -> tuple[tuple[Run, ...], ...]:
        """All blocks; begins at the form of the query."""
        template = self._word() == "construct"
        self._next()
        if template and self._peek() == "{":
            self._skip()
        self._to_group()
        self._group()
        return tuple(self._found)

    def _to_group(self) -> None:
        while self._peek() != "{":
            self._skip()

    def _group(self) -> None:
        """A group, its blocks noted; stops behind its closing brace."""
        self._next()
        runs: list[Run] = []
        while self._peek() != "}":
            word = self._word()
            if word == "filter":
                self._filter()
            elif word in _ENDS_BLOCK or self._peek() == "{":
                self._note(runs)
                runs = []
                self._other(word)
            elif self._peek() == ".":
                self._next()
            else:
                runs.append(self._run())
        self._next()
        self._note(runs)

    def _note(self, runs: list[Run]) -> None:
        if runs:
            self._found.append(tuple(runs))

    def _other(self, word: str) -> None:
        """What is no triple pattern, up to a group in it or behind it."""
        if word == "select":
            self._to_group()
            self._group()
            while self._peek() != "}":
                self._skip()
        elif word == "bind":
            self._next()
            self._skip()
        elif word in ("values", "service"):
            self._to_group()
            self._skip()
        else:  # OPTIONAL, MINUS, UNION, GRAPH with its name, or a group alone
            self._to_group()
            self._group()

    def _filter(self) -> None:
        """A filter, the group of an EXISTS read like any other."""
        self._next()
        if self._word() == "not":
            self._next()
        if self._word() == "exists":
            self._next()
            self._group()
            return
        if self._peek() != "(":  # the name of a function
            self._next()
        self._skip()

    def _run(self) -> Run:
        start = self._tokens[self._at][1]
        patterns: list[Pattern] = []
        while self._peek() not in ("}", "{") and self._word() not in _ENDS_BLOCK | {"filter"}:
            patterns.extend(self._statement())
        return Run(start, self._tokens[self._at - 1][2], tuple(patterns))

    def _statement(self) -> list[Pattern]:
        subject, found = self._term(), []
        while True:
            predicate = self._predicate()
            found.append(Pattern(subject, predicate, self._term()))
            while self._peek() == ",":
                self._next()
                found.append(Pattern(subject, predicate, self._term()))
            if self._peek() != ";":
                break
            while self._peek() == ";":
                self._next()
            if self._peek() in (".", "}") or self._word() in _ENDS_BLOCK | {"filter"}:
                break
        if self._peek() == ".":
            self._next()
        return found

    def _predicate(self) -> str:
        if _is_open(self._peek()):
            return self._next()
        parts = [self._step()]
        while self._peek() in ("/", "|"):
            parts += [self._next(), self._step()]
        return " ".join(parts)

    def _step(self) -> str:
        parts = []
        while self._peek() in ("^", "!"):
            parts.append(self._next())
        if self._peek() == "(":
            start = self._at
            self._skip()
            parts += [token for token, _, _ in self._tokens[start : self._at]]
        elif self._peek() == "a" or _is_name(self._peek()):
            parts.append(self._next())
        else:
            raise _Unclear
        while self._peek() in ("*", "+", "?"):
            parts.append(self._next())
        return " ".join(parts)

    def _term(self) -> str:
        token = self._next()
        if _is_open(token) or _is_name(token) or token.casefold() in ("true", "false"):
            return token
        if token[0] in "'\"":
            if self._peek()[0] == "@":
                return token + self._next()
            if self._peek() == "^^":
                return token + self._next() + self._next()
            return token
        if token[0] in "+-.0123456789" and token[-1].isdigit():
            return token
        raise _Unclear

    def _skip(self) -> None:
        """Goes behind the next token, or behind all that it opens."""
        closing = _CLOSING.get(self._next())
        if closing is not None:
            while self._peek() != closing:
                self._skip()
            self._next()

    def _peek(self) -> str:
        if self._at == len(self._tokens):
            raise _Unclear
        return self._tokens[self._at][0]

    def _word(self) -> str:
        return self._peek().casefold()

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token


def _is_open(token: str) -> bool:
    """True for a variable or a blank node."""
    return (token[0] in "?$" and len(token) > 1) or token.startswith("_:")


def _is_name(token: str) -> bool:
    return (token[0] == "<" and token[-1] == ">" and len(token) > 1) or (":" in token and token[0] not in "'\"")
