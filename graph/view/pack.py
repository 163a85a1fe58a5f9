"""Parts of a graph that no edge joins, placed side by side in rows, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Block = tuple[list[int], NDArray[np.float64], float]

ASPECT = 1.25


def pack(blocks: Sequence[Block]) -> dict[int, tuple[float, float]]:
    """Positions of all nodes; blocks: (nodes, their positions, margin around them), the largest first."""
    boxes = [_box(points, margin) for _, points, margin in blocks]
    area = sum(width * height for width, height in boxes)
    row_width = max([(area * ASPECT) ** 0.5, *(width for width, _ in boxes)], default=0.0)
    placed: dict[int, tuple[float, float]] = {}
    x = y = row_height = 0.0
    for (nodes, points, margin), (width, height) in zip(blocks, boxes, strict=True):
        if x and x + width > row_width:
            x, y, row_height = 0.0, y + row_height, 0.0
        corner = points.min(axis=0)
        for node, point in zip(nodes, points, strict=True):
            placed[node] = (x + margin + point[0] - corner[0], y + margin + point[1] - corner[1])
        x, row_height = x + width, max(row_height, height)
    return placed


def _box(points: NDArray[np.float64], margin: float) -> tuple[float, float]:
    width, height = points.max(axis=0) - points.min(axis=0) + 2 * margin
    return float(width), float(height)
