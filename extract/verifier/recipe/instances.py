"""Annotated paragraphs as labelled rows: what the forest learns from.

A row is right where the sentence states it, wrong where the paragraph never does, and of no use where the paragraph
states it elsewhere, or states something narrower that implies it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.blocks import Kind
from extract.evaluate import Names, meets
from extract.model import Claim, Document, Evidence
from extract.pipeline import by_rules, read
from extract.verifier.judge import rows, stated
from extract.verifier.loose import key_of
from ontology.relations import closure, relations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from extract.discourse import Discourse, Reading
    from extract.model import Entity
    from extract.relations.matcher import Candidate
    from extract.verifier.loose import Loose

# No verb or noun of a sentence states these; they are read by means of their own.
_NOT_LEARNED = frozenset({"hasGoal", "authorOf"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Labelled rows.

    features: float32 (M, F); labels: bool (M,); plain: float32 (K,), the weights of what only rules can tell, and
    plain_labels: bool (K,).
    """

    features: NDArray[np.float32]
    labels: NDArray[np.bool_]
    plain: NDArray[np.float32]
    plain_labels: NDArray[np.bool_]


def learned_relations() -> tuple[str, ...]:
    """The relations that the forest knows, in the order of their features."""
    return tuple(sorted(set(relations()) - _NOT_LEARNED))


def folder_rows(folder: Path) -> Rows:
    """The rows of a gold folder, as `corpus.tools.convert` writes it."""
    features: list[NDArray[np.float32]] = []
    labels: list[bool] = []
    plain: list[float] = []
    plain_labels: list[bool] = []
    for text, gold, names in annotated(folder):
        for row, right in _document(text, gold, names):
            if isinstance(row, float):
                plain.append(row)
                plain_labels.append(right)
            else:
                features.append(row)
                labels.append(right)
    return Rows(np.stack(features), np.array(labels), np.array(plain, dtype=np.float32), np.array(plain_labels))


def annotated(folder: Path) -> Iterator[tuple[str, dict[str, Any], Names]]:
    """The texts of a gold folder, each with its annotation and the names of its entities."""
    known = json.loads((folder / "names.json").read_text("utf-8"))
    for file in sorted(folder.glob("*.json")):
        if file.name != "names.json":
            gold = json.loads(file.read_text("utf-8"))
            yield file.with_suffix(".txt").read_text("utf-8"), gold, Names(gold, known)


def _document(text: str, gold: dict[str, Any], names: Names) -> Iterator[tuple[NDArray[np.float32] | float, bool]]:
    discourse = read(Document(text, "training"))
    golds = [(claim, where(text, claim["evidence"])) for claim in gold["claims"]]
    for reading in discourse.readings:
        if reading.block.kind in (Kind.ROW, Kind.CELL):
            continue
        found = stated(by_rules(discourse, reading))
        every, features = rows(discourse, reading, found, learned_relations(), told=False)
        for one, row in zip(every, features, strict=True):
            right = label(discourse, reading, one, golds, names)
            if right is not None:
                yield row, right
        offered = {key_of(one) for one in every}
        for key, known in found.items():
            right = label(discourse, reading, known.candidates[0][0], golds, names)
            if key not in offered and right is not None:
                yield float(known.weight), right


def where(text: str, evidence: str) -> tuple[int, int]:
    """Where the sentence that an annotation names stands in its text; the whole text where it is not found."""
    at = text.find(evidence)
    return (at, at + len(evidence)) if at >= 0 else (0, len(text))


def label(
    discourse: Discourse,
    reading: Reading,
    one: Loose | Candidate,
    golds: Sequence[tuple[dict[str, Any], tuple[int, int]]],
    names: Names,
) -> bool | None:
    """True where the sentence states it, False where the text does not, None where that says nothing."""
    sentence = one.frame.trigger.sent
    start, end = reading.block.body.original(sentence.start_char, max(sentence.start_char, sentence.end_char - 1))
    said = _said(discourse.document, one.subject.entity, one.rule.relation, one.object.entity)
    hits = [place for gold, place in golds if meets(gold, said, names)]
    if any(place[0] < end and start < place[1] for place in hits):
        return True
    narrower = (gold for gold, _ in golds if said.relation in closure(gold["relation"])[1:])
    implied = any(meets({**gold, "relation": said.relation}, said, names) for gold in narrower)
    return None if hits or implied else False


def _said(document: Document, subject: Entity, relation: str, object_: Entity) -> Claim:
    return Claim(document.id, document.source, subject, relation, object_, Evidence(0, 0, ""), "training")
