"""Whom a pronoun or a description means: "it", "the company", "the Dutch chipmaker", "the measures", "the latter".

A sieve in the manner of Lee et al. (2013, Computational Linguistics 39:4): the most certain test first, each candidate
held against what the ontology knows (class, country, business model, number). Nothing is better than a wrong answer.
Descriptions are held against what is known in `extract.descriptions`, "we" is followed in `extract.speakers`.
"""

from __future__ import annotations

from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import conjuncts
from extract.descriptions import compatible, is_definite
from extract.model import Entity
from extract.speakers import speaker
from extract.syntax import agents, is_passive, surface_subjects
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.tree import Token

_SINGULAR = frozenset({"it", "its", "itself"})
_FIRST_PERSON = frozenset({"we", "our", "us"})
_PLURAL = frozenset({"they", "their", "them", "both", "neither"})
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_ORDINAL = {"former": 0, "latter": -1}
_HOW_MANY = {"both": 2, "two": 2, "pair": 2, "duo": 2, "neither": 2, "either": 2, "three": 3, "trio": 3, "four": 4}
_POLICY = frozenset({
    "measure", "control", "restriction", "rule", "curb", "sanction", "ban", "tariff", "policy", "order", "regulation",
    "limit", "law", "act", "legislation", "duty", "embargo", "list", "programme", "program",
})  # fmt: skip
# Nouns that say of which class the thing named before is: "the chip", "the handset".
_THINGS = {
    "chip": "ChipProduct", "processor": "ChipProduct", "gpu": "ChipProduct", "accelerator": "ChipProduct",
    "part": "ChipProduct", "product": "Product", "device": "Product", "phone": "EndDevice", "handset": "EndDevice",
    "smartphone": "EndDevice", "scanner": "Equipment", "tool": "Equipment", "machine": "Equipment", "system": "Product",
    "node": "ProcessNode", "process": "ProcessNode", "project": "Facility", "plant": "Facility", "fab": "Facility",
    "factory": "Facility", "facility": "Facility", "works": "Facility", "site": "Facility",
}  # fmt: skip

# "The consortium", "the organization": an association that was named before, ahead of any company.
_BODIES = frozenset({
    "consortium", "alliance", "association", "coalition", "federation", "organization", "organisation", "body",
    "grouping",
})  # fmt: skip


def referents(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The entities that a pronoun or a definite description stands for; none where no test is passed.

    token: the pronoun, or the description's head; reading: the text that it stands in.
    """
    if token.lower_ in _ORDINAL and is_definite(token):
        return _ordinal(discourse, reading, token)
    if token.pos_ in ("PRON", "DET"):
        return _pronoun(discourse, reading, token)
    if token.lower_ in _HOW_MANY and (is_definite(token) or token.nbor(-1).lower_ == "all" if token.i else False):
        return _several(discourse, reading, token, _HOW_MANY[token.lower_])
    if token.pos_ not in ("NOUN", "PROPN") or not is_definite(token):
        return []
    return _description(discourse, reading, token)


def thing_named_before(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The named product, tool or plant that a bare description takes up: "the chip", "this machine"."""
    type_ = _THINGS.get(token.lemma)
    if type_ is None or token.tag_ not in ("NN", "NNP") or not is_definite(token):
        return []
    return _nearest(discourse, reading, token, lambda e: is_a(e.type, type_), blocks=2, named=True)


def _pronoun(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    word = token.lower_
    if word in _PERSON:
        return _nearest(discourse, reading, token, lambda e: is_a(e.type, "Person"))
    if word in _FIRST_PERSON:
        return speaker(discourse, reading, token)
    barred = _barred(discourse, reading, token)

    if word in _SINGULAR:
        single = partial(_fits, barred, _is_single_actor)
        return (
            _clause_subject(discourse, reading, token, single)
            or _continued(discourse, reading, token)
            or _nearest(discourse, reading, token, single, single=True)
        )
    if word in _PLURAL:
        plural = _earlier_subject(discourse, reading, token)
        several = plural or _several(discourse, reading, token, _HOW_MANY.get(word), barred)
        return several or _nearest(discourse, reading, token, partial(_fits, barred, _is_group_or_firm))
    return []


def _description(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    word = token.lemma
    plural = token.tag_ == "NNS"
    if word in _POLICY:
        return _nearest(discourse, reading, token, lambda e: is_a(e.type, "PolicyInstrument"), blocks=6)
    if word in lexicon.words("nouns", "country") and not plural:
        return _country(discourse, reading, token)
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
        numbers = [_HOW_MANY[c.lower_] for c in token.children if c.lower_ in _HOW_MANY]
        return _several(discourse, reading, token, numbers[0] if numbers else None)
    barred = _barred(discourse, reading, token)
    if word in ("venture", "jv"):
        named = _nearest(discourse, reading, token, lambda e: e.type == "JointVenture" and e.id not in barred, blocks=6)
        return named or _several(discourse, reading, token, 2, barred)  # what an unnamed venture does, its partners do
    for surely, leading in product((True, False), repeat=2):
        fits = partial(_fits, barred, compatible(discourse, reading, token, surely=surely))
        if found := _nearest(discourse, reading, token, fits, leading=leading):
            return found
    topic = discourse.topic
    return [topic] if topic is not None and compatible(discourse, reading, token, surely=False)(topic) else []


def _country(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The country last spoken of, by itself or by its industry; not one whose measure is named ("U.S. sanctions")."""

    def fits(entity: Entity) -> bool:
        return entity.type == "Country" or (entity.type == "NationalIndustry" and _home(entity) is not None)

    found = _nearest(discourse, reading, token, fits, skip=_issues_measure)
    return [home for entity in found if (home := _home(entity) or entity)]


def _home(industry: Entity) -> Entity | None:
    """The country of a national industry; None for anything else."""
    country = registry.load().entries.get(industry.id.removesuffix("-semiconductor-industry"))
    if industry.type != "NationalIndustry" or country is None:
        return None
    return Entity(country.id, country.label, country.type)


def _issues_measure(token: Token) -> bool:
    return token.head.i > token.i and token.head.lemma in _POLICY


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
    return any(t.lemma == word for t in beside)


def _fits(barred: set[str], test: Callable[[Entity], bool], entity: Entity) -> bool:
    return entity.id not in barred and test(entity)


def _clause_head(token: Token) -> Token:
    """The verb, or what a copula carries, of the clause that a word stands in; the topmost word where there is none."""
    at = token
    for _ in range(8):
        at = at.head
        if at.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in at.children):
            break
    return at


def _barred(discourse: Discourse, reading: Reading, token: Token) -> set[str]:
    """Whom a word cannot mean: an object is not its clause's subject, "X is its supplier" speaks of another than X."""
    owned = token.dep_ == "nmod:poss"
    others: list[Token] = []
    noun = token.head if owned else token
    if owned and noun.lemma not in lexicon.words("nouns", "relational"):
        return set()
    verb = _clause_head(token)
    told = verb == noun or any(c.dep_ == "cop" for c in noun.children) or not owned
    if (told or verb.lemma in lexicon.words("verbs", "copular")) and token.dep_ not in ("nsubj", "nsubj:pass"):
        others.extend(t for t in surface_subjects(verb) if t != noun and token not in t.subtree)
    if noun.dep_ == "appos":
        others.append(noun.head)
    named = [mention for t in others for part in conjuncts(t) if (mention := reading.index.at(part)) is not None]
    return {discourse.entity(reading, mention).id for mention in named}


def _clause_subject(
    discourse: Discourse, reading: Reading, token: Token, fits: Callable[[Entity], bool]
) -> list[Entity]:
    """The subject of the nearest clause around a pronoun that can be meant, which "its" most often is."""
    verb = token
    for _ in range(4):
        verb = _clause_head(verb)
        # "The tools are used by TSMC on its 5nm line": whose line it is, the doer tells.
        for subject in [*(agents(verb) if is_passive(verb) else ()), *surface_subjects(verb)]:
            mention = reading.index.at(subject)
            if mention is None or len(conjuncts(subject)) > 1 or token in subject.subtree:
                continue
            entity = discourse.entity(reading, mention)
            if fits(entity) and (subject.i < token.i or _is_fronted(token, subject, reading)):
                return [entity]
        if verb.head == verb:
            break
    return []


def _continued(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The thing that the sentence before was about: "The H20 is a graphics chip. It is made by TSMC."."""
    subject = token.head if token.dep_ == "nmod:poss" else token
    if not _is_subject(subject) or subject.head != token.sent.root:
        return []
    for earlier, sentence, _ in discourse.before(reading, token, blocks=1):
        if sentence == token.sent:
            continue
        told = [c for c in sentence.root.children if _is_subject(c)]
        mention = earlier.index.at(told[0]) if told else None
        thing = mention is not None and any(is_a(mention.type, type_) for type_ in _CONTINUED)
        return [discourse.entity(earlier, mention)] if mention is not None and thing else []
    return []


_CONTINUED = ("Product", "Facility", "PolicyInstrument", "Material", "Technology")


def _is_fronted(token: Token, subject: Token, reading: Reading) -> bool:
    """True where a phrase with the pronoun opens the sentence: "At its fab in Crolles STMicroelectronics makes ..."."""
    start = token.sent.start
    named = any(start <= m.root < token.i and is_a(m.type, "Actor") for m in reading.index.mentions)
    return token.dep_ == "nmod:poss" and not named and subject.i > token.i and token.i - start < 6


def _earlier_subject(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The plural subject of the clause before: "While the restrictions may slow X, they have not stopped Y"."""
    subjects = [t for t in token.sent if t.i < token.i and _is_subject(t) and t.tag_ in ("NNS", "NNPS")]
    for subject in reversed(subjects):
        mention = reading.index.at(subject)
        if mention is not None:
            return [discourse.entity(reading, mention)]
    return []


def _nearest(
    discourse: Discourse,
    reading: Reading,
    token: Token,
    fits: Callable[[Entity], bool],
    blocks: int = 3,
    *,
    named: bool = False,
    single: bool = False,
    leading: bool = False,
    skip: Callable[[Token], bool] | None = None,
) -> list[Entity]:
    """The nearest entity before a token that passes a test; within a sentence its subject comes first.

    named: True where only what has a name counts; single: True where no member of a plural subject can be meant;
    leading: True where only subjects and their owners count; skip: a test that bars a mention by its head.
    """
    for earlier, _, mentions in discourse.before(reading, token, blocks):
        ranked = sorted(mentions, key=lambda m: (_standing(earlier.doc[m.root]), m.start))
        for mention in ranked:
            if leading and _standing(earlier.doc[mention.root]) > 1:
                break
            if skip is not None and skip(earlier.doc[mention.root]):
                continue
            if named and mention.kind not in ("name", "node") and mention.text.islower():
                continue
            if single and _is_one_of_many(earlier.doc[mention.root]):
                continue
            entity = discourse.entity(earlier, mention)
            if fits(entity):
                return [entity]
    return []


def _standing(token: Token) -> int:
    """How much of a sentence's topic a word is: 0 its subject, 1 the subject's owner, 2 anything else."""
    if _is_subject(token):
        return 0
    return 1 if token.dep_ == "nmod:poss" and _is_subject(token.head) else 2


def _is_one_of_many(token: Token) -> bool:
    first = token.head if token.dep_ == "conj" else token
    return _is_subject(first) and len(conjuncts(first)) > 1


def _is_subject(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubj:pass")


def _several(
    discourse: Discourse, reading: Reading, token: Token, number: int | None, barred: Container[str] = ()
) -> list[Entity]:
    """Those whom "the two companies" or "they" means: coordinated names, else all that a sentence names.

    number: how many there must be; None where the word does not tell, and then only two that are coordinated will do.
    barred: ids of those who cannot be meant, as X and Y in "X and Y supply both".
    """
    for earlier, _, mentions in discourse.before(reading, token, blocks=2):
        for group in _coordinated(discourse, earlier, mentions):
            if len(group) == (number or 2) and not any(entity.id in barred for entity in group):
                return group
        every = [entity for entity in _distinct(discourse, earlier, mentions) if entity.id not in barred]
        if number is not None and len(every) == number:
            return every
        if every and earlier is reading and number is None:
            return []
    return []


def _coordinated(discourse: Discourse, reading: Reading, mentions: Iterable[Mention]) -> list[list[Entity]]:
    """The groups of names of one kind that a sentence coordinates, its subject's first, then the nearest."""
    roots = {m.root: m for m in mentions}
    groups: list[tuple[bool, int, list[Entity]]] = []
    for root, mention in roots.items():
        token = reading.doc[root]
        parts = [roots[t.i] for t in conjuncts(token) if t.i in roots]
        if len(parts) > 1 and token.dep_ != "conj":
            found = _distinct(discourse, reading, parts)
            groups.append((not _is_subject(token), -mention.start, found))
    return [found for _, _, found in sorted(groups, key=lambda group: group[:2])]


def _distinct(discourse: Discourse, reading: Reading, mentions: Iterable[Mention]) -> list[Entity]:
    """The organisations among some names, or the countries where there is no organisation, each once."""
    entities = [discourse.entity(reading, m) for m in mentions if m.kind == "name"]
    firms = {e.id: e for e in entities if is_a(e.type, "Organization")}
    return list((firms or {e.id: e for e in entities if e.type == "Country"}).values())


def _ordinal(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """Whom "the former" and "the latter" mean: of the names in the nearest sentence with two, the first and last."""
    for earlier, _, mentions in discourse.before(reading, token, blocks=2):
        groups = [group for group in _coordinated(discourse, earlier, mentions) if len(group) == 2]
        every = groups[0] if groups else _distinct(discourse, earlier, mentions)
        if len(every) == 2:
            return [every[_ORDINAL[token.lower_]]]
        if every and not groups and len(every) > 2:
            return [every[-2:][_ORDINAL[token.lower_]]]
    return []


def _is_single_actor(entity: Entity) -> bool:
    if entity.type == "Country":
        return True
    return is_a(entity.type, "Organization") and not is_a(entity.type, "MediaOrganization")


def _is_group_or_firm(entity: Entity) -> bool:
    return entity.type in ("ActorGroup", "NationalIndustry") or is_a(entity.type, "Organization")
