"""How far what the rules found can be believed: the rule's own trust and the forest's score, made a probability."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extract.verifier import forest
from extract.verifier.loose import Key, key_of, loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from extract.discourse import Discourse, Reading
    from extract.qualify import Factuality
    from extract.relations.matcher import Candidate
    from extract.verifier.loose import Loose


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its probability.

    by: a key of `extract.assemble.FOUND_BY`; facts: how the text means it, None where the words around the trigger
    tell.
    """

    candidate: Candidate
    confidence: float
    by: str
    facts: Factuality | None = None


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


def rows(
    discourse: Discourse, reading: Reading, found: dict[Key, Found], relations: Sequence[str], *, told: bool = True
) -> tuple[list[Loose], NDArray[np.float32]]:
    """The loose candidates of a text and their features, what the rules say of each among them: float (M, F).

    told: True for those alone that say what rules say as well, False for all.
    """
    places = {name: place for place, name in enumerate(relations)}
    every = list(loose(discourse, reading, places, set(found) if told else None))
    by_rule = [found.get(key_of(one)) for one in every]
    features = [one.features + _of_rules(known) for one, known in zip(every, by_rule, strict=True)]
    return every, np.frombuffer(b"".join(features), dtype=np.float32).reshape(len(every), -1 if every else 0)


def _of_rules(known: Found | None) -> array[float]:
    return array("f", (known.weight, min(len(known.candidates), 3) / 3) if known else (0.0, 0.0))


def judged(
    discourse: Discourse, texts: Sequence[tuple[Reading, Iterable[tuple[Candidate, float]]]]
) -> list[list[Judged]]:
    """The candidates of a document's texts with their probabilities, a list a text, in the order of what they say.

    texts: each with what the rules found in it and its prior weight. All are scored together, which takes less time.
    """
    held = forest.load()
    found = [stated(candidates) for _, candidates in texts]
    asked = [rows(discourse, reading, of, held.relations) for (reading, _), of in zip(texts, found, strict=True)]
    features = [part for every, part in asked if every]
    scores = iter(held.score(np.concatenate(features)).tolist() if features else ())
    return [_weighed(held, of, every, scores) for of, (every, _) in zip(found, asked, strict=True)]


def _weighed(
    held: forest.Forest, found: dict[Key, Found], every: Sequence[Loose], scores: Iterator[float]
) -> list[Judged]:
    """What rules say of one text, with their probabilities. scores: of its loose candidates, and of later texts'."""
    best: dict[Key, float] = {}
    for one in every:
        key = key_of(one)
        best[key] = max(next(scores), best.get(key, -np.inf))
    return [
        _by_rule(held, candidate, weight, best.get(key))
        for key, known in found.items()
        for candidate, weight in known.candidates
    ]


def _by_rule(held: forest.Forest, candidate: Candidate, weight: float, score: float | None) -> Judged:
    if score is None:
        return Judged(candidate, held.plain_chance(weight), "rule")
    return Judged(candidate, held.ruled_chance(weight, score), "both")
