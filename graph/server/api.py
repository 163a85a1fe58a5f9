"""The JSON API: one table of routes, from which requests are read and `graph.server.openapi` describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from extract.model import Modality, Polarity
from graph import catalogue
from graph.asking.wanted import TIME
from graph.kinds import DATE
from graph.server.parameter import Lookup, Parameter
from graph.server.refusal import Refusal
from graph.server.sparql import client_of, has
from ontology.classes import classes
from ontology.measures import metrics
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.requests import Request

    from graph.catalogue import NamedQuery
    from graph.server.lookup import Lookups
    from ontology.classes import Class
    from ontology.measures import Metric
    from ontology.relations import Relation


def _name(name: str, meaning: str, to: str = "", needed: bool = True) -> Parameter:
    return Parameter(name, "string", meaning, least=1, most=200, needed=needed, to=to)


def _one_of(name: str, meaning: str, among: Callable[[], Iterable[str]]) -> Parameter:
    return Parameter(name, "string", meaning, least=1, most=200, among=among)


def _called(known: Callable[[], Mapping[str, Class | Relation | Metric]]) -> Callable[[], list[str]]:
    """Lists the ids and labels of what the ontology defines."""
    return lambda: sorted({name for key, told in known().items() for name in (key, told.label)})


def _limit(default: int, most: int) -> Parameter:
    return Parameter("limit", "integer", "how many at most", default, 1, most)


_ID = Parameter(
    "id", "string", "an id, or a name as people write it", least=1, most=300, needed=True, place="path", to="name"
)
_KEY = Parameter("id", "string", "an id", least=1, most=100, needed=True, place="path", to="key")
_OFFSET = Parameter("offset", "integer", "how many to leave out", 0, 0, 10_000_000)
_DEFINED = {"class": _called(classes), "relation": _called(relations), "metric": _called(metrics)}
_KIND = _one_of("kind", "a class of the ontology, by id or label", _called(classes))
_TIMES = tuple(
    Parameter(name, "string", "a year, month or day, included", pattern=f"^{TIME}$") for name in ("since", "until")
)
_FILTERS = (
    _one_of("relation", "a relation, by id or label", _called(relations)),
    _one_of("polarity", "whether the text affirms or negates it", lambda: Polarity),
    _one_of("modality", "how the text commits to it", lambda: Modality),
    *_TIMES,
    _name("source", "a publisher, speaker or document id", needed=False),
    Parameter("min_confidence", "number", "from 0 to 1", 0.0, 0, 1),
    Parameter("facts_only", "boolean", "true leaves out what is no plain fact", False),
    _name("other", "the name or id of the other end", needed=False),
)


def _taken(told: catalogue.Parameter) -> Parameter:
    """A parameter of a named query as one of its route."""
    if told.kind == "integer":
        return Parameter(told.name, "integer", told.meaning, int(told.default or 0), 0, 1_000, told.needed)
    return Parameter(
        *(told.name, "string", told.meaning, told.default, 1, 200, told.needed),
        among=_DEFINED.get(told.kind),
        pattern=f"^{DATE}$" if told.kind == "date" else "",
    )


def _query(query: NamedQuery) -> Lookup:
    """The route of a named query."""
    takes = map(_taken, query.parameters)
    path = f"/api/queries/{query.name}"
    return Lookup(path, "query", f"{query.title}.", (*takes, _OFFSET, _limit(100, 1000)), (("name", query.name),))


LOOKUPS = (
    Lookup("/api/search", "search", "Entities that a name may stand for.", (_name("q", "a name"), _limit(8, 50))),
    Lookup("/api/entities", "entities", "Entities by label.", (_KIND, _OFFSET, _limit(100, 1000))),
    Lookup("/api/entities/{id}", "entity", "What an entity is and how much is said of it.", (_ID,)),
    Lookup(
        "/api/entities/{id}/relations",
        "claims",
        "Claims about an entity, strongest first, each with its sentences.",
        (_ID, *_FILTERS, _OFFSET, _limit(50, 500)),
    ),
    Lookup(
        "/api/entities/{id}/neighbours",
        "neighbours",
        "Entities near another.",
        (_ID, Parameter("hops", "integer", "how far", 1, 1, 3), _KIND, _limit(100, 500)),
    ),
    Lookup(
        "/api/entities/{id}/timeline", "timeline", "What is said, by time.", (_ID, *_TIMES, _OFFSET, _limit(100, 500))
    ),
    Lookup(
        "/api/entities/{id}/numbers",
        "numbers",
        "Numbers as series.",
        (_ID, _one_of("metric", "a metric, by id or label", _called(metrics))),
    ),
    Lookup(
        "/api/relations",
        "claims",
        "Claims of all entities, strongest first.",
        (*_FILTERS[:-1], _OFFSET, _limit(50, 500)),
        (("name", None),),
    ),
    Lookup(
        "/api/paths",
        "paths",
        "Chains of claims between two entities, the shortest first.",
        (
            _name("from", "the name or id of the one", to="start"),
            _name("to", "the name or id of the other", to="end"),
            Parameter("max_hops", "integer", "the longest chain", 4, 1, 5),
            Parameter("facts_only", "boolean", "false walks over plans and denials too", True),
            _limit(5, 50),
        ),
    ),
    Lookup(
        "/api/compare",
        "compare",
        "Two entities side by side.",
        (_name("a", "the one", to="first"), _name("b", "the other", to="second"), _limit(50, 200)),
    ),
    Lookup("/api/statements/{id}", "statement", "A claim or number with all its evidence.", (_KEY,)),
    Lookup(
        "/api/documents",
        "documents",
        "Documents, the newest first.",
        (_name("q", "words of a title, publisher or author", needed=False), _OFFSET, _limit(50, 500)),
    ),
    Lookup("/api/documents/{id}", "document", "A document with its text and statements.", (_KEY,)),
    Lookup("/api/sources", "sources", "Publishers with their documents."),
    Lookup("/api/statistics", "statistics", "How much the graph holds."),
    Lookup(
        "/api/ask",
        "ask",
        "A question in plain English: the named query that it asks, and the answer with its sentences.",
        (Parameter("q", "string", "the question", least=1, most=300, needed=True), _OFFSET, _limit(50, 500)),
    ),
    Lookup("/api/queries", "queries", "The named queries: what each answers, takes and gives."),
    *map(_query, catalogue.queries().values()),
)


def routes(lookups: Lookups) -> list[Route]:
    """The routes of the API."""

    async def description(_: Request) -> Response:
        from graph.server.openapi import openapi

        return JSONResponse(openapi())

    made = [Route(lookup.path, _answering(lookup, lookups), name=lookup.path) for lookup in LOOKUPS]
    return [Route("/api/openapi.json", description, name="openapi"), *made]


def _answering(lookup: Lookup, lookups: Lookups) -> Any:
    async def answer(request: Request) -> Response:
        arguments = read(lookup, request)
        tag = f'W/"{lookups.key}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if has(request, tag):
            return Response(status_code=304, headers=headers)
        body = await lookups.json(lookup.call, client_of(request), **arguments)
        return Response(body, media_type="application/json", headers=headers)

    return answer


def read(lookup: Lookup, request: Request) -> dict[str, Any]:
    """The arguments of a look-up in a request; raises a `Refusal` for a parameter that there is not."""
    unknown = sorted(request.query_params.keys() - {p.name for p in lookup.parameters if p.place == "query"})
    if unknown:
        raise Refusal(400, f"There is no parameter {unknown[0][:50]!r} here: /api/openapi.json lists them.")
    given = {"query": dict(request.query_params), "path": request.path_params}
    found = {p.to or p.name: p.read(given[p.place]) for p in lookup.parameters}
    return found | dict(lookup.fixed)
