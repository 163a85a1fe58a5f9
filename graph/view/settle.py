"""New nodes placed among old ones that keep their places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    Place = tuple[float, float]

GOLDEN_ANGLE = 2.399963
MOST_TRIES = 4000


def settle(
    graph: nx.Graph[int],
    anchors: Mapping[int, Place],
    room: tuple[float, float],
    apart: Callable[[Sequence[int]], Mapping[int, Place]],
) -> dict[int, Place]:
    """Positions of all nodes: those of `anchors` as they are, the others beside their neighbours, where there is room.

    room: width and height in pixels that a node takes; apart: lays out the nodes that hang on no anchored one, which
    are put below everything.
    """
    places = dict(anchors)
    taken = _Taken(room, places.values())
    for node in _outward(graph, anchors):
        near = [places[other] for other in sorted(graph[node]) if other in places]
        middle = (sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near))
        places[node] = taken.claim(middle)
    rest = [node for node in graph if node not in places]
    if rest:
        laid = apart(rest)
        left = min(x for x, _ in places.values()) - min(x for x, _ in laid.values())
        below = max(y for _, y in places.values()) - min(y for _, y in laid.values()) + 2 * room[1]
        places |= {node: (x + left, y + below) for node, (x, y) in laid.items()}
    return places


def _outward(graph: nx.Graph[int], anchors: Mapping[int, Place]) -> Iterator[int]:
    """The nodes that anchored ones lead to, the nearest first."""
    seen = set(anchors)
    frontier = sorted(anchors)
    while frontier:
        found = sorted({other for node in frontier for other in graph[node]} - seen)
        yield from found
        seen.update(found)
        frontier = found


class _Taken:
    """The places that are taken, in cells of the size of a node's room."""

    def __init__(self, room: tuple[float, float], places: Iterable[Place]) -> None:
        self._width, self._height = room
        self._cells = {self._cell(place) for place in places}

    def _cell(self, place: Place) -> tuple[int, int]:
        return round(place[0] / self._width), round(place[1] / self._height)

    def claim(self, middle: Place) -> Place:
        """The free place that is nearest to a point on a spiral around it; it is taken from now on."""
        for turn in range(1, MOST_TRIES):
            radius, angle = math.sqrt(turn), turn * GOLDEN_ANGLE
            place = (
                middle[0] + self._width * radius * math.cos(angle),
                middle[1] + self._height * radius * math.sin(angle),
            )
            if self._cell(place) not in self._cells:
                break
        self._cells.add(self._cell(place))
        return place
