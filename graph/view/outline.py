"""The shapes of the palette as polygons, for pictures that are not drawn by a browser."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from graph.view.palette import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    Point = tuple[float, float]

_TOKEN = re.compile(r"[A-Z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "A": 7, "Z": 0}
_STEPS = 12


@cache
def outline(shape: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The rings of points that a shape of radius 1 consists of, y pointing down; inner rings are holes.

    shape: str, a key of `palette.SHAPES`, whose paths use absolute commands and circular arcs only.

    >>> outline("triangle")
    (((0.0, -1.1), (1.1, 0.85), (-1.1, 0.85)),)
    >>> [len(ring) for ring in outline("ring")]
    [25, 25]
    """
    rings: list[list[Point]] = []
    for command, values in _commands(SHAPES[shape]):
        if command == "M":
            rings.append([(values[0], values[1])])
        elif command != "Z":
            rings[-1] += _points(rings[-1][-1], command, values)
    return tuple(tuple(ring) for ring in rings)


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Commands with their numbers; numbers that go on after a command repeat it, after M as L."""
    tokens = _TOKEN.findall(path)
    at, command = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        size = _TAKES[command]
        yield command, [float(token) for token in tokens[at : at + size]]
        at += size
        command = "L" if command == "M" else command


def _points(start: Point, command: str, v: list[float]) -> list[Point]:
    if command == "L":
        return [(v[0], v[1])]
    if command == "H":
        return [(v[0], start[1])]
    if command == "V":
        return [(start[0], v[0])]
    return _quadratic(start, v) if command == "Q" else _arc(start, v)


def _quadratic(start: Point, v: list[float]) -> list[Point]:
    def at(t: float) -> Point:
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        return a * start[0] + b * v[0] + c * v[2], a * start[1] + b * v[1] + c * v[3]

    return [at(step / _STEPS) for step in range(1, _STEPS + 1)]


def _arc(start: Point, v: list[float]) -> list[Point]:
    """Points of a circular arc, by the conversion of SVG 1.1, appendix F.6.5, for equal radii."""
    radius, large, sweep, end = v[0], v[3] == 1, v[4] == 1, (v[5], v[6])
    half = ((start[0] - end[0]) / 2, (start[1] - end[1]) / 2)
    distance = math.hypot(*half)
    radius = max(radius, distance)
    off = math.sqrt(max(0.0, radius**2 - distance**2)) / (distance or 1.0) * (-1 if large == sweep else 1)
    centre = ((start[0] + end[0]) / 2 + off * half[1], (start[1] + end[1]) / 2 - off * half[0])
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    last = math.atan2(end[1] - centre[1], end[0] - centre[0])
    turn = (last - first) % (2 * math.pi) if sweep else -((first - last) % (2 * math.pi))
    angles = (first + turn * step / _STEPS for step in range(1, _STEPS + 1))
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]
