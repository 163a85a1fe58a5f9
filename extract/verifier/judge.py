"""Which candidates count, and how far: rules and forest together.

A candidate of the rules keeps its place unless the forest finds it unlikely; a loose candidate needs the forest's word.
The confidence is the probability that the forest's score had on held-out paragraphs of the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from extract.arguments import Filler
from extract.relations.matcher import Candidate
from extract.verifier import forest
from extract.verifier.loose import loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from extract.discourse import Discourse, Reading
    from extract.verifier.loose import Loose

Key = tuple[str, str, str, int]
_SYMMETRIC = frozenset({"partnersWith", "jointVentureWith", "mergesWith", "competesWith"})
# Below this a loose candidate is no statement at all, however low the threshold of who asks: chosen on the dev texts.
_BELIEVED = 0.75
# The marks of a learned candidate, behind the name of the rule whose trigger it has.
LEARNED = "~learned"


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its probability. by: "rule", "both" or "learned", who found it."""

    candidate: Candidate
    confidence: float
    by: str


@dataclass(slots=True)
class Found:
    """What rules say of one statement in one sentence: the candidates, each with its weight."""

    candidates: list[tuple[Candidate, float]]

    @property
    def weight(self) -> float:
        """The highest weight."""
        return max(weight for _, weight in self.candidates)


def stated(candidates: Iterable[tuple[Candidate, float]]) -> dict[Key, Found]:
    """The candidates of the rules by what they say. candidates: each with its prior weight."""
    found: dict[Key, Found] = {}
    for candidate, weight in candidates:
        found.setdefault(key_of(candidate), Found([])).candidates.append((candidate, weight))
    return found


def key_of(candidate: Candidate | Loose) -> Key:
    """What a candidate says, and in which sentence; a symmetric relation has one key both ways round."""
    ends = (candidate.subject.entity.id, candidate.object.entity.id)
    if candidate.rule.relation in _SYMMETRIC:
        ends = (min(ends), max(ends))
    return candidate.rule.relation, *ends, candidate.frame.trigger.sent.start


def rows(
    discourse: Discourse, reading: Reading, found: dict[Key, Found], relations: Sequence[str]
) -> tuple[list[Loose], NDArray[np.float32]]:
    """The loose candidates of a text and their features, what the rules say of each among them: float (M, F)."""
    every = list(loose(discourse, reading, {name: place for place, name in enumerate(relations)}))
    told = [found.get(key_of(one)) for one in every]
    features = [
        np.append(one.features, [known.weight if known else 0.0, min(len(known.candidates), 3) / 3 if known else 0.0])
        for one, known in zip(every, told, strict=True)
    ]
    return every, np.array(features, dtype=np.float32)


def judged(discourse: Discourse, reading: Reading, candidates: Iterable[tuple[Candidate, float]]) -> list[Judged]:
    """The candidates of one text with their probabilities, those of the rules first, in the order of the text.

    candidates: what the rules found, each with its prior weight.
    """
    held = forest.load()
    found = stated(candidates)
    every, features = rows(discourse, reading, found, held.relations)
    scores = held.score(features) if every else np.zeros(0, dtype=np.float32)
    best: dict[Key, tuple[float, Loose]] = {}
    for one, score in zip(every, scores, strict=True):
        key = key_of(one)
        if key not in best or score > best[key][0]:
            best[key] = (float(score), one)
    by_rule = [
        _by_rule(held, candidate, weight, best.get(key))
        for key, known in found.items()
        for candidate, weight in known.candidates
    ]
    return [*by_rule, *_learned(held, {key: pair for key, pair in best.items() if key not in found})]


def _by_rule(held: forest.Forest, candidate: Candidate, weight: float, seen: tuple[float, Loose] | None) -> Judged:
    if seen is None:
        return Judged(candidate, held.plain_chance(weight), "rule")
    return Judged(candidate, held.ruled_chance(weight, seen[0]), "both")


def _learned(held: forest.Forest, best: dict[Key, tuple[float, Loose]]) -> Iterator[Judged]:
    """What no rule found and the trees believe."""
    for score, one in best.values():
        chance = float(held.chance(np.array([score], dtype=np.float32))[0])
        if chance >= _BELIEVED:
            yield Judged(_candidate(one), chance, "learned")


def _candidate(one: Loose) -> Candidate:
    rule = replace(one.rule, id=f"{one.rule.id}{LEARNED}")
    return Candidate(rule, one.frame, _filler(one, subject=True), _filler(one, subject=False))


def _filler(one: Loose, *, subject: bool) -> Filler:
    end = one.subject if subject else one.object
    return Filler(end.entity, end.token if end.token is not None else one.frame.trigger, end.how, 1.0)
