"""What another data set knows, taken over into a built folder."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import InvalidData


@dataclass(frozen=True, slots=True)
class Taken:
    """How many actors that nobody knew and how many claims came from a file."""

    actors: int
    claims: int


def import_file(form: str, file: str | Path, output: str | Path = "output", date: str | None = None) -> Taken:
    """Reads a file of another data set and adds it to the graph in a folder.

    form: str, a name of `graph.importers.names()`; file: the file; output: the folder, made where there is none; date:
    str or None, the day of the data (ISO 8601). Its claims are in a graph of their own, called like the document that
    the file becomes; its actors are a file of the folder's `registry`, so that later builds know them. The same file
    again changes nothing, a newer one under the same path takes its place. Raises `InvalidData`, and nothing is
    written, where the file is not of the format.
    """
    from chipgraph.building import PAGE, builder_of, write_page
    from graph.importers import importer
    from graph.importers._facts import assemble
    from graph.layout import Layout
    from ontology.additions import dumps
    from ontology.files import write_whole
    from ontology.registry import using

    path, folder, reader = Path(file), Path(output), importer(form)
    if not path.is_file():
        raise InvalidData(f"There is no file {path}.")
    _check(date)
    rows = Layout(folder).registry / f"import-{form}-{path.stem}.csv"
    with using(Layout(folder).known_actors(rows.name)):
        found = assemble(reader.read(path), source=str(file), title=reader.TITLE, publisher=reader.PUBLISHER, date=date)
    with builder_of(folder, f" import {form}") as builder:
        if found.actors:
            write_whole(rows, dumps(found.actors))
        builder.add(found.document, found.claims)
    write_page(folder / PAGE, folder)
    return Taken(len(found.actors), len(found.claims))


def _check(date: str | None) -> None:
    if date is not None:
        try:
            datetime.date.fromisoformat(date)
        except ValueError as error:
            raise InvalidData(f"The date {date!r} is not of the form 2025-01-31.") from error
