"""Rows of tables, in Markdown or apart by tabs: their cells, the header, the column that says whom a row is about."""

from __future__ import annotations

import re
from itertools import pairwise

# Heads of a column that holds those whom the rows are about.
_SUBJECTS = frozenset({
    "company", "vendor", "firm", "supplier", "foundry", "manufacturer", "maker", "chipmaker", "name", "player",
    "operator", "organization", "organisation", "owner", "designer", "provider", "startup", "start-up", "fab owner",
    "producer",
})  # fmt: skip
# Heads of a first column that only counts or dates.
_COUNTING = frozenset({"", "rank", "no", "no.", "#", "year", "date", "rk", "place"})


def split_row(line: str, start: int) -> list[tuple[int, int, str]]:
    """The cells of a table's row with their places in the document; none where a line is no row.

    >>> [words for _, _, words in split_row("| TSMC | Taiwan |", 0)]
    ['TSMC', 'Taiwan']
    """
    mark = "|" if line.count("|") >= 2 else "\t" if "\t" in line.strip() else None
    if mark is None or "[[" in line:
        return []
    edges = [-1, *(m.start() for m in re.finditer(re.escape(mark), line)), len(line)]
    cells = []
    for left, right in pairwise(edges):
        words = line[left + 1 : right]
        lead = len(words) - len(words.lstrip())
        cells.append((start + left + 1 + lead, start + left + 1 + len(words.rstrip()), words.strip()))
    if mark == "|":  # the bars at both ends have nothing outside
        cells = cells[1 if not cells[0][2] else 0 : -1 if not cells[-1][2] else None]
    return cells if len(cells) > 1 else []


def header_of(first: list[str]) -> list[str]:
    """The header that a table's first row is; empty for a two-column table that only lists keys and values.

    >>> header_of(["Company", "HQ"]), header_of(["Founded", "1987"])
    (['Company', 'HQ'], [])
    """
    words = [plain(cell) for cell in first]
    if len(first) > 2 or words[0] in _SUBJECTS or words[0] in _COUNTING:
        return first
    return []


def subject_column(header: list[str]) -> int:
    """Which column says whom a row is about: the one headed so, else the first that does not only count."""
    words = [plain(cell) for cell in header]
    if words[0] in _SUBJECTS:
        return 0
    if words[0] in _COUNTING:
        return next((at for at, word in enumerate(words) if word in _SUBJECTS), min(1, len(words) - 1))
    return 0


def plain(cell: str) -> str:
    """A cell's words without marks, in small letters."""
    return cell.strip(" *_:").lower()
