"""Writes the counts of docs/registry.md from the registry: `python docs/write_counts.py`. A test compares the two."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.classes import is_a
from ontology.registry import actors, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ontology.entries import Entry

FIRST, BEHIND = "## Entries by type\n", "## Licences of what was taken over\n"
_NOTE = "Written by `python docs/write_counts.py`.\n"
# Columns that a firm, institute or body may have; a blank beats a guess, so few fill them all.
_COLUMNS = ("country", "business_models", "parent", "ticker", "isin", "lei", "wikidata")


def counts() -> str:
    """The sections of the page that count."""
    own = list(actors())
    organizations = [entry for entry in own if is_a(entry.type, "Organization")]
    aliases = [(entry, alias) for entry in own for alias in entry.aliases]
    return "\n".join(
        (
            _table("Entries by type", "type", Counter(entry.type for entry in own), _NOTE),
            _table("Ids by status", "status", Counter(entry.id_status for entry in own)),
            _table("Rows by source", "source", Counter(s for e in own for s in e.sources), "A row can have several.\n"),
            _table("Names by kind", "kind", Counter(alias.kind for _, alias in aliases)),
            _table("Columns of organizations", "column", _filled(organizations)),
            _table("Concepts by scheme", "scheme", Counter(e.scheme for e in load().entries.values() if e.scheme)),
            _table("Organizations by country", "country", Counter(e.country or "none" for e in organizations)),
            _table("Plants by country", "country", _plants(own)),
            "",
        )
    )


def page(written: str) -> str:
    """The page with its counts made anew."""
    head, rest = written.split(FIRST)
    return head + counts() + BEHIND + rest.split(BEHIND)[1]


def _filled(entries: Iterable[Entry]) -> Counter[str]:
    found = Counter({"all": 0})
    for entry in entries:
        kinds = {alias.kind for alias in entry.aliases}
        found.update(["all", *(column for column in _COLUMNS if getattr(entry, column))])
        found.update(
            f"{kind}-name" for kind in sorted(kinds) if kind in ("legal", "short", "native", "former", "brand")
        )
    return found


def _plants(own: Iterable[Entry]) -> Counter[str]:
    return Counter(entry.country or "none" for entry in own if is_a(entry.type, "Facility"))


def _table(title: str, head: str, counted: Mapping[str, int], note: str = "") -> str:
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"## {title}", "", *([note] if note else []), f"| {head} | rows |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {count} |" for name, count in rows), ""])


if __name__ == "__main__":
    path = Path(__file__).with_name("registry.md")
    path.write_text(page(path.read_text(encoding="utf-8")), encoding="utf-8")
