"""Gradient-boosted trees as arrays: scores with numpy alone what scikit-learn has trained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of N nodes each, T of them, and what their sum of leaves means.

    feature, left, right: int (T, N), what a node asks and where its answers lead, a leaf to itself; threshold, value:
    float (T, N); base: float, added to the sum; depth: int; relations: names, in the order of their features;
    scores, chances: float (K,), a score and the probability that goes with it, both rising; plain: float (2,), slope and
    intercept of the probability of what only rules can tell, over the log-odds of their confidence.
    """

    feature: NDArray[np.int16]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    threshold: NDArray[np.float32]
    value: NDArray[np.float32]
    base: float
    depth: int
    relations: tuple[str, ...]
    scores: NDArray[np.float32]
    chances: NDArray[np.float32]
    plain: NDArray[np.float32]

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log-odds that the trees give some rows of features. rows: float (M, F). Returns float (M,)."""
        trees = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(rows), len(self.feature)), dtype=np.int16)
        lines = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            low = rows[lines, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(low, self.left[trees, at], self.right[trees, at])
        total: NDArray[np.float32] = self.value[trees, at].sum(axis=1) + np.float32(self.base)
        return total

    def chance(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probabilities that go with some scores."""
        return np.interp(scores, self.scores, self.chances).astype(np.float32)

    def plain_chance(self, confidence: float) -> float:
        """The probability of what a rule found by itself. confidence: the rule's prior times the trust in its ends."""
        odds = np.log(min(max(confidence, 0.02), 0.98) / (1 - min(max(confidence, 0.02), 0.98)))
        return float(1 / (1 + np.exp(-(self.plain[0] * odds + self.plain[1]))))


@cache
def load(path: Path = WEIGHTS) -> Forest:
    """The trained forest, read once and kept."""
    with np.load(path, allow_pickle=False) as held:
        return Forest(
            *(held[name] for name in ("feature", "left", "right", "threshold", "value")),
            base=float(held["base"]),
            depth=int(held["depth"]),
            relations=tuple(str(name) for name in held["relations"]),
            scores=held["scores"],
            chances=held["chances"],
            plain=held["plain"],
        )
