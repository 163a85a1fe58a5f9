"""Extraction as a pure function from a batch of documents to statements, both as plain data that crosses any wire.

What a worker in another process or on another machine does; the same batch gives the same answer wherever it is done.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extract.claims_io import dumps, loads
from extract.fingerprint import fingerprint
from extract.model import Document
from ontology.additions import with_rows
from ontology.errors import InvalidData
from ontology.registry import Registry, load, using

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.discourse import Discourse
    from extract.model import Statement

# spaCy's memory zone is for one thread at a time; clusters may start workers of several.
_ONE_AT_A_TIME = threading.Lock()
KILLED = "extracting it ended the process, perhaps for want of memory"
"""The fault of a document that ends each process that takes it up."""
OTHER_VERSION = (
    "{worker} has another version of Chipgraph or of its models than this one: install the same on all of them."
)
"""What is said of a worker that would answer otherwise."""

_FIELDS = ("text", "source", "title", "publisher", "author", "date", "url", "language")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    statements: tuple of Statement; parse, relations: float, seconds that its parse and what follows took; unlinked:
    mapping of str to int, the names in it that the registry lacks, with how often each stands; fault: str or None, in
    a clause why nothing could be extracted.
    """

    statements: tuple[Statement, ...] = ()
    parse: float = 0.0
    relations: float = 0.0
    unlinked: Mapping[str, int] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What extraction follows from beside the document.

    actors: str, rows of actors to know beside the shipped ones as JSON; fingerprint: str, of the extractor that is
    asked for, so that a worker with another version says so instead of giving other statements.
    """

    actors: str
    fingerprint: str

    @classmethod
    def of(cls, actors: Iterable[Mapping[str, str]]) -> Setting:
        """The setting of this process with some rows of actors."""
        said = json.dumps([dict(row) for row in actors], sort_keys=True, ensure_ascii=False)
        return cls(said, fingerprint(said))


def extract_document(document: Document) -> Outcome:
    """Extracts one document; an error of ours is the outcome's fault, so that it never ends a build.

    >>> outcome = extract_document(Document("Acmetron Devices supplies TSMC.", "example"))
    >>> [(s.subject.id, s.relation, s.object.id) for s in outcome.statements], dict(outcome.unlinked)
    ([('acmetron-devices', 'suppliesTo', 'tsmc')], {'Acmetron Devices': 1})
    """
    from extract import pipeline

    started = time.perf_counter()
    try:
        discourse = pipeline.read(document)
        parsed = time.perf_counter()
        statements = pipeline.concluded(discourse)
        ended = time.perf_counter()
        return Outcome(tuple(statements), parsed - started, ended - parsed, _unlinked(discourse))
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        return Outcome(fault=f"extraction failed in a way it should not ({what})")


def load_models() -> None:
    """Loads all that extraction needs, so that the first document does not wait and count for it."""
    extract_document(Document("TSMC supplies chips to Apple.", "example"))


def extract_batch(documents: list[dict[str, Any]], actors: str, expected: str) -> list[dict[str, Any]]:
    """Extracts documents given as plain data; what it returns is plain data too, in the same order.

    documents: as `to_plain` makes them; actors, expected: the fields of a `Setting`. Raises `InvalidData` where the
    extractor here is not the one that was asked for.
    """
    if fingerprint(actors) != expected:
        raise InvalidData(OTHER_VERSION.format(worker="A worker"))
    with _ONE_AT_A_TIME, using(_registry(actors)):
        return [_plain_outcome(extract_document(Document(**document))) for document in documents]


def to_plain(document: Document) -> dict[str, Any]:
    """A document as plain data."""
    return {name: getattr(document, name) for name in _FIELDS}


def outcome(plain: Mapping[str, Any]) -> Outcome:
    """What `extract_batch` returned of one document.

    >>> outcome({"lines": [], "parse": 0.1, "relations": 0.2, "unlinked": {}, "fault": None}).relations
    0.2
    """
    statements = tuple(loads(line) for line in plain["lines"])
    return Outcome(statements, plain["parse"], plain["relations"], plain["unlinked"], plain["fault"])


def _plain_outcome(found: Outcome) -> dict[str, Any]:
    return {
        "lines": [dumps(statement) for statement in found.statements],
        "parse": found.parse,
        "relations": found.relations,
        "unlinked": dict(found.unlinked),
        "fault": found.fault,
    }


@lru_cache(maxsize=2)
def _registry(actors: str) -> Registry:
    """The registry with some rows; kept, so that the names in it are prepared once and not for each batch."""
    rows = json.loads(actors)
    return with_rows(load(), ((f"actor {row.get('id')}", row) for row in rows)) if rows else load()


def _unlinked(discourse: Discourse) -> dict[str, int]:
    known, found = load().entries, dict[str, int]()
    for reading in discourse.readings:
        for mention in reading.index.mentions:
            if mention.kind == "name" and (entity := discourse.entity(reading, mention)).id not in known:
                found[entity.label] = found.get(entity.label, 0) + 1
    return found
