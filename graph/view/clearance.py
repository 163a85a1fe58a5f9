"""Nodes moved off the lines that pass under them: a line through a node reads as two lines that end there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.view.stress import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

GAP = 40.0
PASSES = 6
ROUNDS = 24


def clear(points: Points, edges: Sequence[tuple[int, int]], widths: Sequence[float], height: float) -> Points:
    """The points moved until boxes around them are apart and lines keep their distance, or the rounds run out.

    edges: pairs of row numbers; widths, height: the room that each name takes, in pixels.
    """
    placed = spread(points, widths, height)
    for _ in range(PASSES if edges else 0):
        for _ in range(ROUNDS):
            step = _step(placed, edges)
            if not step.any():
                return placed
            placed = placed + step
        placed = spread(placed, widths, height)
    return placed


def _step(points: Points, edges: Sequence[tuple[int, int]]) -> Points:
    """How far each point moves in one round: off the lines, and the lines' ends a little the other way."""
    import numpy as np

    ends = np.asarray(edges)
    start, along = points[ends[:, 0]], points[ends[:, 1]] - points[ends[:, 0]]
    length = np.maximum((along**2).sum(axis=1), 1.0)
    away = points[None, :, :] - start[:, None, :]
    at = (away * along[:, None, :]).sum(axis=2) / length[:, None]
    foot = away - at[:, :, None] * along[:, None, :]
    apart = np.sqrt((foot**2).sum(axis=2))
    lack = np.where((at > 0.05) & (at < 0.95), GAP - apart, 0.0)
    lack[np.arange(len(ends)), ends[:, 0]] = 0.0
    lack[np.arange(len(ends)), ends[:, 1]] = 0.0
    lack = np.maximum(lack, 0.0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.sqrt(length)[:, None]
    way = np.where(apart[:, :, None] > 1e-3, foot / np.maximum(apart, 1e-3)[:, :, None], across[:, None, :])
    push = way * lack[:, :, None] * 0.3
    step = push.sum(axis=0)
    back = -0.5 * push.sum(axis=1)
    np.add.at(step, ends[:, 0], back)
    np.add.at(step, ends[:, 1], back)
    return np.asarray(step, dtype=np.float64)
