"""The words that shapes of questions are made of: `words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.names import squash
from graph.questions.pattern import Choices, Phrase
from ontology.classes import classes
from ontology.measures import metrics
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word list.

    choices: Choices; before, after: what a question may be wrapped in, as words; pointers:
    words that stand for what was named before; roles: mapping of role to the classes that it takes; relations,
    inverses: pairs of id and phrase, read from the subject and from the object; metrics, classes: mapping of squashed
    name to id.
    """

    choices: Choices
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    pointers: frozenset[str]
    roles: Mapping[str, tuple[str, ...]]
    relations: tuple[tuple[str, Phrase], ...]
    inverses: tuple[tuple[str, Phrase], ...]
    metrics: Mapping[str, str]
    classes: Mapping[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The word list, read once.

    >>> vocabulary().metrics["turnover"], vocabulary().classes["blacklists"]
    ('revenue', 'RestrictedPartyList')
    """
    told = tomllib.loads(files("graph.questions").joinpath("words.toml").read_text(encoding="utf-8"))
    metric_names = {key: (m.label, *told["metrics"].get(key, ())) for key, m in metrics().items()}
    choices = Choices(told["choices"])
    class_names = {key: (c.label, f"{c.label}s", *told["classes"].get(key, ())) for key, c in classes().items()}
    return Vocabulary(
        choices,
        tuple(tuple(text.split()) for text in told["around"]["before"]),
        tuple(tuple(text.split()) for text in told["around"]["after"]),
        frozenset(told["around"]["pointers"]),
        MappingProxyType({role: tuple(found) for role, found in told["roles"].items()}),
        tuple((key, _verbs(relations()[key].label, text, choices)) for key, text in told["relations"].items()),
        tuple((key, _verbs(relations()[key].inverse_label, text, choices)) for key, text in told["inverses"].items()),
        _by_name(metric_names),
        _by_name(class_names),
    )


def _verbs(label: str, text: str, choices: Choices) -> Phrase:
    """The ways to put a relation: its label and those of the list."""
    return Phrase(f"({label}|{text})", choices)


def _by_name(names: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({squash(name): key for key, known in names.items() for name in known})
