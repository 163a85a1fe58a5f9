"""Loose candidates: a trigger word of a rule with any two ends of its sentence that the rule's classes allow.

The strict matcher trusts the tree; where the parser errs, it finds nothing. Here the trigger and the classes decide
what is possible, and the forest weighs what is meant, from how the ends stand to the trigger in tree and line.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from extract.relations.matcher import in_name, lexical, rules_for
from extract.relations.rules import by_trigger
from extract.syntax import is_passive
from extract.verifier.ends import ends
from ontology.classes import is_a, lineage
from ontology.relations import allows
from ontology.relations import relation as relation_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from extract.discourse import Discourse, Reading
    from extract.model import Entity
    from extract.relations.matcher import Candidate
    from extract.relations.rules import Rule
    from extract.syntax import Frame
    from extract.tree import Token
    from extract.verifier.ends import End

    # Not numpy's arrays: the parts of a row are short, and joining those would cost more than the forest does.
    Features = array[float]
    # The ids of subject and object.
    Pair = tuple[str, str]

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
    features: Features


def key_of(candidate: Candidate | Loose) -> Key:
    """What a candidate says, and in which sentence; a symmetric relation has one key both ways round."""
    ends_ = (candidate.subject.entity, candidate.object.entity)
    return key(candidate.rule.relation, *ends_, candidate.frame.trigger.sent.start)


def key(relation: str, subject: Entity, object_: Entity, start: int) -> Key:
    """What a statement on two entities says, in the sentence that starts at a token."""
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
    by_start = None if wanted is None else _by_start(wanted)
    for sentence in reading.sentences:
        asked = None if by_start is None else by_start.get(sentence.start, {})
        names: Container[str] = relations if asked is None else asked
        triggers = [(t, rules) for t in sentence if (rules := _rules(reading, index, t, names))] if names else []
        found = ends(discourse, reading, sentence) if triggers else []
        if len(found) > 1:
            for token, rules in triggers:
                scene = _scene(reading, token, found)
                for rule in rules:
                    if rule.relation in relations and lexical(rule, scene.predicate, reading):
                        yield from _of_rule(rule, scene, relations, None if asked is None else asked[rule.relation])


def _by_start(wanted: Iterable[Key]) -> dict[int, dict[str, set[Pair]]]:
    """Where a sentence starts -> relation -> the ids of the ends that are asked for."""
    found: dict[int, dict[str, set[Pair]]] = {}
    for relation, subject, object_, start in wanted:
        found.setdefault(start, {}).setdefault(relation, set()).add((subject, object_))
    return found


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
    found: Sequence[End]
    near: list[int]
    word: Features
    places: dict[int, Features] = field(default_factory=dict)
    kinds: dict[int, Features] = field(default_factory=dict)

    def end(self, at: int) -> tuple[Features, Features]:
        """How an end stands to the trigger, and what it is."""
        if at not in self.places:
            self.places[at] = _place(self.predicate.trigger, self.found[at], self.found)
            self.kinds[at] = _kind(self.found[at])
        return self.places[at], self.kinds[at]


def _scene(reading: Reading, token: Token, found: Sequence[End]) -> _Scene:
    predicate = reading.frame(token)
    near = [i for i, e in enumerate(found) if e.token is None or abs(e.token.i - token.i) <= _REACH]
    word = _row(predicate.kind == "verb", predicate.kind == "noun", is_passive(token), token.dep_ == "ROOT")
    return _Scene(predicate, found, near, word)


def _of_rule(rule: Rule, scene: _Scene, relations: Mapping[str, int], asked: set[Pair] | None) -> Iterator[Loose]:
    object_roles = rule.subject if rule.within else rule.object
    pairs = list(_pairs(rule, scene, asked))
    if not pairs:
        return
    prior = _row(rule.confidence, rule.within, rule.direct)
    relation = _one_of(len(relations), relations[rule.relation])
    of_rule = _roles(rule.subject) + _roles(object_roles) + scene.word + prior + relation
    for s, o in pairs:
        a, b = scene.found[s], scene.found[o]
        (place_a, kind_a), (place_b, kind_b) = scene.end(s), scene.end(o)
        fit_a, fit_b = _role(a, scene.predicate, rule.subject), _role(b, scene.predicate, object_roles)
        pair = _pair(scene.predicate.trigger, a, b, scene.found)
        features = place_a + place_b + fit_a + fit_b + kind_a + kind_b + pair + of_rule
        yield Loose(rule, scene.predicate, a, b, features)


def _pairs(rule: Rule, scene: _Scene, asked: set[Pair] | None) -> Iterator[tuple[int, int]]:
    """The pairs of ends that a rule's classes allow, of those asked for."""
    near = scene.near
    if asked is not None:
        spoken_of = {end for pair in asked for end in pair}
        near = [i for i in near if scene.found[i].entity.id in spoken_of]
        if relation_of(rule.relation).symmetric:
            asked = {*asked, *((b, a) for a, b in asked)}
    subjects = [i for i in near if _may(scene.found[i], rule.subject_types)]
    objects = [i for i in near if _may(scene.found[i], rule.object_types)]
    for s, o in product(subjects, objects):
        a, b = scene.found[s].entity, scene.found[o].entity
        if asked is not None and (a.id, b.id) not in asked:
            continue
        same = s == o or a.id == b.id or (rule.within and s > o)
        if not same and allows(rule.relation, a.type, b.type):
            yield s, o


def _may(end: End, types: frozenset[str]) -> bool:
    return not types or not types.isdisjoint(lineage(end.entity.type))


def _row(*values: float) -> Features:
    return array("f", values)


@cache
def _one_of(size: int, place: int) -> Features:
    """Zeros with a one among them."""
    found = [0.0] * size
    found[place] = 1.0
    return _row(*found)


@cache
def _roles(names: tuple[str, ...]) -> Features:
    places = {_ROLE.get(name, len(_ROLES)) for name in names}
    return _row(*(place in places for place in range(len(_ROLES) + 1)))


def _role(end: End, predicate: Frame, roles: tuple[str, ...]) -> Features:
    """Whether an end fills one of a rule's roles: at once, as a part of what does, best role or not, by preposition."""
    if end.token is None:
        return _row(0, 0, 0, 0, 0)
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
    return _row(exact, part, rank, not names.isdisjoint(roles), not names.issubset(roles))


def _chain(token: Token) -> list[Token]:
    """The token and those that it is a part of: lists, appositions, compounds."""
    chain = [token]
    while chain[-1].dep_ in _CLIMB and len(chain) < 8:
        chain.append(chain[-1].head)
    return chain


def _kind(end: End) -> Features:
    return _of_type(end.entity.type, end.how)


@cache
def _of_type(type_: str, how: str) -> Features:
    place = next((i for i, t in enumerate(_TYPES) if is_a(type_, t)), len(_TYPES))
    return _one_of(len(_TYPES) + 1, place) + _one_of(len(_HOWS), _HOWS.index(how))


def _place(trigger: Token, end: End, found: Sequence[End]) -> Features:
    """How an end stands to a trigger, in the tree and in the line."""
    if end.token is None:
        return _one_of(4 + 2 * (len(_RELS) + 1) + len(_PREPOSITIONS) + 1 + 9, -1)
    up, down = _steps(trigger, end.token)
    # The arc that leaves the trigger's side and the one that reaches the end.
    first = down[-1].dep_ if down else ""
    last = down[0].dep_ if down else ""
    name = next((t.preposition for t in _chain(end.token)[:4] if t.preposition), "")
    low, high = min(trigger.i, end.token.i), max(trigger.i, end.token.i)
    between = trigger.doc.tokens[low + 1 : high]
    rivals = sum(1 for e in found if e.token is not None and low < e.token.i < high and e.how == "name")
    words = {t.lower_ for t in between}
    way = _row(len(up) / 4, len(down) / 4, len(up) == 0, len(up) + len(down) > 5)
    arcs = (
        _one_of(len(_RELS) + 1, _REL.get(first, len(_RELS)))
        + _one_of(len(_RELS) + 1, _REL.get(last, len(_RELS)))
        + _one_of(len(_PREPOSITIONS) + 1, _PREP.get(name, len(_PREPOSITIONS)))
    )
    line = _row(
        end.token.i < trigger.i,
        min(high - low, 20) / 10,
        min(rivals, 4) / 2,
        sum(t.pos_ in ("VERB", "AUX") for t in between) / 2,
        not _STOPS.isdisjoint(words),
        not _TURNS.isdisjoint(words),
        not _BRACKETS.isdisjoint(words),
        bool(up) and up[-1].pos_ in ("VERB", "AUX"),
        False,
    )
    return way + arcs + line


# What may stand between a trigger and an end that parts them.
_STOPS = frozenset({",", ";", "\u2014", "\u2013"})
_TURNS = frozenset({"that", "which", "who", "while", "but", "as", "because", "although"})
_BRACKETS = frozenset({"(", ")"})


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


def _pair(trigger: Token, a: End, b: End, found: Sequence[End]) -> Features:
    if a.token is None or b.token is None:
        return _one_of(10, 0)
    s, o, t = a.token.i, b.token.i, trigger.i
    of_a, of_b = _chain(a.token), _chain(b.token)
    names = sum(1 for e in found if e.token is not None and min(s, o) < e.token.i < max(s, o) and e.how == "name")
    order = [s < t < o, o < t < s, t < min(s, o), t > max(s, o), s < o, abs(s - o) <= 3]
    return _row(0, *order, names / 2, b.token in of_a or a.token in of_b, of_a[-1] is of_b[-1])
