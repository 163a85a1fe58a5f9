"""`chipgraph extract`: claims and observations as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipgraph.cli._documents import documents, status, tell
from chipgraph.cli._options import debug, min_confidence, registry
from chipgraph.cli._screen import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.discourse import Discourse
    from ontology.errors import DocumentRefused


@click.command("extract", short_help="Print what documents state, as JSON lines.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"]), default="jsonl", help="An object a line: the one format so far."
)
@min_confidence
@click.option(
    "--trace",
    "trace_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write there, an object a line, every relation that was considered, with the decision and its reason.",
)
@registry
@debug
def command(
    paths: tuple[str, ...], form: str, min_confidence: float, trace_file: Path | None, actors: tuple[Path, ...]
) -> int:
    """Print what documents state, as JSON lines, and build nothing.

    Reads text, Markdown, HTML, PDF, DOCX, e-mail, feeds, news dumps, WARC and archives of these: files, folders, globs,
    http(s) addresses, or - for standard input. Writes a claim or an observation a
    line to standard output and nothing else there; with --trace also a file.

    Example: chipgraph extract articles/ > claims.jsonl
    """
    from chipgraph.building import with_actors
    from chipgraph.reading import readings
    from extract.claims_io import dumps
    from extract.model import merge
    from ontology.files import write_whole
    from ontology.registry import load, using

    refused: list[DocumentRefused] = []
    with using(with_actors(load(), actors)), documents(paths) as listed:
        considered: list[str] = []
        watch = _tracer(min_confidence, considered) if trace_file else None
        read = list(readings(listed, tell(refused), watch))
    if trace_file:  # before anything is printed: whoever reads that may leave early
        write_whole(trace_file, "".join(considered))
    statements = merge(s for _, found in read for s in found if s.confidence >= min_confidence)
    write("".join(f"{dumps(statement)}\n" for statement in statements))
    return status(len(read), len(refused))


def _tracer(floor: float, lines: list[str]) -> Callable[[Discourse], None]:
    """What notes, a line each, all that was considered in a document."""
    from extract.trace import dumps, trace

    def watch(discourse: Discourse) -> None:
        lines.extend(f"{dumps(considered)}\n" for considered in trace(discourse, floor))

    return watch
