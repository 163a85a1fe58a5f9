"""Rules against a parsed text: candidate relations with the words that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler, fillers
from extract.makers import whose
from extract.model import Entity
from extract.relations import beyond, policies
from extract.relations.crossed import is_crossed, parted
from extract.relations.facility_names import named_part
from extract.relations.goals import document, goal
from extract.relations.rules import by_trigger, of_kind
from extract.relations.stations import stationed
from extract.role_names import BEYOND, MAKER, OF_NAMES, OF_POLICIES, STATIONED
from extract.syntax import Frame, gapped_frames, particle
from ontology.classes import is_a, lineage
from ontology.registry import load
from ontology.relations import allows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.relations.rules import Rule
    from extract.tree import Token

    # The fillers of a predicate's roles, as far as they were asked for.
    _Asked = dict[str, list[Filler]]

_KIND = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adj"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that a rule reads in a sentence, before polarity, modality and the rest are known."""

    rule: Rule
    frame: Frame
    subject: Filler
    object: Filler

    @property
    def trigger(self) -> Token:
        """The word that states the relation."""
        return self.frame.trigger


def candidates(discourse: Discourse, reading: Reading, misfits: list[Candidate] | None = None) -> Iterator[Candidate]:
    """The candidates of one text, in the order of their triggers.

    misfits: takes those whose ends rule or ontology do not allow, where somebody asks for them.
    """
    index = by_trigger()
    for token in reading.doc:
        found = rules_for(index, token)
        if not found:
            continue
        if in_name(reading, token):
            continue
        predicate = reading.frame(token)
        for one in (predicate, *gapped_frames(predicate)):
            asked: _Asked = {}
            for rule in found:
                if _may_be_filled(rule, one):
                    yield from _match(discourse, reading, rule, one, asked, misfits)
    for rule, mention, token in _mention_rules(reading):
        predicate = reading.frame(token)
        roles = {**predicate.roles, "mention": (reading.doc[mention.root],)}
        predicate = Frame(predicate.trigger, predicate.kind, roles, predicate.carrier)
        if _may_be_filled(rule, predicate):
            yield from _match(discourse, reading, rule, predicate, {}, misfits)


def in_name(reading: Reading, token: Token) -> bool:
    """True inside a name, which says nothing: "Applied Materials" applies nothing. A measure's name says what it is."""
    mention = reading.index.covering.get(token.i)
    if mention is None or mention.kind != "name":
        return False
    return not (is_a(mention.type, "PolicyInstrument") and token.i == mention.root)


def _mention_rules(reading: Reading) -> Iterator[tuple[Rule, Mention, Token]]:
    """The rules that a mention triggers by its class: "Nvidia's Blackwell GPUs", "a 40nm microcontroller"."""
    for rule in of_kind("mention"):
        for mention in reading.index.mentions:
            if _is_of(mention.type, mention.kind, rule.lemmas):
                root = reading.doc[mention.root]
                carried = root.dep_ == "compound" and root.head.i > root.i and root.head.pos_ == "NOUN"
                yield rule, mention, root.head if carried else root


@cache
def _is_of(type_: str, kind: str, wanted: frozenset[str]) -> bool:
    """True for a mention of one of some classes; "ChipProduct/name" asks for one with a name of its own."""
    parts = [one.partition("/") for one in wanted]
    return any(is_a(type_, class_) and asked in ("", kind) for class_, _, asked in parts)


def rules_for(table: Mapping[tuple[str, str], tuple[Rule, ...]], token: Token) -> tuple[Rule, ...]:
    """The rules that a word may trigger, by its part of speech. table: `by_trigger()`."""
    kind = _KIND.get(token.pos_)
    if kind is None:
        return ()
    word = token.lemma
    found = table.get((kind, particle(token)), ()) if kind == "verb" else table.get((kind, word), ())
    if kind == "adj" or (kind == "verb" and token.tag_ in ("VBN", "VBG", "JJ")):
        other = "verb" if kind == "adj" else "adj"
        found = (*found, *table.get((other, token.lower_ if other == "adj" else word), ()))
    return found


def _match(
    discourse: Discourse,
    reading: Reading,
    rule: Rule,
    predicate: Frame,
    asked: _Asked,
    misfits: list[Candidate] | None,
) -> Iterator[Candidate]:
    if not lexical(rule, predicate, reading):
        return
    if rule.within:
        for role in rule.subject:
            if not _carried(rule, predicate, role):
                continue
            pairs = combinations(_role(discourse, reading, predicate, role, asked), 2)
            yield from _typed(discourse, reading, rule, predicate, pairs, misfits)
        return
    for subject_role, object_role in product(rule.subject, rule.object):
        if subject_role == object_role or not _carried(rule, predicate, subject_role, object_role):
            continue
        subjects = _role(discourse, reading, predicate, subject_role, asked)
        objects = _role(discourse, reading, predicate, object_role, asked) if subjects else []
        if not objects:
            continue
        ends = _paired(predicate, subjects, objects)
        found = list(_typed(discourse, reading, rule, predicate, ends, misfits))
        if found:
            yield from found
            return


def _paired(predicate: Frame, subjects: list[Filler], objects: list[Filler]) -> Iterable[tuple[Filler, Filler]]:
    """Each with each, but one by one where the sentence says "respectively" of two lists of one length."""
    lists = len(subjects) == len(objects) > 1
    if lists and any(t.lower_ == "respectively" for t in predicate.trigger.sent):
        return zip(subjects, objects, strict=True)
    return product(subjects, objects)


def _role(discourse: Discourse, reading: Reading, predicate: Frame, role: str, asked: _Asked) -> list[Filler]:
    """The fillers of a role. asked: those of the roles that were asked for before."""
    if _is_unfilled(role, predicate):
        return []
    if role not in asked:
        asked[role] = _filled(discourse, reading, predicate, role)
    return asked[role]


def _filled(discourse: Discourse, reading: Reading, predicate: Frame, role: str) -> list[Filler]:
    if role == "goal":
        return goal(predicate.trigger)
    if role == "document":
        return document(discourse, predicate.get("obj"))
    if role.endswith(MAKER):
        tokens = predicate.get(role.removesuffix(MAKER))
        return [f for token in tokens for f in whose(discourse, reading, token)]
    if role in BEYOND:
        return beyond.resolve(discourse, reading, predicate, role)
    if role in OF_POLICIES:
        return policies.resolve(discourse, reading, predicate, role)
    if role == "model":
        return _business_model(predicate.trigger)
    if role in STATIONED:
        return stationed(discourse, reading, predicate, role)
    if role in OF_NAMES:
        return named_part(reading, predicate, role)
    if role in ("subj", "is", "obj") and beyond.opens_line(reading, predicate, role):
        return beyond.section(discourse, reading, predicate.trigger)
    found = [filler for token in predicate.get(role) for filler in fillers(discourse, reading, token)]
    return parted(found, predicate, role)


def _may_be_filled(rule: Rule, predicate: Frame) -> bool:
    """False where nothing can stand in any role that a rule looks in for one of its ends; told before all else."""
    return _any_filled(rule.subject, predicate) and (rule.within or _any_filled(rule.object, predicate))


def _any_filled(roles: tuple[str, ...], predicate: Frame) -> bool:
    return not _are_plain(roles) or not predicate.roles.keys().isdisjoint(roles)


@cache
def _are_plain(roles: tuple[str, ...]) -> bool:
    return all(map(_is_plain, roles))


def _is_unfilled(role: str, predicate: Frame) -> bool:
    """True for a role of the tree that nothing stands in, as most are; told first, as there are many to ask for."""
    return role not in predicate.roles and _is_plain(role)


@cache
def _is_plain(role: str) -> bool:
    """True for a role that only the tree fills: no line, no other sentence, no name or policy does."""
    special = role in ("goal", "document", "model", "subj", "is", "obj") or role.endswith(MAKER)
    return not special and all(role not in other for other in (BEYOND, OF_POLICIES, OF_NAMES, STATIONED))


def _business_model(trigger: Token) -> list[Filler]:
    """The business model that a noun with its modifiers names: "a pure-play foundry"."""
    words = [c.text for c in trigger.children if c.dep_ in ("compound", "amod") and c.i == trigger.i - 1]
    for name in (" ".join([*words, trigger.lemma]), trigger.lemma):
        for entry in load().lookup(name):
            if entry.type == "BusinessModel":
                return [Filler(Entity(entry.id, entry.label, entry.type, trigger.text), trigger, "name", 1.0)]
    return []


def _typed(
    discourse: Discourse,
    reading: Reading,
    rule: Rule,
    predicate: Frame,
    pairs: Iterable[tuple[Filler, ...]],
    misfits: list[Candidate] | None,
) -> Iterator[Candidate]:
    for subject, obj in pairs:
        roundabout = rule.direct and not {"example", "owner"}.isdisjoint((subject.how, obj.how))
        fits = not roundabout and _fits(rule, subject.entity, obj.entity)
        if fits and not is_crossed(discourse, reading, rule, subject, obj):
            yield Candidate(rule, predicate, subject, obj)
        elif misfits is not None:
            misfits.append(Candidate(rule, predicate, subject, obj))


def _fits(rule: Rule, subject: Entity, obj: Entity) -> bool:
    """True where rule and ontology allow the two, and the statement would not be empty."""
    if subject.id == obj.id or not _is_any(subject, rule.subject_types) or not _is_any(obj, rule.object_types):
        return False
    # A "Huawei ban" restricts Huawei by its very name, but Texas Instruments may well be in Texas.
    if obj.mention and obj.mention in subject.mention and not is_a(obj.type, "Place"):
        return False
    return _models_fit(rule, subject) and allows(rule.relation, subject.type, obj.type)


def _is_any(entity: Entity, types: frozenset[str]) -> bool:
    return not types or not types.isdisjoint(lineage(entity.type))


def _models_fit(rule: Rule, subject: Entity) -> bool:
    if not rule.subject_models and not rule.without_models:
        return True
    entry = load().entries.get(subject.id)
    models = set(entry.business_models) if entry else set()
    if rule.subject_models and not models & rule.subject_models:
        return False
    return not models & rule.without_models


def lexical(rule: Rule, predicate: Frame, reading: Reading) -> bool:
    """True where the words that a rule requires are there and those that it excludes are not."""
    for role, lemmas in rule.requires.items():
        if not _holds(predicate, role, lemmas, reading):
            return False
    return all(not _holds(predicate, role, lemmas, reading) for role, lemmas in rule.unless.items())


def _holds(predicate: Frame, role: str, lemmas: frozenset[str], reading: Reading) -> bool:
    """True where one of some words heads or precedes what stands in a role."""
    return any(_has_word(token, lemmas) or _has_class(reading, token, lemmas) for token in predicate.get(role))


def _carried(rule: Rule, predicate: Frame, *roles: str) -> bool:
    """A noun takes its subject only from a verb that is light or named by the rule: "sign", not "criticise"."""
    if predicate.kind != "noun" or (not rule.carried and ("subj" not in roles or predicate.carrier is None)):
        return True
    if predicate.carrier is None:
        return False
    allowed = rule.carriers or lexicon.words("verbs", "light")
    return "*" in allowed or predicate.carrier.lemma in allowed


def _has_class(reading: Reading, token: Token, wanted: frozenset[str]) -> bool:
    """True where a rule asks for a class, as "@RestrictedPartyList", and the token heads a mention of it."""
    classes = _classes(wanted)
    mention = reading.index.at(token) if classes else None
    return mention is not None and any(is_a(mention.type, class_) for class_ in classes)


@cache
def _classes(wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(name[1:] for name in sorted(wanted) if name.startswith("@"))


def _has_word(token: Token, lemmas: frozenset[str]) -> bool:
    if "*" in lemmas or token.lemma in lemmas:
        return True
    return any(c.lemma in lemmas for c in token.children if c.dep_ in ("compound", "amod", "conj") or c.dep_ == "nmod")
