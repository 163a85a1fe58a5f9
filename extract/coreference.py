"""Whom a pronoun or a description means: "it", "the company", "the Dutch chipmaker", "the measures".

A sieve in the manner of Lee et al. (2013, Computational Linguistics 39:4): the most certain test first, each candidate
held against what the ontology knows (class, country, business model, number). Nothing is better than a wrong answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.morphology import lemma
from extract.syntax import agents, is_passive, surface_subjects
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity

_SINGULAR = frozenset({"it", "its", "itself"})
_FIRST_PERSON = frozenset({"we", "our", "us"})
_PLURAL = frozenset({"they", "their", "them", "both"})
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "both"})
_NO_COMPANIES = ("MediaOrganization", "GovernmentBody")
_POLICY = frozenset({
    "measure", "control", "restriction", "rule", "curb", "sanction", "ban", "tariff", "policy", "order", "regulation",
    "limit",
})  # fmt: skip

# "The consortium", "the organization": an association that was named before, ahead of any company.
_BODIES = frozenset({
    "consortium", "alliance", "association", "coalition", "federation", "organization", "organisation", "body",
    "grouping",
})  # fmt: skip


def referents(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The entities that a pronoun or a definite description stands for; none where no test is passed.

    token: the pronoun, or the description's head; reading: the text that it stands in.
    """
    if token.pos_ in ("PRON", "DET"):
        return _pronoun(discourse, reading, token)
    if token.pos_ not in ("NOUN", "PROPN") or not _is_definite(token):
        return []
    return _description(discourse, reading, token)


def _pronoun(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    word = token.lower_
    if word in _PERSON:
        return _nearest(discourse, reading, token, lambda e: is_a(e.type, "Person"))
    if word in _FIRST_PERSON:
        return _speaker(discourse)
    if word in _SINGULAR:
        return _clause_subject(discourse, reading, token) or _nearest(discourse, reading, token, _is_single_actor)
    if word in _PLURAL:
        plural = _earlier_subject(discourse, reading, token)
        return plural or _several(discourse, reading, token) or _nearest(discourse, reading, token, _is_group_or_firm)
    return []


def _speaker(discourse: Discourse) -> list[Entity]:
    """Who says "we": the organisation that the document is about, where its first lines name it."""
    topic = discourse.topic
    if topic is None:
        return []
    first = discourse.readings[:2]
    named = {discourse.entity(r, m).id for r in first for m in r.index.mentions if m.kind == "name"}
    return [topic] if topic.id in named else []


def _description(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    word = lemma(token)
    plural = token.tag_ == "NNS"
    if word in _POLICY:
        return _nearest(discourse, reading, token, lambda e: is_a(e.type, "PolicyInstrument"), blocks=6)
    if word in lexicon.words("nouns", "country") and not plural:
        return _nearest(discourse, reading, token, lambda e: e.type == "Country")
    if word in lexicon.words("nouns", "industry"):
        return _nearest(discourse, reading, token, lambda e: e.type == "NationalIndustry", blocks=6)
    if word in _BODIES and (named := _body(discourse, reading, token, word)):
        return named
    if word not in lexicon.words("nouns", "organization"):
        return []
    if word in lexicon.words("nouns", "relational"):
        return []  # "its rivals" are others than those named before
    if word in lexicon.words("nouns", "organization_part") and any(c.tag_ == "PRP$" for c in token.children):
        return []  # "its radio business" is not the whole firm
    if plural:
        return _several(discourse, reading, token)
    return _nearest(discourse, reading, token, _compatible(reading, token)) or _topic(discourse, reading, token)


def _body(discourse: Discourse, reading: Reading, token: Token, word: str) -> list[Entity]:
    """Who was called a consortium before "the consortium": by its name, by an apposition, else the last association."""
    for earlier, _, mentions in discourse.before(reading, token, blocks=6):
        for mention in reversed(mentions):
            organization = mention.kind == "name" and is_a(mention.type, "Organization")
            if organization and (word in mention.text.lower() or _is_called(earlier.doc[mention.root], word)):
                return [discourse.entity(earlier, mention)]
    return _nearest(discourse, reading, token, lambda e: e.type == "Association")


def _is_called(name: Token, word: str) -> bool:
    """True for a name that its sentence describes by a word: "X, a consortium", "the X consortium"."""
    beside = [c for c in name.children if c.dep_ == "appos"]
    if name.dep_ in ("nsubj", "compound", "nmod:desc", "appos"):
        beside.append(name.head)
    return any(lemma(t) == word for t in beside)


def _is_definite(token: Token) -> bool:
    # "the consortium members": the article stands by the noun that the description is part of.
    if token.dep_ == "compound" and lemma(token) in _BODIES:
        token = token.head
    return any(c.lower_ in _DEFINITE and c.i < token.i for c in token.children if c.dep_ in ("det", "nmod:poss"))


def _clause_subject(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The subject of a pronoun's own clause, which "its" most often means."""
    verb = token
    for _ in range(6):
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in verb.children):
            break
    # "The tools are used by TSMC on its 5nm line": whose line it is, the doer tells.
    for subject in [*(agents(verb) if is_passive(verb) else ()), *surface_subjects(verb)]:
        mention = reading.index.at(subject)
        # "From its base in Haifa, Intel ...": what opens the sentence may mean a subject that is still to come.
        ahead = subject.i > token.i and token not in subject.subtree and token.i < verb.i
        if mention is not None and (subject.i < token.i or ahead) and len(_coordinated(subject)) == 1:
            entity = discourse.entity(reading, mention)
            if _is_single_actor(entity):
                return [entity]
    return []


def _earlier_subject(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The plural subject of the clause before: "While the restrictions may slow X, they have not stopped Y"."""
    subjects = [t for t in token.sent if t.i < token.i and _is_subject(t) and t.tag_ in ("NNS", "NNPS")]
    for subject in reversed(subjects):
        mention = reading.index.at(subject)
        if mention is not None:
            return [discourse.entity(reading, mention)]
    return []


def _coordinated(token: Token) -> list[Token]:
    return [token, *(c for c in token.children if c.dep_ == "conj")]


def _nearest(
    discourse: Discourse, reading: Reading, token: Token, fits: Callable[[Entity], bool], blocks: int = 3
) -> list[Entity]:
    """The nearest entity before a token that passes a test; within a sentence its subject comes first."""
    for earlier, _, mentions in discourse.before(reading, token, blocks):
        ranked = sorted(mentions, key=lambda m: (not _is_subject(earlier.doc[m.root]), m.start))
        for mention in ranked:
            entity = discourse.entity(earlier, mention)
            if fits(entity):
                return [entity]
    return []


def _is_subject(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubj:pass")


def _topic(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    topic = discourse.topic
    return [topic] if topic is not None and _compatible(reading, token)(topic) else []


def _several(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The coordinated names of the nearest sentence that has some: "the two companies", "they"."""
    for earlier, _, mentions in discourse.before(reading, token, blocks=2):
        found: dict[str, Entity] = {}
        for mention in mentions:
            root = earlier.doc[mention.root]
            if mention.kind == "name" and (root.dep_ == "conj" or any(c.dep_ == "conj" for c in root.children)):
                entity = discourse.entity(earlier, mention)
                if is_a(entity.type, "Organization") or entity.type == "Country":
                    found.setdefault(entity.id, entity)
        if len(found) == 2:
            return list(found.values())
    return []


def _is_single_actor(entity: Entity) -> bool:
    if entity.type == "Country":
        return True
    return is_a(entity.type, "Organization") and not is_a(entity.type, "MediaOrganization")


def _is_group_or_firm(entity: Entity) -> bool:
    return entity.type in ("ActorGroup", "NationalIndustry") or is_a(entity.type, "Organization")


def _compatible(reading: Reading, token: Token) -> Callable[[Entity], bool]:
    """The test that a description sets: class, country before the noun, business model in the noun."""
    country = _country(reading, token)
    model = lexicon.table("descriptions")["business_models"].get(lemma(token))

    def fits(entity: Entity) -> bool:
        if not is_a(entity.type, "Organization") or any(is_a(entity.type, other) for other in _NO_COMPANIES):
            return False
        entry = registry.load().entries.get(entity.id)
        if country and (entry is None or entry.country != country):
            return False
        known = entry.business_models if entry is not None else ()
        return not (model and known and set(known).isdisjoint(model))

    return fits


def _country(reading: Reading, token: Token) -> str | None:
    for child in token.children:
        mention: Mention | None = reading.index.at(child)
        if child.i < token.i and mention is not None and mention.type == "Country" and mention.entries:
            return registry.load().entries[mention.entries[0]].country
    return None
