"""Layout by stress majorisation: the distance of two nodes on the page follows the length of the way between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

ROUNDS = 120
SPREAD_ROUNDS = 160
SEED = 7
ASPECT = 1.1


def stress_layout(graph: nx.Graph[int], order: Sequence[int], unit: float, weight: str | None = None) -> Points:
    """Positions of a connected graph's nodes, one row a node of `order`, around the origin.

    unit: pixels that one step takes; weight: name of the edge attribute that holds an edge's own length.
    """
    import numpy as np

    count = len(order)
    if count == 1:
        return np.zeros((1, 2))
    lengths = _distances(graph, order, weight) * unit
    points = _start(lengths)
    weights = lengths + np.eye(count)
    weights = 1.0 / weights**2
    np.fill_diagonal(weights, 0.0)
    for _ in range(max(30, ROUNDS - count)):
        points = _majorise(points, lengths, weights)
    return turned(points)


def spread(points: Points, widths: Sequence[float], height: float | Sequence[float]) -> Points:
    """The points moved apart until boxes of these sizes around them no longer overlap, or the rounds run out."""
    import numpy as np

    moved = points.copy()
    heights = np.broadcast_to(np.asarray(height, dtype=np.float64), len(points))
    need = np.add.outer(widths, widths) / 2, np.add.outer(heights, heights) / 2
    for _ in range(max(40, SPREAD_ROUNDS - len(points))):
        step = _push(moved, need)
        if not step.any():
            break
        moved = moved + step
    return np.asarray(moved - (moved.max(0) + moved.min(0)) / 2, dtype=np.float64)


def _push(points: Points, need: tuple[Points, Points]) -> Points:
    """How far each point moves in one round: overlapping pairs part along the axis on which they overlap least."""
    import numpy as np

    across, down = (np.abs(np.subtract.outer(axis, axis)) for axis in points.T)
    # Few pairs overlap, so the rest is worked out for them alone, each pair once.
    a, b = np.nonzero(np.triu((need[0] - across > 0.5) & (need[1] - down > 0.5), 1))
    delta = points[a] - points[b]
    overlap = np.column_stack([need[0][a, b], need[1][a, b]]) - np.abs(delta)
    narrow = overlap[:, 0] <= overlap[:, 1]
    way = np.where(delta == 0, 1.0, np.sign(delta))
    shift = np.where(np.column_stack([narrow, ~narrow]), overlap * way * 0.35, 0.0)
    step = np.zeros_like(points)
    np.add.at(step, a, shift)
    np.subtract.at(step, b, shift)
    return step


def _distances(graph: nx.Graph[int], order: Sequence[int], weight: str | None) -> Points:
    import networkx as nx
    import numpy as np

    at = {node: i for i, node in enumerate(order)}
    found = np.zeros((len(order), len(order)))
    ways = (
        nx.all_pairs_dijkstra_path_length(graph, weight=weight) if weight else nx.all_pairs_shortest_path_length(graph)
    )
    for node, lengths in ways:
        for other, length in lengths.items():
            found[at[node], at[other]] = length
    return found


def _start(lengths: Points) -> Points:
    """Classical scaling, with a little fixed noise so that twins do not start on one spot."""
    import numpy as np

    count = len(lengths)
    centre = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * centre @ lengths**2 @ centre)
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])])
    noise = np.random.default_rng(SEED).standard_normal((count, 2)) * lengths.max() * 0.02
    return np.asarray(axes[:, ::-1] + noise, dtype=np.float64)


def _majorise(points: Points, lengths: Points, weights: Points) -> Points:
    """One round: every node moves to where the others, each at its wanted distance, would have it."""
    import numpy as np

    apart = np.hypot(*(np.subtract.outer(axis, axis) for axis in points.T)) + np.eye(len(points))
    pull = weights * lengths / np.maximum(apart, 1e-6)
    moved = (weights - pull) @ points + pull.sum(axis=1)[:, None] * points
    return np.asarray(moved / weights.sum(axis=1)[:, None], dtype=np.float64)


def turned(points: Points) -> Points:
    """The points around the origin, turned so that they fill a canvas a little wider than high as well as they can."""
    import numpy as np

    centred = points - points.mean(axis=0)
    turns = [centred @ _rotation(angle) for angle in np.linspace(0.0, np.pi, 36, endpoint=False)]
    spans = [np.ptp(turn, axis=0) for turn in turns]
    return np.asarray(turns[int(np.argmin([max(w, h * ASPECT) for w, h in spans]))], dtype=np.float64)


def _rotation(angle: float) -> Points:
    import numpy as np

    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
