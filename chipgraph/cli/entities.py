"""`chipgraph entities`: who is who in a built graph, and what people decided about it."""

from __future__ import annotations

import datetime
import getpass
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from chipgraph.cli._options import built, debug
from chipgraph.cli._screen import console, count, table, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.identity.canonical import Canon
    from graph.identity.change import Who
    from graph.identity.decisions import Decisions
    from graph.knowledge import KnowledgeGraph
    from ontology.registry import Registry

F = TypeVar("F", bound="Callable[..., Any]")

PROPOSED = 0.5  # `graph.identity.score.PROPOSED`, without loading it for --help
MOST = 50


@click.group("entities", short_help="Say who is who: list, search, propose, merge, split.")
@debug
def command() -> None:
    """Say who is who in a built graph.

    Reads a built folder. Its names are kept as documents have them; which of them are one node is decided here. Writes
    the decisions to decisions.csv in that folder, which can be reviewed, shared and edited, and which every build
    follows. What differs in spelling only is merged without asking, and can be split like anything else.

    Example: chipgraph entities propose
    """


def deciding(function: F) -> F:
    """The options of what decides: why, and who."""
    by = click.option("--by", metavar="NAME", default=None, help="Who decides; your user name where it is left out.")
    why = click.option("--why", metavar="TEXT", default="", help="The reason, kept with the decision.")
    return why(by(function))


@command.command("list", short_help="List the entities of a graph.")
@click.option("--kind", metavar="CLASS", help="Only those of a class or below it, such as Company.")
@click.option("--provisional", is_flag=True, help="Only those that the registry does not know.")
@click.option("--merged", is_flag=True, help="Only those that several ids were merged into.")
@built
@debug
def list_(kind: str | None, provisional: bool, merged: bool, folder: Path) -> None:
    """List the entities of a graph.

    Reads a built folder. Prints id, label, class, the number of claims, whether the registry knows it, and the ids
    merged into it. Writes nothing.

    Example: chipgraph entities list --provisional --kind Company
    """
    opened, _, canon, registry = _open(folder)
    claims = Counter(e.id for c in opened.relations() for e in (c.subject, c.object))
    made = table(["id", "label", "class", "claims", "known", "merged"], right=("claims",), whole=("id",))
    for entity in opened.entities(kind):
        others = canon.members(entity.id)[1:]
        known = entity.id in registry.entries
        if not (provisional and known) and not (merged and not others):
            row = (entity.id, entity.label, entity.type, str(claims[entity.id]))
            made.add_row(*row, "registry" if known else "provisional", ", ".join(others))
    console().print(made)


@command.command("search", short_help="Search entities by name.")
@click.argument("name")
@built
@debug
def search(name: str, folder: Path) -> None:
    """Search entities by name, spelt alike or in part.

    Reads a built folder and the registry. Prints how like the name is (1 is the name itself), id, label, class and
    where it is known. Writes nothing.

    Example: chipgraph entities search "hua hong"
    """
    from extract.model import Entity
    from graph.identity.stored import nearest

    opened, _, _, registry = _open(folder)
    inside = opened.entities()
    seen = {entity.id for entity in inside}
    known = registry.entries.values()
    actors = [Entity(e.id, e.label, e.type, "", tuple(a.text for a in e.aliases)) for e in known if e.id not in seen]
    made = table(["like", "id", "label", "class", "where"], right=("like",), whole=("id",))
    for where, entities in (("graph", inside), ("registry only", actors)):
        for score, entity in nearest(name, entities)[:MOST]:
            made.add_row(f"{score:.2f}", entity.id, entity.label, entity.type, where)
    console().print(made if made.row_count else f"Nothing is called like {name!r}.")


@command.command("show", short_help="Show why an entity is one node.")
@click.argument("name", metavar="ENTITY")
@built
@debug
def show(name: str, folder: Path) -> None:
    """Show why an entity is one node.

    Reads a built folder. Prints its names, the ids that are merged in it with the decision behind each, and what was
    decided to be another. Of an entity that the registry does not know it prints what documents say of its country and
    its business models, with their sentences. Writes nothing.

    Example: chipgraph entities show tsmc
    """
    from graph.identity.stored import reasons
    from ontology.registry import using

    opened, decisions, canon, registry = _open(folder)
    entity, screen = opened.entity(name), console()
    known = "known to the registry" if entity.id in registry.entries else "provisional, made from the name"
    screen.print(f"{entity.label} ({entity.type}, {entity.id}): {known}", style="bold", soft_wrap=True)
    for alias in entity.aliases:
        screen.print(f"  also called {alias}", soft_wrap=True)
    for reason in reasons(entity.id, canon):
        screen.print(f"  {reason}", soft_wrap=True)
    for decision in decisions.of(entity.id):
        if decision.verdict != "same":
            said = f"{decision.by} {decision.when}: {decision.why}".strip(": ")
            screen.print(f"  {decision.a} is not {decision.b}: {said}", soft_wrap=True)
    if entity.id not in registry.entries:
        with using(registry):
            for line in _described(opened, entity.id):
                screen.print(line, soft_wrap=True)


@command.command("propose", short_help="Propose who may be the same.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1), default=PROPOSED, show_default=True, help="The least score to show."
)
@click.option("--limit", type=click.IntRange(min=1), default=MOST, show_default=True, help="At most so many pairs.")
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", help="CSV can be imported.")
@built
@debug
def propose(min_score: float, limit: int, form: str, folder: Path) -> None:
    """Propose who may be the same.

    Reads a built folder. Prints pairs of entities with a score from 0 to 1 and what it is made of, the likeliest
    first; pairs that were decided on are left out. As CSV, write same or not-same into the column verdict and give the
    file to `chipgraph entities import`. Writes nothing.

    Example: chipgraph entities propose --min-score 0.6
    """
    from graph.identity.decisions import Decision, Decisions
    from graph.identity.propose import proposals

    opened, decisions, _, _ = _open(folder)
    found = proposals(opened.store, decisions, min_score)[:limit]
    if form == "csv":
        write(Decisions(Decision(p.a.id, p.b.id, "", why=str(p.score)) for p in found).dumps())
        return
    screen = console()
    for p in found:
        screen.print(f"{p.score.value:.2f}  {p.a.id} = {p.b.id}", style="bold", soft_wrap=True)
        for reason in p.score.reasons:
            screen.print(f"      {reason}", soft_wrap=True)
    if not found:
        screen.print("Nothing looks the same that has not been decided on.")


@command.command("merge", short_help="Make entities one node.")
@click.argument("names", metavar="KEEP OTHER...", nargs=-1, required=True)
@click.option("--all", "whole", is_flag=True, help="With all that is merged with any of them already.")
@deciding
@built
@debug
def merge(names: tuple[str, ...], whole: bool, by: str | None, why: str, folder: Path) -> None:
    """Make entities one node, under the id of the first, or of the one that the registry knows.

    Reads a built folder; KEEP and OTHER are ids or names. Writes the decision to decisions.csv and builds what follows.
    That A is B and B is C does not make A C: a decision that waits for another one is kept and said. Prints the result.

    Example: chipgraph entities merge acme-semi acme-semiconductor --why "same address"
    """
    from chipgraph.deciding import decide
    from graph.identity.change import merged, missing

    opened, _, canon, registry = _open(folder)
    ids = [_id(opened, name, registry) for name in names]
    if whole:
        ids = [member for key in ids for member in canon.members(key)]
    decisions = decide(folder, lambda held: merged(held, ids, _who(by, why), registry))
    opened, _, canon, _ = _open(folder)
    screen = console()
    nodes = {canon(key) for key in ids}
    for node in sorted(nodes):
        screen.print(f"{node}: {' = '.join(canon.members(node))}", soft_wrap=True)
    for a, b in missing(decisions, canon):
        screen.print(f"This waits for a decision on {a} and {b}: merge them too, or say that they are not the same.")


@command.command("split", short_help="Take an entity out of its node.")
@click.argument("name", metavar="ID")
@deciding
@built
@debug
def split(name: str, by: str | None, why: str, folder: Path) -> None:
    """Take an entity out of the node that it was merged into.

    Reads a built folder; ID is the merged id, or the node's own, which parts it from all the others. Writes to
    decisions.csv that they are not the same, so that no build merges them again. Prints the result.

    Example: chipgraph entities split acme-semiconductor --why "another company"
    """
    from chipgraph.deciding import decide
    from graph.identity.change import taken_out

    opened, _, canon, registry = _open(folder)
    key = _id(opened, name, registry)
    members = canon.members(key)
    decide(folder, lambda held: taken_out(held, key, members, _who(by, why)))
    console().print(f"{key} is no longer {', '.join(m for m in members if m != key)}.", soft_wrap=True)


@command.command("not-same", short_help="Say that two entities are not the same.")
@click.argument("a")
@click.argument("b")
@deciding
@built
@debug
def not_same(a: str, b: str, by: str | None, why: str, folder: Path) -> None:
    """Say that two entities are not the same, so that nothing merges or proposes them.

    Reads a built folder; A and B are ids or names. Writes the decision to decisions.csv. Prints it.

    Example: chipgraph entities not-same "Hua Hong Group" "Hua Hong Semiconductor"
    """
    from chipgraph.deciding import decide
    from graph.identity.change import told_apart

    opened, _, _, registry = _open(folder)
    pair = (_id(opened, a, registry), _id(opened, b, registry))
    decide(folder, lambda held: told_apart(held, [pair], _who(by, why)))
    console().print(f"{pair[0]} is not {pair[1]}.", soft_wrap=True)


@command.command("decisions", short_help="List what was decided.")
@click.option("--automatic", is_flag=True, help="Also what the program merged by itself.")
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", help="CSV can be imported.")
@built
@debug
def decisions(automatic: bool, form: str, folder: Path) -> None:
    """List what was decided: who is who, who is not, by whom, when and why.

    Reads a built folder. Prints a line a pair; as CSV it can be given to others, who import it. Writes nothing.

    Example: chipgraph entities decisions --format csv > decisions.csv
    """
    from graph.identity.decisions import Decisions

    _, held, canon, _ = _open(folder)
    if automatic:
        held = Decisions((*(d for found in canon.because.values() for d in found), *held))
    if form == "csv":
        write(held.dumps())
        return
    made = table(["a", "", "b", "by", "when", "why"], whole=("a", "b"))
    for d in held:
        made.add_row(d.a, "is" if d.verdict == "same" else "is not", d.b, d.by, d.when, d.why)
    console().print(made if len(held) else "Nothing has been decided.")


@command.command("import", short_help="Take over decisions from a file.")
@click.argument("file", type=click.Path(path_type=Path))
@built
@debug
def import_(file: Path, folder: Path) -> None:
    """Take over decisions from a CSV file: columns a, b, verdict (same or not-same), by, when, why.

    Reads the file and a built folder. A line without a verdict is passed over; on a pair that was decided on before the
    file stands. Writes decisions.csv and builds what follows. Prints how many there are.

    Example: chipgraph entities import reviewed.csv
    """
    from chipgraph.deciding import decide
    from graph.identity.decisions import Decisions

    if not file.exists():
        raise click.UsageError(f"There is no file {file}.")
    given = Decisions.read(file)
    decide(folder, lambda held: held.with_(*(d for d in given if not d.is_automatic)))
    console().print(f"Took over {count(len(given), 'decision')} from {file}.", soft_wrap=True)


def _described(opened: KnowledgeGraph, key: str) -> Iterator[str]:
    """What documents say of the country and the business models of an entity, each value with its sentences."""
    from graph.described import MODEL, SEAT, countries, models, traits

    claims = {c.id: c for relation in (SEAT, MODEL) for c in opened.relations(key, relation) if c.subject.id == key}
    told = [trait for claim in claims.values() for _, trait in traits(claim)]
    for what, verdicts in (("country", countries(told)), ("business model", models(told))):
        for place, verdict in enumerate(verdicts):
            against = "  also said: " if what == "country" and place else "  "
            yield f"{against}{what} {verdict}"
            for trait in verdict.of:
                claim = claims[trait.claim]
                yield f"    {claim.source}: {claim.evidence.text}"


def _open(folder: Path) -> tuple[KnowledgeGraph, Decisions, Canon, Registry]:
    """The graph, what people decided, which id stands for which, and the registry of the folder."""
    from graph.identity.decisions import Decisions
    from graph.identity.stored import canon
    from graph.knowledge import KnowledgeGraph
    from graph.layout import Layout
    from ontology.registry import using

    layout = Layout(folder)
    opened, held = KnowledgeGraph.open(folder), Decisions.read(layout.decisions)
    registry = layout.known_actors()
    with using(registry):
        return opened, held, canon(opened.store, held), registry


def _id(opened: KnowledgeGraph, name: str, registry: Registry) -> str:
    """The id of a name, in the graph or else in the registry.

    An id that was merged into another stays itself, for it is what one decides on.
    """
    from ontology.errors import AmbiguousName, UnknownEntity

    if name in opened.merged:
        return name
    try:
        return opened.entity(name).id
    except AmbiguousName:
        raise
    except UnknownEntity:
        found = [name] if name in registry.entries else [entry.id for entry in registry.lookup(name)]
        if len(found) == 1:
            return found[0]
        raise


def _who(by: str | None, why: str) -> Who:
    from graph.identity.change import Who

    return Who(by or _user(), datetime.datetime.now(tz=datetime.UTC).date().isoformat(), " ".join(why.split()))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name is known for this user
        return os.environ.get("USER", "somebody")
