"""Importers of other data sets, one file a format: whoever adds a file here adds a format.

A module has `TITLE`, a str; `PUBLISHER`, a str or None; and `read(path)`, which yields `Fact`s and `Actor`s. What they
are turned into is the business of `graph.importers.facts`.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.importers._facts import Actor, Fact


class Importer(Protocol):
    """What the module of a format offers."""

    @property
    def TITLE(self) -> str:  # noqa: N802
        """What the data set is called; the title of the document that a file becomes."""
        ...

    @property
    def PUBLISHER(self) -> str | None:  # noqa: N802
        """Who publishes it."""
        ...

    def read(self, path: Path) -> Iterator[Actor | Fact]:
        """The actors and facts of a file, in its order; raises `InvalidData` where it is not of the format."""
        ...


def names() -> tuple[str, ...]:
    """The formats, found by listing the folder.

    >>> "gleif" in names(), "screening-list" in names()
    (True, True)
    """
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if not name.startswith("_")))


def importer(name: str) -> Importer:
    """The importer of a format; raises `InvalidData` where there is none."""
    if name not in names():
        raise InvalidData(f"No importer reads {name!r}: the formats are {', '.join(names())}.")
    return cast("Importer", import_module(f"{__name__}.{name.replace('-', '_')}"))
