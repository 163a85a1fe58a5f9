"""`chipgraph evaluate`: precision, recall and F1 against annotated documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import debug, min_confidence
from chipgraph.cli._screen import console, table

if TYPE_CHECKING:
    from rich.table import Table

    from extract.evaluate import Evaluation
    from extract.model import Statement


@click.command("evaluate", short_help="Measure extraction against annotated documents.")
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--relations", is_flag=True, help="Print a row for each relation.")
@click.option("--errors", is_flag=True, help="Print every miss and every wrong prediction with its sentence.")
@min_confidence
@debug
def command(folder: Path, relations: bool, errors: bool, min_confidence: float) -> None:
    """Measure extraction against annotated documents.

    Reads GOLD_DIR: pairs of NNN.txt, a document, and NNN.json, its claims as people annotated them. Prints precision,
    recall and F1; writes nothing.

    Example: chipgraph evaluate gold/ --relations
    """
    from extract.evaluate import evaluate
    from extract.pipeline import extract
    from extract.read import read

    def predict(path: Path) -> list[Statement]:
        return [s for s in extract(read(str(path))) if s.confidence >= min_confidence]

    result = evaluate(folder, predict)
    screen = console()
    if errors:
        screen.print("\n".join(result.notes), soft_wrap=True)
    if relations:
        screen.print(_by_relation(result))
    screen.print(_summary(result), soft_wrap=True)


def _by_relation(result: Evaluation) -> Table:
    counts = ("predicted", "correct", "core", "found")
    made = table(["relation", *counts], right=counts)
    for name, tally in sorted(result.by_relation.items(), key=lambda row: (-row[1].core, row[0])):
        made.add_row(name, *(str(getattr(tally, count)) for count in counts))
    return made


def _summary(result: Evaluation) -> str:
    total = result.total
    qualified = result.qualified / total.found if total.found else 0.0
    return (
        f"polarity and modality right on {qualified:.3f} of the claims found; "
        f"numbers found {result.numbers_found}/{result.numbers}; forbidden claims {result.forbidden}\n"
        f"precision {total.precision:.3f}  recall {total.recall:.3f}  F1 {total.f1:.3f}  "
        f"(predicted {total.predicted}, core {total.core})"
    )
