"""CSV for `neo4j-admin database import full`: typed headers, ids by kind, labels and relationship types.

A relationship is a claim, whatever it says; read `fact` in Cypher before counting one as true. Lists are parted by the
unit separator U+001F, which no name holds; `import.args` says so to neo4j-admin. Follows the header format of the Neo4j
Operations Manual ("CSV header format").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.exchange import _reading as reading
from graph.exchange.csv import table
from ontology.classes import classes, is_a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Entity
    from graph.exchange._reading import Contents, Value
    from graph.store import Store

TITLE = "CSV for neo4j-admin import"
_SEPARATOR = "\x1f"
_BEFORE_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ARGUMENTS = """\
--array-delimiter=U+001F
--multiline-fields=true
--nodes=entities.csv
--nodes=numbers.csv
--nodes=documents.csv
--relationships=claims.csv
--relationships=about.csv
"""
_TYPES = {"confidence": "double", "value": "double", "fact": "boolean", "forecast": "boolean", "approx": "boolean"}


def files(store: Store) -> dict[str, list[bytes]]:
    """Nodes of three kinds, claims as relationships, what numbers are about, and the arguments of the import."""
    of = reading.contents(store)
    return {
        "entities.csv": [table(_entities(of))],
        "numbers.csv": [table(_numbers(of))],
        "documents.csv": [table(_documents(of))],
        "claims.csv": [table(_claims(of))],
        "about.csv": [table(_about(of))],
        "import.args": [_ARGUMENTS.encode()],
    }


def _entities(of: Contents) -> Iterator[dict[str, Value]]:
    for entity in of.entities:
        row = _typed(reading.entity_row(entity, of))
        yield (
            {"id:ID(Entity)": entity.id, ":LABEL": _list(_labels(entity))}
            | row
            | {"names:string[]": _list(entity.aliases)}
        )


def _numbers(of: Contents) -> Iterator[dict[str, Value]]:
    for number in of.numbers:
        yield {"id:ID(Number)": number.id, ":LABEL": "Number", **_typed(reading.number_row(number, of))}


def _documents(of: Contents) -> Iterator[dict[str, Value]]:
    for document in of.documents:
        yield {"id:ID(Document)": document.id, ":LABEL": "Document", **_typed(reading.document_row(document))}


def _claims(of: Contents) -> Iterator[dict[str, Value]]:
    for claim in of.claims:
        ends = {":START_ID(Entity)": claim.subject.id, ":END_ID(Entity)": claim.object.id}
        kind = {":TYPE": relationship_type(claim.relation), "id": claim.id}
        yield {**ends, **kind, **_typed(reading.claim_row(claim, of))}


def _about(of: Contents) -> Iterator[dict[str, Value]]:
    for number in of.numbers:
        yield {":START_ID(Number)": number.id, ":END_ID(Entity)": number.about.id, ":TYPE": "ABOUT"}


def relationship_type(relation: str) -> str:
    """A relation as Neo4j spells types.

    >>> relationship_type("suppliesTo")
    'SUPPLIES_TO'
    """
    return _BEFORE_CAPITAL.sub("_", relation).upper()


def _labels(entity: Entity) -> list[str]:
    """The class of an entity and those above it, so that Cypher finds companies among organizations."""
    return sorted({"Entity", entity.type, *(name for name in classes() if is_a(entity.type, name))})


def _typed(row: dict[str, Value]) -> dict[str, Value]:
    return {f"{name}:{_TYPES[name]}" if name in _TYPES else name: value for name, value in row.items()}


def _list(values: Iterable[str]) -> str:
    return _SEPARATOR.join(values)
