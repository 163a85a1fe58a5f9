"""How well names are found, typed and linked on annotated texts: `python tests/quality/linking.py GOLD_DIR [--show]`.

GOLD_DIR has the form that `extract.evaluate` reads. Printed are the share of the entities in core claims that are
found, and found with the right coarse type, and the share of the registry's links that are right. `--show` prints the
cases too; it is for texts that may be looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.tools.convert import coarse
from extract.evaluate import NAMES_FILE, fold
from extract.pipeline import read
from extract.read import read as read_file
from ontology import registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.discourse import Discourse
    from extract.link import Link

# Types that annotators and the ontology part differently.
_ALIKE = (
    {"Product", "Equipment", "Material", "Technology", "Other"},
    {"Country", "Place", "Government"},  # the government of a country is the country
    {"Technology", "ProcessNode"},
)


@dataclass(slots=True)
class Linking:
    """What was counted.

    wanted: int, entities in core claims; found: int, those that some mention stands for; typed: int, those found with
    the right coarse type; linked, right: int, mentions linked to the registry of which the annotation tells whom they
    mean, and those linked to that one; missed, confused: counts by type; notes: list of str, a case each.
    """

    wanted: int = 0
    found: int = 0
    typed: int = 0
    linked: int = 0
    right: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    confused: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def measure(folder: Path) -> Linking:
    """How the entities of a gold folder are found and linked."""
    known = json.loads((folder / NAMES_FILE).read_text("utf-8")) if (folder / NAMES_FILE).is_file() else {}
    result = Linking()
    for file in sorted(f for f in folder.glob("*.json") if f.name != NAMES_FILE):
        gold = json.loads(file.read_text("utf-8"))
        discourse = read(read_file(str(file.with_suffix(".txt"))))
        links = list(_links(discourse))
        forms = _forms(gold, known)
        _count_found(file.stem, gold, forms, links, result)
        _count_linked(file.stem, gold, forms, links, result)
    return result


def _links(discourse: Discourse) -> Iterator[Link]:
    for reading in discourse.readings:
        for mention in reading.index.mentions:
            yield discourse.linker.link(reading.doc, mention, reading.index)


def _forms(gold: dict[str, Any], known: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """Canonical name of each entity -> its forms, folded."""
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for name, forms in known.items():
        listed[fold(name)].update(map(fold, forms))
    return {
        e["name"]: {fold(e["name"]), *map(fold, e.get("mentions", []))} | listed[fold(e["name"])]
        for e in gold.get("entities", [])
    }


def _count_found(stem: str, gold: dict[str, Any], forms: dict[str, set[str]], links: list[Link], out: Linking) -> None:
    core = {c[end] for c in gold["claims"] if c.get("core", True) for end in ("subject", "object")}
    for entity in gold.get("entities", []):
        if entity["name"] not in core:
            continue
        type_ = entity.get("type", "Other")
        out.wanted += 1
        here = [link.entity for link in links if _is_called(link, forms[entity["name"]])]
        types = {coarse(e.type) for e in here}
        out.found += bool(types)
        out.typed += any(_same_type(type_, t) for t in types)
        if not types:
            out.missed[type_] += 1
            out.notes.append(f"{stem} missed: {entity['name']} [{type_}]")
        elif not any(_same_type(type_, t) for t in types):
            out.confused[f"{type_} as {'/'.join(sorted(types))}"] += 1
            out.notes.append(f"{stem} type: {entity['name']} [{type_}] read as {sorted(types)}")


def _is_called(link: Link, forms: set[str]) -> bool:
    entry = registry.load().entries.get(link.entity.id)
    known = [fold(n.text) for n in entry.names] if entry is not None else []
    return not forms.isdisjoint({fold(link.entity.label), fold(link.entity.mention), *known} - {""})


def _same_type(a: str, b: str) -> bool:
    return a == b or any({a, b} <= alike for alike in _ALIKE)


def _count_linked(stem: str, gold: dict[str, Any], forms: dict[str, set[str]], links: list[Link], out: Linking) -> None:
    for link in links:
        if link.reason != "alias":
            continue
        means = [e for e in gold.get("entities", []) if fold(link.entity.mention) in forms[e["name"]]]
        verdicts = [v for e in means if (v := _is_right(link, e, forms[e["name"]])) is not None]
        out.linked += bool(verdicts)
        out.right += any(verdicts)
        if verdicts and not any(verdicts):
            out.notes.append(f"{stem} link: {link.entity.mention} -> {link.entity.label}, not {means[0]['name']}")


def _is_right(link: Link, entity: dict[str, Any], forms: set[str]) -> bool | None:
    """Whether a link means an annotated entity; None where the annotation's names do not tell."""
    entry = registry.load().entries[link.entity.id]
    names = {fold(n.text) for n in entry.names}
    if fold(entity["name"]) in names or (forms - {fold(link.entity.mention)}) & names:
        return _same_type(entity.get("type", "Other"), coarse(entry.type))
    others = registry.load().lookup(entity["name"])
    return False if others or not _same_type(entity.get("type", "Other"), coarse(entry.type)) else None


def _print(found: Linking, *, show: bool) -> None:
    say = sys.stdout.write
    say(f"entities in core claims: {found.wanted}, found {found.found / max(1, found.wanted):.3f}, ")
    say(f"with the right type {found.typed / max(1, found.wanted):.3f}\n")
    say(f"links to the registry: {found.linked}, right {found.right / max(1, found.linked):.3f}\n")
    say(f"missed by type: {dict(found.missed.most_common())}\nconfused: {dict(found.confused.most_common())}\n")
    for note in found.notes if show else ():
        say(f"  {note}\n")


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", action="store_true", help="print the cases as well")
    given = parser.parse_args()
    _print(measure(given.gold), show=given.show)


if __name__ == "__main__":
    main()
