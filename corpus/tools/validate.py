"""Checks the whole corpus.

`python -m corpus.tools.validate [FOLDER]` prints what is wrong and exits with 1 where something is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.tools.checks import problems_between, problems_of
from corpus.tools.reader import ROOT, blocks, files, read_block
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from corpus.tools.model import Paragraph


def validate(root: Path = ROOT) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs that could be read and all that is wrong with them.

    root: Path, a corpus folder. Reading goes on after a fault, so that one run shows all of them.
    """
    paragraphs: list[Paragraph] = []
    problems: list[str] = []
    for path in files(root):
        for block in blocks(path):
            try:
                paragraphs.append(read_block(block))
            except InvalidData as error:
                problems.append(str(error))
    problems += [problem for paragraph in paragraphs for problem in problems_of(paragraph)]
    return paragraphs, problems + problems_between(paragraphs)


@click.command()
@click.argument("folder", default=ROOT, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Check every paragraph of the corpus in FOLDER."""
    paragraphs, problems = validate(folder)
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(paragraphs)} paragraphs read, {len(problems)} problems.", err=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
