"""Whether what a text says held once and does no more: "was a unit of X until 2019", "used to run", "former chief".

Only what lasts can end. A takeover of 2011 has happened for good; a stake, a post or a plant of 2011 may be gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import particle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.relations.rules import Rule
    from extract.tree import Token

_HAPPENINGS = frozenset({
    "acquires", "founded", "mergesWith", "spunOffFrom", "investsIn", "buildsFacility", "expandsIn", "imposes",
    "retaliatesAgainst", "circumvents", "subsidises", "boosts", "hinders", "exceeds", "authorOf", "restricts",
    "regulates", "sues", "develops",
})  # fmt: skip
# What a firm is, or who holds a post: said in the past tense, it is over.
_STANDINGS = frozenset({
    "leads", "affiliatedWith", "subsidiaryOf", "headquarteredIn", "hasBusinessModel", "memberOf", "listedOn",
})  # fmt: skip
_POSTS = frozenset({"leads", "affiliatedWith"})
_SITES = frozenset({"hasFacilityIn", "ownsStakeIn"})
_ENTERING = frozenset({"join", "rejoin", "move", "start", "return", "take", "assume", "appoint", "name", "succeed"})
# Who studied somewhere stays an alumnus.
_LASTING = frozenset({"study", "graduate"})
_LEAVING = frozenset({"leave", "quit", "retire"})
_SPAN = re.compile(r"\b(?:from|between) (?:\w+ )?\d{4}s? (?:to|until|till|through|and) (?:\w+ )?\d{4}", re.IGNORECASE)
_FORMER = frozenset({"former", "ex", "erstwhile", "onetime", "ex-"})
_REACH = 4


def ended(trigger: Token, rule: Rule) -> str | None:
    """The word that says that a relation is over, or None.

    trigger: the word that states the relation; rule: what recognised it. Until-phrases, verbs of ending and adverbs are
    read by `extract.qualify` while it climbs the tree.
    """
    if rule.relation == "sues":
        return _dropped(trigger)
    if rule.relation in _HAPPENINGS:
        return None
    return (
        _given_up(trigger, rule)
        or _past_post(trigger, rule)
        or (_of_the_past(trigger, rule) if _past(trigger) else None)
    )


def _past(trigger: Token) -> Token | None:
    """The word that puts a trigger's clause into the simple past or the pluperfect, or None."""
    if trigger.tag_ == "VBD":
        return trigger
    verbs = (c for c in trigger.children if c.dep_ in ("cop", "aux", "aux:pass"))
    return next((c for c in verbs if c.lower_ in ("was", "were", "had")), None)


def _of_the_past(trigger: Token, rule: Rule) -> str | None:
    clause = _clause(trigger)
    past = _past(clause)
    if past is None:
        return None
    if _standing(trigger, clause, rule):
        return past.text
    span = _SPAN.search(trigger.sent.text)
    if span is not None and _within(trigger.sent.start_char + span.start(), clause.subtree):
        return span.group()
    first = trigger.sent[0]
    opens = first.lower_ == "before" and first.i < trigger.i
    behind = any(c.dep_ == "advcl" and any(m.lower_ == "before" for m in c.children) for c in clause.children)
    return "before" if opens or behind else None


def _clause(trigger: Token) -> Token:
    """What carries the tense: the verb of an object, the first of what is coordinated, else the trigger itself."""
    if trigger.dep_ == "obj" and trigger.head.pos_ == "VERB":
        return trigger.head
    own = any(c.dep_ in ("cop", "nsubj", "aux", "nsubj:pass") for c in trigger.children)
    return trigger if own or trigger.dep_ != "conj" or trigger.head.pos_ != trigger.pos_ else trigger.head


def _within(offset: int, tokens: Iterable[Token]) -> bool:
    return any(t.idx <= offset < t.idx + len(t) for t in tokens)


def _standing(trigger: Token, clause: Token, rule: Rule) -> bool:
    """True for a post or a standing that the narrator, not a speaker of then, puts into the past."""
    if rule.relation not in _STANDINGS or rule.kind == "between" or _is_reported(trigger):
        return False
    if trigger.pos_ == "VERB":
        return rule.relation == "leads" and trigger.tag_ == "VBD" and trigger.lemma not in _ENTERING
    return any(c.dep_ == "cop" for c in clause.children)


def _is_reported(trigger: Token) -> bool:
    """True in indirect speech, where "said it was" may mean that it still is."""
    reporting = lexicon.words("factuality", "reporting")
    return any(t.lemma in reporting and t.pos_ == "VERB" for t in trigger.ancestors) or any(
        c.dep_ == "parataxis" and c.lemma in reporting for c in trigger.children
    )


def _past_post(trigger: Token, rule: Rule) -> str | None:
    """Who left or worked at a firm, whose post the words before or above say is given up."""
    if rule.relation not in _POSTS:
        return None
    if rule.relation == "affiliatedWith" and trigger.pos_ == "VERB" and trigger.lemma not in _ENTERING | _LASTING:
        if trigger.lemma in _LEAVING and trigger.tag_ != "VB":
            return trigger.text
        if _past(trigger) is not None and not _is_reported(trigger):
            return trigger.text
    before = trigger.doc[max(trigger.sent.start, trigger.i - _REACH) : trigger.i]
    former = next((t for t in before if t.lower_ in _FORMER), None)
    if former is not None and not any(t.text in ",;:" or t.pos_ == "VERB" for t in before if t.i > former.i):
        return former.text
    if trigger.dep_ == "obl" and particle(trigger.head) in lexicon.words("factuality", "leaving"):
        return trigger.head.text
    return None


def _given_up(trigger: Token, rule: Rule) -> str | None:
    """A plant that was closed, a plant or a stake that was sold."""
    head = trigger if trigger.pos_ == "VERB" else trigger.head
    site = rule.relation in _SITES and (head == trigger or trigger.dep_ in ("obj", "nsubj:pass"))
    if not site or particle(head) not in lexicon.words("factuality", "giving_up"):
        return None
    pending = any(c.tag_ in ("MD", "TO") for c in head.children) or head.tag_ not in ("VBD", "VBN")
    return None if pending else head.text


def _dropped(trigger: Token) -> str | None:
    """A suit that did not go on: "sued X and settled", "filed a suit that was thrown out"."""
    dropping = lexicon.words("factuality", "dropping")
    near = (t for t in trigger.sent if t.i > trigger.i and t.tag_ in ("VBD", "VBN") and particle(t) in dropping)
    return next((t.text for t in near if trigger in (t.head, t.head.head) or t.head == trigger.head), None)
