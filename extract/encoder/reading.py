"""What the encoder says of a parsed text: which ends are tied by which relation, and how far that can be believed.

It adds to what the rules find and does not judge them: on texts that nobody wrote rules for, doing so changed nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from extract import lexicon
from extract.arguments import Filler
from extract.blocks import Kind
from extract.encoder import network
from extract.encoder.scenes import STANCES, Spot, learned, possible, scenes
from extract.model import Modality, Polarity
from extract.qualify import Factuality, factuality
from extract.relations.matcher import Candidate, rules_for
from extract.relations.rules import Rule, by_trigger
from extract.syntax import Frame
from extract.verifier.ends import ends
from extract.verifier.judge import Judged
from extract.verifier.loose import key
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from extract.discourse import Discourse, Reading
    from extract.encoder.scenes import Pair, Scene
    from extract.tree import Token
    from extract.verifier.ends import End
    from extract.verifier.loose import Key

# What is less likely than this is not looked at any further, as log-odds.
_FAINT = -3.0
# What only the encoder finds must be more likely right than wrong to be said at all, and a little more, since its
# probabilities are those of the corpus, which holds more of it than real texts do.
LEAST_CHANCE = 0.533
# Kinds of words, of the lexicon of factuality, in whose sentences the encoder's word for a fact is not enough.
_DOUBTS = ("negation", "negating", "denying", "conditional", "possible", "excluding", "intending")
_BEFORE, _BEHIND = 5, 3
# What the encoder is less sure of to be a fact is not told as one.
_SURE = 0.8
# Relations that one end may have with several in a sentence, whatever rules read: "TI makes A, and its range has B".
_REPEATED = frozenset({"produces", "headquarteredIn", "usesNode"})
# What a text says by the way: where the encoder is all but certain, a word of doubt near by is about something else.
_ASIDE, _CERTAIN = frozenset({"headquarteredIn"}), 0.99
_MODALITIES = frozenset(modality.value for modality in Modality)
_REPORTING = "MediaOrganization"


@dataclass(frozen=True, slots=True)
class Seen:
    """A statement that the encoder sees in a sentence.

    relation; subject, object: End; score: float, its log-odds; stances: how the text means it, the probability of each
    of `STANCES`; sentence: int, its number.
    """

    relation: str
    subject: End
    object: End
    score: float
    stances: tuple[float, ...]
    sentence: int


def spots(discourse: Discourse, reading: Reading) -> tuple[list[Spot], list[End]]:
    """Where the ends of a text stand, and the ends, both in the same order."""
    places: list[Spot] = []
    found: list[End] = []
    for number, sentence in enumerate(reading.sentences):
        for end in ends(discourse, reading, sentence):
            start, stop = _words(reading, end, (sentence.start_char, sentence.end_char))
            places.append(Spot(start, stop, end.entity.type, end.how, end.entity.id, number))
            found.append(end)
    return places, found


def _words(reading: Reading, end: End, sentence: tuple[int, int]) -> tuple[int, int]:
    if end.token is None:
        return sentence
    mention = reading.index.at(end.token) if end.how in ("name", "concept") else None
    if mention is None:
        return end.token.idx, end.token.idx + len(end.token)
    words = reading.doc[mention.start : mention.end]
    return words.start_char, words.end_char


@dataclass(frozen=True, slots=True)
class Shown:
    """What the encoder is shown of one text.

    reading: Reading; places: list of Spot, where its ends stand; ends: list of End, in the same order; scenes: list of
    Scene, the sentences in which something may be said.
    """

    reading: Reading
    places: list[Spot]
    ends: list[End]
    scenes: list[Scene]


def shown(discourse: Discourse, reading: Reading, ruled: Collection[Key] | None = None) -> Shown:
    """What there is to be shown of one text.

    ruled: what rules say, where only what may be said beside it is wanted, None where everything is.
    """
    places, found = spots(discourse, reading)
    sentences = [(s.start_char, s.end_char) for s in reading.sentences]
    vocabulary = network.load().vocabulary
    if ruled is None:
        return Shown(reading, places, found, scenes(reading.doc.text, sentences, places, vocabulary))
    told = _Told(ruled)

    def open_(pairs: Sequence[Pair]) -> list[Pair]:
        """Those of the pairs of a sentence of whose ends something may be said in any place that they have."""
        start = reading.sentences[places[pairs[0][0]].sentence].start if pairs else 0
        apart = {_both(places, pair) for pair in pairs if _may_be_tied(found[pair[0]], found[pair[1]])}
        left = [pair for pair in pairs if _both(places, pair) in apart]
        return [(a, b) for a, b in left if told.leaves_any_open(places[a], places[b], start)]

    return Shown(reading, places, found, scenes(reading.doc.text, sentences, places, vocabulary, open_))


def _both(places: Sequence[Spot], pair: Pair) -> frozenset[str]:
    return frozenset((places[pair[0]].who, places[pair[1]].who))


def seen(texts: Sequence[Shown]) -> list[dict[Key, Seen]]:
    """What the encoder sees in each of some texts, by what it says; of several places for one statement the clearest.

    All texts are looked at together, which takes less time than one after the other.
    """
    answers = network.load().answers([(text.scenes, text.places) for text in texts])
    return [_clearest(text, told) for text, told in zip(texts, answers, strict=True)]


def _clearest(text: Shown, answers: Sequence[tuple[network.Floats, network.Floats]]) -> dict[Key, Seen]:
    best: dict[Key, Seen] = {}
    for scene, (scores, stances) in zip(text.scenes, answers, strict=True):
        for place, number in np.argwhere(scores > _FAINT).tolist():
            one, other = (scene.spots[at] for at in scene.pairs[place])
            if number not in possible(text.places[one].type, text.places[other].type):
                continue
            sentence, score = text.places[one].sentence, float(scores[place, number])
            ends_ = text.ends[one], text.ends[other]
            start = text.reading.sentences[sentence].start
            says = key(learned()[number], ends_[0].entity, ends_[1].entity, start)
            if says not in best or best[says].score < score:
                best[says] = Seen(learned()[number], *ends_, score, _chances(stances[place]), sentence)
    return best


def _chances(stances: network.Floats) -> tuple[float, ...]:
    raised = np.exp(stances - stances.max())
    return tuple((raised / raised.sum()).tolist())


def added(discourse: Discourse, texts: Sequence[tuple[Reading, Collection[Key]]]) -> list[list[Judged]]:
    """What the encoder finds in some texts of a document and no rule does, a list a text.

    texts: each with what the rules say of it.
    """
    every = [_asked_of(discourse, reading, ruled) for reading, ruled in texts]
    return [
        list(_alone(text.reading, found, ruled))
        for text, found, (_, ruled) in zip(every, seen(every), texts, strict=True)
    ]


def _asked_of(discourse: Discourse, reading: Reading, ruled: Collection[Key]) -> Shown:
    if reading.block.kind is Kind.HEADING:
        return Shown(reading, [], [], [])  # where no rule's silence should be broken
    return shown(discourse, reading, ruled)


def _alone(reading: Reading, found: Mapping[Key, Seen], ruled: Collection[Key]) -> Iterator[Judged]:
    held = network.load()
    for own in alone(found, ruled):
        chance = held.chance(own.score)
        if chance >= LEAST_CHANCE:
            new = candidate(reading, own)
            if (facts := _meant(own, new)) is not None:
                yield Judged(new, chance, "model", facts)


def alone(all_: Mapping[Key, Seen], ruled: Collection[Key]) -> Iterator[Seen]:
    """Of what the encoder sees, what may be said without a rule, of each two ends in a sentence the likeliest only.

    Two ends that a rule has tied are told of already. Where a rule has read the relation of one of them, it has read
    who else stands in it as well: in "A bought B's C" B is not bought. And what the text is about stands in nothing
    with one whom the sentence ties so to another: "At X, competitors include Y" tells of X, in a text on Z too.
    """
    told = _Told(ruled)
    named = {(own.relation, end, says[3]) for says, own in all_.items() if _is_told(own) for end in says[1:3]}
    for says, own in sorted(all_.items(), key=lambda item: (-item[1].score, item[0])):
        if _is_of_topic(own) and any((own.relation, end, says[3]) in named for end in says[1:3]):
            continue
        if told.leaves_open(*says) and _may_be_tied(own.subject, own.object):
            told.tie(*says[1:])
            yield own


class _Told:
    """What has been said of the ends of each sentence. ruled: what rules say."""

    def __init__(self, ruled: Iterable[Key]) -> None:
        self._taken: dict[tuple[str, int], set[str]] = {}
        self._tied: set[tuple[frozenset[str], int]] = set()
        for relation, one, other, start in ruled:
            for end in (one, other):
                self._taken.setdefault((end, start), set()).add(relation)
            self.tie(one, other, start)

    def tie(self, one: str, other: str, start: int) -> None:
        """Note that two ends in the sentence that starts at a word are told of."""
        self._tied.add((frozenset((one, other)), start))

    def leaves_open(self, relation: str, one: str, other: str, start: int) -> bool:
        """True where a relation of two ends in that sentence may still be said."""
        if (frozenset((one, other)), start) in self._tied:
            return False
        once = relation not in _REPEATED and relation in self._taken_of(one, start)
        return not once and relation not in self._taken_of(other, start)

    def leaves_any_open(self, one: Spot, other: Spot, start: int) -> bool:
        """True where some relation of two ends in that sentence may still be said."""
        if (frozenset((one.who, other.who)), start) in self._tied:
            return False
        allowed = (learned()[n] for n in possible(one.type, other.type))
        return any(self.leaves_open(relation, one.who, other.who, start) for relation in allowed)

    def _taken_of(self, end: str, start: int) -> Collection[str]:
        return self._taken.get((end, start), ())


def _is_of_topic(own: Seen) -> bool:
    """True where what the text is about is one of the ends."""
    return "topic" in (own.subject.how, own.object.how)


def _is_told(own: Seen) -> bool:
    """True where the sentence itself has both ends, and what it says of them is likely enough to be told."""
    return not _is_of_topic(own) and network.load().chance(own.score) >= LEAST_CHANCE


def _may_be_tied(subject: End, object_: End) -> bool:
    """False where no rule's silence should be broken: of who merely reports, between members of a list.

    "Infineon, NXP and ST work with Chinese fabs" ties each of them to the fabs, none to another.
    """
    if any(is_a(end.entity.type, _REPORTING) for end in (subject, object_)):
        return False
    one, other = subject.token, object_.token
    return one is None or other is None or _first_of_list(one) is not _first_of_list(other)


def _first_of_list(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _meant(own: Seen, new: Candidate) -> Factuality | None:
    """How the text means a statement: as the encoder has it; None where the words around deny what it takes for so."""
    told = factuality(new.trigger, new.rule, (new.subject.token, new.object.token))
    stance = STANCES[max(range(len(STANCES)), key=own.stances.__getitem__)]
    polarity = Polarity.NEGATED if stance == "negated" else Polarity.AFFIRMED
    if told.polarity is Polarity.NEGATED and stance not in ("negated", "denied"):
        return None
    sure = max(own.stances)
    aside = own.relation in _ASIDE and sure >= _CERTAIN
    if stance == "plain" and (sure < _SURE or (not aside and _is_in_doubt(new))):
        return None
    modality = Modality(stance) if stance in _MODALITIES else Modality.ASSERTED
    ended = "ended" if stance == "ended" else told.status
    agreed = {
        "polarity": told.polarity is polarity,
        "modality": told.modality is modality,
        "status": told.status == ended,
    }
    return Factuality(polarity, modality, ended, {name: word for name, word in told.reasons.items() if agreed[name]})


def _is_in_doubt(new: Candidate) -> bool:
    """True where a word that may make no fact of a statement stands between its ends, or just before or behind."""
    places = (new.subject.token.i, new.object.token.i)
    low, high = min(places) - _BEFORE, max(places) + _BEHIND
    near = [token for token in new.trigger.sent if low <= token.i <= high]
    once = any((a.lower_, b.lower_) == ("used", "to") and a.tag_ == "VBD" for a, b in pairwise(near))
    # "Curbs" restrict, and deny nothing.
    barring = lexicon.words("factuality", "negating") if new.rule.relation == "restricts" else frozenset()
    return once or any(token.lemma in _cues() and not (token.lemma in barring and _restricts(token)) for token in near)


def _restricts(token: Token) -> bool:
    return any(rule.relation == "restricts" for rule in rules_for(by_trigger(), token))


@cache
def _cues() -> frozenset[str]:
    """Words that may make no fact of what their sentence says, wherever the tree hangs them."""
    return frozenset().union(*(lexicon.words("factuality", kind) for kind in _DOUBTS))


def candidate(reading: Reading, one: Seen) -> Candidate:
    """The candidate that a statement is: its trigger is the word that ties the two ends, as far as the tree tells."""
    heads = [end.token for end in (one.subject, one.object) if end.token is not None]
    trigger = _trigger(reading, one.relation, heads)
    sides = (_filler(one.subject, heads[-1]), _filler(one.object, heads[0]))
    return Candidate(_rule(one.relation), Frame(trigger, "surface", {}), *sides)


def _filler(end: End, other: Token) -> Filler:
    how = "name" if end.how == "concept" else end.how
    # The encoder's score holds already how far a word can be trusted to stand for its end.
    return Filler(end.entity, other if end.token is None else end.token, how, 1.0)


def _rule(relation: str) -> Rule:
    return Rule(f"{relation}.encoder", relation, "encoder", frozenset(), (), ())


def _trigger(reading: Reading, relation: str, heads: Sequence[Token]) -> Token:
    """The word between the ends, in the tree, that some rule of the relation knows; else the one that joins them."""
    way = _way(heads)
    table = by_trigger()
    told = [t for t in way if any(rule.relation == relation for rule in rules_for(table, t))]
    return told[0] if told else way[0]


def _way(heads: Sequence[Token]) -> list[Token]:
    """The words from where the ends meet in the tree down to each of them, the meeting point first."""
    chains = [[head, *head.ancestors] for head in heads]
    if len(chains) == 1:
        return chains[0][1:] + chains[0][:1]
    places = {token.i: n for n, token in enumerate(chains[1])}
    meeting = next((n for n, token in enumerate(chains[0]) if token.i in places), len(chains[0]) - 1)
    top = chains[0][meeting]
    down = chains[1][: places.get(top.i, 0)]
    return [top, *reversed(chains[0][:meeting]), *reversed(down)]
