"""The encoder as PyTorch trains it, and its weights as `extract.encoder.network` reads them."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from transformers import BertModel

from extract.encoder.recipe.examples import CORE
from extract.encoder.scenes import CLASSES, DISTANCES, HOWS, KINDS, STANCES, class_of, distance, learned
from extract.encoder.wordpiece import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from extract.encoder.recipe.examples import Example

# Of MiniLM's six layers the first are trained; of these, of their 12 heads of attention and of their 1536 inner neurons
# so many are shipped.
LAYERS = 4
_LEFT_LAYERS, _LEFT_HEADS, _LEFT_INNER = 3, 6, 384
_WIDTH, _HIDDEN, _OF_CLASS, _OF_HOW, _OF_DISTANCE = 384, 256, 32, 16, 32
# Most pairs are tied by nothing: scores begin low.
_RARE = -3.0


class Encoder(nn.Module):
    """The first layers of MiniLM, and above them a layer that joins two ends and tells what ties them."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        # The faster of the two ways to compute GELU; what is shipped computes it so.
        self.bert = BertModel.from_pretrained(str(base), add_pooling_layer=False, hidden_act="gelu_new")
        self.bert.encoder.layer = self.bert.encoder.layer[:LAYERS]
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        self.shape = nn.Embedding(SHAPES, _WIDTH)
        self.kind = nn.Embedding(KINDS, _WIDTH)
        nn.init.zeros_(self.shape.weight)
        nn.init.normal_(self.kind.weight, std=0.01)
        self.end_class = nn.Embedding(len(CLASSES) + 2, _OF_CLASS)
        self.end_how = nn.Embedding(len(HOWS), _OF_HOW)
        end = 2 * _WIDTH + _OF_CLASS + _OF_HOW
        self.subject, self.object = nn.Linear(end, _HIDDEN), nn.Linear(end, _HIDDEN)
        self.between = nn.Linear(_WIDTH, _HIDDEN)
        self.distance = nn.Embedding(DISTANCES, _OF_DISTANCE)
        self.of_distance = nn.Linear(_OF_DISTANCE, _HIDDEN)
        self.hidden = nn.Linear(_HIDDEN, _HIDDEN)
        self.relations = nn.Linear(_HIDDEN, len(learned()))
        nn.init.constant_(self.relations.bias, _RARE)
        self.stances = nn.Linear(_HIDDEN, len(STANCES))
        self.core = nn.Linear(_HIDDEN, 2 * len(CORE))
        self.drop = nn.Dropout(0.2)

    def forward(self, examples: Sequence[Example]) -> list[torch.Tensor]:
        """What is known of each pair, an array (P, hidden) an example; `relations`, `stances` and `core` read it."""
        vectors = self._encoded(examples)
        return [self._joined(self.drop(v), example) for v, example in zip(vectors, examples, strict=True)]

    def _encoded(self, examples: Sequence[Example]) -> torch.Tensor:
        size = max(len(e.scene.ids) for e in examples)

        def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
            return torch.tensor([[*row, *[0] * (size - len(row))] for row in rows])

        ids = padded([e.scene.ids for e in examples])
        shown = self.bert.embeddings.word_embeddings(ids)
        shown = shown + self.shape(padded([e.scene.shapes for e in examples]))
        shown = shown + self.kind(padded([e.scene.kinds for e in examples]))
        mask = padded([[1] * len(e.scene.ids) for e in examples])
        vectors: torch.Tensor = self.bert(inputs_embeds=shown, attention_mask=mask).last_hidden_state
        return vectors

    def _joined(self, vectors: torch.Tensor, example: Example) -> torch.Tensor:
        scene = example.scene
        sums = torch.cat([torch.zeros(1, _WIDTH), vectors.cumsum(0)])
        first, last = torch.tensor(scene.first), torch.tensor(scene.last)
        mean = (sums[last] - sums[first]) / (last - first).unsqueeze(1)
        of = [example.spots[n] for n in scene.spots]
        kinds = self.end_class(torch.tensor([class_of(s.type) for s in of]))
        hows = self.end_how(torch.tensor([HOWS.index(s.how) for s in of]))
        ends = torch.cat([mean, vectors[first], kinds, hows], 1)
        a, b = torch.tensor(scene.pairs).T
        low, high = torch.minimum(last[a], last[b]), torch.maximum(first[a], first[b])
        size = (high - low).clamp(min=0).unsqueeze(1)
        between = torch.where(size > 0, (sums[torch.maximum(high, low)] - sums[low]) / size.clamp(min=1), 0.0)
        apart = [distance(scene.first[i], scene.last[i], scene.first[j], scene.last[j]) for i, j in scene.pairs]
        joined = self.subject(ends)[a] + self.object(ends)[b] + self.between(between)
        joined = joined + self.of_distance(self.distance(torch.tensor(apart)))
        gelu = nn.functional.gelu
        return gelu(self.hidden(self.drop(gelu(joined, approximate="tanh"))), approximate="tanh")


def narrowed(model: Encoder, examples: Sequence[Example]) -> Encoder:
    """A copy without the last layer, and of the others with the heads and neurons that do most on some examples."""
    small = copy.deepcopy(model)
    small.bert.encoder.layer = small.bert.encoder.layer[:_LEFT_LAYERS]
    held = small.bert.encoder.layer
    parts = [part for layer in held for part in (layer.attention.output.dense, layer.output.dense)]
    loud = _loudness(small, parts, examples)
    for layer, of_heads, of_neurons in zip(held, loud[::2], loud[1::2], strict=True):
        _keep_heads(layer.attention, of_heads)
        _keep_neurons(layer, of_neurons.topk(_LEFT_INNER).indices.sort().values)
    return small


def _loudness(model: Encoder, parts: Sequence[nn.Linear], examples: Sequence[Example]) -> list[torch.Tensor]:
    """How much each input of some linear parts weighs in what they give."""
    heard = [torch.zeros(part.in_features) for part in parts]

    def listening(number: int) -> Callable[..., None]:
        def hear(_: nn.Module, given: tuple[torch.Tensor], __: Any) -> None:
            heard[number] += given[0].abs().flatten(0, -2).sum(0)

        return hear

    hooks = [part.register_forward_hook(listening(number)) for number, part in enumerate(parts)]
    model.eval()
    with torch.no_grad():
        for start in range(0, len(examples), 8):
            model(examples[start : start + 8])
    model.train()
    for hook in hooks:
        hook.remove()
    return [sums * part.weight.norm(dim=0) for sums, part in zip(heard, parts, strict=True)]


def _keep_heads(attention: Any, loud: torch.Tensor) -> None:
    own = attention.self
    size = own.attention_head_size
    heads = loud.view(-1, size).sum(1).topk(_LEFT_HEADS).indices.sort().values
    kept = (heads[:, None] * size + torch.arange(size)).flatten()
    for name in ("query", "key", "value"):
        part = getattr(own, name)
        setattr(own, name, _linear_of(part.weight[kept], part.bias[kept]))
    own.num_attention_heads, own.all_head_size = _LEFT_HEADS, _LEFT_HEADS * size
    out = attention.output.dense
    attention.output.dense = _linear_of(out.weight[:, kept], out.bias)


def _keep_neurons(layer: Any, kept: torch.Tensor) -> None:
    up, down = layer.intermediate.dense, layer.output.dense
    layer.intermediate.dense = _linear_of(up.weight[kept], up.bias[kept])
    layer.output.dense = _linear_of(down.weight[:, kept], down.bias)


def _linear_of(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.data, made.bias.data = weight.detach().clone(), bias.detach().clone()
    return made


def arrays(model: Encoder, vocabulary: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The model's weights by the names that `extract.encoder.network` reads."""
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    embeddings = "bert.embeddings."
    place = state[embeddings + "position_embeddings.weight"] + state[embeddings + "token_type_embeddings.weight"][0]
    found: dict[str, NDArray[Any]] = {
        "vocabulary": np.array(vocabulary),
        "position": place.astype(np.float16),
        "norm": state[embeddings + "LayerNorm.weight"],
        "norm.shift": state[embeddings + "LayerNorm.bias"],
        "shape": state["shape.weight"],
        "kind": state["kind.weight"],
        "end.class": state["end_class.weight"],
        "end.how": state["end_how.weight"],
        "distance": state["distance.weight"] @ state["of_distance.weight"].T + state["of_distance.bias"],
    }
    found["rows"], found["scales"] = eight_bits(state[embeddings + "word_embeddings.weight"])
    for name in ("subject", "object", "between", "hidden", "relations", "stances"):
        _linear(found, name, state[f"{name}.weight"], state[f"{name}.bias"])
    for layer in range(len(model.bert.encoder.layer)):
        _layer(found, f"{layer}.", state, f"bert.encoder.layer.{layer}.")
    return found


def _layer(found: dict[str, NDArray[Any]], name: str, state: dict[str, NDArray[Any]], held: str) -> None:
    attention = held + "attention.self."
    parts = ("query", "key", "value")
    weights = np.concatenate([state[f"{attention}{part}.weight"] for part in parts])
    shifts = np.concatenate([state[f"{attention}{part}.bias"] for part in parts])
    _linear(found, name + "qkv", weights, shifts)
    for short, long in (("out", "attention.output"), ("up", "intermediate"), ("down", "output")):
        _linear(found, name + short, state[f"{held}{long}.dense.weight"], state[f"{held}{long}.dense.bias"])
    for short, long in (("norm1", "attention.output"), ("norm2", "output")):
        found[name + short] = state[f"{held}{long}.LayerNorm.weight"]
        found[f"{name}{short}.shift"] = state[f"{held}{long}.LayerNorm.bias"]


def _linear(found: dict[str, NDArray[Any]], name: str, weight: NDArray[Any], shift: NDArray[Any]) -> None:
    found[name], found[name + ".scale"] = eight_bits(weight)
    found[name + ".shift"] = shift


def eight_bits(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as whole numbers from -127 to 127, and the scale of each row that makes them what they were, nearly.

    >>> whole, scales = eight_bits(np.array([[0.5, -1.27]], dtype=np.float32))
    >>> whole.tolist(), round(float(scales[0]), 4)
    ([[50, -127]], 0.01)
    """
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127
    return np.round(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def learning_rate(step: int, steps: int) -> float:
    """Which part of the learning rate a step gets: up over the first hundred, then down to nothing along a cosine."""
    warm = min(1.0, (step + 1) / 100)
    return warm * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
