"""The process that look-ups run in: the graph opened once, its names read, then one answer after another."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.engine_process import run
from graph.questions.reading import NotUnderstood
from graph.server import lookups
from graph.server.as_json import dumps
from ontology.errors import InvalidData, QueryRefused, UnknownDocument, UnknownEntity

if TYPE_CHECKING:
    from graph.engine_process import Reply

_FOR_GOOD = ExitStack()
_NOT_FOUND, _WRONG = (UnknownEntity, UnknownDocument, NotUnderstood, lookups.Missing), (InvalidData, QueryRefused)


def main() -> None:
    """Answers look-ups that come on standard input until it ends."""
    run(_opened, _answer)


def _opened(head: dict[str, Any], _: bytes) -> lookups.Place:
    from graph.knowledge import KnowledgeGraph
    from graph.layout import Layout
    from graph.store import DiskStore
    from ontology.registry import using

    layout = Layout(Path(head["root"]))
    _FOR_GOOD.enter_context(using(layout.known_actors()))
    place = lookups.Place(KnowledgeGraph(DiskStore(Path(head["path"]))), layout)
    place.graph.matches("warm up")
    return place


def _answer(place: lookups.Place, request: dict[str, Any]) -> Reply:
    """The answer to a request; its kind is found, missing, wrong or failed."""
    try:
        found = lookups.BY_NAME[request["call"]](place, **request["arguments"])
    except (*_NOT_FOUND, *_WRONG) as error:
        kind = "missing" if isinstance(error, _NOT_FOUND) else "wrong"
        return {"kind": kind, "text": str(error), "suggestions": list(getattr(error, "suggestions", ()))}, b""
    except Exception as error:  # the boundary of the process: what goes wrong is told, and it goes on
        return {"kind": "failed", "text": f"{type(error).__name__}: {error}"}, b""
    return {"kind": "found"}, dumps(found)
