"""How well names alone tell who is who: `python tests/quality/name_pairs.py` prints precision and recall by threshold.

The pairs of `name_pairs.csv` are written by hand; a score uses names only, as if neither was in the registry. With
`--registry` they are the registry's own: each name of an organization stands alone, as if the others were held out,
two names of one row are one actor, and names of two rows that share a key of the blocking are two.
"""

from __future__ import annotations

import csv
import sys
from itertools import combinations, groupby
from pathlib import Path
from typing import NamedTuple

from graph.identity.propose import WIDEST, Keys
from graph.identity.score import AUTOMATIC, Profile, candidates, compare
from ontology.classes import is_a
from ontology.names import fold
from ontology.registry import LABEL, load

PAIRS = Path(__file__).with_name("name_pairs.csv")
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8, AUTOMATIC, 0.95)


class Pair(NamedTuple):
    a: str
    b: str
    same: bool
    kind: str


class Figures(NamedTuple):
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    @property
    def at_least(self) -> float:
        """The lower end of the 95 % interval of the precision (Wilson)."""
        n, z = self.right + self.wrong, 1.96
        if not n:
            return 0.0
        p = self.precision
        middle, spread = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
        return (middle - spread) / (1 + z * z / n)


def pairs() -> list[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return [Pair(row["a"], row["b"], row["same"] == "yes", row["kind"]) for row in csv.DictReader(lines)]


def score(pair: Pair) -> float:
    a, b = (Profile(name, name, "Company", (name,)) for name in (pair.a, pair.b))
    return compare(a, b).value


def registry_pairs() -> list[tuple[float, Pair]]:
    """The pairs that the registry's names make, scored: all within a row, and those of two rows that are compared."""
    kinds = (LABEL, "legal", "short", "former")
    known = load()
    names = [
        Profile(f"{entry.id} {number}", text, "Company", (text,))
        for entry in known.entries.values()
        if is_a(entry.type, "Organization") and entry.scheme is None
        for number, (text, kind, _) in enumerate(entry.names)
        if kind in kinds and text.isascii()
    ]
    owners = {profile.id: known.entries[profile.id.split()[0]] for profile in names}
    compared = set(candidates(names, Keys(names), WIDEST))
    inside = {(a, b) for _, row in groupby(names, key=lambda p: p.id.split()[0]) for a, b in combinations(row, 2)}
    found = []
    for a, b in sorted(compared | inside, key=lambda pair: (pair[0].id, pair[1].id)):
        one, two = owners[a.id], owners[b.id]
        if one.id != two.id and fold(a.label) == fold(b.label):
            continue  # a name that two rows bear is told from by context, not by spelling
        found.append((compare(a, b).value, Pair(a.label, b.label, one.id == two.id, "registry")))
    return found


def figures(scored: list[tuple[float, Pair]], threshold: float) -> Figures:
    over = [pair for value, pair in scored if value >= threshold]
    right = sum(pair.same for pair in over)
    return Figures(right, len(over) - right, sum(pair.same for _, pair in scored) - right)


def main() -> None:
    scored = registry_pairs() if "--registry" in sys.argv else [(score(pair), pair) for pair in pairs()]
    same = sum(pair.same for _, pair in scored)
    print(f"{same} pairs of one actor, {len(scored) - same} of two")  # noqa: T201
    for threshold in THRESHOLDS:
        f = figures(scored, threshold)
        print(  # noqa: T201
            f"{threshold:.2f}  precision {f.precision:.3f} (at least {f.at_least:.3f})  recall {f.recall:.3f}  "
            f"wrong {f.wrong}"
        )
    for value, pair in sorted(scored, reverse=True):
        if "--wrong" in sys.argv and not pair.same and value >= 0.5:
            print(f"{value:.2f}  {pair.a} / {pair.b} ({pair.kind})")  # noqa: T201


if __name__ == "__main__":
    main()
