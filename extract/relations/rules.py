"""The rules as data: which word, with whom in which role, states which relation.

A file of `rules/` holds the rules of one relation, each with sentences that it must read and sentences that it must
not; they run as tests. A new relation is a new file.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.role_names import is_role
from ontology.errors import InvalidData
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to state a relation.

    id: str, file and name of the rule. relation: str, local name in the ontology. confidence: float, the rule's prior.
    examples, misses: sentences that it must and must not read; they run as tests.

    kind and lemmas say what triggers it:
    - "verb", "noun", "adj": dictionary forms, "spin_off" where a particle belongs to the verb;
    - "mention": classes, or "ChipProduct/name" where only names of the class count; a mention of one is the trigger;
    - "key": keys of key-value lines, in small letters; the section's organisation is the subject;
    - "described": "place" or "model", what a description beside a new name gives it;
    - "byline": what stands before the author's name under a title;
    - "between": regular expressions for the words between two mentions, where a group named `t` marks the trigger.

    subject, object: roles to look in, best first; `extract.role_names` tells what they are. within: True where
    both stand in one role ("TSMC and Sony partner").
    reverse: True where the object comes first ("key" and "between"). after: regular expression that must match behind
    the second mention ("between").

    requires, unless: role -> lemmas one of which must, or none of which may, head or precede what fills it; "@Class"
    stands for any mention of that class. carriers:
    lemmas of the verb that may carry a noun. carried: True where one of them must. subject_types, object_types:
    classes, narrower than the relation's. subject_models, without_models: business models one of which the subject
    must have, or none of which it may have. direct: True where no example and no owner may stand for an argument.
    affirmed: True where the word implies the relation only when it is affirmed: who sells no chips may still make them.
    spread: True where what is coordinated with either mention counts as well ("between").

    polarity, modality, status: what the word itself says, or None; with polarity "affirmed" no negation reaches it.
    presupposed: True where it holds whatever the clause says of it: who will close "its plant in X" has one.
    """

    id: str
    relation: str
    kind: str
    lemmas: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    within: bool = False
    requires: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unless: Mapping[str, frozenset[str]] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()
    carried: bool = False
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()
    polarity: str | None = None
    modality: str | None = None
    status: str | None = None
    subject_models: frozenset[str] = frozenset()
    without_models: frozenset[str] = frozenset()
    direct: bool = False
    affirmed: bool = False
    presupposed: bool = False
    spread: bool = False
    after: str | None = None
    reverse: bool = False
    confidence: float = 0.8
    examples: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


_KINDS = {
    "verbs": "verb",
    "nouns": "noun",
    "adjectives": "adj",
    "mentions": "mention",
    "between": "between",
    "keys": "key",
    "byline": "byline",
    "described": "described",
}
_ORDERED = frozenset({"subject", "object", "examples", "misses"})
_FIELDS = {
    "id", "subject", "object", "within", "requires", "unless", "carriers", "carried", "subject_types", "object_types",
    "subject_models", "without_models", "direct", "affirmed", "presupposed", "spread", "polarity", "modality", "status",
    "after", "reverse", "confidence", "examples", "misses", *_KINDS,
}  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by file and place in it."""
    folder = Path(__file__).parent / "rules"
    return tuple(rule for path in sorted(folder.glob("*.toml")) for rule in read(path))


@cache
def by_trigger() -> Mapping[tuple[str, str], tuple[Rule, ...]]:
    """(kind, lemma) -> the rules that the word may trigger.

    >>> any(rule.relation == "suppliesTo" for rule in by_trigger()["verb", "supply"])
    True
    """
    index: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules():
        for lemma in sorted(rule.lemmas):
            index[rule.kind, lemma].append(rule)
    return {key: tuple(found) for key, found in index.items()}


@cache
def of_kind(kind: str) -> tuple[Rule, ...]:
    """The rules of one kind, by file and place in it."""
    return tuple(rule for rule in rules() if rule.kind == kind)


def read(path: Path) -> list[Rule]:
    """The rules of a file that is named for its relation; `InvalidData` for what the code does not know."""
    relation = path.stem
    if relation not in relations():
        raise InvalidData(
            f"{path.name}: the ontology has no relation {relation!r}; name the file after one of chip.ttl."
        )
    found = []
    for entry in tomllib.loads(path.read_text("utf-8"))["rule"]:
        if unknown := set(entry) - _FIELDS:
            raise InvalidData(f"{path.name}, rule {entry.get('id')}: unknown field {min(unknown)!r}.")
        rule = _rule(relation, entry)
        if strange := [r for r in (*rule.subject, *rule.object, *rule.requires, *rule.unless) if not is_role(r)]:
            raise InvalidData(
                f"{path.name}, rule {entry['id']}: no role is {strange[0]!r}; take one of extract/role_names.py."
            )
        found.append(rule)
    return found


def _rule(relation: str, entry: dict[str, Any]) -> Rule:
    written = next(name for name in _KINDS if name in entry)
    fields = {name: _frozen(name, value) for name, value in entry.items() if name not in _KINDS and name != "id"}
    fields = {"subject": (), "object": (), **fields}
    lemmas = frozenset(entry[written])
    return Rule(id=f"{relation}.{entry['id']}", relation=relation, kind=_KINDS[written], lemmas=lemmas, **fields)


def _frozen(name: str, value: Any) -> Any:
    """A field's value as the rule holds it: order counts in `_ORDERED`, elsewhere lists are sets."""
    if isinstance(value, dict):
        return {role: frozenset(lemmas) for role, lemmas in value.items()}
    if isinstance(value, list):
        return tuple(value) if name in _ORDERED else frozenset(value)
    return value
