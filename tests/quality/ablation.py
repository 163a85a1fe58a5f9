"""What each part of extraction is worth, and whether its confidence keeps what it promises.

`python tests/quality/ablation.py` prints two Markdown tables for each set at hand, which is the test side of the
project's own corpus and, where it lies in the shared folder beside the checkout, `dev`. Only counts are printed, never
a text. Parts are switched off by putting something else where they are looked up; a document is parsed once for all.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from corpus.tools.convert import convert
from corpus.tools.reader import read_corpus
from corpus.tools.split import side
from extract import pipeline
from extract.arguments import Filler
from extract.blocks import Kind
from extract.discourse import Discourse
from extract.evaluate import ANNOTATED, NAMES_FILE, Names, digits, evaluate, meets
from extract.model import THRESHOLD, Claim, Observation, Statement
from extract.read import read as read_file
from extract.relations.matcher import Candidate
from extract.verifier import forest
from extract.verifier.judge import Judged, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from extract.discourse import Reading
    from extract.evaluate import Evaluation
    from extract.model import Document
    from extract.verifier.loose import Loose

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT.parent / "shared" / "dev"
# Where pronouns and descriptions are followed.
_FOLLOWED = ("extract.arguments", "extract.makers", "extract.measures", "extract.verifier.ends")

Found = dict[Path, list[Statement]]
# A text with what rules found in it, each with its weight.
Weighed = tuple["Reading", "Iterable[tuple[Candidate, float]]"]


@contextmanager
def parsed_once() -> Iterator[None]:
    """Keeps what was parsed, so that each variant reads the same trees and nobody is remembered from the one before."""
    parse = cache(pipeline.read)

    def fresh(document: Document) -> Discourse:
        return Discourse(document, [replace(r, fillers={}, ends={}) for r in parse(document).readings])

    with patch.object(pipeline, "read", fresh):
        yield


@contextmanager
def without_encoder() -> Iterator[None]:
    """Nothing is found but by rules."""
    with patch.object(pipeline, "added", lambda _, texts: [[] for _ in texts]):
        yield


@contextmanager
def rules_alone() -> Iterator[None]:
    """What the rules find, each with the weight that they give it."""
    with without_encoder(), without_verifier():
        yield


@contextmanager
def unruled() -> Iterator[None]:
    """No rule finds anything."""
    with patch.object(pipeline, "offered", lambda *_: []):
        yield


@contextmanager
def encoder_alone() -> Iterator[None]:
    """What the encoder makes of texts that no rule has read; cells give nothing."""
    with unruled():
        yield


@contextmanager
def without_verifier() -> Iterator[None]:
    """What the rules find keeps the weight that they give it."""

    def as_weighed(_: Discourse, texts: Iterable[Weighed]) -> list[list[Judged]]:
        return [[Judged(candidate, weight, "rule") for candidate, weight in weighed] for _, weighed in texts]

    with patch.object(pipeline, "judged", as_weighed):
        yield


@contextmanager
def without_rules() -> Iterator[None]:
    """All loose candidates, each with the probability that the forest gives what no rule found; cells give nothing."""

    def as_scored(discourse: Discourse, texts: Iterable[Weighed]) -> list[list[Judged]]:
        return [_scored(discourse, reading) for reading, _ in texts]

    with without_encoder(), unruled(), patch.object(pipeline, "judged", as_scored):
        yield


def _scored(discourse: Discourse, reading: Reading) -> list[Judged]:
    held = forest.load()
    every, features = rows(discourse, reading, {}, held.relations, told=False)
    chances = held.chance(held.score(features)) if every else ()
    return [Judged(_candidate(one), float(c), "both") for one, c in zip(every, chances, strict=True)]


def _candidate(one: Loose) -> Candidate:
    trigger = one.frame.trigger
    subject, object_ = (Filler(end.entity, end.token or trigger, end.how, 1.0) for end in (one.subject, one.object))
    return Candidate(one.rule, one.frame, subject, object_)


@contextmanager
def without_coreference() -> Iterator[None]:
    """Nobody is meant by "it" or "the company"."""
    with ExitStack() as stack:
        for module in _FOLLOWED:
            stack.enter_context(patch(f"{module}.referents", lambda *_: []))
        yield


@contextmanager
def without_topic() -> Iterator[None]:
    """Nothing is known of whom a heading, a section or the document is about."""
    with (
        patch.object(Discourse, "section_subject", lambda *_: None),
        patch.object(Discourse, "heading_subject", lambda *_: None),
        patch.object(Discourse, "topic", None),
    ):
        yield


@contextmanager
def without_lines() -> Iterator[None]:
    """List items and key lines are read as plain paragraphs; tables stay."""
    before = pipeline.read

    def flat(document: Document) -> Discourse:
        return Discourse(document, [_as_paragraph(reading) for reading in before(document).readings])

    with patch.object(pipeline, "read", flat):
        yield


def _as_paragraph(reading: Reading) -> Reading:
    if reading.block.kind not in (Kind.ITEM, Kind.PAIR):
        return reading
    return replace(reading, block=replace(reading.block, kind=Kind.PARAGRAPH, key=None, level=0))


# What is measured, by its name; the first has nothing switched off, the second is what it is held against.
VARIANTS: Mapping[str, Callable[[], AbstractContextManager[None]]] = {
    "rules, verifier and encoder, as shipped": nullcontext,
    "rules alone": rules_alone,
    "verifier alone": without_rules,
    "encoder alone": encoder_alone,
    "without verifier": without_verifier,
    "without encoder": without_encoder,
    "without coreference": without_coreference,
    "without headings and topic": without_topic,
    "without list items and key lines": without_lines,
}


def found_by(folder: Path, switch: Callable[[], AbstractContextManager[None]]) -> Found:
    """What is extracted from each text of a gold folder, whatever its confidence, with a part switched off."""
    with switch():
        return {text: pipeline.extract(read_file(str(text))) for text in sorted(folder.glob("*.txt"))}


def scored(folder: Path, found: Found) -> Evaluation:
    """How good what was found is at the default threshold."""
    return evaluate(folder, lambda text: [s for s in found[text] if s.confidence >= THRESHOLD])


def ablation(variants: Mapping[str, Evaluation]) -> str:
    """The table of variants. variants: what was counted of each, by its name."""
    lines = ["| variant | claims | precision | recall | F1 |", "|---|---|---|---|---|"]
    for name, counted in variants.items():
        total = counted.total
        figures = " | ".join(f"{100 * value:.1f}" for value in (total.precision, total.recall, total.f1))
        lines.append(f"| {name} | {total.predicted} | {figures} |")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of nearly one confidence. low, high, mean: of the confidence; number: of claims; right: the share."""

    low: float
    high: float
    number: int
    mean: float
    right: float


def binned(claims: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Claims by confidence in steps of 0.1, from the lowest that holds one on; the last step holds 1 as well.

    claims: confidence and whether it is right, of each.

    >>> [(b.low, b.number, b.right) for b in binned([(0.31, False), (0.3, True), (1.0, True)])]
    [(0.3, 2, 0.5), (0.9, 1, 1.0)]
    """
    steps: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in claims:
        steps.setdefault(min(9, math.floor(10 * confidence + 1e-9)), []).append((confidence, right))
    return [_bin(step / 10, (step + 1) / 10, held) for step, held in sorted(steps.items())]


def _bin(low: float, high: float, held: list[tuple[float, bool]]) -> Bin:
    number = len(held)
    return Bin(low, high, number, sum(c for c, _ in held) / number, sum(right for _, right in held) / number)


def reliability(claims: Iterable[tuple[float, bool]]) -> str:
    """The table of what was promised and what was kept. claims: as `binned` takes them."""
    held = list(claims)
    lines = ["| confidence | claims | mean confidence | right |", "|---|---|---|---|"]
    lines += [f"| {b.low:.1f} to {b.high:.1f} | {b.number} | {b.mean:.2f} | {b.right:.2f} |" for b in binned(held)]
    if held:
        every = _bin(0, 1, held)
        lines.append(f"| all | {every.number} | {every.mean:.2f} | {every.right:.2f} |")
    return "\n".join(lines)


def calibration_error(claims: Iterable[tuple[float, bool]]) -> float:
    """How far confidence and share of right claims lie apart, over the steps of `binned`, weighted by claims.

    The expected calibration error (Naeini, Cooper & Hauskrecht 2015, AAAI). claims: as `binned` takes them.

    >>> calibration_error([(0.9, True), (0.9, True), (0.6, False), (0.6, True)])
    0.1
    """
    steps = binned(claims)
    number = sum(b.number for b in steps)
    return round(sum(b.number * abs(b.mean - b.right) for b in steps) / number, 6) if number else 0.0


def brier(claims: Iterable[tuple[float, bool]]) -> float:
    """The mean squared error of the confidence, 0 where none is wrong. claims: as `binned` takes them.

    >>> brier([(1.0, True), (0.5, False)])
    0.125
    """
    errors = [(confidence - right) ** 2 for confidence, right in claims]
    return sum(errors) / len(errors) if errors else 0.0


def _mean(claims: list[tuple[float, bool]]) -> float:
    return sum(confidence for confidence, _ in claims) / len(claims) if claims else 0.0


def ordered(claims: Iterable[tuple[float, bool]]) -> float:
    """Of pairs of a right and a wrong claim the share in which the right one has more confidence; ties count half.

    >>> ordered([(0.9, True), (0.5, False), (0.4, True)])
    0.5
    """
    held = list(claims)
    pairs = [(a, b) for a, right in held for b, other in held if right and not other]
    return sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs) if pairs else 0.0


def verdicts(folder: Path, found: Found) -> list[tuple[float, bool]]:
    """The confidence of each claim of an annotated relation, and whether it is what some annotation says.

    Claims that differ only in time or qualifiers each count, unlike in `extract.evaluate`.
    """
    known = _known(folder)
    return [
        (claim.confidence, right)
        for text, statements in found.items()
        for claim, right in _judged(json.loads(text.with_suffix(".json").read_text("utf-8")), known, statements)
    ]


def _known(folder: Path) -> dict[str, list[str]]:
    """The names of entities that all texts of a gold folder share."""
    file = folder / NAMES_FILE
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def _judged(
    gold: dict[str, Any], known: Mapping[str, list[str]], statements: list[Statement]
) -> Iterator[tuple[Claim, bool]]:
    names = Names(gold, known)
    for claim in statements:
        if isinstance(claim, Claim) and (gold.get("all_relations") or claim.relation in ANNOTATED):
            yield claim, any(meets(one, claim, names) for one in gold["claims"])


def numbers(folder: Path, found: Found) -> str:
    """How many observations there are, of how many the value is annotated, and of how many of these the entity too."""
    known = _known(folder)
    every = valued = right = 0
    for text, statements in found.items():
        gold = json.loads(text.with_suffix(".json").read_text("utf-8"))
        names = Names(gold, known)
        for one in (s for s in statements if isinstance(s, Observation)):
            told = [
                o for o in gold.get("observations", []) if (n := digits(str(o["value"]))) and n in digits(one.printed)
            ]
            every += 1
            valued += bool(told)
            right += any(names.match(o["subject"], (), one.about) for o in told)
    return f"{every} observations, of {valued} the value is annotated, of {right} of these with the same entity."


def tables(folder: Path) -> str:
    """Both tables of a gold folder, how the confidence compares with that of the rules, and what numbers are worth."""
    with parsed_once():
        found = {name: found_by(folder, switch) for name, switch in VARIANTS.items()}
    measured = ablation({name: scored(folder, each) for name, each in found.items()})
    shipped, ruled = (verdicts(folder, found[name]) for name in list(VARIANTS)[:2])
    told = (
        f"Mean confidence of rules alone {_mean(ruled):.2f}. "
        f"Expected calibration error {calibration_error(shipped):.3f}, of rules alone {calibration_error(ruled):.3f}. "
        f"Brier score {brier(shipped):.3f}, of rules alone {brier(ruled):.3f}; "
        f"right before wrong in {ordered(shipped):.0%} of the pairs, of rules alone in {ordered(ruled):.0%}."
    )
    told_numbers = numbers(folder, found[next(iter(VARIANTS))])
    return f"{measured}\n\n{reliability(shipped)}\n\n{told}\n\n{told_numbers}"


def main() -> None:
    """Print the tables of each set at hand."""
    with tempfile.TemporaryDirectory() as folder:
        convert([p for p in read_corpus() if side(p.topic, p.id) == "test"], Path(folder))
        sys.stdout.write(f"corpus, test side\n\n{tables(Path(folder))}\n")
    if any(DEV.glob("*.json")):
        sys.stdout.write(f"\ndev\n\n{tables(DEV)}\n")


if __name__ == "__main__":
    main()
