"""Patterns of questions: words, choices and slots, matched against the words of a question in every way they fit.

`who (supplies|sells to) [the firm] {customer}` has a choice in round brackets, an optional part in square ones and a
slot in curly ones; `<makes>` stands for a choice of the word list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

LONGEST_SLOT = 10  # words
_PART = re.compile(r"\{(?P<slot>\w+)\}|<(?P<choice>[\w-]+)>|(?P<sign>[()\[\]|])|(?P<word>[^\s()\[\]|{}<>]+)")
_INNERMOST = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]|\{\w+\}|<[\w-]+>")  # what a pattern's own words stand around
_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"(?<=\w)['’](?:s|S)?(?=[\s?!.,;:]|$)")
_ASKING = ("who", "what", "where", "when", "how")  # "who's" is "who is"
_AROUND = ".,;:!?\"'’“”()"

Spans = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: as patterns have it, and where it stands."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a name or value."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple[Pattern, ...]


Pattern = tuple[str | Slot | Choice, ...]


class Phrase:
    """A pattern as it is written; read when a question comes that has the words which the pattern must have.

    text: str; choices: Choices.
    """

    def __init__(self, text: str, choices: Choices) -> None:
        self._text = text
        self._choices = choices

    def __str__(self) -> str:
        return self._text

    @property
    def slots(self) -> frozenset[str]:
        """The names of its slots; choices of the word list have none."""
        return frozenset(_SLOT.findall(self._text))

    def may_take(self, folded: Set[str]) -> bool:
        """False where these words of a question lack one that stands outside all brackets of the pattern.

        >>> phrase = Phrase("who [really] (owns|holds) {entity}", Choices({}))
        >>> phrase.may_take({"who", "sold"}), phrase.may_take({"what", "owns"})
        (True, False)
        """
        return self._needed <= folded

    @cached_property
    def pattern(self) -> Pattern:
        """The pattern, read; raises `InvalidData` as `parsed` does."""
        return parsed(self._text, self._choices)

    @cached_property
    def _needed(self) -> frozenset[str]:
        text, shorter = self._text, _INNERMOST.sub(" ", self._text)
        while text != shorter:
            text, shorter = shorter, _INNERMOST.sub(" ", shorter)
        return frozenset(text.casefold().split())


class Choices:
    """The choices of a word list, each read once.

    texts: mapping of name to alternatives.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._read: dict[str, Choice] = {}

    def named(self, name: str) -> Choice | None:
        """The choice of a name."""
        if name not in self._read and name in self._texts:
            (choice,) = parsed(f"({self._texts[name]})", self)
            assert isinstance(choice, Choice)
            self._read[name] = choice
        return self._read.get(name)


def words(question: str) -> tuple[Word, ...]:
    """The words of a question; the `'s` of a possessive is a word of its own.

    >>> [word.folded for word in words("Who owns ASML's labs?")]
    ['who', 'owns', 'asml', "'s", 'labs']
    """
    found: list[Word] = []
    for match in _WORD.finditer(question):
        text, start = match.group(), match.start()
        owner = _POSSESSIVE.search(text)
        cut = owner.start() if owner and owner.start() else len(text)
        found += _stripped(text[:cut], start)
        if cut < len(text):
            short = found and found[-1].folded in _ASKING
            found.append(Word("is" if short else "'s", start + cut, match.end()))
    return tuple(found)


def parsed(text: str, choices: Choices) -> Pattern:
    """A pattern from its text.

    text: str; choices: Choices. Raises `InvalidData` where a bracket is not closed or a
    choice is not in the list.

    >>> parsed("who [really] owns {entity}", Choices({}))
    ('who', Choice(options=(('really',), ())), 'owns', Slot(name='entity'))
    """
    return _Parts(text, choices).sequence("")


def matches(pattern: Pattern, question: tuple[Word, ...], at: int = 0) -> Iterator[Spans]:
    """Every way in which a pattern takes all words from a place on: for each slot the words it takes, from and to.

    >>> [*matches(parsed("{a} and {b}", Choices({})), words("ASE and Amkor and JCET"))]
    [{'a': (0, 1), 'b': (2, 5)}, {'a': (0, 3), 'b': (4, 5)}]
    """
    for end, spans in _taken(pattern, question, at):
        if end == len(question):
            yield spans


def _taken(pattern: Pattern, question: tuple[Word, ...], at: int) -> Iterator[tuple[int, Spans]]:
    if not pattern:
        yield at, {}
        return
    for middle, first in _first(pattern[0], question, at):
        for end, rest in _taken(pattern[1:], question, middle):
            yield end, first | rest


def _first(part: str | Slot | Choice, question: tuple[Word, ...], at: int) -> Iterator[tuple[int, Spans]]:
    if isinstance(part, Choice):
        for option in part.options:
            yield from _taken(option, question, at)
    elif isinstance(part, Slot):
        for end in range(at + 1, min(len(question), at + LONGEST_SLOT) + 1):
            yield end, {part.name: (at, end)}
    elif at < len(question) and question[at].folded == part:
        yield at + 1, {}


def _stripped(text: str, start: int) -> list[Word]:
    """A word without the marks around it; nothing where it is made of marks alone."""
    core = text.strip(_AROUND)
    left = len(text) - len(text.lstrip(_AROUND))
    begin = start + left
    return [Word(core.casefold(), begin, begin + len(core))] if core else []


class _Parts:
    """The text of a pattern, read part by part."""

    def __init__(self, text: str, choices: Choices) -> None:
        self._text = text
        self._choices = choices
        self._rest = list(reversed([*_PART.finditer(text)]))

    def sequence(self, closing: str) -> Pattern:
        """The parts up to a closing bracket, which is left for the caller, or to the end."""
        found: list[str | Slot | Choice] = []
        while self._rest and self._rest[-1]["sign"] not in (closing, "|", ")", "]"):
            found.append(self._part(self._rest.pop()))
        if not closing and self._rest:
            raise InvalidData(f"The pattern {self._text!r} has a bracket or bar too many.")
        return tuple(found)

    def _part(self, match: re.Match[str]) -> str | Slot | Choice:
        if match["slot"]:
            return Slot(match["slot"])
        if match["choice"]:
            return self._listed(match["choice"])
        if match["sign"] == "(":
            return Choice(self._options(")"))
        if match["sign"] == "[":
            return Choice((*self._options("]"), ()))
        return match["word"].casefold()

    def _options(self, closing: str) -> tuple[Pattern, ...]:
        options = [self.sequence(closing)]
        while self._rest and self._rest[-1]["sign"] == "|":
            self._rest.pop()
            options.append(self.sequence(closing))
        if not self._rest or self._rest.pop()["sign"] != closing:
            raise InvalidData(f"The pattern {self._text!r} lacks a {closing}.")
        return tuple(options)

    def _listed(self, name: str) -> Choice:
        found = self._choices.named(name)
        if found is None:
            raise InvalidData(f"The pattern {self._text!r} has <{name}>, which the word list lacks.")
        return found
