"""Gradient-boosted trees as arrays: scores with numpy alone what scikit-learn has trained."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("weights.npz")


# How much the trees' opinion counts beside the rule's (a logarithmic opinion pool, Genest & Zidek 1986). The corpus
# alone would trust the trees entirely; on real texts rules are righter than on a corpus that was written to be hard.
_LEARNED = 0.35

# Log-odds below which the corpus, written to be hard, makes rules seem worse than they are on real texts, and how much
# of the distance to them is kept: less would find more there and cost precision on the dev texts (docs/extraction.md).
_DOUBTED, _DOUBT_KEPT = 0.85, 0.86


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The nodes of all trees in one row, as taking from flat arrays is three times as fast.

    roots: int (T,), where each tree begins; low, high: int (T * N,), where answers lead; feature, threshold, value: as
    in `Forest`, (T * N,).
    """

    roots: NDArray[np.intp]
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    value: NDArray[np.float32]


@dataclass(frozen=True)
class Forest:
    """Trees of N nodes each, T of them, and what their sum of leaves means.

    feature, left, right: int (T, N), what a node asks and where its answers lead, a leaf to itself; threshold, value:
    float (T, N); base: float, added to the sum; depth: int; relations: names, in the order of their features;
    scores, chances: float (K,), a score of what no rule found and the probability that goes with it, both rising;
    ruled: float (3,), the log-odds of what a rule found: weights of the rule's own log-odds and of the score, and
    intercept; plain: float (2,), the same of what only a rule can tell.
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
    ruled: NDArray[np.float32]
    plain: NDArray[np.float32]

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log-odds that the trees give some rows of features. rows: float (M, F). Returns float (M,)."""
        nodes = self._nodes
        cells, lines = rows.ravel(), np.arange(len(rows), dtype=np.intp)[:, None] * rows.shape[1]
        at = np.broadcast_to(nodes.roots, (len(rows), len(nodes.roots)))
        for _ in range(self.depth):
            is_low = cells.take(lines + nodes.feature.take(at)) <= nodes.threshold.take(at)
            at = np.where(is_low, nodes.low.take(at), nodes.high.take(at))
        total: NDArray[np.float32] = nodes.value.take(at).sum(axis=1) + np.float32(self.base)
        return total

    @cached_property
    def _nodes(self) -> _Nodes:
        trees, size = self.feature.shape
        roots = np.arange(trees, dtype=np.intp) * size
        low, high = (np.add(side, roots[:, None], dtype=np.intp).ravel() for side in (self.left, self.right))
        feature = self.feature.ravel().astype(np.intp)
        return _Nodes(roots, low, high, feature, self.threshold.ravel(), self.value.ravel())

    def chance(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probabilities that go with the scores of what no rule found."""
        return np.interp(scores, self.scores, self.chances).astype(np.float32)

    def ruled_chance(self, weight: float, score: float) -> float:
        """The probability of what a rule found and the trees have seen. weight: the rule's trust; score: the trees'."""
        own, learned, base = self.ruled
        odds = float(own * log_odds(weight) + learned * score + base)
        return probability(_as_kept(_LEARNED * odds + (1 - _LEARNED) * self._plain_odds(weight)))

    def plain_chance(self, weight: float) -> float:
        """The probability of what only a rule can tell. weight: the rule's trust."""
        return probability(_as_kept(self._plain_odds(weight)))

    def _plain_odds(self, weight: float) -> float:
        own, base = self.plain
        return float(own * log_odds(weight) + base)


def _as_kept(odds: float) -> float:
    """The log-odds of what rules found as real texts keep them: what is doubted there is right more often than that."""
    return odds if odds > _DOUBTED else _DOUBTED - _DOUBT_KEPT * (_DOUBTED - odds)


def log_odds(weight: float) -> float:
    """The log-odds of a trust between 0 and 1, kept away from certainty."""
    kept = min(max(weight, 0.02), 0.98)
    return math.log(kept / (1 - kept))


def probability(odds: float) -> float:
    """The probability of some log-odds."""
    return 1 / (1 + math.exp(-odds))


@cache
def load(path: Path = WEIGHTS) -> Forest:
    """The trained forest, read once and kept."""
    with np.load(path, allow_pickle=False) as held:
        return Forest(
            feature=held["feature"],
            left=held["left"],
            right=held["right"],
            threshold=held["threshold"],
            value=held["value"],
            base=float(held["base"]),
            depth=int(held["depth"]),
            relations=tuple(str(name) for name in held["relations"]),
            scores=held["scores"],
            chances=held["chances"],
            ruled=held["ruled"],
            plain=held["plain"],
        )
