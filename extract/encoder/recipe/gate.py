"""The gate before the encoder: a logistic regression on words and classes that tells where the encoder adds something.

It learns from texts as the encoder reads them, so no annotation is asked for; how strict it is, held-out texts decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extract.blocks import Kind
from extract.encoder import network
from extract.encoder.gate import BASE, LEAST, signs
from extract.encoder.reading import LEAST_CHANCE, alone, seen, shown
from extract.model import Document
from extract.pipeline import offered, read
from extract.verifier.loose import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

# A sign counts that so many sentences show.
_SEEN = 6
# The part of what the encoder adds in held-out texts that the gate has to let through.
_KEPT = 0.72

Row = tuple[dict[str, float], int]


def fitted_gate(texts: Iterable[str], held_out: Iterable[str]) -> dict[str, NDArray[np.float32] | NDArray[np.str_]]:
    """The arrays of the gate with which the network that is in place is asked for little in vain."""
    return gate_of([row for text in texts for row in _rows(text)], [row for text in held_out for row in _rows(text)])


def gate_of(rows: list[Row], held_out: list[Row]) -> dict[str, NDArray[np.float32] | NDArray[np.str_]]:
    """The arrays of a gate, from sentences that it learns and others that decide how strict it is."""
    kept = _common(rows)
    table = DictVectorizer()
    shown = table.fit_transform([{s: 1.0 for s in found if s in kept} for found, _ in rows])
    fit = LogisticRegression(C=0.1, max_iter=400).fit(shown, [added > 0 for _, added in rows])
    weights = dict(zip(table.feature_names_, fit.coef_[0].tolist(), strict=True))
    weights[BASE] = float(fit.intercept_[0])
    weights[LEAST] = _strictness(weights, held_out)
    return {
        "gate.signs": np.array(list(weights)),
        "gate.weights": np.array(list(weights.values()), dtype=np.float32),
    }


def _rows(text: str) -> Iterator[Row]:
    """The sentences of a text: their signs, and how much the encoder adds to each."""
    discourse = read(Document(text, "training"))
    held = network.load()
    apart = (Kind.ROW, Kind.CELL, Kind.HEADING)
    prose = [reading for reading in discourse.readings if reading.block.kind not in apart]
    every = seen([shown(discourse, reading) for reading in prose])
    for reading, told in zip(prose, every, strict=True):
        ruled = {key_of(one) for one in offered(discourse, reading)}
        found = [own for own in alone(told, ruled) if held.chance(own.score) >= LEAST_CHANCE]
        for number, sentence in enumerate(reading.sentences):
            by_rule = sum(start == sentence.start for *_, start in ruled)
            added = sum(own.sentence == number for own in found)
            yield dict.fromkeys(signs(reading, sentence, by_rule), 1.0), added


def _common(rows: Iterable[Row]) -> set[str]:
    counts: dict[str, int] = {}
    for found, _ in rows:
        for sign in found:
            counts[sign] = counts.get(sign, 0) + 1
    return {sign for sign, count in counts.items() if count >= _SEEN}


def _strictness(weights: dict[str, float], rows: list[Row]) -> float:
    """The highest sum that still lets through what has to be, of what is added."""
    sums = sorted(
        ((weights[BASE] + sum(weights.get(s, 0.0) for s in found), added) for found, added in rows), reverse=True
    )
    wanted = _KEPT * sum(added for _, added in sums)
    passed = 0
    for total, added in sums:
        passed += added
        if passed >= wanted:
            return total
    return -np.inf
