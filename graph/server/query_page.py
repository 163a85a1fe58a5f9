"""The page where people ask SPARQL: a form that works without scripts, and its answer below."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.routing import Route

from graph.catalogue import by_theme
from graph.labels import shorten
from graph.server import protocol
from graph.server.pages import page
from graph.server.refusal import Refusal
from graph.server.sparql import client_of, read_body
from ontology.classes import classes
from ontology.iri import local_name
from ontology.namespaces import CR_BASE
from ontology.relations import relations

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from graph.server.lookup import Lookups
    from graph.server.settings import Settings
    from graph.server.snapshot import Live
    from graph.server.sparql import Endpoint

_START = "SELECT ?supplier ?customer {\n  ?supplier ck:suppliesTo ?customer\n} LIMIT 25"
_SHOWN = 1_000
_PAGES = {"doc": "document", "claim": "statement", "obs": "statement"}


class Cell(NamedTuple):
    """A value in a table: its text, and the page of what it names or nothing."""

    text: str
    page: str = ""


def routes(live: Live, lookups: Lookups, endpoint: Endpoint, settings: Settings) -> list[Route]:
    """The route of the page."""

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            return await _asked(request, live, endpoint, settings)
        name = request.query_params.get("example")
        if not name:
            return _page(request, request.query_params.get("query", _START)[: settings.max_body])
        found = await lookups.found("example", client_of(request), name=name)
        return _page(request, found["query"], chosen=name, answers=found["answers"])

    return [Route("/query", answer, methods=["GET", "POST"], name="query_page")]


def cell(binding: dict[str, Any] | None) -> Cell:
    """What a table shows of a value in SPARQL's JSON.

    >>> cell({"type": "uri", "value": "https://w3id.org/chipgraph/id/tsmc"})
    Cell(text='cr:tsmc', page='/entity/tsmc')
    """
    if not binding or binding["type"] != "uri":
        return Cell(binding["value"] if binding else "")
    iri = binding["value"]
    folder, slash, _ = iri.removeprefix(CR_BASE).partition("/")
    kind = _PAGES.get(folder) if slash else "entity"
    is_ours = iri.startswith(CR_BASE) and kind
    return Cell(shorten(NamedNode(iri)), f"/{kind}/{local_name(iri)}" if is_ours else "")


async def _asked(request: Request, live: Live, endpoint: Endpoint, settings: Settings) -> Response:
    body = await read_body(request, settings.max_body)
    asked = protocol.read("POST", b"", request.headers.get("content-type", ""), body)
    if not isinstance(asked, protocol.Asked):
        raise Refusal(400, "This page asks queries: send an update to /sparql.")
    chosen = dict(parse_qsl(body.decode("ascii", "replace"))).get(
        "example"
    )  # as it was read, or the request is refused by now
    try:
        protocol.admit(asked)
        with live.use() as snapshot:
            form, content = await endpoint.ask(asked, snapshot, client_of(request), "json", "ttl")
    except Refusal as refusal:
        answer = _page(request, asked.query, chosen=chosen, refusal=refusal.text)
        answer.status_code = refusal.status
        answer.headers.update(refusal.headers)
        return answer
    if form == "graph":
        return _page(request, asked.query, chosen=chosen, graph=content.decode())
    return _page(request, asked.query, chosen=chosen, **_table(json.loads(content)))


def _table(found: dict[str, Any]) -> dict[str, Any]:
    if "boolean" in found:
        return {"graph": "yes" if found["boolean"] else "no"}
    columns, rows = found["head"]["vars"], found["results"]["bindings"]
    shown = [[cell(row.get(column)) for column in columns] for row in rows[:_SHOWN]]
    return {"columns": columns, "rows": shown, "total": len(rows)}


def _page(request: Request, query: str, **values: Any) -> Response:
    terms = " ".join(sorted(f"ck:{key}" for key in (*classes(), *relations())))
    given = {"columns": None, "graph": None, "refusal": None, "chosen": None, "answers": None} | values
    return page(request, "query.html", title="SPARQL", themes=by_theme(), query=query, terms=terms, **given)
