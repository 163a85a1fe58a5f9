"""The JSON API: one table of routes, from which requests are read and the OpenAPI description is written."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from extract.model import Modality, Polarity
from graph.asking.wanted import TIME
from graph.catalogue import queries
from graph.server.refusal import Refusal
from graph.server.sparql import client_of
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

    Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route.

    name: str; kind: str, string, integer, number or boolean of JSON Schema; meaning: str; default; least, most: bounds
    of a number, or of the length of a string; needed: bool; place: str, query or path; to: str, the argument that it
    becomes where that has another name; among: function that lists the strings that it may be, in the spelling that is
    described, though the look-up knows more; pattern: str, of times, what it must match.
    """

    name: str
    kind: str
    meaning: str
    default: Value = None
    least: float | None = None
    most: float | None = None
    needed: bool = False
    place: str = "query"
    to: str = ""
    among: Callable[[], Iterable[str]] | None = None
    pattern: str = ""

    def read(self, given: Mapping[str, str]) -> Value:
        """The value in a request; raises a `Refusal` with status 400 where it is missing or amiss."""
        if self.name not in given:
            if self.needed:
                raise Refusal(400, f"Give {self.name}: {self.meaning}.")
            return self.default
        value = self._value(given[self.name])
        size = len(value) if isinstance(value, str) else cast("float", value)
        if not (self.least is None or size >= self.least) or not (self.most is None or size <= self.most):
            raise Refusal(400, f"{self.name} is out of bounds: from {self.least or 0:g} to {self.most or math.inf:g}.")
        if self.pattern and not re.fullmatch(self.pattern, str(value)):
            raise Refusal(400, f"{self.name} is amiss: give {self.meaning}, such as 2024, 2024-10 or 2024-10-07.")
        return value

    def _value(self, text: str) -> str | int | float | bool:
        if self.kind == "string":
            return text
        try:
            if self.kind == "boolean":
                return {"true": True, "false": False}[text]
            number = int(text) if self.kind == "integer" else float(text)
        except (ValueError, KeyError) as error:
            raise Refusal(400, f"{self.name} is no {self.kind}: {self.meaning}.") from error
        if not math.isfinite(number):
            raise Refusal(400, f"{self.name} is no {self.kind}: {self.meaning}.")
        return number


@dataclass(frozen=True, slots=True)
class Lookup:
    """A route: its path, the look-up behind it, what it answers in a sentence, what it takes.

    fixed: tuple of pairs, arguments of the look-up that the route itself gives.
    """

    path: str
    call: str
    answers: str
    parameters: tuple[Parameter, ...] = ()
    fixed: tuple[tuple[str, str | None], ...] = ()


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


def _query(query: NamedQuery) -> Lookup:
    """The route of a named query."""
    takes = tuple(
        Parameter(p.name, "integer", p.meaning, int(p.default or 0), 0, 1_000, p.needed)
        if p.kind == "integer"
        else Parameter(p.name, "string", p.meaning, p.default, 1, 200, p.needed)
        for p in query.parameters
    )
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
    *map(_query, queries().values()),
)


def routes(lookups: Lookups) -> list[Route]:
    """The routes of the API."""

    async def description(_: Request) -> Response:
        return JSONResponse(openapi())

    made = [Route(lookup.path, _answering(lookup, lookups), name=lookup.path) for lookup in LOOKUPS]
    return [Route("/api/openapi.json", description, name="openapi"), *made]


def _answering(lookup: Lookup, lookups: Lookups) -> Any:
    async def answer(request: Request) -> Response:
        arguments = read(lookup, request)
        tag = f'W/"{lookups.key}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
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


def openapi() -> dict[str, Any]:
    """The description of the API, by OpenAPI 3.1.

    >>> openapi()["paths"]["/api/statistics"]["get"]["summary"]
    'How much the graph holds.'
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        known = version("chipgraph")
    except PackageNotFoundError:
        known = "0"
    info = {"title": "Chipgraph", "version": known, "description": "A knowledge graph of the semiconductor industry."}
    return {"openapi": "3.1.0", "info": info, "paths": {lookup.path: {"get": _operation(lookup)} for lookup in LOOKUPS}}


def _operation(lookup: Lookup) -> dict[str, Any]:
    failures = {
        "304": "Not changed since.",
        "400": "A parameter is missing or amiss.",
        "401": "The server asks for a token.",
        "404": "The graph holds no such thing.",
        "422": "The answer would be too large.",
        "503": "Too much to do; try again.",
        "504": "It took too long.",
    }
    done = {"description": lookup.answers, "content": {"application/json": {"schema": {"type": "object"}}}}
    return {
        "summary": lookup.answers,
        "operationId": lookup.path.strip("/").replace("/", "-").replace("{", "").replace("}", ""),
        "parameters": [_described(parameter) for parameter in lookup.parameters],
        "responses": {"200": done} | {status: {"description": text} for status, text in failures.items()},
    }


def _described(parameter: Parameter) -> dict[str, Any]:
    text = parameter.kind == "string"
    names = ("minLength", "maxLength") if text else ("minimum", "maximum")
    bounds = {n: v for n, v in zip(names, (parameter.least, parameter.most), strict=True) if v is not None}
    default = {} if parameter.default is None else {"default": parameter.default}
    allowed: dict[str, Any] = {"enum": [str(name) for name in parameter.among()]} if parameter.among else {}
    if parameter.pattern:
        allowed["pattern"] = parameter.pattern
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.meaning,
        "required": parameter.needed,
        "schema": {"type": parameter.kind, **bounds, **allowed, **default},
    }
