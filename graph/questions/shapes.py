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

from graph.catalogue import queries
from graph.questions.chains import ENDS, LOOK_UPS
from graph.questions.pattern import Choice, Slot, parsed
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

    query: str, the query or look-up that answers it; takes: mapping of slot to role; fixed: mapping of parameter to
    value; patterns: tuple of Pattern; examples: tuple of Example.
    """

    query: str
    takes: Mapping[str, str]
    fixed: Mapping[str, str]
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]

    @property
    def title(self) -> str:
        """What it answers, in a line."""
        return LOOK_UPS[self.query].title if self.query in LOOK_UPS else queries()[self.query].title


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes, in the order of their files.

    >>> len({shape.query for shape in shapes()}) > 40
    True
    """
    folder = files("graph.questions").joinpath("shapes")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    return tuple(shape for name in names for shape in read(name, folder.joinpath(name).read_text(encoding="utf-8")))


@cache
def pattern_words() -> frozenset[str]:
    """The words that patterns have of their own: no names.

    >>> {"who", "supplies"} <= pattern_words()
    True
    """
    return frozenset(word for shape in shapes() for pattern in shape.patterns for word in _words_of(pattern))


def read(name: str, text: str) -> Iterator[Shape]:
    """The shapes of a file; raises `InvalidData` where one does not fit the query that it asks.

    name: str, of the file; text: str, TOML.
    """
    for told in tomllib.loads(text)["shape"]:
        shape = _shape(told)
        _check(name, shape, "look-up" in told)
        yield shape


def _shape(told: dict[str, Any]) -> Shape:
    return Shape(
        told.get("query") or told["look-up"],
        MappingProxyType(told.get("takes", {})),
        MappingProxyType(told.get("with", {})),
        tuple(parsed(pattern, vocabulary().choices) for pattern in told["patterns"]),
        tuple(Example(e["ask"], MappingProxyType(e["gives"])) for e in told["examples"]),
    )


def _check(name: str, shape: Shape, looks_up: bool) -> None:
    known: Mapping[str, object] = LOOK_UPS if looks_up else queries()
    where = f"{name} has a shape for {shape.query!r}"
    if shape.query not in known:
        raise InvalidData(f"{where}, which there is not.")
    takes = ENDS if looks_up else {p.name for p in queries()[shape.query].parameters}
    if unknown := sorted((shape.takes.keys() | shape.fixed.keys()) - takes):
        raise InvalidData(f"{where} with {unknown[0]!r}, which it does not take.")
    if strange := sorted(set(shape.takes.values()) - vocabulary().roles.keys() - KINDS.keys()):
        raise InvalidData(f"{where} with the role {strange[0]!r}, which words.toml lacks.")
    for pattern in shape.patterns:
        if slots_of(pattern) != shape.takes.keys():
            raise InvalidData(f"{where} with a pattern whose slots are not {sorted(shape.takes)}: {pattern}.")


def _words_of(pattern: Pattern) -> Iterator[str]:
    for part in pattern:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Choice):
            for option in part.options:
                yield from _words_of(option)


def slots_of(pattern: Pattern) -> set[str]:
    """The slots that a pattern has, those in all of its choices taken together."""
    found: set[str] = set()
    for part in pattern:
        if isinstance(part, Slot):
            found.add(part.name)
        elif isinstance(part, Choice):
            found |= {slot for option in part.options for slot in slots_of(option)}
    return found
