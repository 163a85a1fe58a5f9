"""Probabilities from scores: a logistic regression on held-out paragraphs (Platt 1999)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.tools.convert import convert
from extract.blocks import Kind
from extract.encoder.reading import candidate, seen, shown
from extract.model import Document
from extract.pipeline import offered, read
from extract.verifier.loose import key_of
from extract.verifier.recipe.instances import annotated, label, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from corpus.tools.model import Paragraph
    from extract.evaluate import Names

Row = tuple[float, bool]


def fitted(paragraphs: Sequence[Paragraph]) -> NDArray[np.float32]:
    """The weights of `Network.chance` with which the network that is in place keeps what it promises."""
    from sklearn.linear_model import LogisticRegression

    with tempfile.TemporaryDirectory() as folder:
        convert(list(paragraphs), Path(folder))
        rows = [row for text, gold, names in annotated(Path(folder)) for row in _rows(text, gold, names)]
    fit = LogisticRegression().fit(np.array([[score] for score, _ in rows]), np.array([right for _, right in rows]))
    return np.array([*fit.coef_[0], fit.intercept_[0]], dtype=np.float32)


def _rows(text: str, gold: dict[str, Any], names: Names) -> Iterator[Row]:
    """What only the encoder sees: its score, and whether it is right."""
    discourse = read(Document(text, "training"))
    golds = [(claim, where(text, claim["evidence"])) for claim in gold["claims"]]
    prose = [reading for reading in discourse.readings if reading.block.kind not in (Kind.ROW, Kind.CELL)]
    every = seen([shown(discourse, reading) for reading in prose])
    for reading, found in zip(prose, every, strict=True):
        ruled = {key_of(one) for one in offered(discourse, reading)}
        for says, told in found.items():
            right = label(discourse, reading, candidate(reading, told), golds, names)
            if says not in ruled and right is not None:
                yield told.score, right
