"""The Turtle files of this package as plain dictionaries, read once each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph

if TYPE_CHECKING:
    from collections.abc import Mapping

Resource = dict[str, tuple[str, ...]]

CHIP = "chip.ttl"
SHAPES = "shapes.ttl"
SCHEMES = "schemes"


def text(*path: str) -> str:
    """The text of a file of this package, such as `text("chip.ttl")`."""
    return files("ontology").joinpath(*path).read_text(encoding="utf-8")


def scheme_files() -> tuple[str, ...]:
    """The names of the scheme files, sorted."""
    folder = files("ontology").joinpath(SCHEMES)
    return tuple(sorted(path.name for path in folder.iterdir() if path.name.endswith(".ttl")))


@cache
def resources(*path: str) -> Mapping[str, Resource]:
    """What a Turtle file of this package says: subject -> predicate -> values, in the order of the file.

    path: str, the parts of the path below this package. Subjects and predicates are IRIs; a value is an IRI or the
    lexical form of a literal. Blank nodes are left out.
    """
    collected: dict[str, dict[str, list[str]]] = {}
    for quad in pyoxigraph.parse(text(*path), pyoxigraph.RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if isinstance(subject, pyoxigraph.NamedNode) and isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal):
            collected.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(value.value)
    return {
        subject: {predicate: tuple(values) for predicate, values in properties.items()}
        for subject, properties in collected.items()
    }


def one(resource: Resource, predicate: str) -> str:
    """The first value of a predicate, empty where there is none."""
    return resource.get(predicate, ("",))[0]
