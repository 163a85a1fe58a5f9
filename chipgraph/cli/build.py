"""`chipgraph build`: documents to a folder that holds their graph."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipgraph.cli._documents import listed, status
from chipgraph.cli._options import OUTPUT, debug, log_json, registry
from chipgraph.cli._progress import progress
from chipgraph.cli._screen import console, count, table
from chipgraph.engines import names

if TYPE_CHECKING:
    from rich.table import Table

    from chipgraph.building import Built
    from extract.model import Claim, Observation

MOST_NAMED = 10


@click.command("build", short_help="Build a knowledge graph from documents.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=OUTPUT,
    show_default=True,
    help="The folder to build into.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="How many processes extract."
)
@click.option("--engine", type=click.Choice(names()), help="Where extraction runs, if not as --jobs says.")
@click.option("--scheduler", metavar="ADDRESS", help="The cluster that the engine runs on, as tcp://10.0.0.1:8786.")
@log_json
@registry
@debug
def command(
    paths: tuple[str, ...],
    output: Path,
    jobs: int,
    engine: str | None,
    scheduler: str | None,
    as_json: bool,
    actors: tuple[Path, ...],
) -> int:
    """Build a knowledge graph from documents.

    Reads text, Markdown, HTML, PDF, DOCX, e-mail, feeds, news dumps, WARC and archives of these: files, folders, globs,
    http(s) addresses, or - for standard input. Writes claims.jsonl, documents/, store/, graph.trig, graph.html and a
    report (report.html, report.json) into the output folder; one that exists is added to. A build that was broken off
    goes on where it ended: a document that is there already is not extracted again and changes nothing. A file whose
    text is another now takes the place of what was read from it before. Actors given with --registry are kept in its
    folder registry/, which later builds read too. Prints what was read, refused and found.

    Example: chipgraph build articles/ -o output
    """
    from chipgraph.building import build

    found = listed(paths)
    with progress(len(found), as_json) as tell:
        built = build(found, output, registry=actors, tell=tell, jobs=jobs, engine=engine, scheduler=scheduler)
    if built.ids:
        _summarise(built)
    return status(len(built.ids), len(built.refused))


def _summarise(built: Built) -> None:
    from extract.model import Claim

    claims: list[Claim] = []
    numbers: list[Observation] = []
    for statement in built.statements:
        (claims if isinstance(statement, Claim) else numbers).append(statement)  # type: ignore[arg-type]
    screen = console()
    refused = f", {len(built.refused)} refused" if built.refused else ""
    kept = f", {built.kept} of them there already" if built.kept else ""
    copies = f" and {built.copies} {'copy' if built.copies == 1 else 'copies'}" if built.copies else ""
    screen.print(f"Read {count(len(built.ids), 'document')}{copies}{kept}{refused}.")
    screen.print(
        f"Found {count(len(claims), 'claim')}, {count(len(numbers), 'number')} and {_entities(claims, numbers)}."
    )
    if claims:
        screen.print(_by_relation(claims))
        screen.print(_most_named(claims))
    screen.print(f"Wrote {built.folder}: open {built.folder / 'graph.html'} in a browser.")


def _by_relation(claims: list[Claim]) -> Table:
    from ontology.relations import relations

    found, facts = Counter(c.relation for c in claims), Counter(c.relation for c in claims if c.is_fact)
    made = table(["relation", "claims", "stated as facts", "for example"], right=("claims", "stated as facts"))
    for name, number in sorted(found.items(), key=lambda row: (-row[1], row[0])):
        first = max((c for c in claims if c.relation == name), key=lambda c: (c.is_fact, c.confidence, c.id))
        label = relations()[name].label
        example = f"{first.subject.label} → {first.object.label}" + ("" if first.is_fact else f" ({_stance(first)})")
        made.add_row(label, str(number), str(facts[name]), example)
    return made


def _stance(claim: Claim) -> str:
    from extract.model import Modality, Polarity

    parts = ["negated"] if claim.polarity is Polarity.NEGATED else []
    return ", ".join(parts + ([claim.modality.value] if claim.modality is not Modality.ASSERTED else []))


def _most_named(claims: list[Claim]) -> Table:
    labels = {e.id: (e.label, e.type) for c in claims for e in (c.subject, c.object)}
    named = Counter(e.id for c in claims for e in (c.subject, c.object))
    made = table(["most named", "type", "claims"], right=("claims",))
    for key, number in sorted(named.items(), key=lambda row: (-row[1], row[0]))[:MOST_NAMED]:
        made.add_row(*labels[key], str(number))
    return made


def _entities(claims: list[Claim], numbers: list[Observation]) -> str:
    ids = {e.id for c in claims for e in (c.subject, c.object)} | {o.about.id for o in numbers}
    return f"{len(ids)} {'entity' if len(ids) == 1 else 'entities'}"
