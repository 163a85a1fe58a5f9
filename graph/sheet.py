"""CSV for people: what a spreadsheet opens without running what a document said.

SPARQL's own CSV (W3C, 2013) is for programs and must hold values as they are. A spreadsheet takes a cell that begins
with `=`, `+`, `-`, `@`, a tab or a line end for a formula (OWASP, "CSV Injection"), and a name or quote from a document
can begin so. Here such a cell begins with an apostrophe, unless it is a number.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MARK = "\ufeff"  # without it, Excel reads UTF-8 as the code page of the country
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""A table as CSV for spreadsheets.

    columns: the head; rows: cells as text.

    >>> sheet(("name", "change"), [("=1+1", "-3.5")])
    "\ufeffname,change\r\n'=1+1,-3.5\r\n"
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(map(_safe, columns))
    writer.writerows(map(_safe, row) for row in rows)
    return _MARK + written.getvalue()


def _safe(cell: str) -> str:
    """The cell, marked as text where a spreadsheet would take it for a formula, leading spaces or not."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RISKY) and not _NUMBER.fullmatch(cell) else cell
