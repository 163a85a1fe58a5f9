"""What the network's vectors say of each two ends: which relation ties them, and how the text means it.

All pairs of all scenes that were read together are asked at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from extract.encoder.activation import gelu
from extract.encoder.scenes import HOWS, LONGEST, STEPS, class_of, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from extract.encoder.scenes import Scene, Spot

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.intp]

_STEPS = np.array([step(pieces) for pieces in range(LONGEST + 2)])
_HOW = {how: number for number, how in enumerate(HOWS)}


@dataclass(frozen=True, slots=True)
class Window:
    """A scene, and the stretch of it that its ends take up: of its other pieces nothing is asked.

    scene; spots: of its text; start, end: int, numbers of pieces.
    """

    scene: Scene
    spots: Sequence[Spot]
    start: int
    end: int

    def pieces(self, before: int) -> range:
        """The numbers of its pieces. before: how many pieces stand before the scene's first."""
        return range(before + self.start, before + self.end)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The ends of all scenes, M, and their pairs, P.

    first, last: (M,) the first piece of each and the one behind its last, as rows of sums; rows: (M,) the first piece
    as a row of vectors; kinds, hows: (M,); one, other: (P,), numbers of ends.
    """

    first: Numbers
    last: Numbers
    rows: Numbers
    kinds: list[int]
    hows: list[int]
    one: Numbers
    other: Numbers


def told_of_pairs(
    weights: Mapping[str, Floats], vectors: Floats, windows: Sequence[Window]
) -> list[tuple[Floats, Floats]]:
    """Scores of relations, float (P, R), and of stances, float (P, S), a scene.

    vectors: float (N, H), of the pieces of all windows, one behind the other.
    """
    w = weights
    sizes = [window.end - window.start for window in windows]
    ends = _ends(windows, [end - size for size, end in zip(sizes, accumulate(sizes), strict=True)])
    hidden = _hidden(w, _summed(vectors, sizes), vectors, ends)
    relations = hidden @ w["relations"] + w["relations.shift"]
    stances = hidden @ w["stances"] + w["stances.shift"]
    parts = list(_parts([len(window.scene.pairs) for window in windows]))
    return [(relations[part], stances[part]) for part in parts]


def _parts(sizes: Sequence[int]) -> Iterator[slice]:
    for size, end in zip(sizes, accumulate(sizes), strict=True):
        yield slice(end - size, end)


def _ends(windows: Sequence[Window], starts: Sequence[int]) -> _Ends:
    """starts: the row of vectors of the first piece of each window."""
    shifts = [start - window.start for window, start in zip(windows, starts, strict=True)]
    rows = np.array([at + shift for window, shift in zip(windows, shifts, strict=True) for at in window.scene.first])
    behind = np.array([at + shift for window, shift in zip(windows, shifts, strict=True) for at in window.scene.last])
    # Sums have a row more a scene than vectors have.
    further = np.repeat(np.arange(len(windows)), [len(window.scene.spots) for window in windows])
    spots = [window.spots[n] for window in windows for n in window.scene.spots]
    counts = [len(window.scene.spots) for window in windows]
    before = [end - count for count, end in zip(counts, accumulate(counts), strict=True)]
    pairs = [(window.scene.pairs, base) for window, base in zip(windows, before, strict=True)]
    return _Ends(
        rows + further,
        behind + further,
        rows,
        [class_of(spot.type) for spot in spots],
        [_HOW[spot.how] for spot in spots],
        np.array([base + a for scene, base in pairs for a, _ in scene], np.intp),
        np.array([base + b for scene, base in pairs for _, b in scene], np.intp),
    )


def _summed(vectors: Floats, sizes: Sequence[int]) -> Floats:
    """The sums of each window's vectors up to each of its pieces, nothing first."""
    sums = np.zeros((len(vectors) + len(sizes), vectors.shape[1]), np.float32)
    for number, part in enumerate(_parts(sizes)):
        np.cumsum(vectors[part], axis=0, out=sums[part.start + number + 1 : part.stop + number + 1])
    return sums


def _hidden(w: Mapping[str, Floats], sums: Floats, vectors: Floats, ends: _Ends) -> Floats:
    """What is known of each pair: float (P, hidden)."""
    first, last, one, other = ends.first, ends.last, ends.one, ends.other
    mean = _mean(sums, first, last)
    each = np.concatenate([mean, vectors[ends.rows], w["end.class"][ends.kinds], w["end.how"][ends.hows]], axis=1)
    high = np.maximum(first[one], first[other])
    low = np.minimum(np.minimum(last[one], last[other]), high)
    # What stands between two ends is asked for twice, once a direction, and often by several pairs.
    between, which = np.unique(low * len(sums) + high, return_inverse=True)
    shift = w["subject.shift"] + w["object.shift"] + w["between.shift"]
    apart = (w["distance"] + shift)[_STEPS[high - low] + STEPS * (first[one] < first[other])]
    apart += (each @ w["subject"])[one]
    apart += (each @ w["object"])[other]
    apart += (_mean(sums, *divmod(between, len(sums))) @ w["between"])[which]
    return gelu(gelu(apart) @ w["hidden"] + w["hidden.shift"])


def _mean(sums: Floats, start: Numbers, end: Numbers) -> Floats:
    """The mean of the vectors of some stretches, nothing of an empty one."""
    found: Floats = sums[end]
    found -= sums[start]
    found /= np.maximum(end - start, 1).astype(np.float32)[:, None]
    return found
