"""The description of the API by OpenAPI, made of the table of routes and of the types that look-ups answer with."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from graph.server import answers, lookups
from graph.server.api import LOOKUPS
from graph.server.protocol import DIRECT, FORM, UPDATE
from graph.server.schema import schema
from graph.server.sparql import GRAPH_TYPES, TABLE_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.server.parameter import Lookup, Parameter

_FAILURES = {
    "400": "A parameter is missing or amiss.",
    "401": "The server asks for a token.",
    "404": "The graph holds no such thing.",
    "422": "The answer would be too large.",
    "503": "Too much to do; try again.",
    "504": "It took too long.",
}
_OF_SPARQL = _FAILURES | {
    "400": "The query cannot be read, or nests too deeply.",
    "403": "It would change the graph or ask another server.",
    "406": "No format that the request accepts fits the answer.",
    "413": "The query is too long.",
}
_OF_BODY = {
    "408": "The request does not arrive in time.",
    "415": "It is of another media type, or not in UTF-8.",
    "507": "There is no room for the update.",
}
_GRAPHS = {
    "default-graph-uri": "a graph that the query reads, in place of its own FROM",
    "named-graph-uri": "a graph that the query reads by its name, in place of its own FROM NAMED",
}
_USED = {
    "using-graph-uri": "a graph that the patterns of the update read",
    "using-named-graph-uri": "a graph that they read by its name",
}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}


@cache
def openapi() -> dict[str, Any]:
    """The description of the API, by OpenAPI 3.1.

    >>> openapi()["paths"]["/api/statistics"]["get"]["summary"]
    'How much the graph holds.'
    """
    known: dict[str, Any] = {}
    paths = {lookup.path: {"get": _operation(lookup, known)} for lookup in LOOKUPS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Chipgraph",
            "version": _version(),
            "description": "A knowledge graph of the semiconductor industry.",
        },
        "paths": paths | {"/sparql": {"get": _asked_in_address(known), "post": _asked_in_body(known)}},
        "components": {"schemas": dict(sorted(known.items()))},
    }


def answer_of(call: str) -> Any:
    """The type that a look-up answers with, by the name of the look-up: what its own signature says."""
    return getattr(answers, lookups.BY_NAME[call].__annotations__["return"])


def _operation(lookup: Lookup, known: dict[str, Any]) -> dict[str, Any]:
    body = {"application/json": {"schema": schema(answer_of(lookup.call), known)}}
    return {
        "summary": lookup.answers,
        "operationId": lookup.path.strip("/").replace("/", "-").replace("{", "").replace("}", ""),
        "parameters": [_described(parameter) for parameter in lookup.parameters],
        "responses": {
            "200": {"description": lookup.answers, "content": body},
            "304": {"description": "Not changed since."},
            **_refusals(_FAILURES, known),
        },
    }


def _asked_in_address(known: dict[str, Any]) -> dict[str, Any]:
    query = {"name": "query", "in": "query", "description": "SPARQL 1.1", "required": True, "schema": _TEXT}
    return {
        "summary": "The answer to a SPARQL query, by the SPARQL 1.1 Protocol.",
        "operationId": "sparql",
        "parameters": [query, *_in_address(_GRAPHS)],
        "responses": {
            "200": _answer(known),
            "304": {"description": "Not changed since."},
            **_refusals(_OF_SPARQL, known),
        },
    }


def _asked_in_body(known: dict[str, Any]) -> dict[str, Any]:
    forms = [_form("query", _GRAPHS), _form("update", _USED)]
    bodies = {FORM: {"oneOf": forms}, DIRECT: _TEXT, UPDATE: _TEXT}
    return {
        "summary": "The same with the query in the body; or an update, where the server takes them.",
        "operationId": "sparql-post",
        "parameters": _in_address({**_GRAPHS, **_USED}),
        "requestBody": {"required": True, "content": {media: {"schema": form} for media, form in bodies.items()}},
        "responses": {
            "200": _answer(known),
            "204": {"description": "The update is done."},
            **_refusals(_OF_SPARQL | _OF_BODY, known),
        },
    }


def _answer(known: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {media: {} for media in (*TABLE_TYPES, *GRAPH_TYPES)}
    content["application/sparql-results+json"] = {"schema": schema(answers.Results, known)}
    return {"description": "The answer, in the format that the request accepts.", "content": content}


def _in_address(named: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "description": meaning, "required": False, "schema": _TEXTS}
        for name, meaning in named.items()
    ]


def _form(what: str, named: Mapping[str, str]) -> dict[str, Any]:
    graphs = {name: {**_TEXTS, "description": meaning} for name, meaning in named.items()}
    return {"type": "object", "properties": {what: _TEXT, **graphs}, "required": [what]}


def _refusals(texts: dict[str, str], known: dict[str, Any]) -> dict[str, Any]:
    body = {"application/json": {"schema": schema(answers.Refused, known)}}
    return {status: {"description": text, "content": body} for status, text in texts.items()}


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


def _version() -> str:
    try:
        return version("chipgraph")
    except PackageNotFoundError:
        return "0"
