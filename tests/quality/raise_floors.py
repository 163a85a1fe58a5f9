"""How good extraction is on the annotated texts at hand, and the floors under it.

`python tests/quality/raise_floors.py` raises the floors to what is measured today, rounded down to whole per cent; a
floor never falls. `seed` and `dev` lie in the shared folder beside the checkout, `corpus` is the test side of the
project's own corpus; a set that is not there is left out.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.evaluate import Evaluation, evaluate
from extract.model import THRESHOLD
from extract.pipeline import extract
from extract.read import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.model import Statement

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).resolve().with_name("floors.json")
SETS = ("seed", "dev", "corpus")

Figures = dict[str, float]


def floors() -> dict[str, Figures]:
    """The figures, in per cent, that no change may fall below, by set."""
    loaded: dict[str, Figures] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    return loaded


@cache
def figures(name: str) -> Figures | None:
    """Precision, recall and the share of numbers found, in per cent; None where the set is not here."""
    if name == "corpus":
        return _corpus()
    folder = SHARED / "corpus" / "seed" if name == "seed" else SHARED / name
    return _of(evaluate(folder, _predict)) if any(folder.glob("*.json")) else None


def raised(old: Mapping[str, Figures], new: Mapping[str, Figures]) -> dict[str, Figures]:
    """The higher of each two figures, the new ones rounded down; a figure that only one side has is kept.

    >>> raised({"dev": {"recall": 50}}, {"dev": {"recall": 49.7, "precision": 60.7}})
    {'dev': {'precision': 60, 'recall': 50}}
    """
    found: dict[str, Figures] = {}
    for name in sorted({*old, *new}):
        a = old.get(name, {})
        b: Figures = {figure: math.floor(value) for figure, value in new.get(name, {}).items()}
        found[name] = {figure: max(s[figure] for s in (a, b) if figure in s) for figure in sorted({*a, *b})}
    return found


def _predict(path: Path) -> list[Statement]:
    return [s for s in extract(read(str(path))) if s.confidence >= THRESHOLD]


def _of(found: Evaluation) -> Figures:
    measured = {"precision": 100 * found.total.precision, "recall": 100 * found.total.recall}
    if found.numbers:
        measured["numbers"] = 100 * found.numbers_found / found.numbers
    return {figure: round(value, 1) for figure, value in measured.items()}


def _corpus() -> Figures | None:
    if not (ROOT / "corpus" / "tools" / "convert.py").is_file():
        return None
    from corpus.tools.convert import convert
    from corpus.tools.reader import read_corpus
    from corpus.tools.split import side

    with tempfile.TemporaryDirectory() as folder:
        convert([p for p in read_corpus() if side(p.topic, p.id) == "test"], Path(folder))
        return _of(evaluate(Path(folder), _predict))


def main() -> None:
    """Measures, prints what is and what the floor was, and writes the higher."""
    new = {name: found for name in SETS if (found := figures(name)) is not None}
    for name, found in new.items():
        sys.stdout.write(f"{name}: {found}, floor {floors().get(name, {})}\n")
    fresh = FLOORS.with_suffix(".new")
    fresh.write_text(json.dumps(raised(floors(), new), indent=2) + "\n", "utf-8")
    fresh.replace(FLOORS)


if __name__ == "__main__":
    main()
