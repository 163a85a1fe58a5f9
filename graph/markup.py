"""A table of answers as a notebook shows it: what a reader looks for first, everything escaped, no script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from extract.cards import LITERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What goes without saying stays unsaid: then what is planned or denied stands out.
_USUAL = ("", "affirmed", "asserted")
# Notebooks set cells to the right and on one line, which suits numbers and no sentence.
_CELL = "text-align:left;vertical-align:top;white-space:normal"
_WIDE = f"{_CELL};min-width:22em"
_LONG = 48


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """The table as HTML: texts to the left, sentences with room.

    columns: str, their names; rows: the cells, in that order; caption: str, what stands above.

    >>> "<td" in table(("name",), [("A<b>",)]), "A<b>" in table(("name",), [("A<b>",)])
    (True, False)
    """
    cells = list(rows)
    styles = [_WIDE if any(len(row[i]) > _LONG for row in cells) else _CELL for i in range(len(columns))]
    head = "".join(f'<th style="{_CELL}">{escape(column)}</th>' for column in columns)
    body = (
        "".join(f'<td style="{style}">{escape(cell)}</td>' for cell, style in zip(row, styles, strict=True))
        for row in cells
    )
    above = f'<caption style="text-align:left">{escape(caption)}</caption>' if caption else ""
    return f'<table class="{LITERAL}">{above}<tr>{head}</tr>{"".join(f"<tr>{row}</tr>" for row in body)}</table>'


def telling(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> tuple[list[str], list[list[str]]]:
    """The cells as words, without what goes without saying and without columns that then say nothing.

    >>> telling(("fab", "modality", "wafers"), [("A", "asserted", 40000), ("B", "asserted", None)])
    (['fab', 'wafers'], [['A', '40,000'], ['B', '']])
    """
    cells = [[_words(value) for value in row] for row in rows]
    kept = [i for i in range(len(columns)) if any(row[i] for row in cells)]
    return [columns[i].replace("_", " ") for i in kept], [[row[i] for i in kept] for row in cells]


def _words(value: object) -> str:
    if value is None or value is False or value in _USUAL:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, int | float):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
    return str(value)
