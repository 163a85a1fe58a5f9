"""`chipgraph view`: the interactive page of a built graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chipgraph.cli._options import built, debug, min_confidence


@click.command("view", short_help="Write and open the interactive page.")
@click.argument("entity", required=False)
@click.option("--hops", type=click.IntRange(1, 5), default=1, show_default=True, help="How far around ENTITY to look.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["html", "svg", "png", "pdf"]),
    help="A page, or a still picture; by default what the name of the file says, else a page.",
)
@click.option("--to", "page", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--open/--no-open", "show", default=None, help="Open it in a browser; on a terminal that is the default.")
@min_confidence
@built
@debug
def command(
    entity: str | None,
    hops: int,
    kind: str | None,
    page: Path | None,
    show: bool | None,
    min_confidence: float,
    folder: Path,
) -> None:
    """Write the interactive page of a built graph, and open it.

    Reads a built folder. Writes one HTML file that needs no network: graph.html in that folder, or view-ID.html when it
    opens on one ENTITY, given by name or id. As svg, png or pdf it draws a still picture, of all or of what lies around
    ENTITY; that needs matplotlib (pip install 'chipgraph[pictures]').

    Example: chipgraph view TSMC --hops 2
    """
    from chipgraph.building import PAGE, write_page, write_picture
    from graph.knowledge import KnowledgeGraph

    opened = KnowledgeGraph.open(folder)
    focus = opened.entity(entity).id if entity else None
    kind = kind or _kind_of(page)
    page = page or folder / (f"view-{focus}.{kind}" if focus else Path(PAGE).with_suffix(f".{kind}"))
    if kind == "html":
        write_page(page, folder, focus=focus, hops=hops, min_confidence=min_confidence)
    else:
        write_picture(page, kind, opened, focus=focus, hops=hops, min_confidence=min_confidence)
    click.echo(f"Wrote {page}.")
    if sys.stdout.isatty() if show is None else show:
        click.launch(page.resolve().as_uri())


def _kind_of(page: Path | None) -> str:
    kind = page.suffix.lower().removeprefix(".") if page else ""
    return kind if kind in {"svg", "png", "pdf"} else "html"
