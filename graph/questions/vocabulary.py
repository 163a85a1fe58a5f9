"""The words that shapes of questions are made of: `words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graph.names import squash
from graph.questions.pattern import parsed
from ontology.classes import classes
from ontology.measures import metrics
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.questions.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word list.

    choices: mapping of name to alternatives; before, after: what a question may be wrapped in, as words; pointers:
    words that stand for what was named before; roles: mapping of role to the classes that it takes; relations,
    inverses: pairs of id and pattern, read from the subject and from the object; metrics, classes: mapping of squashed
    name to id.
    """

    choices: Mapping[str, str]
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    pointers: frozenset[str]
    roles: Mapping[str, tuple[str, ...]]
    relations: tuple[tuple[str, Pattern], ...]
    inverses: tuple[tuple[str, Pattern], ...]
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
    class_names = {key: (c.label, f"{c.label}s", *told["classes"].get(key, ())) for key, c in classes().items()}
    return Vocabulary(
        MappingProxyType(told["choices"]),
        tuple(tuple(text.split()) for text in told["around"]["before"]),
        tuple(tuple(text.split()) for text in told["around"]["after"]),
        frozenset(told["around"]["pointers"]),
        MappingProxyType({role: tuple(found) for role, found in told["roles"].items()}),
        tuple((key, _verbs(relations()[key].label, text, told)) for key, text in told["relations"].items()),
        tuple((key, _verbs(relations()[key].inverse_label, text, told)) for key, text in told["inverses"].items()),
        _by_name(metric_names),
        _by_name(class_names),
    )


def _verbs(label: str, text: str, told: dict[str, Any]) -> Pattern:
    """The ways to put a relation: its label and those of the list."""
    return parsed(f"({label}|{text})", told["choices"])


def _by_name(names: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({squash(name): key for key, known in names.items() for name in known})
