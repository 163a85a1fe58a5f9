"""Small charts of numbers as SVG shapes, for the templates to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, MARGIN = 320, 80, 8


@dataclass(frozen=True, slots=True)
class Chart:
    """A line of values over their periods, each a dot with its text, above or below a line at zero.

    dots: tuple of (x, y, text, forecast); line: str, the points of an SVG polyline; zero: float, the y of zero.
    """

    dots: tuple[tuple[float, float, str, bool], ...]
    line: str
    zero: float


def chart(points: list[dict[str, Any]]) -> Chart | None:
    """The chart of a series as `lookups.numbers` gives it; None for fewer than two points, which tell no course.

    >>> rows = [{"period": "2023", "value": 1, "printed": "1", "forecast": False}]
    >>> chart(rows) is None, chart(rows * 2).line
    (True, '8,8 312,8')
    """
    if len(points) < 2:
        return None
    values = [float(point["value"]) for point in points]
    low, high = min(0.0, *values), max(0.0, *values)
    spread = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(points) - 1)

    def height(value: float) -> float:
        return round(HEIGHT - MARGIN - (value - low) / spread * (HEIGHT - 2 * MARGIN), 1)

    dots = tuple(
        (
            round(MARGIN + i * step, 1),
            height(value),
            f"{point['period']}: {point['printed']}" + (" (forecast)" if point["forecast"] else ""),
            bool(point["forecast"]),
        )
        for i, (point, value) in enumerate(zip(points, values, strict=True))
    )
    return Chart(dots, " ".join(f"{x:g},{y:g}" for x, y, *_ in dots), height(0))
