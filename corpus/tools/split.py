"""The split into train, dev and test: by a hash of topic and id, so that a paragraph never changes sides.

`python -m corpus.tools.split` writes `corpus/split.json`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import click

from corpus.tools.reader import ROOT, read_corpus
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.tools.model import Paragraph

SPLIT_FILE = ROOT / "split.json"
_TRAIN, _DEV = 0.70, 0.85


def side(topic: str, paragraph_id: str) -> str:
    """`train` (70 %), `dev` or `test` (15 % each) for a paragraph.

    >>> side("mergers", "p-a-1") == side("mergers", "p-a-1")
    True
    """
    drawn = int.from_bytes(hashlib.sha256(f"{topic}\x1f{paragraph_id}".encode()).digest()[:8]) / 2**64
    return "train" if drawn < _TRAIN else "dev" if drawn < _DEV else "test"


def split(paragraphs: Iterable[Paragraph]) -> dict[str, list[str]]:
    """The ids of each side, sorted."""
    sides: dict[str, list[str]] = {"train": [], "dev": [], "test": []}
    for paragraph in paragraphs:
        sides[side(paragraph.topic, paragraph.id)].append(paragraph.id)
    return {name: sorted(ids) for name, ids in sides.items()}


def dumps(sides: Mapping[str, list[str]]) -> str:
    """The split as it stands in `split.json`."""
    return json.dumps(sides, indent=1) + "\n"


@click.command()
def main() -> None:
    """Write corpus/split.json anew."""
    sides = split(read_corpus())
    write_whole(SPLIT_FILE, dumps(sides))
    click.echo(", ".join(f"{name} {len(ids)}" for name, ids in sides.items()))


if __name__ == "__main__":
    main()
