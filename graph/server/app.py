"""The application: routes, layers, and what runs beside them."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from graph.server import api, linked, pages, query_page
from graph.server.answers import Refused
from graph.server.as_json import dumps
from graph.server.guarding import LOG, Guarding
from graph.server.kept import Kept
from graph.server.lookup import Lookups
from graph.server.metrics import Metrics
from graph.server.refusal import Refusal, busy
from graph.server.snapshot import Live
from graph.server.sparql import METHODS, Endpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from graph.server.settings import Settings


def application(settings: Settings) -> Starlette:
    """The ASGI application that serves a built folder; its processes run while its lifespan lasts.

    settings: Settings. Raises `StoreError` where there is no graph.
    """
    metrics = Metrics()
    live = Live(settings, lambda key: LOG.info(json.dumps({"event": "snapshot", "snapshot": key})))
    kept = Kept(settings.kept)
    lookups = Lookups(live, kept)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(live.watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.wait({watching})
            live.close()

    async def health(_: Request) -> Response:
        if not live.current.ready:
            raise busy("The server is starting: try again in a moment.")
        return JSONResponse({"status": "ok", "snapshot": live.current.key})

    async def figures(_: Request) -> Response:
        return PlainTextResponse(metrics.text(live, kept), media_type="text/plain; version=0.0.4")

    endpoint = Endpoint(live, settings, kept)
    return Starlette(
        routes=[
            Route("/sparql", _as_function(endpoint), methods=list(METHODS), name="sparql"),
            Route("/health", health, name="health"),
            Route("/metrics", figures, name="metrics"),
            *api.routes(lookups),
            *pages.routes(lookups),
            *query_page.routes(live, lookups, endpoint, settings),
            *linked.routes(lookups),
            Mount("/static", StaticFiles(packages=[("graph.server", "static")]), name="static"),
        ],
        middleware=[
            Middleware(
                Guarding,
                metrics=metrics,
                hosts=settings.hosts,
                token=settings.token,
                write_token=settings.write_token,
            ),
            *_cors(settings),
            Middleware(GZipMiddleware, minimum_size=1_000),
        ],
        exception_handlers={Refusal: _refused, HTTPException: _unrouted, Exception: _failed},
        lifespan=lifespan,
    )


def _as_function(endpoint: Endpoint) -> Any:
    """A function in place of an object, which Starlette would take for an application of its own."""

    async def answer(request: Request) -> Response:
        return await endpoint(request)

    return answer


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.origins:
        return []
    headers = ["Accept", "Content-Type", "Authorization"]
    return [
        Middleware(
            CORSMiddleware, allow_origins=list(settings.origins), allow_methods=list(METHODS), allow_headers=headers
        )
    ]


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    if pages.wants_page(request):
        return pages.refused(request, error)
    body = dumps(Refused(error.status, error.text, error.suggestions or None))
    return Response(body, error.status, {"Vary": "Accept", **error.headers}, "application/json")


async def _unrouted(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = "There is nothing at this address." if error.status_code == 404 else f"{error.detail}."
    return await _refused(request, Refusal(error.status_code, text, dict(error.headers or {})))


async def _failed(request: Request, error: Exception) -> Response:
    LOG.error(json.dumps({"event": "failure", "kind": type(error).__name__}))
    return await _refused(request, Refusal(500, "The server failed in a way it should not; its log says where."))
