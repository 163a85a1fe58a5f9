"""Arguments that measures bring with them: whose a measure is, whom a reprisal hits, who wants a licence.

A text seldom says these with the word that states the relation: "India's import curbs on laptops" is a name that
hides China, "Beijing retaliated" leaves out against whom, and "told that exports need a licence" has the one who asks
for it a clause higher.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.arguments import Filler, fillers
from extract.link import issuer
from extract.model import Entity
from extract.relations.beyond import section
from extract.syntax import doers
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.syntax import Frame
    from extract.tree import Token

_STATES = ("Country", "Region")
_LICENCES = frozenset({"license", "licence", "permit", "permission", "authorization", "authorisation", "approval"})
_NEEDING = frozenset({"need", "require", "obtain", "seek", "demand", "necessitate", "get", "apply", "have", "subject"})
_RULERS = frozenset({"president", "government", "minister", "authority"})
_TELLING = frozenset({"tell", "inform", "notify", "say", "announce", "rule", "decide", "advise", "order"})


def resolve(discourse: Discourse, reading: Reading, predicate: Frame, role: str) -> list[Filler]:
    """The fillers of a role of `extract.role_names.OF_POLICIES`; none where the text does not tell.

    discourse, reading: where the predicate stands; predicate: the trigger with its arguments; role: which of them.
    """
    if role == "issuer":
        return _issuer(discourse, reading, predicate.trigger)
    if role == "unissued":
        return _unissued(discourse, reading, predicate.trigger)
    if role == "foe":
        return _foe(discourse, reading, predicate)
    if role == "origin":
        return _origin(discourse, reading, predicate.trigger)
    if role == "decreer":
        return _decreer(discourse, predicate.trigger)
    if role == "destination":
        return [f for token in _destinations(predicate.trigger) for f in fillers(discourse, reading, token)]
    if role == "issued-by":
        return _issuing_body(discourse, reading, predicate)
    if role == "spoken-of":
        told = predicate.get("of") or predicate.get("over")
        return section(discourse, reading, predicate.trigger, 0.8) if not told else []
    found = _doers(predicate.trigger) if role == "doer" else _licensors(predicate.trigger)
    return [f for token in found for f in fillers(discourse, reading, token)]


def _issuer(discourse: Discourse, reading: Reading, noun: Token) -> list[Filler]:
    """Whose measure it is: the country that the registry holds for it, else who is named before the noun."""
    mention = reading.index.at(noun)
    if mention is None or not is_a(mention.type, "PolicyInstrument"):
        return []
    entry = registry.load().entries.get(discourse.entity(reading, mention).id)
    state = registry.load().states.get(entry.country or "") if entry is not None else None
    if state is not None:
        return [Filler(Entity(state.id, state.label, state.type, state.label), noun, "name", 1.0)]
    named = issuer(noun, reading.index)
    return [Filler(discourse.entity(reading, named), noun, "name", 1.0)] if named is not None else []


def _unissued(discourse: Discourse, reading: Reading, noun: Token) -> list[Filler]:
    """The measure itself where nobody is known to have issued it; else its issuer restricts, not the measure."""
    return [] if _issuer(discourse, reading, noun) else list(fillers(discourse, reading, noun))


def _foe(discourse: Discourse, reading: Reading, predicate: Frame) -> list[Filler]:
    """Whom a reprisal without an object is against: the state last named that is not the one who takes it."""
    if any(predicate.get(role) for role in ("against", "to", "for", "over", "at")):
        return []
    doers = predicate.get("subj") or _doers(predicate.trigger)
    own = {f.entity.id for token in doers for f in fillers(discourse, reading, token)}
    for earlier, _, mentions in discourse.before(reading, predicate.trigger, blocks=2):
        for mention in reversed(mentions):
            entity = _state(discourse, earlier, mention)
            if entity is not None and entity.id not in own:
                return [Filler(entity, predicate.trigger, "topic", 0.8)] if own else []
    return []


def _state(discourse: Discourse, reading: Reading, mention: Mention) -> Entity | None:
    """The state that a mention names or whose measure it is."""
    entity = discourse.entity(reading, mention)
    if entity.type == "Country":
        return entity
    whose = _issuer(discourse, reading, reading.doc[mention.root])
    return whose[0].entity if whose and whose[0].entity.type == "Country" else None


def _licensors(trigger: Token) -> list[Token]:
    """Who must allow what a word names: "needs a licence from the ministry", "was told that exports need one"."""
    for verb, noun in _needed(trigger):
        givers = [c for c in (*noun.children, *verb.children) if c.preposition in ("from", "of", "by")]
        if givers:
            return givers
        above = verb
        while above.dep_ in ("ccomp", "xcomp", "conj") and above.head != above:
            above = above.head
            if above.lemma in _TELLING:
                return doers(above)
    return []


def _needed(trigger: Token) -> list[tuple[Token, Token]]:
    """The verb of needing and the licence that it needs for what the trigger names."""
    head = trigger.head
    if trigger.dep_ in ("acl", "advcl", "xcomp") and head.lemma in _LICENCES and head.head.lemma in _NEEDING:
        return [(head.head, head)]
    verb = head if trigger.dep_ in ("nsubj", "advcl", "xcomp", "obl", "nsubj:pass") else None
    if verb is None or verb.lemma not in _NEEDING:
        return []
    nouns = [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass") and c.lemma in _LICENCES]
    return [(verb, noun) for noun in nouns]


def _doers(noun: Token) -> list[Token]:
    """Who does what a noun says by the verb above it, however deep it hangs: "imposed a duty in retaliation"."""
    verb = _verb_above(noun)
    return doers(verb) if verb is not None else []


def _verb_above(noun: Token) -> Token | None:
    at = noun
    while at.dep_ in ("nmod", "obl", "obj", "conj", "nsubj:pass", "dep") and at.head != at:
        at = at.head
        if at.pos_ == "VERB":
            return at
    return None


def _origin(discourse: Discourse, reading: Reading, duty: Token) -> list[Filler]:
    """Whose goods a duty is on: "tariffs on imports of Japanese goods", "duties on chips from China"."""
    verb = _verb_above(duty)
    near = [*duty.children, *(verb.children if verb is not None else ())]
    found = []
    for noun in _below([c for c in near if c.preposition in ("on", "against")]):
        beside = [c for c in near if c.preposition == "from"]
        for child in (*noun.children, *beside):
            mention = reading.index.at(child)
            before = child.i < noun.i and child.dep_ in ("amod", "compound", "nmod", "nmod:poss")
            if mention is not None and mention.type in _STATES and (before or child.preposition == "from"):
                found.append(Filler(discourse.entity(reading, mention), child, "name", 1.0))
    return found


def _below(nouns: list[Token]) -> list[Token]:
    """Some nouns and those that they are of: "imports of goods"."""
    inner = [c for noun in nouns for c in noun.children if c.dep_ == "nmod" and c.preposition == "of"]
    return [t for noun in (*nouns, *inner) for t in (noun, *(c for c in noun.children if c.dep_ == "conj"))]


def _issuing_body(discourse: Discourse, reading: Reading, predicate: Frame) -> list[Filler]:
    """Who issues "this rule", of which a notice speaks: the agency last named, or the verb's own subject."""
    subjects = predicate.get("subj")
    found = [f for token in subjects for f in fillers(discourse, reading, token)]
    if found or not any(t.lemma in ("rule", "notice", "order") for t in subjects):
        return found
    for earlier, _, mentions in discourse.before(reading, predicate.trigger, blocks=4):
        for mention in mentions:
            entity = discourse.entity(earlier, mention)
            if entity.type == "GovernmentBody":
                return [Filler(entity, predicate.trigger, "topic", 0.8)]
    return []


def _destinations(verb: Token) -> list[Token]:
    """Where those stand whom a notice adds to a list: "under the destination of China", "located in China"."""
    heads = [t for t in verb.sent if t.i > verb.i and t.lower_ in ("destination", "destinations", "located")]
    return [c for head in heads for c in head.children if c.preposition in ("of", "in")]


def _decreer(discourse: Discourse, trigger: Token) -> list[Filler]:
    """Whose order it is that says "is hereby prohibited": the state whose president or government it names."""
    verb = trigger if trigger.pos_ == "VERB" else _verb_above(trigger)
    words = {t.lower_ for t in trigger.sent}
    if verb is None or "hereby" not in words:
        return []
    for reading in discourse.readings:
        for mention in reading.index.mentions:
            lead = {t.lower_ for t in reading.doc[max(0, mention.start - 4) : mention.start]}
            if mention.type == "Country" and not lead.isdisjoint(_RULERS):
                return [Filler(discourse.entity(reading, mention), trigger, "topic", 0.9)]
    return []
