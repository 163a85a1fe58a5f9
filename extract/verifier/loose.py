"""Loose candidates: a trigger word of a rule with any two ends of its sentence that the rule's classes allow.

The strict matcher trusts the tree; where the parser errs, it finds nothing. Here the trigger and the classes decide
what is possible, and the forest weighs what is meant, from how the ends stand to the trigger in tree and line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from extract.relations.matcher import in_name, lexical, rules_for
from extract.relations.rules import by_trigger
from extract.syntax import is_passive
from extract.verifier.ends import ends
from ontology.classes import is_a
from ontology.relations import allows
from ontology.relations import relation as relation_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from numpy.typing import NDArray

    from extract.discourse import Discourse, Reading
    from extract.model import Entity
    from extract.relations.matcher import Candidate
    from extract.relations.rules import Rule
    from extract.syntax import Frame
    from extract.tree import Token
    from extract.verifier.ends import End

# What a candidate says: relation, subject, object, and where its sentence starts.
Key = tuple[str, str, str, int]
# Ends further from the trigger than this, in tokens, are not considered.
_REACH = 30
_CLIMB = frozenset({"conj", "appos", "flat", "compound", "nmod:desc", "nmod:unmarked", "nmod"})
_RELS = (
    ("nsubj", "nsubj:pass", "csubj", "nsubj:outer"), ("obj", "iobj"), ("obl", "obl:unmarked", "obl:agent"),
    ("nmod", "nmod:unmarked"), ("nmod:poss",), ("compound", "amod", "nmod:desc", "flat"),
    ("appos", "parataxis", "dep", "list"),
    ("conj",), ("acl", "acl:relcl", "advcl", "advcl:relcl"), ("ccomp", "xcomp"),
)  # fmt: skip
_REL = {label: i for i, group in enumerate(_RELS) for label in group}
_ROLES = (
    "subj", "obj", "is", "self", "poss", "mod", "of", "to", "from", "with", "in", "by", "on", "for", "include", "as-is",
)  # fmt: skip
_ROLE = {name: i for i, name in enumerate(_ROLES)}
_TYPES = (
    "Company", "GovernmentBody", "Organization", "ActorGroup", "Person", "Country", "Region", "City", "Facility",
    "ProcessNode", "Technology", "Equipment", "Material", "Product", "PolicyInstrument", "StockExchange",
)  # fmt: skip
_PREPOSITIONS = ("of", "to", "from", "with", "in", "by", "on", "for", "at", "as", "into", "such_as")
_PREP = {name: i for i, name in enumerate(_PREPOSITIONS)}
_HOWS = ("name", "concept", "coreference", "topic")


@dataclass(frozen=True, slots=True)
class Loose:
    """A loose candidate: the rule, its trigger, two ends, and what the forest is told of them."""

    rule: Rule
    frame: Frame
    subject: End
    object: End
    features: NDArray[np.float32]


def key_of(candidate: Candidate | Loose) -> Key:
    """What a candidate says, and in which sentence; a symmetric relation has one key both ways round."""
    ends_ = (candidate.subject.entity, candidate.object.entity)
    return _key(candidate.rule.relation, *ends_, candidate.frame.trigger.sent.start)


def _key(relation: str, subject: Entity, object_: Entity, start: int) -> Key:
    a, b = subject.id, object_.id
    return (relation, b, a, start) if relation_of(relation).symmetric and b < a else (relation, a, b, start)


def loose(
    discourse: Discourse, reading: Reading, relations: Mapping[str, int], wanted: set[Key] | None = None
) -> Iterator[Loose]:
    """The loose candidates of one text.

    relations: the relations to consider and the place of each in the features; wanted: what alone is asked for, or None
    for all.
    """
    index = by_trigger()
    for sentence in reading.sentences:
        asked = None if wanted is None else {key for key in wanted if key[3] == sentence.start}
        names = relations if asked is None else {key[0] for key in asked}
        triggers = [(t, rules) for t in sentence if (rules := _rules(reading, index, t, names))] if names else []
        found = ends(discourse, reading, sentence) if triggers else []
        if len(found) > 1:
            for token, rules in triggers:
                scene = _scene(reading, token, found)
                for rule in rules:
                    if rule.relation in relations and lexical(rule, scene.predicate, reading):
                        yield from _of_rule(rule, scene, relations, asked)


def _rules(
    reading: Reading, index: Mapping[tuple[str, str], tuple[Rule, ...]], token: Token, names: Container[str]
) -> list[Rule]:
    rules = [rule for rule in rules_for(index, token) if rule.relation in names]
    return [] if rules and in_name(reading, token) else rules


@dataclass(slots=True)
class _Scene:
    """A trigger among the ends of its sentence.

    predicate; found: the ends; near: which of them are within reach; word: float, what kind of word the trigger is;
    places, kinds: of each end asked for so far how it stands to the trigger, and what it is.
    """

    predicate: Frame
    found: list[End]
    near: list[int]
    word: NDArray[np.float32]
    places: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    kinds: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    def end(self, at: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """How an end stands to the trigger, and what it is."""
        if at not in self.places:
            self.places[at] = _place(self.predicate.trigger, self.found[at], self.found)
            self.kinds[at] = _kind(self.found[at])
        return self.places[at], self.kinds[at]


def _scene(reading: Reading, token: Token, found: list[End]) -> _Scene:
    predicate = reading.frame(token)
    near = [i for i, e in enumerate(found) if e.token is None or abs(e.token.i - token.i) <= _REACH]
    word = [predicate.kind == "verb", predicate.kind == "noun", is_passive(token), token.dep_ == "ROOT"]
    return _Scene(predicate, found, near, np.array(word, dtype=np.float32))


def _of_rule(rule: Rule, scene: _Scene, relations: Mapping[str, int], asked: set[Key] | None) -> Iterator[Loose]:
    object_roles = rule.subject if rule.within else rule.object
    pairs = list(_pairs(rule, scene, asked))
    if not pairs:
        return
    prior = np.array([rule.confidence, rule.within, rule.direct], dtype=np.float32)
    relation = np.zeros(len(relations), dtype=np.float32)
    relation[relations[rule.relation]] = 1
    of_rule = np.concatenate([_roles(rule.subject), _roles(object_roles), scene.word, prior, relation])
    for s, o in pairs:
        a, b = scene.found[s], scene.found[o]
        (place_a, kind_a), (place_b, kind_b) = scene.end(s), scene.end(o)
        fits = [_role(a, scene.predicate, rule.subject), _role(b, scene.predicate, object_roles)]
        pair = _pair(scene.predicate.trigger, a, b, scene.found)
        features = np.concatenate([place_a, place_b, *fits, kind_a, kind_b, pair, of_rule])
        yield Loose(rule, scene.predicate, a, b, features.astype(np.float32))


def _pairs(rule: Rule, scene: _Scene, asked: set[Key] | None) -> Iterator[tuple[int, int]]:
    """The pairs of ends that a rule's classes allow, of those asked for."""
    start = scene.predicate.trigger.sent.start
    subjects = [i for i in scene.near if _may(scene.found[i], rule.subject_types)]
    objects = [i for i in scene.near if _may(scene.found[i], rule.object_types)]
    for s, o in product(subjects, objects):
        a, b = scene.found[s].entity, scene.found[o].entity
        if asked is not None and _key(rule.relation, a, b, start) not in asked:
            continue
        same = s == o or a.id == b.id or (rule.within and s > o)
        if not same and allows(rule.relation, a.type, b.type):
            yield s, o


def _may(end: End, types: frozenset[str]) -> bool:
    return not types or any(is_a(end.entity.type, t) for t in types)


def _roles(names: tuple[str, ...]) -> NDArray[np.float32]:
    found = np.zeros(len(_ROLES) + 1, dtype=np.float32)
    for name in names:
        found[_ROLE.get(name, len(_ROLES))] = 1
    return found


def _role(end: End, predicate: Frame, roles: tuple[str, ...]) -> NDArray[np.float32]:
    """Whether an end fills one of a rule's roles: at once, as a part of what does, best role or not, by preposition."""
    if end.token is None:
        return np.zeros(5, dtype=np.float32)
    chain = _chain(end.token)
    exact = rank = part = 0.0
    for place, role in enumerate(roles):
        heads = predicate.get(role)
        if end.token in heads:
            exact, rank = 1.0, 1.0 / (1 + place)
            break
        if not part and any(t in heads for t in chain[1:]):
            part, rank = 1.0, 1.0 / (1 + place)
    names = {t.preposition for t in chain[:3]} - {""}
    return np.array([exact, part, rank, bool(names & set(roles)), bool(names - set(roles))], dtype=np.float32)


def _chain(token: Token) -> list[Token]:
    """The token and those that it is a part of: lists, appositions, compounds."""
    chain = [token]
    while chain[-1].dep_ in _CLIMB and len(chain) < 8:
        chain.append(chain[-1].head)
    return chain


def _kind(end: End) -> NDArray[np.float32]:
    found = np.zeros(len(_TYPES) + 1 + len(_HOWS), dtype=np.float32)
    place = next((i for i, t in enumerate(_TYPES) if is_a(end.entity.type, t)), len(_TYPES))
    found[place] = 1
    found[len(_TYPES) + 1 + _HOWS.index(end.how)] = 1
    return found


def _place(trigger: Token, end: End, found: list[End]) -> NDArray[np.float32]:
    """How an end stands to a trigger, in the tree and in the line."""
    out = np.zeros(4 + 2 * (len(_RELS) + 1) + len(_PREPOSITIONS) + 1 + 9, dtype=np.float32)
    if end.token is None:
        out[-1] = 1
        return out
    up, down = _steps(trigger, end.token)
    out[0], out[1], out[2] = len(up) / 4, len(down) / 4, len(up) == 0
    out[3] = len(up) + len(down) > 5
    # The arc that leaves the trigger's side and the one that reaches the end.
    first = down[-1].dep_ if down else ""
    last = down[0].dep_ if down else ""
    out[4 + _REL.get(first, len(_RELS))] = 1
    out[4 + len(_RELS) + 1 + _REL.get(last, len(_RELS))] = 1
    at = 4 + 2 * (len(_RELS) + 1)
    name = next((p for t in _chain(end.token)[:4] if (p := t.preposition)), "")
    out[at + (_PREP.get(name, len(_PREPOSITIONS)) if name else len(_PREPOSITIONS))] = 1
    at += len(_PREPOSITIONS) + 1
    low, high = min(trigger.i, end.token.i), max(trigger.i, end.token.i)
    between = trigger.doc[low + 1 : high]
    rivals = sum(1 for e in found if e.token is not None and low < e.token.i < high and e.how == "name")
    out[at : at + 8] = [
        end.token.i < trigger.i,
        min(high - low, 20) / 10,
        min(rivals, 4) / 2,
        sum(t.pos_ in ("VERB", "AUX") for t in between) / 2,
        any(t.text in (",", ";", "—", "–") for t in between),
        any(t.lower_ in ("that", "which", "who", "while", "but", "as", "because", "although") for t in between),
        any(t.text in ("(", ")") for t in between),
        bool(up) and up[-1].pos_ in ("VERB", "AUX"),
    ]
    return out


def _steps(trigger: Token, end: Token) -> tuple[list[Token], list[Token]]:
    """The words that the way from the trigger climbs to, and those that it goes down by, the end first."""
    above = [trigger, *trigger.ancestors]
    places = {t.i: n for n, t in enumerate(above)}
    down = []
    at = end
    while at.i not in places and at.head.i != at.i:
        down.append(at)
        at = at.head
    return above[1 : places.get(at.i, 0) + 1], down


def _pair(trigger: Token, a: End, b: End, found: list[End]) -> NDArray[np.float32]:
    out = np.zeros(10, dtype=np.float32)
    if a.token is None or b.token is None:
        out[0] = 1
        return out
    s, o, t = a.token.i, b.token.i, trigger.i
    out[1:7] = [s < t < o, o < t < s, t < min(s, o), t > max(s, o), s < o, abs(s - o) <= 3]
    out[7] = sum(1 for e in found if e.token is not None and min(s, o) < e.token.i < max(s, o) and e.how == "name") / 2
    out[8] = b.token in _chain(a.token) or a.token in _chain(b.token)
    out[9] = bool({x.i for x in _chain(a.token)[-1:]} & {x.i for x in _chain(b.token)[-1:]})
    return out
