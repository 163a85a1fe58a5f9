"""How a text means a statement: affirmed or not, fact or plan, when, and who says so.

The De Facto idea (Sauri & Pustejovsky 2012): climb from the trigger over the words that embed it and let each change
polarity and modality by its class. Nothing is dropped for being negated or planned; it is marked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.embedding import above, came_to_nothing, embedder, is_tied, layers, words_of
from extract.endings import ended
from extract.model import Modality, Polarity
from extract.syntax import is_passive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.relations.rules import Rule
    from extract.tree import Span, Token

_RANK = {Modality.ASSERTED: 0, Modality.PLANNED: 1, Modality.FORECAST: 2, Modality.POSSIBLE: 3, Modality.DENIED: 4}
_AHEAD = frozenset({"exceeds", "rankedIn", "competesWith", "dependsOn", "hinders", "boosts"})
# What is announced or approved of these is still to be done.
_ANNOUNCING = frozenset({"announce", "unveil", "approve"})
_ANNOUNCED = frozenset(
    {"acquires", "investsIn", "buildsFacility", "expandsIn", "mergesWith", "subsidises", "spunOffFrom"}
)
_RESTRAINING = frozenset({"restricts", "hinders", "imposes", "regulates", "subjectTo", "retaliatesAgainst"})
_REFUSALS = frozenset({
    "refused", "rejected", "cancelled", "canceled", "scrapped", "abandoned", "dropped", "called off", "not true",
    "not so", "came to nothing", "fell through",
})  # fmt: skip
_BEING = frozenset({"is", "are", "was", "were"})
_AUXILIARIES = frozenset(
    {"wo", "ca", "will", "can", "do", "does", "did", "would", "could", "shall", "sha", "has", "have"}
)
_LONGEST_ANSWER = 6
# How sentences open that suppose what follows up to the first comma, or of which what follows the comma is yet to come.
_SUPPOSING = (
    "in case ", "in the event ", "provided ", "assuming ", "suppose ", "supposing ", "imagine ", "were ", "had ",
    "should ",
)  # fmt: skip
_PENDING = ("subject to ", "pending ", "subject only to ")
_LONGEST_OPENING = 16
_INCLUDING = frozenset({"only", "just", "merely", "least"})
# What stands before an event that never came to be; in a list of lemmas these would be taken for lemmas everywhere.
_UNDONE = frozenset({
    "failed", "cancelled", "canceled", "abandoned", "aborted", "blocked", "rejected", "scrapped", "shelved", "thwarted",
    "unsuccessful", "ill-fated", "doomed", "vetoed",
})  # fmt: skip
# Who promises these has not given them yet.
_GIVEN = frozenset({"subsidises", "investsIn"})
_PROMISING = frozenset({"promise", "pledge", "offer", "vow", "propose"})
_MISSING = frozenset({"nearly", "almost"})
_MISTAKEN = frozenset({"wrongly", "falsely", "mistakenly", "incorrectly", "erroneously"})
_BUILDING = frozenset({"build", "construct", "erect"})
_MARKERS = frozenset({"advmod", "amod", "aux", "det", "cc:preconj", "discourse", "obl:unmarked", "mark", "compound"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a statement is meant.

    polarity, modality; status: "ended" or None; reasons: what was decided -> the word that did.
    """

    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    status: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    negations: int = 0
    modality: Modality = Modality.ASSERTED
    status: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)

    def raise_to(self, modality: Modality, word: str) -> None:
        if _RANK[modality] > _RANK[self.modality]:
            self.modality = modality
            self.reasons["modality"] = word

    def negate(self, word: str) -> None:
        self.negations += 1
        self.reasons["polarity"] = word

    def end(self, word: str) -> None:
        self.status = "ended"
        self.reasons["status"] = word


def factuality(trigger: Token, rule: Rule, arguments: Iterable[Token] = ()) -> Factuality:
    """How the text means the relation that a trigger states.

    trigger: the word that states it; rule: what recognised it, which may settle polarity, modality and status itself;
    arguments: the heads of its two ends, which may be excluded on their own ("but not to Huawei").
    """
    state = _State()
    if rule.modality:
        state.raise_to(Modality(rule.modality), trigger.text)
    if rule.polarity == "negated":
        state.negate(trigger.text)
    if rule.status:
        state.end(trigger.text)
    if (word := ended(trigger, rule)) is not None:
        state.end(word)
    _opening(trigger, state)
    _empty_arguments(trigger, state)
    _excluded(trigger, arguments, state)
    _verdict(trigger, state)
    if rule.presupposed and (verb := _given_up(trigger)) is not None:
        state.negate(verb.text)
    for layer, below in list(layers(trigger))[: 1 if rule.presupposed else None]:
        _own(layer, rule, state)
        if below is not None:
            _embedding(layer, below, rule, state)
        if layer.dep_ == "advcl" and layer.tag_ == "VB":
            state.raise_to(Modality.PLANNED, "to")  # a purpose is not yet a fact
    if trigger.sent[-1].text == "?":
        state.raise_to(Modality.POSSIBLE, "?")
    # "Barred from selling its H100": whose it is, the ban does not deny.
    negated = state.negations % 2 and rule.polarity != "affirmed"
    polarity = Polarity.NEGATED if negated else Polarity.AFFIRMED
    return Factuality(polarity, state.modality, state.status, dict(state.reasons))


def _empty_arguments(trigger: Token, state: _State) -> None:
    """An argument that is said not to be there: "neither X nor Y delivers", "licenses nothing"."""
    for argument in trigger.children:
        if argument.dep_ in ("nsubj", "obj", "nsubj:pass") and (word := _empty(argument)) is not None:
            state.negate(word.text)
    if trigger.pos_ == "NOUN" and trigger.dep_ == "obj":  # "Neither X nor Y has a venture with Z"
        subjects = [c for c in trigger.head.children if c.dep_ == "nsubj"]
        word = next((word for subject in subjects if (word := _empty(subject)) is not None), None)
        if word is not None:
            state.negate(word.text)


def _empty(argument: Token) -> Token | None:
    """The word that says that there is no such thing: "neither X nor Y", "no plant", "nothing"."""
    if argument.lower_ in ("nothing", "none", "nobody"):
        return argument
    return next((c for c in argument.children if c.lower_ in ("no", "neither") and c.i < argument.i), None)


def _given_up(noun: Token) -> Token | None:
    """The verb by which what was somebody's plan never came to stand: "has shelved its plant in X"."""
    first = noun.head if noun.dep_ == "conj" else noun
    verb = first.head
    return verb if first.dep_ == "obj" and embedder(verb) in words_of("shelving") else None


def _excluded(trigger: Token, arguments: Iterable[Token], state: _State) -> None:
    """An end of the relation that is left out: "belongs to A, but not to B", "it is not A that supplies"."""
    for argument in arguments:
        word = next((c for c in argument.children if c.lower_ == "not" and c.i < argument.i), None)
        if word is not None and word.nbor().lower_ in _INCLUDING:
            word = None  # "not only Micron supplies X"
        cleft = any(c.dep_ == "cop" for c in argument.children)
        if word is not None and argument != trigger and (not cleft or trigger.head == argument):
            state.negate(word.text)
        elif argument.preposition in ("instead_of", "rather_than", "unlike", "without"):
            state.negate(argument.preposition)


def _verdict(trigger: Token, state: _State) -> None:
    """A short answer behind the statement: "X to buy Y: no, both deny", "whether X works with Y. It does not."."""
    colon = next((t.i for t in trigger.sent if t.i > trigger.i and t.text in (":", ";")), None)
    asked = trigger.sent.text.rstrip()[-1:] == "?" or any(t.lower_ == "whether" for t in trigger.sent)
    if colon is not None and _refutes(trigger.doc[colon + 1 : trigger.sent.end]):
        state.negate(trigger.doc[colon + 1].text)
    elif asked and trigger.sent.end < len(trigger.doc) and _refutes(trigger.doc[trigger.sent.end].sent):
        state.negate(trigger.doc[trigger.sent.end].text)


def _refutes(answer: Span) -> bool:
    """True for a short clause that says no and nothing else: "no", "false", "it is not", "offer refused in March"."""
    comma = next((t.i for t in answer if t.text == ","), answer.end)
    words = [t.lower_ for t in answer if not t.is_punct and t.i < comma]
    if not words or len(words) > _LONGEST_ANSWER:
        return False
    denied = words[0] in ("it", "they", "he", "she", "that") and words[-1] in ("not", "n't")
    return denied or words[0] in ("no", "false", "wrong", "untrue") or not _REFUSALS.isdisjoint(_joined(words))


def _opening(trigger: Token, state: _State) -> None:
    """What the words that open a sentence make of it: "In case X buys Y, ...", "Subject to a vote, X buys Y"."""
    sentence = trigger.sent
    comma = next((t.i for t in sentence if t.text == ","), sentence.end)
    start = sentence.text[:_LONGEST_OPENING].lower()
    if trigger.i < comma and start.startswith(_SUPPOSING) and sentence[-1].text != "?":
        state.raise_to(Modality.POSSIBLE, sentence[0].text)
    elif trigger.i > comma and start.startswith(_PENDING):
        state.raise_to(Modality.PLANNED, sentence[0].text)


def _joined(words: list[str]) -> set[str]:
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def _own(token: Token, rule: Rule, state: _State) -> None:
    """What the word's own modifiers and auxiliaries say."""
    words = {c.lower_ for c in token.children if c.dep_ in ("cop", "aux", "mark")}
    if _is_destined(token, words):
        state.raise_to(Modality.PLANNED, "be to")
    if _is_inverted(token):
        state.raise_to(Modality.POSSIBLE, "inverted condition")
    if token.tag_ in ("VBD", "VBN") and not words & {"will", "would"} and _has_until(token):
        state.end("until")  # "was owned by X until 2019"
    if rule.relation == "hasFacilityIn" and token.tag_ == "VBG" and token.lemma in _BUILDING:
        state.raise_to(Modality.PLANNED, token.text)  # what is being built does not stand yet
    if _is_supposed(token):
        state.raise_to(Modality.POSSIBLE, token.head.text)
    if (verb := came_to_nothing(token)) is not None:
        state.negate(verb.text)
    if _is_refused(token):
        state.negate(token.nbor(-1).text)
    if rule.relation in _GIVEN and token.pos_ == "VERB" and token.lemma in _PROMISING:
        state.raise_to(Modality.PLANNED, token.text)
    for child in token.children:
        word = child.lemma
        if child.lower_ == "longer" and child.i > 0 and child.nbor(-1).lower_ == "no":
            state.negate("no longer")
            state.end("no longer")
            continue
        if child.lower_ == "nor" and child.i < token.i and above(token) is None:
            state.negate(child.text)  # "Nor did Cisco buy Marvell"
        if child.dep_ == "mark" and child.lower_ in ("without", "instead", "rather"):
            state.negate(child.text)
        if child.dep_ not in _MARKERS and child.tag_ != "MD":
            continue
        if child.dep_ == "discourse" and any(c.lower_ in ("not", "n't", "never") for c in token.children):
            continue  # "No, it does not": one denial, said twice
        if word in words_of("negation") or child.lower_ in ("n't", "no"):
            _negation(child, state)
        elif child.tag_ == "MD":
            _modal(child, rule, state)
        elif child.dep_ == "mark" and child.lower_ in words_of("conditional"):
            state.raise_to(Modality.POSSIBLE, child.text)
        elif child.lower_ == "yet" and child.i + 1 < len(child.doc) and child.nbor(1).lower_ == "to":
            state.negate("yet to")
        elif child.dep_ in ("advmod", "amod"):
            _modifier(word, child, state)


def _is_supposed(noun: Token) -> bool:
    """True for a thing that would do something if it were there: "A Samsung fab in Hanoi would supply Apple"."""
    indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)
    modals = {c.lower_ for c in noun.head.children if c.tag_ == "MD"}
    return noun.dep_ == "nsubj" and indefinite and not modals.isdisjoint({"would", "could", "might"})


def _is_refused(token: Token) -> bool:
    """True behind a negated auxiliary that the parser took for something else: "Seoul: won't curb exports"."""
    if token.i < 2 or token.pos_ != "VERB":
        return False
    negation, auxiliary = token.nbor(-1), token.nbor(-2)
    return negation.lower_ in ("n't", "n’t", "not") and negation.head == auxiliary and auxiliary.lower_ in _AUXILIARIES


def _is_destined(token: Token, words: set[str]) -> bool:
    """True for what is or was to be: "was to acquire", "was to have acquired", "was once to acquire"."""
    if "to" not in words or token.tag_ not in ("VB", "VBN"):
        return False
    passive = [c.lower_ for c in token.children if c.dep_ == "aux:pass"]
    if token.tag_ == "VBN" and "have" not in words:  # "is to be acquired", in a headline "to be acquired"
        finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in token.sent)
        return "be" in passive and (not finite or not _BEING.isdisjoint(passive))
    embedders = token.head.children if token.dep_ == "xcomp" and token.head.pos_ == "ADV" else ()
    return not _BEING.isdisjoint(words | {c.lower_ for c in embedders if c.dep_ == "cop"})


def _has_until(token: Token) -> bool:
    phrases = [c for c in token.children if c.dep_ in ("obl", "advcl", "nmod") and c.i > token.i]
    return any(c.lower_ == "until" and c.dep_ in ("case", "mark") for phrase in phrases for c in phrase.children)


def _is_inverted(token: Token) -> bool:
    """True for "Had Intel bought Tower": an auxiliary before its subject opens a condition."""
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    first = next((c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")), None)
    opens = first is not None and subject is not None and first.i < subject.i
    if not opens or first is None or first.lower_ not in ("had", "should", "were"):
        return False
    return token.dep_ == "advcl" or (first == token.sent[0] and token.sent[-1].text != "?")


def _negation(child: Token, state: _State) -> None:
    after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
    if child.head.lemma == "confirm":
        state.raise_to(Modality.POSSIBLE, f"{child.text} {child.head.text}")
        return
    if after in _INCLUDING:
        return
    state.negate(child.text)
    if after in ("longer", "more"):
        state.end("no longer")


def _modal(child: Token, rule: Rule, state: _State) -> None:
    word = child.lower_
    if word in ("will", "'ll", "would", "shall", "wo"):
        state.raise_to(Modality.FORECAST if rule.relation in _AHEAD else Modality.PLANNED, child.text)
    elif word in ("may", "might", "could"):
        state.raise_to(Modality.POSSIBLE, child.text)


def _modifier(word: str, child: Token, state: _State) -> None:
    following = child.nbor(1) if child.i + 1 < len(child.doc) else None
    if (word in _MISSING and following == child.head) or (
        word == "far" and following is not None and following.lower_ == "from"
    ):
        state.negate(child.text)  # "nearly bought X", "far from supplying X"
    elif word in words_of("possible"):
        state.raise_to(Modality.POSSIBLE, child.text)
    elif word in words_of("planning") and child.dep_ == "amod":
        state.raise_to(Modality.PLANNED, child.text)
    elif word in words_of("ending"):
        state.end(child.text)
    elif child.lower_ in _UNDONE or (word in _MISTAKEN and any(t.lemma in words_of("reporting") for t in child.sent)):
        state.negate(child.text)


def _embedding(token: Token, below: Token, rule: Rule, state: _State) -> None:
    """What an embedding word says of the statement below it."""
    word = embedder(token)
    if rule.relation in _RESTRAINING and word in rule.carriers and not is_tied(below):
        return  # "limits access": the limiting is what the rule says, no denial of it
    if word == "be" and below.dep_ == "xcomp":
        state.raise_to(Modality.PLANNED, f"{token.text} to")
    elif word == "go" and token.tag_ == "VBG" and below.dep_ == "xcomp":
        state.raise_to(Modality.PLANNED, "going to")
    elif token.lower_ == "used" and below.dep_ == "xcomp":
        state.end("used to")
    elif token.lemma in words_of("content") and token.pos_ == "NOUN" and token.head.lemma not in ("confirm", "prove"):
        state.raise_to(Modality.POSSIBLE, token.text)
    elif word in words_of("denying"):
        state.negate(token.text)
        state.raise_to(Modality.DENIED, token.text)
    elif word in words_of("negating") or word in words_of("failing"):
        state.negate(token.text)
    elif word == "sell" and rule.relation == "ownsStakeIn":
        state.end(token.text)
    elif word in words_of("ending") and state.modality is Modality.PLANNED:
        state.negate(token.text)  # a plan that was ended never came to be
    elif word in words_of("ending"):
        state.end(token.text)
    elif word in words_of("possible") or (word in ("say", "report") and is_passive(token)):
        state.raise_to(Modality.POSSIBLE, token.text)
    elif word in words_of("forecasting") and rule.relation in _AHEAD:
        state.raise_to(Modality.FORECAST, token.text)
    elif (
        _is_plan(word, rule)
        or _is_wanted(token, word, below)
        or (word in words_of("pending") and rule.relation in _ANNOUNCED)
    ):
        state.raise_to(Modality.PLANNED, token.text)


def _is_wanted(token: Token, word: str, below: Token) -> bool:
    """True for what is wanted, allowed or asked of somebody: "was invited to build", "on the verge of buying".

    What stands with "to" behind a verb is so only behind some of them: "managed to buy".
    """
    if token.pos_ == "NOUN" and word in words_of("permitting"):
        return True
    to = below.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == "to" for c in below.children)
    return below.dep_ == "xcomp" and to and token.pos_ in ("VERB", "ADJ") and word not in words_of("implicative")


def _is_plan(word: str, rule: Rule) -> bool:
    if word in _ANNOUNCING:
        return rule.relation in _ANNOUNCED or word in words_of("planning") or word in words_of("forecasting")
    return word in words_of("planning") or word in words_of("forecasting")
