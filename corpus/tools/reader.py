"""Reads the corpus: text files of paragraph blocks, separated by lines of `---`.

A block is a header line, text with inline marks, then lines of annotation: `=` coreference, `+` claim, `#` number,
`-` hard negative. A bullet or heading of the text may start with the same signs; an annotation has its fields apart by
` | ` (or ` -> `) outside of marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.tools.annotations import Names, claim, coreference, negative, number
from corpus.tools.markup import read_marks, without_marks
from corpus.tools.model import Paragraph
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SECOND = ROOT / "second"

_HEADER = re.compile(
    r"@ (?P<id>p-(?P<part>[a-z]+)-(?:[a-z]\d+-)?\d+) \| style=(?P<style>[a-z]+) \| "
    r"topic=(?P<topic>[a-z0-9-]+) \| marked=yes"
)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one paragraph; source: str, file name and number of its first line."""

    source: str
    lines: tuple[str, ...]


def files(root: Path = ROOT) -> list[Path]:
    """The text files of a corpus folder, sorted by part and name."""
    return sorted(path for path in root.glob("*/*.txt") if path.parent.name not in {"tools", SECOND.name})


def blocks(path: Path) -> Iterator[Block]:
    """The blocks of one file, empty ones left out."""
    start, held = 1, list[str]()
    for number_, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "---"], start=1):
        if line.strip() != "---":
            held.append(line.rstrip())
            continue
        if any(held):
            blank = next(i for i, text in enumerate(held) if text)
            yield Block(f"{path.parent.name}/{path.name}:{start + blank}", tuple(held[blank:]))
        start, held = number_ + 1, []


def read_block(block: Block) -> Paragraph:
    """The paragraph of a block; raises `InvalidData` with file and line where the block breaks the format."""
    try:
        return _paragraph(block)
    except InvalidData as error:
        raise InvalidData(f"{block.source}: {error}") from error


def read_corpus(root: Path = ROOT) -> list[Paragraph]:
    """All paragraphs of a corpus folder, in the order of files and lines; raises `InvalidData` at the first fault."""
    return [read_block(block) for path in files(root) for block in blocks(path)]


def _paragraph(block: Block) -> Paragraph:
    header = _HEADER.fullmatch(block.lines[0])
    if not header:
        raise InvalidData(f"The header {block.lines[0]!r} must read '@ p-a-1 | style=... | topic=... | marked=yes'.")
    body, notes = _divide(block.lines[1:])
    text, marks = read_marks(body)
    names = Names(text, marks)
    under = {sign: [line[1:].strip() for line in notes if line[0] == sign] for sign in "=+#-"}
    return Paragraph(
        id=header["id"],
        part=header["part"],
        topic=header["topic"],
        style=header["style"],
        source=block.source,
        text=text,
        marks=marks,
        coreferences=tuple(coreference(line, names) for line in under["="]),
        claims=tuple(claim(line, names) for line in under["+"]),
        numbers=tuple(number(line, names) for line in under["#"]),
        negatives=tuple(negative(line, names) for line in under["-"]),
    )


def _divide(lines: tuple[str, ...]) -> tuple[str, list[str]]:
    first = next((i for i, line in enumerate(lines) if _is_annotation(line)), len(lines))
    notes = [line for line in lines[first:] if line]
    for line in notes:
        if not _is_annotation(line):
            raise InvalidData(f"After its annotations a block has no more text, but {line[:60]!r} follows.")
    return "\n".join(lines[:first]).strip("\n"), notes


def _is_annotation(line: str) -> bool:
    if line.startswith("= "):
        return " -> " in line
    return line[:2] in {"+ ", "# ", "- "} and " | " in without_marks(line)
