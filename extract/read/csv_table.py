"""CSV and TSV with a header: news dumps, an article a row."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from extract.read._columns import member_of, names_text
from extract.read._decode import sensible_as_windows, text_of
from extract.read._limits import LARGEST_FILE
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.read._member import Member, Opened

_DELIMITERS = ",;\t|"


def certainty(data: bytes) -> float:
    """Fairly sure where the first line names a column of texts and another column that is known."""
    return 0.7 if _delimiter(_first_line(data)) else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The articles, under their ids or addresses, else the numbers of their lines."""
    head = opened.head()
    delimiter = _delimiter(_first_line(head)) or ","
    # Bytes of other encodings pass through and are judged row by row, as text files are.
    text = io.TextIOWrapper(opened.buffered(), _encoding(head), "surrogateescape", newline="")
    csv.field_size_limit(LARGEST_FILE)
    lines = _Lines(text, opened.source)
    rows = csv.DictReader(lines, delimiter=delimiter)
    while True:
        lines.taken = 0
        try:
            row = next(rows, None)
        except (csv.Error, UnicodeError) as error:
            raise DocumentRefused(opened.source, f"line {rows.line_num} is not CSV ({error})") from error
        if row is None:
            return
        place = str(rows.line_num)
        try:
            told = {key: _told(value, f"{opened.source}#{place}") for key, value in row.items() if key}
        except DocumentRefused as refused:
            yield refused
            continue
        yield member_of(told, place, opened.source)


class _Lines:
    """The lines of a table, as long as those of one row are no more than a document may have."""

    def __init__(self, text: io.TextIOWrapper, source: str) -> None:
        self.taken = 0
        self._text = text
        self._source = source

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LARGEST_FILE + 1):
            self.taken += len(line)
            if self.taken > LARGEST_FILE:
                raise DocumentRefused(self._source, f"a row is longer than {LARGEST_FILE // 1_000_000} MB; split it")
            yield line


def _told(value: str | None, source: str) -> str:
    return text_of((value or "").encode("utf-8", "surrogateescape"), source)


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252" if sensible_as_windows(head) else "utf-8-sig"
    return "utf-8-sig"


def _first_line(data: bytes) -> str:
    start = data[:10_000]
    start = start[: len(start) // 2 * 2] if _encoding(start) == "utf-16" else start
    return start.decode(_encoding(start), "replace").partition("\n")[0].strip("\r")


def _delimiter(line: str) -> str | None:
    """What parts the names of the columns; None where the line names no columns of a dump."""
    for delimiter in _DELIMITERS:
        names = line.split(delimiter)
        if len(names) > 1 and all(len(name) < 40 for name in names) and names_text(name.strip(' "') for name in names):
            return delimiter
    return None
