"""The encoder's network: runs with numpy alone what the recipe has trained.

Weights are kept as whole numbers of eight bits with a scale a row, which halves twice what is shipped and changes
scores by about a hundredth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extract.encoder.activation import gelu
from extract.encoder.head import Window, told_of_pairs
from extract.threads import one_thread
from extract.verifier.forest import probability

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from extract.encoder.scenes import Scene, Spot

    Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights.npz")
_SCALE = ".scale"
# The last two are of a gate that networks had when this one was trained, and are not read.
_APART = frozenset({"vocabulary", "rows", "scales", "gate.signs", "gate.weights"})
# Numbers of a piece that one head of attention looks at.
_HEAD = 32
# Pieces of scenes that are read together.
_AT_ONCE = 1_000
_EPSILON = np.float32(1e-12)
# Further than this from nothing no score of attention counts, so that its exponential stays a number.
_UTMOST = np.float32(80)


@dataclass(frozen=True, slots=True)
class Network:
    """The encoder's weights by name, and the numbers of the pieces that it knows."""

    weights: Mapping[str, Floats]
    rows: NDArray[np.int8]
    scales: Floats
    vocabulary: Mapping[str, int]
    layers: int

    def answers(self, texts: Sequence[tuple[Sequence[Scene], Sequence[Spot]]]) -> list[list[tuple[Floats, Floats]]]:
        """What ties each pair of each scene, and how the text means it, as log-odds and as unscaled scores.

        texts: scenes, and the spots that their numbers are of. Returns float (P, R) and (P, S) a scene.
        """
        flat = [(scene, spots) for scenes, spots in texts for scene in scenes]
        with one_thread():
            told = chain.from_iterable(self._read_together(part) for part in _together(flat))
            return [[next(told) for _ in scenes] for scenes, _ in texts]

    def chance(self, score: float) -> float:
        """The probability of what the encoder finds and no rule does."""
        own, base = self.weights["chance"]
        return probability(float(own * score + base))

    def _read_together(self, scenes: Sequence[tuple[Scene, Sequence[Spot]]]) -> list[tuple[Floats, Floats]]:
        """All scenes go through a layer at once, so that its weights are read once."""
        x = self._shown([scene for scene, _ in scenes])
        sizes = [len(scene.ids) for scene, _ in scenes]
        parts = [slice(end - size, end) for size, end in zip(sizes, accumulate(sizes), strict=True)]
        windows = [Window(scene, spots, min(scene.first), max(scene.last)) for scene, spots in scenes]
        for layer in range(self.layers - 1):
            x = self._layer(x, parts, f"{layer}.")
        looked_at = [at for part, window in zip(parts, windows, strict=True) for at in window.pieces(part.start)]
        x = self._layer(x, parts, f"{self.layers - 1}.", looked_at)
        return told_of_pairs(self.weights, x, windows)

    def _shown(self, scenes: Sequence[Scene]) -> Floats:
        """What each piece is and where it stands, before any layer."""
        w = self.weights
        ids = np.array([i for scene in scenes for i in scene.ids])
        x = self.rows[ids] * self.scales[ids][:, None]
        x += w["position"][[i for scene in scenes for i in range(len(scene.ids))]]
        x += w["shape"][[i for scene in scenes for i in scene.shapes]]
        x += w["kind"][[i for scene in scenes for i in scene.kinds]]
        return _normal(x, w["norm"], w["norm.shift"])

    def _layer(self, x: Floats, parts: Sequence[slice], name: str, wanted: Sequence[int] | None = None) -> Floats:
        """The vectors behind a layer. parts: the pieces of each scene; wanted: numbers of pieces, None for all."""
        w = self.weights
        mixed = x @ w[name + "qkv"]
        mixed += w[name + "qkv.shift"]
        seen = np.concatenate([_attended(mixed[part]) for part in parts])
        if wanted is not None:
            seen, x = seen[wanted], x[wanted]
        seen = seen @ w[name + "out"]
        seen += w[name + "out.shift"]
        seen += x
        x = _normal(seen, w[name + "norm1"], w[name + "norm1.shift"])
        inner = x @ w[name + "up"]
        inner += w[name + "up.shift"]
        inner = gelu(inner) @ w[name + "down"]
        inner += w[name + "down.shift"]
        inner += x
        return _normal(inner, w[name + "norm2"], w[name + "norm2.shift"])


def _together(scenes: Sequence[tuple[Scene, Sequence[Spot]]]) -> Iterator[list[tuple[Scene, Sequence[Spot]]]]:
    """Scenes in their order, so many at a time as are read together; more would only take more memory."""
    part: list[tuple[Scene, Sequence[Spot]]] = []
    size = 0
    for scene, spots in scenes:
        if part and size + len(scene.ids) > _AT_ONCE:
            yield part
            part, size = [], 0
        part.append((scene, spots))
        size += len(scene.ids)
    if part:
        yield part


def _attended(mixed: Floats) -> Floats:
    """Attention within one scene: float (N, H). mixed: queries, keys and values of all heads, float (N, 3 H)."""
    size, width = mixed.shape[0], mixed.shape[1] // 3
    query, key, value = mixed.reshape(size, 3, width // _HEAD, _HEAD).transpose(1, 2, 0, 3)
    scores: Floats = query @ key.transpose(0, 2, 1)
    scores *= np.float32(_HEAD**-0.5)
    np.clip(scores, -_UTMOST, _UTMOST, out=scores)
    np.exp(scores, out=scores)
    seen = np.empty((size, width // _HEAD, _HEAD), np.float32)
    np.matmul(scores, value, out=seen.transpose(1, 0, 2))
    seen /= scores.sum(axis=-1).T[:, :, None]
    return seen.reshape(size, width)


def _normal(x: Floats, scale: Floats, shift: Floats) -> Floats:
    """The rows of x, which it takes for its own, with a mean of nothing and a spread of one, scaled and shifted."""
    width = np.float32(x.shape[1])
    x -= (x.sum(axis=1) / width)[:, None]
    spread = np.einsum("ij,ij->i", x, x) / width
    x /= np.sqrt(spread + _EPSILON)[:, None]
    x *= scale
    x += shift
    return x


@cache
def load() -> Network:
    """The network that is shipped, read once."""
    return read(WEIGHTS)


def read(path: Path) -> Network:
    """The network of a file that the recipe has written."""
    with np.load(path) as held:
        names = [str(name) for name in held["vocabulary"]]
        weights: dict[str, Floats] = {}
        for name in held.files:
            if name in _APART or name.endswith(_SCALE):
                continue
            scale = held[name + _SCALE] if name + _SCALE in held.files else None
            kept = held[name] if scale is None else np.ascontiguousarray((held[name] * scale[:, None]).T)
            weights[name] = kept.astype(np.float32, copy=False)
        rows, scales = held["rows"], held["scales"]
    layers = sum(name.endswith(".qkv") for name in weights)
    return Network(weights, rows, scales, {name: i for i, name in enumerate(names)}, layers)
