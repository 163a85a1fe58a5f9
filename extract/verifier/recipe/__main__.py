"""Trains the verifier: `python -m extract.verifier.recipe [--out FILE]`, or `make train-extraction`.

The trees learn from the train side of the corpus, probabilities from its dev side, and the reliability that is printed
comes from its test side, which nothing was chosen on. Needs scikit-learn, which only training needs.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from corpus.tools.convert import convert
from corpus.tools.reader import read_corpus
from corpus.tools.split import side
from extract.verifier.forest import WEIGHTS, Forest, log_odds
from extract.verifier.recipe.instances import Rows, folder_rows, learned_relations
from ontology.files import write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TREES = {"max_iter": 160, "learning_rate": 0.1, "max_leaf_nodes": 20, "l2_regularization": 2.0, "min_samples_leaf": 15}
# How many scores the probabilities are given for; between them they are interpolated.
_STEPS = 60


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(out: Path) -> None:
    """Train on the corpus, calibrate, and write the weights."""
    train, dev, test = (side_rows(name) for name in ("train", "dev", "test"))
    click.echo(f"{len(train.labels)} rows to learn from, {train.labels.mean():.1%} of them right")
    forest = calibrated(grown(train), dev)
    _write(forest, out)
    click.echo(reliability(chances_of(forest, test), test.labels))


def side_rows(name: str) -> Rows:
    """The rows of one side of the corpus: "train", "dev" or "test"."""
    with tempfile.TemporaryDirectory() as folder:
        convert([p for p in read_corpus() if side(p.topic, p.id) == name], Path(folder))
        return folder_rows(Path(folder))


def grown(train: Rows) -> dict[str, Any]:
    """The trees that scikit-learn grows, as the arrays of a `Forest`."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**_TREES, early_stopping=False, random_state=0)
    model.fit(train.features, train.labels)
    trees = [stage[0].nodes for stage in model._predictors]
    shape = (len(trees), max(map(len, trees)))
    held: dict[str, Any] = {name: np.zeros(shape, np.int16) for name in ("feature", "left", "right")}
    held |= {name: np.zeros(shape, np.float32) for name in ("threshold", "value")}
    for at, tree in enumerate(trees):
        own = np.arange(len(tree))
        leaf = tree["is_leaf"].astype(bool)
        held["feature"][at, own] = np.where(leaf, 0, tree["feature_idx"])
        held["left"][at, own] = np.where(leaf, own, tree["left"])
        held["right"][at, own] = np.where(leaf, own, tree["right"])
        held["threshold"][at, own] = tree["num_threshold"]
        held["value"][at, own] = tree["value"]
    held["base"] = float(model._baseline_prediction.ravel()[0])
    held["depth"] = max(int(tree["depth"].max()) for tree in trees)
    return held


def calibrated(trees: dict[str, Any], dev: Rows) -> Forest:
    """The forest with probabilities, fitted to held-out labels.

    What no rule found gets isotonic regression on its score (Zadrozny & Elkan 2002), what a rule found a logistic one
    on the rule's trust and the score (Platt 1999).
    """
    from sklearn.isotonic import IsotonicRegression

    unknown = np.array([0.0, 1.0], dtype=np.float32)
    forest = Forest(
        **trees, relations=learned_relations(), scores=unknown, chances=unknown, ruled=unknown, plain=unknown
    )
    scores = forest.score(dev.features)
    weights = dev.features[:, -2]
    alone = weights == 0
    fitted = IsotonicRegression(out_of_bounds="clip").fit(scores[alone], dev.labels[alone])
    grid = np.linspace(scores[alone].min(), scores[alone].max(), _STEPS, dtype=np.float32)
    chances = np.maximum.accumulate(_smooth(fitted.predict(grid))).astype(np.float32)
    own = np.array([log_odds(float(w)) for w in weights[~alone]])
    ruled = _logistic(np.stack([own, scores[~alone]], axis=1), dev.labels[~alone])
    plain = _logistic(np.array([[log_odds(float(w))] for w in dev.plain]), dev.plain_labels)
    return replace(forest, scores=grid, chances=chances, ruled=ruled, plain=plain)


def _logistic(columns: NDArray[np.float64], labels: NDArray[np.bool_]) -> NDArray[np.float32]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression().fit(columns, labels)
    return np.array([*fitted.coef_[0], fitted.intercept_[0]], dtype=np.float32)


def chances_of(forest: Forest, rows: Rows) -> NDArray[np.float32]:
    """The probabilities that the forest gives rows."""
    scores = forest.score(rows.features)
    weights = rows.features[:, -2]
    ruled = [forest.ruled_chance(float(w), float(s)) for w, s in zip(weights, scores, strict=True)]
    found: NDArray[np.float32] = np.where(weights > 0, np.array(ruled, np.float32), forest.chance(scores))
    return found


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The steps of isotonic regression made slopes, so that near scores have near probabilities."""
    padded = np.pad(values, 3, mode="edge")
    return np.convolve(padded, np.ones(7) / 7, mode="valid")


def _write(forest: Forest, out: Path) -> None:
    held = io.BytesIO()
    held_fields = {field.name: getattr(forest, field.name) for field in fields(forest)}
    np.savez_compressed(held, **{**held_fields, "relations": np.array(forest.relations)})
    write_whole(out, held.getvalue())


def reliability(chances: NDArray[np.float32], labels: NDArray[np.bool_]) -> str:
    """Promised against kept, as a table: how many of the rows that were given a probability are right."""
    lines = ["| confidence | rows | mean confidence | right |", "|---|---|---|---|"]
    for step in range(10):
        inside = (chances * 10 >= step) & (chances * 10 < step + 1 + (step == 9))
        if inside.any():
            mean, right = chances[inside].mean(), labels[inside].mean()
            lines.append(
                f"| {step / 10:.1f} to {step / 10 + 0.1:.1f} | {int(inside.sum())} | {mean:.2f} | {right:.2f} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
