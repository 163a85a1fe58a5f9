"""The pages that people read: HTML made here from look-ups, every value escaped, nothing from elsewhere."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from graph.server.charts import HEIGHT, WIDTH, chart
from graph.server.marking import pieces
from graph.server.negotiation import choose
from graph.server.sparql import client_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jinja2 import Environment
    from starlette.requests import Request

    from graph.server.lookup import Lookups
    from graph.server.refusal import Refusal

    Page = Callable[[Request, "Lookups"], Awaitable[Response]]

_SHOWN = 200
_VIEW_POLICY = "frame-ancestors 'self'"  # the rest stands in the page itself, with the hashes of its scripts


def routes(lookups: Lookups) -> list[Route]:
    """The routes of the pages."""
    pages: dict[str, Page] = {
        "/": _home,
        "/search": _search_page,
        "/entity/{key}": _entity_page,
        "/entity/{key}/picture": _picture,
        "/compare": _compare_page,
        "/document/{key}": _document_page,
        "/documents": _documents_page,
        "/sources": _sources_page,
        "/statement/{key}": _statement_page,
    }

    def answering(made: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await made(request, lookups)

        return answer

    return [Route(path, answering(made), name=made.__name__.strip("_")) for path, made in pages.items()]


def wants_page(request: Request) -> bool:
    """True where an error is better told on a page than in JSON."""
    if request.url.path.startswith(("/api", "/sparql")):
        return False
    accept = ", ".join(request.headers.getlist("accept"))
    return choose(accept, {"application/json": False, "text/html": True}) is True


def refused(request: Request, error: Refusal) -> Response:
    """An error as a page."""
    answer = page(request, "error.html", title=error.reason, error=error)
    answer.status_code = error.status
    answer.headers.update({"Vary": "Accept", **error.headers})
    return answer


async def _home(request: Request, lookups: Lookups) -> Response:
    client = client_of(request)
    counted = await lookups.found("statistics", client)
    newest = await lookups.found("documents", client, q=None, offset=0, limit=10)
    return page(request, "home.html", title="Chipgraph", counted=counted, documents=newest["documents"])


async def _search_page(request: Request, lookups: Lookups) -> Response:
    q = request.query_params.get("q", "").strip()[:200]
    found = await lookups.found("search", client_of(request), q=q, limit=25) if q else {"matches": []}
    return page(request, "search.html", title=f"Search: {q}" if q else "Search", q=q, matches=found["matches"])


async def _entity_page(request: Request, lookups: Lookups) -> Response:
    key, client = request.path_params["key"], client_of(request)
    about = await lookups.found("entity", client, name=key)
    told, events, numbers = await asyncio.gather(
        lookups.found("claims", client, name=about["id"], relation=None, offset=0, limit=_SHOWN),
        lookups.found("timeline", client, name=about["id"], since=None, until=None, offset=0, limit=_SHOWN),
        lookups.found("numbers", client, name=about["id"], metric=None),
    )
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in told["relations"]:
        grouped.setdefault(row["reads"], []).append(row)
    series = [row | {"chart": chart(row["points"])} for row in numbers["series"]]
    return page(
        request,
        "entity.html",
        title=about["label"],
        about=about,
        grouped=dict(sorted(grouped.items())),
        told=told,
        events=events,
        series=series,
    )


async def _picture(request: Request, lookups: Lookups) -> Response:
    arguments = {"name": request.path_params["key"], "hops": 1, "limit": 40}
    found = await lookups.found("view", client_of(request), **arguments)
    return HTMLResponse(found["html"], headers={"Content-Security-Policy": _VIEW_POLICY})


async def _compare_page(request: Request, lookups: Lookups) -> Response:
    a, b = (request.query_params.get(name, "").strip()[:200] for name in ("a", "b"))
    found = await lookups.found("compare", client_of(request), first=a, second=b, limit=50) if a and b else None
    return page(request, "compare.html", title="Compare", a=a, b=b, found=found)


async def _document_page(request: Request, lookups: Lookups) -> Response:
    found = await lookups.found("document", client_of(request), key=request.path_params["key"])
    marked = pieces(found["text"], found["statements"])
    return page(request, "document.html", title=found["name"], document=found, pieces=marked)


async def _documents_page(request: Request, lookups: Lookups) -> Response:
    q = request.query_params.get("q", "").strip()[:200]
    found = await lookups.found("documents", client_of(request), q=q or None, offset=0, limit=_SHOWN)
    return page(request, "documents.html", title="Documents", q=q, found=found)


async def _sources_page(request: Request, lookups: Lookups) -> Response:
    found = await lookups.found("sources", client_of(request))
    return page(request, "sources.html", title="Sources", sources=found["sources"])


async def _statement_page(request: Request, lookups: Lookups) -> Response:
    found = await lookups.found("statement", client_of(request), key=request.path_params["key"])
    return page(request, "statement.html", title=found["text"], told=found)


def page(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A page made from a template: its name; values: what it shows."""
    text = (
        _templates()
        .get_template(template)
        .render(url=request.url_for, path=request.url.path, size=(WIDTH, HEIGHT), **values)
    )
    return HTMLResponse(text)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("graph.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
