"""The shapes of questions, from the files of `shapes`: which patterns ask which named query, with which parameters.

A shape has `query`, the name of a query, or `look-up`, one of `graph.questions.chains`; `takes`, for each slot, which
is a parameter, the role of what it holds (of `words.toml`, or a kind such as country or date); `with`, parameters that
the shape itself gives; `patterns`; and `examples`, questions with the values that must be made of them. A new shape is
a few lines; nothing else names it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graph.catalogue import all_names, named
from graph.questions.chains import ENDS, LOOK_UPS
from graph.questions.pattern import Choice, Phrase
from graph.questions.slots import KINDS
from graph.questions.vocabulary import vocabulary
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.questions.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a shape, and the values that must be made of it by parameter."""

    ask: str
    gives: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of question.

    query: str, the query or look-up that answers it; looks_up: bool, True where it is a look-up; takes: mapping of slot
    to role; fixed: mapping of parameter to value; patterns: tuple of Phrase; examples: tuple of Example.
    """

    query: str
    looks_up: bool
    takes: Mapping[str, str]
    fixed: Mapping[str, str]
    patterns: tuple[Phrase, ...]
    examples: tuple[Example, ...]

    @property
    def title(self) -> str:
        """What it answers, in a line."""
        return LOOK_UPS[self.query].title if self.looks_up else named(self.query).title


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes, in the order of their files.

    >>> len({shape.query for shape in shapes()}) > 40
    True
    """
    folder = files("graph.questions").joinpath("shapes")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    return tuple(shape for name in names for shape in read(folder.joinpath(name).read_text(encoding="utf-8")))


@cache
def pattern_words() -> frozenset[str]:
    """The words that patterns have of their own: no names.

    >>> {"who", "supplies"} <= pattern_words()
    True
    """
    return frozenset(word for shape in shapes() for phrase in shape.patterns for word in _words_of(phrase.pattern))


def read(text: str) -> Iterator[Shape]:
    """The shapes of a file.

    text: str, TOML.
    """
    return map(_shape, tomllib.loads(text)["shape"])


def _shape(told: dict[str, Any]) -> Shape:
    return Shape(
        told.get("query") or told["look-up"],
        "look-up" in told,
        MappingProxyType(told.get("takes", {})),
        MappingProxyType(told.get("with", {})),
        tuple(Phrase(pattern, vocabulary().choices) for pattern in told["patterns"]),
        tuple(Example(e["ask"], MappingProxyType(e["gives"])) for e in told["examples"]),
    )


def check(shape: Shape) -> None:
    """Raises `InvalidData` where a shape does not fit the query that it asks."""
    where = f"There is a shape of questions for {shape.query!r}"
    if shape.query not in (LOOK_UPS if shape.looks_up else all_names()):
        raise InvalidData(f"{where}, which there is not.")
    takes = ENDS if shape.looks_up else {p.name for p in named(shape.query).parameters}
    if unknown := sorted((shape.takes.keys() | shape.fixed.keys()) - takes):
        raise InvalidData(f"{where} with {unknown[0]!r}, which it does not take.")
    if strange := sorted(set(shape.takes.values()) - vocabulary().roles.keys() - KINDS.keys()):
        raise InvalidData(f"{where} with the role {strange[0]!r}, which words.toml lacks.")
    for phrase in shape.patterns:
        if phrase.slots != shape.takes.keys():
            raise InvalidData(f"{where} with a pattern whose slots are not {sorted(shape.takes)}: {phrase}.")


def _words_of(pattern: Pattern) -> Iterator[str]:
    for part in pattern:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Choice):
            for option in part.options:
                yield from _words_of(option)
